from django.db import migrations, models

_KINDS = ["step", "report", "sign", "begin", "lines", "finish", "need", "next", "hours"]
_STATES = ["applied", "conflict", "refused", "dropped"]


class Migration(migrations.Migration):
    dependencies = [("devices", "0002_begin_checklist")]

    operations = [
        migrations.RemoveConstraint(model_name="operation", name="operation_words"),
        migrations.AddConstraint(
            model_name="operation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", _STATES), ("kind__in", _KINDS)),
                name="operation_words",
            ),
        ),
    ]
