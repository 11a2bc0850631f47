"""`column = ANY(array)`: a long list as one parameter, so that statements stay prepared."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, ForeignKey, Lookup


class EqualsAny(Lookup):
    """`field__any=[…]`: true when the column equals one of the given numbers."""

    lookup_name = "any"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (list(value),)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*left_parameters, list(self.rhs))


def register() -> None:
    """Make the lookup known to numbers and foreign keys; called once when apps are ready."""
    BigIntegerField.register_lookup(EqualsAny)
    ForeignKey.register_lookup(EqualsAny)
