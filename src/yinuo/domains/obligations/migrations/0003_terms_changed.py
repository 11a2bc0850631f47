from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("obligations", "0002_contract_subjects")]

    operations = [
        migrations.AddField("contractlook", "changes", models.CharField(default="", max_length=64)),
        migrations.AddField("subjectrow", "terms_changed", models.BooleanField(default=False)),
        migrations.AddIndex(
            "subjectrow",
            models.Index(
                fields=["id"],
                name="obligations_other_terms",
                condition=Q(terms_changed=True),
            ),
        ),
    ]
