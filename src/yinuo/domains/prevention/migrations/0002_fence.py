"""Series and due visits are their unit's; what was said before a visit is read with it only."""

from django.db import migrations

from yinuo.platform.database.fence import CUSTOMERS, UNITS, fence

CASES = {
    **dict.fromkeys(
        ("prevention_series", "prevention_due_visit"),
        f"unit_id = {UNITS} OR customer_id = {CUSTOMERS}",
    ),
    "prevention_talk": "visit_id IN (SELECT id FROM prevention_due_visit)",
    "prevention_reading": "series_id IN (SELECT id FROM prevention_series)",
}


class Migration(migrations.Migration):
    dependencies = [("prevention", "0001_initial"), ("network", "0002_fence")]
    operations = [fence(table, condition) for table, condition in CASES.items()]
