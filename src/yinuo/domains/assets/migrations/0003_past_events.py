import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import yinuo.platform.identifiers


class Migration(migrations.Migration):
    dependencies = [("assets", "0002_prolongations")]

    operations = [
        migrations.CreateModel(
            name="PastEvent",
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
                ("happened_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(blank=True, default="", max_length=60)),
                ("symptom", models.CharField(max_length=2000)),
                ("done", models.CharField(blank=True, default="", max_length=2000)),
                ("done_by", models.CharField(blank=True, default="", max_length=120)),
                ("parts", models.CharField(blank=True, default="", max_length=1000)),
                ("result", models.CharField(blank=True, default="", max_length=500)),
                ("minutes_down", models.IntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_events",
                        to="assets.asset",
                    ),
                ),
            ],
            options={
                "db_table": "assets_past_event",
                "indexes": [models.Index(fields=["asset", "-at"], name="past_events_of_asset")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(minutes_down__isnull=True) | Q(minutes_down__gte=0),
                        name="past_event_minutes_not_negative",
                    )
                ],
            },
        ),
    ]
