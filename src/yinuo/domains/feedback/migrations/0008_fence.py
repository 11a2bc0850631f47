"""Cases with their scores, appeals and published figures are of their unit and engineer."""

from django.db import migrations

from yinuo.platform.database.fence import PERSON, UNITS, fence

SCORED = f"unit_id = {UNITS} OR engineer_id = {PERSON}"
CASES = {
    **dict.fromkeys(("feedback_case", "feedback_score_appeal", "feedback_published_score"), SCORED),
    "feedback_appeal_decision": "appeal_id IN (SELECT id FROM feedback_score_appeal)",
    "feedback_call_back_rule": f"unit_id = {UNITS}",
}


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_call_back_rules"), ("network", "0002_fence")]
    operations = [fence(table, condition) for table, condition in CASES.items()]
