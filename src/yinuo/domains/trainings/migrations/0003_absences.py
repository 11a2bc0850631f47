"""Internal trainings that were planned before they kept their people from being sent do so too."""

from django.db import migrations

KEEP_AWAY = """
INSERT INTO network_absence (
    public_id, version, person_id, kind, starts_at, ends_at, note, cause_id, recorded_at,
    recorded_by
)
SELECT gen_random_uuid(), 1, one.person_id, 'training', t.starts_at, t.ends_at, t.subject,
       t.public_id, t.created_at, t.created_by
FROM trainings_training t
JOIN (
    SELECT training_id, person_id FROM trainings_participant WHERE person_id IS NOT NULL
    UNION SELECT id, trainer_id FROM trainings_training
) one ON one.training_id = t.id
WHERE t.kind = 'internal' AND t.state = 'planned'
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0002_fence"), ("network", "0004_absence_cause")]
    operations = [migrations.RunSQL(KEEP_AWAY, migrations.RunSQL.noop)]
