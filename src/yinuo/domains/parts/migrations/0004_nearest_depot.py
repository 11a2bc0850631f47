import django.db.models.deletion
from django.db import migrations, models

# Before, the depot that was asked counted. The keys are checked at once, so that the column can
# be made a duty within the same step.
AS_ASKED = "UPDATE parts_request SET nearest_id = depot_id; SET CONSTRAINTS ALL IMMEDIATE"


def _nearest(**how: bool) -> models.Field:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parts.depot", **how
    )


class Migration(migrations.Migration):
    dependencies = [("parts", "0003_repairs_of_parts")]

    operations = [
        migrations.AddField("partrequest", "nearest", _nearest(null=True)),
        migrations.RunSQL(AS_ASKED, migrations.RunSQL.noop),
        migrations.AlterField("partrequest", "nearest", _nearest()),
    ]
