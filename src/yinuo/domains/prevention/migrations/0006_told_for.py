"""Of which time a customer was told: he is told again when it moves."""

from django.db import migrations, models
from django.db.models import F, Q


def fill(apps, schema_editor):
    """Whoever was told so far was told of the time agreed before the sheet."""
    told = Q(reminded_at__isnull=False) | Q(told_remind_at__isnull=False)
    apps.get_model("prevention", "DueVisit").objects.filter(told).update(told_for=F("agreed_for"))


class Migration(migrations.Migration):
    dependencies = [("prevention", "0005_let_off_and_reports")]
    operations = [
        migrations.AddField("duevisit", "told_for", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
