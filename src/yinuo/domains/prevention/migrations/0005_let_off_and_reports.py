"""When a visit was let off stands for itself; visits of sheets not filed yet are followed."""

from django.db import migrations, models
from django.db.models import F


def fill(apps, schema_editor):
    """What was let off keeps the last day known of it; what sheets not filed held is followed."""
    visits = apps.get_model("prevention", "DueVisit").objects
    visits.filter(state="skipped").update(let_off_at=F("looked_at"))
    by_sheet = visits.filter(state="held", sheet__isnull=False, request__isnull=False)
    by_sheet.exclude(sheet__state="filed").update(is_by_open_sheet=True)


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0001_initial"),
        ("prevention", "0004_fence_of_decisions"),
    ]
    operations = [
        migrations.AddField("duevisit", "let_off_at", models.DateTimeField(null=True)),
        migrations.AddField("duevisit", "is_by_open_sheet", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveConstraint("duevisit", "due_visit_skipped_why"),
        migrations.AddConstraint(
            "duevisit",
            models.CheckConstraint(
                condition=~models.Q(state="skipped")
                | ~models.Q(reason="") & models.Q(let_off_at__isnull=False),
                name="due_visit_skipped_why",
            ),
        ),
        migrations.AddConstraint(
            "duevisit",
            models.CheckConstraint(
                condition=models.Q(is_by_open_sheet=False)
                | models.Q(state="held", sheet__isnull=False, request__isnull=False),
                name="due_visit_by_open_sheet",
            ),
        ),
        migrations.AddIndex(
            "duevisit",
            models.Index(
                fields=["looked_at", "id"],
                name="due_visits_of_open_sheet",
                condition=models.Q(is_by_open_sheet=True),
            ),
        ),
    ]
