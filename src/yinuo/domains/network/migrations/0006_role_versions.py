"""Roles are edited on screen: each has an address, and a version that two editors compare."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from yinuo.platform.identifiers import new_public_id


def name_roles(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give every role that is there a public id."""
    role_model = apps.get_model("network", "Role")
    for role in role_model.objects.filter(public_id__isnull=True):
        role.public_id = new_public_id()
        role.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0005_former_names"),
    ]

    operations = [
        migrations.AddField("role", "version", models.IntegerField(default=1)),
        migrations.AddField("role", "public_id", models.UUIDField(null=True)),
        migrations.RunPython(name_roles, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "role", "public_id", models.UUIDField(default=new_public_id, unique=True)
        ),
    ]
