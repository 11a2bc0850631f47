import django.db.models.deletion
import yinuo.platform.identifiers
from django.conf import settings
from django.db import migrations, models

from yinuo.platform.database.append_only import append_only


def number():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def public_id():
    return models.UUIDField(default=yinuo.platform.identifiers.new_public_id, unique=True)


def link(to, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, **{"related_name": "+", **more}, to=to
    )


def only(to, related_name="+", **more):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0001_initial"),
        ("fieldwork", "0002_holds"),
        ("network", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TravelFactors",
            fields=[
                ("id", number()),
                ("computed_at", models.DateTimeField()),
                ("trips", models.IntegerField()),
                ("content", models.JSONField()),
            ],
            options={"db_table": "dispatch_travel_factors"},
        ),
        migrations.CreateModel(
            name="PlanRun",
            fields=[
                ("id", number()),
                ("public_id", public_id()),
                ("person", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=20)),
                ("first_on", models.DateField()),
                ("days", models.SmallIntegerField()),
                ("mode", models.CharField(max_length=8)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("percent", models.SmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("restarts", models.SmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("refusal", models.TextField(blank=True, default="")),
                ("weights", models.CharField(blank=True, default="", max_length=20)),
                ("summary", models.JSONField(default=dict)),
                ("unit", link("network.serviceunit")),
                ("user", link(settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "dispatch_plan_run",
                "indexes": [
                    models.Index(fields=["unit", "-id"], name="dispatch_runs_of_unit"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "working"])),
                        fields=["moved_at"],
                        name="dispatch_runs_at_work",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "working", "done", "cancelled", "refused"])
                        ),
                        name="dispatch_run_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["least", "anew"])),
                        name="dispatch_run_mode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__range", (1, 7))), name="dispatch_run_days"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", number()),
                ("public_id", public_id()),
                ("number", models.IntegerField()),
                ("order_version", models.IntegerField()),
                ("change", models.CharField(max_length=8)),
                ("leaves_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("before_at", models.DateTimeField(null=True)),
                ("content", models.JSONField()),
                ("before", link("network.person", null=True)),
                ("person", link("network.person", null=True)),
                ("work_order", link("fieldwork.workorder")),
                ("run", link("dispatch.planrun", related_name="lines")),
            ],
            options={
                "db_table": "dispatch_plan_line",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "number"), name="dispatch_line_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("change__in", ["new", "moved", "kept", "dropped", "undone"])
                        ),
                        name="dispatch_line_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_line_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanTaken",
            fields=[
                ("id", number()),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=80)),
                ("decision", link("dispatch.decision")),
                ("line", only("dispatch.planline", "taken")),
            ],
            options={"db_table": "dispatch_plan_taken"},
        ),
        migrations.CreateModel(
            name="WeightVersion",
            fields=[
                ("id", number()),
                ("public_id", public_id()),
                ("number", models.IntegerField(unique=True)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=80)),
                ("reason", models.CharField(max_length=200)),
                ("content", models.JSONField()),
            ],
            options={
                "db_table": "dispatch_weights",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 1)), name="dispatch_weights_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HourPrice",
            fields=[
                ("id", number()),
                ("public_id", public_id()),
                ("version", models.IntegerField(default=1)),
                ("hour_fen", models.IntegerField(null=True)),
                ("person", only("network.person", null=True)),
                ("unit", only("network.serviceunit", null=True)),
            ],
            options={
                "db_table": "dispatch_hour_price",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__isnull", True), ("person__isnull", True), _connector="XOR"
                        ),
                        name="dispatch_hour_price_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hour_fen__isnull", True), ("hour_fen__gte", 0), _connector="OR"
                        ),
                        name="dispatch_hour_price_amount",
                    ),
                ],
            },
        ),
        append_only("dispatch_weights"),
        append_only("dispatch_plan_line"),
        append_only("dispatch_plan_taken"),
    ]
