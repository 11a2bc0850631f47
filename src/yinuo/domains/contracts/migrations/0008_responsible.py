import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0007_plan_editors"),
        ("network", "0003_changes"),
    ]

    operations = [
        migrations.AddField(
            "contract",
            "responsible",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="network.person",
            ),
        )
    ]
