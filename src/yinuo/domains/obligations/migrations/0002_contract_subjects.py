from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ContractLook",
            fields=[
                ("contract_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("version", models.IntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("look_at", models.DateTimeField(null=True)),
                ("touched_from", models.DateTimeField(null=True)),
                ("done", models.CharField(default="", max_length=64)),
            ],
            options={
                "db_table": "obligations_contract",
                "indexes": [
                    models.Index(
                        condition=models.Q(("look_at__isnull", False)),
                        fields=["look_at"],
                        name="obligations_contract_look",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JointExposure",
            fields=[
                ("contract_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("marks", models.IntegerField(default=0)),
                ("done", models.IntegerField(default=0)),
                ("computed_at", models.DateTimeField(null=True)),
                ("accrued", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                ("late_hour", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                ("late_day", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                ("late_week", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                ("alone_accrued", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                (
                    "alone_late_hour",
                    models.DecimalField(decimal_places=2, default=0, max_digits=24),
                ),
                ("alone_late_day", models.DecimalField(decimal_places=2, default=0, max_digits=24)),
                (
                    "alone_late_week",
                    models.DecimalField(decimal_places=2, default=0, max_digits=24),
                ),
                ("differs", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "obligations_joint",
                "indexes": [
                    models.Index(
                        condition=models.Q(("marks__gt", models.F("done"))),
                        fields=["computed_at"],
                        name="obligations_joint_stale",
                    ),
                    models.Index(
                        condition=models.Q(("differs", True)),
                        fields=["contract_id"],
                        name="obligations_joint_differs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureRow",
            fields=[
                ("obligation_id", models.UUIDField(primary_key=True, serialize=False)),
                ("contract_id", models.BigIntegerField()),
                ("period", models.CharField(default="", max_length=80)),
                ("begins_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("missing", models.JSONField(default=list)),
                ("note", models.CharField(default="", max_length=40)),
                ("value", models.JSONField(null=True)),
            ],
            options={
                "db_table": "obligations_figure",
                "indexes": [models.Index(fields=["contract_id"], name="obligations_figures_of")],
            },
        ),
        migrations.CreateModel(
            name="ReadUpTo",
            fields=[
                (
                    "stream",
                    models.CharField(max_length=20, primary_key=True, serialize=False),
                ),
                ("last_id", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "obligations_read_up_to"},
        ),
        migrations.AddIndex(
            model_name="subjectrow",
            index=models.Index(
                condition=models.Q(("contract_id__isnull", False)),
                fields=["contract_id"],
                name="obligations_contract_cases",
            ),
        ),
    ]
