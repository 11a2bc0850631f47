"""What the network hands to others: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from yinuo.domains.network.permissions import Permission

NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and in which units he holds which right. Every policy is asked about it.

    `grants` maps a right to the ids of all units where it holds, lower units included; a token's
    scopes have already been taken into account. `sees_whole` is true with a role at headquarters.
    """

    user_id: int | None
    person_id: int | None
    person_public_id: UUID | None
    name: str
    unit_id: int | None
    grants: Mapping[Permission, frozenset[int]] = field(default_factory=dict)
    sees_whole: bool = False

    @property
    def label(self) -> str:
        """The name kept in audit entries."""
        return self.name

    def units_for(self, permission: Permission) -> frozenset[int]:
        """Ids of the units in which the actor holds this right; empty when he holds it nowhere."""
        return self.grants.get(permission, NOWHERE)

    def may(self, permission: Permission, unit_id: int | None = None) -> bool:
        """True when the right is held in that unit, or anywhere when no unit is given."""
        units = self.units_for(permission)
        return bool(units) if unit_id is None else unit_id in units


SYSTEM = Actor(user_id=None, person_id=None, person_public_id=None, name="system", unit_id=None)
"""The product itself: the worker's clocks act as this. It holds no rights and reads nothing
through policies."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A service unit as lists and choices show it."""

    id: int
    public_id: UUID
    version: int
    code: str
    name: str
    level: int
    parent_public_id: UUID | None
    active: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with its names, the words of its rights, and how many people hold it."""

    public_id: UUID
    version: int
    code: str
    name_zh: str
    name_en: str
    permissions: tuple[str, ...]
    holders: int = 0


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A role held in a unit."""

    role_code: str
    unit_public_id: UUID
    unit_name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with his roles."""

    id: int
    public_id: UUID
    version: int
    name: str
    phone: str
    unit_id: int
    unit_public_id: UUID
    unit_name: str
    username: str
    active: bool
    assignments: tuple[AssignmentRow, ...]
