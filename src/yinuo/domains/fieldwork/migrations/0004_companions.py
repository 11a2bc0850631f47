"""Who goes along to a visit; read with the sheet only."""

import django.db.models.deletion
from django.db import migrations, models

from yinuo.platform.database.fence import fence

CASES = {"fieldwork_companion": "work_order_id IN (SELECT id FROM fieldwork_work_order)"}


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0003_parts_put_in"),
        ("network", "0003_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Companion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("named_at", models.DateTimeField()),
                ("named_by", models.CharField(max_length=80)),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.person",
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companions",
                        to="fieldwork.workorder",
                    ),
                ),
            ],
            options={
                "db_table": "fieldwork_companion",
                "constraints": [
                    models.UniqueConstraint(fields=("work_order", "person"), name="companion_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("began_at__isnull", True), ("ended_at__isnull", True)),
                            models.Q(
                                ("began_at__isnull", False), ("ended_at__gt", models.F("began_at"))
                            ),
                            _connector="OR",
                        ),
                        name="companion_hours",
                    ),
                ],
            },
        ),
        *(fence(table, condition) for table, condition in CASES.items()),
    ]
