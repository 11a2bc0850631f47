"""The second fence: what policies forgot to leave out, the database leaves out (SV-02).

For the time of a reading the application role becomes the fenced role, which row-level security
binds to the units, customers and person named. The application role itself is bound by policies
alone: a condition on every row of every list would keep the searches from their indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, migrations, transaction

# What a condition may speak of. Each is computed once for a statement.
UNITS = "ANY ((SELECT fence_ids('yinuo.units'))::bigint[])"
CUSTOMERS = "ANY ((SELECT fence_ids('yinuo.customers'))::bigint[])"
PERSON = "ANY ((SELECT fence_ids('yinuo.person'))::bigint[])"

IDS = migrations.RunSQL(
    """
    CREATE FUNCTION fence_ids(name text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT string_to_array(current_setting(name, true), ',')::bigint[]
    $$;
    """,
    "DROP FUNCTION fence_ids(text)",
)
_ENTER = """
SELECT current_setting('role'), set_config('yinuo.units', %s, true),
       set_config('yinuo.customers', %s, true), set_config('yinuo.person', %s, true),
       set_config('role', %s, true)
"""


def fence(table: str, condition: str) -> migrations.RunSQL:
    """The migration step after which the fenced role sees rows that meet the condition only."""
    role = settings.DATABASE_FENCED_ROLE
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY work ON {table} USING (true) WITH CHECK (true);
        CREATE POLICY fence ON {table} AS RESTRICTIVE TO {role} USING ({condition});
        """,
        f"""
        DROP POLICY fence ON {table};
        DROP POLICY work ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def unfenced(name: str, body: str) -> migrations.RunSQL:
    """The step that makes a function which reads past the fence and gives ids only."""
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
        SECURITY DEFINER SET search_path FROM CURRENT AS $$ {body} $$;
        """,
        f"DROP FUNCTION {name}()",
    )


@contextmanager
def fenced(
    *, units: Iterable[int] = (), customers: Iterable[int] = (), person: int | None = None
) -> Iterator[None]:
    """Reads within see rows of these units, customers and this person only; one transaction.

    For reading: what is written within is bound by the same conditions.
    """
    bounds = [",".join(map(str, sorted(ids))) for ids in (units, customers)]
    who = "" if person is None else str(person)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ENTER, [*bounds, who, settings.DATABASE_FENCED_ROLE])
            before = cursor.fetchone()[0]
        yield
        # Within a larger transaction the role would stay until its end.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [before])


@contextmanager
def beyond_fence() -> Iterator[None]:
    """Reads the parts of a document that was found within the fence, whoever's work they are of.

    Only for what is one whole by its nature and was checked as such: the lines of a statement.
    Within no fence it changes nothing.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role'), set_config('role', 'none', true)")
            before = cursor.fetchone()[0]
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [before])
