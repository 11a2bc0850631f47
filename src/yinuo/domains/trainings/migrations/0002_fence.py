"""A training is its unit's, its customer's and its people's; who takes part is read with it only."""

from django.db import migrations

from yinuo.platform.database.fence import CUSTOMERS, PERSON, UNITS, fence, unfenced

# Trainings of the person himself and of the units' people: told past the fence, because the two
# tables would ask each other.
ATTENDED = """
SELECT coalesce(array_agg(a.training_id), '{}') FROM trainings_participant a
JOIN network_person p ON p.id = a.person_id
WHERE p.id = ANY (fence_ids('yinuo.person')) OR p.unit_id = ANY (fence_ids('yinuo.units'))
"""
CASES = {
    "trainings_training": (
        f"unit_id = {UNITS} OR customer_id = {CUSTOMERS} OR trainer_id = {PERSON}"
        " OR customer_id IN (SELECT id FROM customers_customer)"
        " OR id = ANY ((SELECT fence_attended())::bigint[])"
    ),
    "trainings_participant": "training_id IN (SELECT id FROM trainings_training)",
}


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial"), ("network", "0002_fence")]
    operations = [
        unfenced("fence_attended", ATTENDED),
        *(fence(table, condition) for table, condition in CASES.items()),
    ]
