"""What units were called before: papers that were issued keep the names of their instant."""

import django.db.models.deletion
from django.db import migrations, models

from yinuo.platform.database.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_absence_cause"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("until", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.serviceunit",
                    ),
                ),
            ],
            options={
                "db_table": "network_former_name",
                "indexes": [
                    models.Index(fields=["unit", "until", "id"], name="network_former_name_at")
                ],
            },
        ),
        append_only("network_former_name"),
    ]
