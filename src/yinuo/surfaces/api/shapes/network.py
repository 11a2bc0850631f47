"""Service units and people."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.network.types import PersonRow, UnitRow
from yinuo.surfaces.api.shapes.values import IdText, id_or_none


class UnitShape(BaseModel):
    """A service unit. Level 1 is headquarters, 2 a centre, 3 a partner."""

    id: IdText
    version: int
    code: str
    name: str
    level: int
    parent_id: IdText | None
    active: bool


class Units(BaseModel):
    """A page of units."""

    items: list[UnitShape]
    next_cursor: str


class HeldRole(BaseModel):
    """A role held in a unit and all below it."""

    role: str
    unit_id: IdText
    unit_name: str


class PersonShape(BaseModel):
    """Somebody who works in a unit."""

    id: IdText
    version: int
    name: str
    phone: str
    unit_id: IdText
    unit_name: str
    active: bool
    roles: list[HeldRole]


class People(BaseModel):
    """A page of people."""

    items: list[PersonShape]
    next_cursor: str


def unit(row: UnitRow) -> dict[str, Any]:
    """UnitShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "parent_id": id_or_none(row.parent_public_id),
        "active": row.active,
    }


def person(row: PersonRow) -> dict[str, Any]:
    """PersonShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "name": row.name,
        "phone": row.phone,
        "unit_id": str(row.unit_public_id),
        "unit_name": row.unit_name,
        "active": row.active,
        "roles": [
            {
                "role": held.role_code,
                "unit_id": str(held.unit_public_id),
                "unit_name": held.unit_name,
            }
            for held in row.assignments
        ],
    }
