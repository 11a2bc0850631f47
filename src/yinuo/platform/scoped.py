"""Finding one row among those an actor may see; anything else is «absent», said one way (R03)."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id

Row = TypeVar("Row", bound=Model)


def identity(public_id: object) -> UUID:
    """The id as a UUID; NotFound when it is not written like one."""
    parsed = parse_public_id(public_id)
    if parsed is None:
        raise NotFound
    return parsed


def one_of(visible: QuerySet[Row], public_id: object) -> Row:
    """The visible row with this public id; NotFound when malformed, absent or foreign."""
    row = visible.filter(public_id=identity(public_id)).first()
    if row is None:
        raise NotFound
    return row
