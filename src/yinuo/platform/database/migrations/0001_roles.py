"""Owner and working roles: what the owner creates, the others may work with.

They get no ownership, so row-level security and triggers bind them.
"""

from django.conf import settings
from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
# Neighbouring letters in pairs, small letters: an index over them finds any part of a text.
GRAMS = """
CREATE FUNCTION search_grams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), at, 2)), '{}')
    FROM generate_series(1, length(words) - 1) AS at
$$;
"""


def grant_roles(apps, schema_editor):
    """Raises RuntimeError on a server without the fenced role: only its superuser makes roles."""
    application, fenced = settings.DATABASE_APPLICATION_ROLE, settings.DATABASE_FENCED_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (current,) = cursor.fetchone()
        known = [role for role in (application, fenced) if _exists(cursor, role)]
        if fenced not in known:
            raise RuntimeError(
                f"the server has no role {fenced}: as its superuser run CREATE ROLE {fenced} "
                f"NOLOGIN; GRANT {fenced} TO {application}; ALTER ROLE {application} NOINHERIT"
            )
        for role in known:
            if role != current:
                _grant(cursor, schema_editor.connection.ops.quote_name(role))


def _exists(cursor, role):
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _grant(cursor, name):
    for kind, rights in (
        ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
        ("SEQUENCES", "USAGE, SELECT"),
    ):
        cursor.execute(f"GRANT {rights} ON ALL {kind} IN SCHEMA public TO {name}")
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {kind} TO {name}"
        )


class Migration(migrations.Migration):
    initial = True
    run_before = [("contenttypes", "0001_initial"), ("sessions", "0001_initial")]
    operations = [
        migrations.RunPython(grant_roles, migrations.RunPython.noop),
        migrations.RunSQL(REFUSE, "DROP FUNCTION refuse_change()"),
        migrations.RunSQL(GRAMS, "DROP FUNCTION search_grams(text)"),
    ]
