"""Who holds which role where: for telling people, never for deciding what they may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

ADMINISTRATOR = "administrator"
# Whom a person answers to, step by step, when nothing else is said.
RANKS = ("service_manager", "service_director", "leadership")

_PEOPLE = """
SELECT p.id, p.unit_id, p.phone, account.email, r.code, a.unit_id
FROM network_person p
JOIN accounts_user account ON account.id = p.user_id AND account.is_active
LEFT JOIN network_assignment a ON a.person_id = p.id
LEFT JOIN network_role r ON r.id = a.role_id
WHERE p.active
ORDER BY p.id
"""
_UNITS = "SELECT id, path FROM network_unit"


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who can be told something: active, with an active account."""

    person_id: int
    unit_id: int
    phone: str
    email: str


class Found(NamedTuple):
    """Who is to be told. `is_meant` is false when nobody held the role and others step in."""

    holders: tuple[Holder, ...]
    is_meant: bool


class Roster:
    """All holders of roles at one moment; read once and asked many times."""

    def __init__(self) -> None:
        self._people: dict[int, Holder] = {}
        self._roles: dict[tuple[str, int], list[int]] = {}
        self._held: dict[int, set[str]] = {}
        with connection.cursor() as cursor:
            cursor.execute(_PEOPLE)
            for person_id, home, phone, email, role, unit_id in cursor.fetchall():
                self._people[person_id] = Holder(person_id, home, phone, email)
                if role is not None:
                    self._roles.setdefault((role, unit_id), []).append(person_id)
                    self._held.setdefault(person_id, set()).add(role)
            cursor.execute(_UNITS)
            # `/1/7/`: the unit itself first, then those above it.
            self._chains = {
                unit_id: [int(one) for one in reversed(path.strip("/").split("/"))]
                for unit_id, path in cursor.fetchall()
            }

    def person(self, person_id: int | None) -> Holder | None:
        """The person, unless he has left or cannot sign in."""
        return self._people.get(person_id) if person_id is not None else None

    def holders(self, roles: Collection[str], unit_id: int) -> Found:
        """Holders of any of the roles in the unit, else in the nearest unit above that has one.

        Nobody anywhere above: the administrators, nearest first, with `is_meant` false.
        """
        if found := self._nearest(roles, unit_id):
            return Found(found, is_meant=True)
        return Found(self._nearest((ADMINISTRATOR,), unit_id), is_meant=False)

    def everybody(self, roles: Collection[str], unit_id: int) -> set[int]:
        """All holders of any of the roles in the unit and in every unit above, by internal id."""
        units = self._chains.get(unit_id, ())
        return {
            one for unit in units for role in roles for one in self._roles.get((role, unit), ())
        }

    def superiors(self, person_id: int | None, unit_id: int) -> Found:
        """Those a person answers to: holders of the rank above his own, himself left out.

        In the person's own unit and above; in `unit_id` and above when nobody is named.
        """
        person = self.person(person_id)
        held = self._held.get(person.person_id, set()) if person else set()
        own = max((RANKS.index(role) + 1 for role in RANKS if role in held), default=0)
        for rank in RANKS[own:]:
            found = self._nearest((rank,), person.unit_id if person else unit_id)
            others = tuple(one for one in found if one.person_id != person_id)
            if others:
                return Found(others, is_meant=True)
        return Found(self._nearest((ADMINISTRATOR,), unit_id), is_meant=False)

    def _nearest(self, roles: Collection[str], unit_id: int) -> tuple[Holder, ...]:
        for unit in self._chains.get(unit_id, ()):
            people = {one for role in roles for one in self._roles.get((role, unit), ())}
            if people:
                return tuple(self._people[one] for one in sorted(people))
        return ()


def read_roster() -> Roster:
    """The roster as it stands; two statements."""
    return Roster()
