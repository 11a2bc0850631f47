"""Many rows written by one statement: new ones of several tables, changed ones of one.

A business step adds a handful of rows to half a dozen tables; a round trip each would cost more
than the rows. Each table's rows travel as one JSON parameter, so the statement's text depends
only on which tables take part and the server prepares it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson
from django.db import connection
from django.db.models import Field, JSONField, Model
from django.utils.functional import Promise

Row = dict[str, Any]


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[tuple[Field[Any, Any], str, str], ...]:
    """(field, column, column type) of every concrete field except a generated primary key."""
    return tuple(
        (field, str(field.column), field.db_type(connection) or "text")
        for field in model._meta.concrete_fields
        if not field.generated and not (field.primary_key and field.db_returning)
    )


@lru_cache(maxsize=64)
def _statement(models: tuple[type[Model], ...]) -> str:
    """`WITH … INSERT` over all tables, in the order given."""
    inserts = []
    for model in models:
        columns = _columns(model)
        names = ", ".join(f'"{column}"' for _, column, _ in columns)
        types = ", ".join(f'"{column}" {kind}' for _, column, kind in columns)
        inserts.append(
            f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {names} '  # noqa: S608
            f"FROM jsonb_to_recordset(%s::jsonb) AS rows({types})"
            + (" ON CONFLICT DO NOTHING" if getattr(model, "repeats_are_dropped", False) else "")
        )
    *first, last = inserts
    steps = ", ".join(f"step_{index} AS ({text})" for index, text in enumerate(first))
    return f"WITH {steps} {last}" if steps else last


@lru_cache(maxsize=16)
def _update_statement(model: type[Model], names: tuple[str, ...]) -> str:
    """`UPDATE … FROM` the rows of one JSON parameter, matched by primary key."""
    key = model._meta.pk.column
    columns = [column for _, column, _ in _columns(model) if column in names]
    types = {column: kind for _, column, kind in _columns(model)}
    changes = ", ".join(f'"{column}" = rows."{column}"' for column in columns)
    shape = ", ".join([f'"{key}" bigint', *(f'"{column}" {types[column]}' for column in columns)])
    table = model._meta.db_table
    return (
        f'UPDATE "{table}" SET {changes} FROM jsonb_to_recordset(%s::jsonb) AS rows({shape}) '  # noqa: S608
        f'WHERE "{table}"."{key}" = rows."{key}"'
    )


def update_together(instances: Sequence[Model], names: tuple[str, ...]) -> None:
    """Write these columns of stored rows of one model in one statement.

    Django's own bulk update builds a CASE per row and column, which costs forty times as much.
    """
    if not instances:
        return
    model = type(instances[0])
    rows = [{model._meta.pk.column: instance.pk, **_row(instance)} for instance in instances]
    with connection.cursor() as cursor:
        text = orjson.dumps(rows, default=_exact).decode()
        cursor.execute(_update_statement(model, names), [text])


def _row(instance: Model) -> Row:
    return {
        column: _plain(field, getattr(instance, field.attname))
        for field, column, _ in _columns(type(instance))
    }


def _plain(field: Field[Any, Any], value: Any) -> Any:
    """The value as JSON carries it; PostgreSQL casts it back to the column's type."""
    if isinstance(value, bytes) and not isinstance(field, JSONField):
        return "\\x" + value.hex()
    return value


def _exact(value: Any) -> str:
    """What JSON has no form for, as text that loses nothing; anything unknown is an error."""
    if isinstance(value, Decimal | Promise):
        return str(value)
    raise TypeError(type(value))


def insert_together(instances: Sequence[Model]) -> None:
    """Insert rows of any number of tables in one statement; their keys stay unknown here.

    A model with `repeats_are_dropped = True` drops a row that breaks a unique constraint; for any
    other the constraint's IntegrityError ends the step.
    """
    by_model: dict[type[Model], list[Row]] = {}
    for instance in instances:
        by_model.setdefault(type(instance), []).append(_row(instance))
    if not by_model:
        return
    parameters = [orjson.dumps(rows, default=_exact).decode() for rows in by_model.values()]
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(by_model)), parameters)
