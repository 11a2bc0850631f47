import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0006_plan_workshop")]

    operations = [
        migrations.AddField(
            model_name="plandraft",
            name="editors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.RunSQL(
            """
            UPDATE contracts_plan_draft SET editors = ARRAY[edited_by_user]
            WHERE edited_by_user IS NOT NULL
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="plandraft", name="edited_by_user"),
        migrations.AddField(
            model_name="plandraft", name="approved_beside", field=models.IntegerField(default=0)
        ),
    ]
