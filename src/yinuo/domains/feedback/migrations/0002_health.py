import yinuo.platform.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HealthWindows",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=yinuo.platform.identifiers.new_public_id, unique=True),
                ),
                ("version", models.IntegerField(default=1)),
                ("repeat_days", models.IntegerField(default=90)),
                ("repeat_count", models.IntegerField(default=2)),
                ("satisfaction_days", models.IntegerField(default=365)),
                ("expiring_days", models.IntegerField(default=90)),
                ("due_days", models.IntegerField(default=14)),
                ("availability_days", models.IntegerField(default=365)),
            ],
            options={
                "db_table": "feedback_health_windows",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeat_days__range", (1, 1830)),
                            ("satisfaction_days__range", (1, 1830)),
                            ("expiring_days__range", (1, 1830)),
                            ("due_days__range", (1, 1830)),
                            ("availability_days__range", (1, 1830)),
                        ),
                        name="health_windows_in_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("repeat_count__range", (2, 100))),
                        name="health_repeat_count",
                    ),
                    models.UniqueConstraint(models.Value(1), name="health_windows_once"),
                ],
            },
        ),
    ]
