"""What was decided about suggestions is its unit's."""

from django.db import migrations

from yinuo.platform.database.fence import UNITS, fence

CASES = {"prevention_decision": f"unit_id = {UNITS}"}


class Migration(migrations.Migration):
    dependencies = [("prevention", "0003_decisions")]
    operations = [fence(table, condition) for table, condition in CASES.items()]
