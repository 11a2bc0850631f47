"""Lookups that the ORM lacks: one of many numbers, and any part of a text by an index."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    EmailField,
    ForeignKey,
    Func,
    Lookup,
    TextField,
)

# Runs longer than this are not stored.
LONGEST_RUN = 4
WILD = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class EqualsAny(Lookup):
    """`field__any=[…]`: true when the column equals one of the given numbers.

    A long list travels as one parameter, so that statements stay prepared.
    """

    lookup_name = "any"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (list(value),)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*left_parameters, list(self.rhs))


class Grams(Func):
    """The pairs of neighbouring letters of a text; what `GinIndex(Grams(column))` stores."""

    function = "search_grams"


class DigitGrams(Func):
    """The runs of three and of four digits in a number; what an index over numbers stores.

    Pairs of digits are only a hundred, each in every tenth number: runs of four are rare.
    """

    function = "digit_grams"


class Holds(Lookup):
    """`field__holds="text"`: the column has the text in it somewhere, in any case.

    Needs at least two letters and an index `GinIndex(Grams(column))`; works for Chinese and for
    numbers alike. (`pg_trgm` would do it too, but managed servers and ours may lack it.)
    """

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (value,)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, given = self.process_lhs(compiler, connection)
        sql = f"(search_grams({left}) @> search_grams(%s) AND {left} ILIKE %s)"
        return sql, (*given, self.rhs, *given, f"%{str(self.rhs).translate(WILD)}%")


def register() -> None:
    """Make the lookups known to their fields; called once when apps are ready."""
    for field in (CharField, EmailField, TextField):
        field.register_lookup(Holds)
    BigIntegerField.register_lookup(EqualsAny)
    ForeignKey.register_lookup(EqualsAny)
