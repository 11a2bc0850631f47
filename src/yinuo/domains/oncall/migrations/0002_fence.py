"""A rota is its unit's and that of everybody who is on it; its turns are read with it only."""

from django.db import migrations

from yinuo.platform.database.fence import UNITS, fence, unfenced

# Rotas on which the person himself or somebody who works for the units is on duty, has a call or
# is handed the log: told past the fence, because rotas and their turns would ask each other.
ON_DUTY = """
WITH people AS (
    SELECT unnest(fence_ids('yinuo.person')) AS id
    UNION SELECT id FROM network_person WHERE unit_id = ANY (fence_ids('yinuo.units'))
    UNION SELECT person_id FROM network_assignment WHERE unit_id = ANY (fence_ids('yinuo.units'))
)
SELECT coalesce(array_agg(found.rota_id), '{}') FROM (
    SELECT rota_id FROM oncall_turn JOIN people ON people.id = person_id
    UNION SELECT rota_id FROM oncall_call JOIN people ON people.id = person_id
    UNION SELECT t.rota_id FROM oncall_handover h JOIN people ON people.id = h.to_id
        JOIN oncall_turn t ON t.id = h.turn_id
) found
"""
CASES = {
    "oncall_rota": f"unit_id = {UNITS} OR id = ANY ((SELECT fence_on_duty())::bigint[])",
    "oncall_turn": "rota_id IN (SELECT id FROM oncall_rota)",
}


class Migration(migrations.Migration):
    dependencies = [("oncall", "0001_initial"), ("network", "0002_fence")]
    operations = [
        unfenced("fence_on_duty", ON_DUTY),
        *(fence(table, condition) for table, condition in CASES.items()),
    ]
