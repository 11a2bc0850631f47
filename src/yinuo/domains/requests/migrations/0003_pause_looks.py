"""When the pauses of a request are looked at again."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_reports")]

    operations = [
        migrations.CreateModel(
            name="PauseLook",
            fields=[
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="requests.request",
                    ),
                ),
                ("look_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "requests_pause_look",
                "indexes": [
                    models.Index(
                        condition=models.Q(("look_at__isnull", False)),
                        fields=["look_at"],
                        name="requests_pauses_due",
                    )
                ],
            },
        )
    ]
