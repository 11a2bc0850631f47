"""A row for every change of who may do what, so that what was read before is known to be old."""

from django.db import migrations, models

WATCHED = (
    *("network_unit", "network_person", "network_role", "network_assignment"),
    *("network_skill", "network_certificate"),
)
# Rows kept: a change that commits late must still be a row that was not there before.
KEPT, AT_ONCE = 200, 20

FUNCTION = f"""
CREATE FUNCTION network_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made bigint;
BEGIN
    INSERT INTO network_change DEFAULT VALUES RETURNING id INTO made;
    DELETE FROM network_change WHERE id IN (
        SELECT id FROM network_change WHERE id < made - {KEPT}
        ORDER BY id LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED
    );
    RETURN NULL;
END $$;
"""


def watched(table: str, events: str) -> migrations.RunSQL:
    """The step after which such changes of a table leave a row."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_changed AFTER {events} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION network_changed()",
        f"DROP TRIGGER {table}_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("network", "0002_fence")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={"db_table": "network_change"},
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION network_changed()"),
        *(watched(table, "INSERT OR UPDATE OR DELETE") for table in WATCHED),
        # Signing in writes other columns.
        watched("accounts_user", "UPDATE OF is_active"),
    ]
