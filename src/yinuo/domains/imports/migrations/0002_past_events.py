from django.db import migrations, models

KINDS = [
    "customers",
    "sites",
    "contacts",
    "projects",
    "assets",
    "components",
    "contracts",
    "papers",
    "events",
]


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("importrun", "imports_kind_known"),
        migrations.AddConstraint(
            "importrun",
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="imports_kind_known"),
        ),
    ]
