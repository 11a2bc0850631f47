"""Finding one row among those an actor may see; anything else is «absent», said one way (R03)."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id

Row = TypeVar("Row", bound=Model)


def one_of(visible: QuerySet[Row], public_id: object) -> Row:
    """The visible row with this public id; NotFound when malformed, absent or foreign."""
    identity = parse_public_id(public_id)
    row = visible.filter(public_id=identity).first() if identity else None
    if row is None:
        raise NotFound
    return row
