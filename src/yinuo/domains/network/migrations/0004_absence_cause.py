"""Absences that follow from something, such as a training, name it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="absence",
            name="cause_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("cause_id__isnull", False)),
                fields=("cause_id", "person"),
                name="network_absence_of_cause",
            ),
        ),
    ]
