"""Warranty made longer for single assets."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from yinuo.platform.database.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Prolongation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.IntegerField(default=0)),
                ("days", models.IntegerField(default=0)),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=80)),
                ("source_id", models.UUIDField(unique=True)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prolongations",
                        to="assets.asset",
                    ),
                ),
            ],
            options={
                "db_table": "assets_prolongation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__gte", 0),
                            ("months__gte", 0),
                            models.Q(("months__gt", 0), ("days__gt", 0), _connector="OR"),
                        ),
                        name="assets_prolongation_is_longer",
                    )
                ],
            },
        ),
        append_only("assets_prolongation"),
    ]
