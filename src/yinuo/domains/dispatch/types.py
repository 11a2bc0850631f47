"""What dispatch hands out: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.network.qualification_types import Obstacle, Rule
from yinuo.platform.errors import IllegalMove


@dataclass(frozen=True, slots=True)
class Goer:
    """Somebody who can go: when he would begin, and what sending him costs, term by term.

    `place` is his in the ranking, 1 for the first. `terms` and `total` are yuan; `extra` is what
    he costs more than the first.
    """

    place: int
    person_id: int
    public_id: UUID
    name: str
    phone: str
    unit_name: str
    starts_at: datetime
    travel_seconds: int
    is_placed: bool
    terms: Mapping[str, Decimal]
    total: Decimal
    extra: Decimal

    @property
    def travel_minutes(self) -> int:
        """The way there in minutes, a begun one counted."""
        return -(-self.travel_seconds // 60)


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who cannot go: the hard rules he breaks, in order."""

    public_id: UUID
    name: str
    unit_name: str
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """Who can go to a sheet as things stand. `rejected` counts people by their first rule.

    `goers` and `refused` are a page each, which begins after so many: `goers_from` of `can_go`,
    `refused_from` of `cannot_go`.
    """

    work_order_public_id: UUID
    version: int
    number: str
    product_line: str
    visit_minutes: int
    due_at: datetime | None
    has_place: bool
    considered: int
    weights: str
    can_go: int
    goers_from: int
    goers: tuple[Goer, ...]
    refused_from: int
    refused: tuple[Refused, ...]
    # The internal ids of all.
    refused_ids: frozenset[int]
    rejected: Mapping[str, int]

    @property
    def cannot_go(self) -> int:
        """How many a hard rule removes."""
        return len(self.refused_ids)


@dataclass(frozen=True, slots=True)
class CanGoAlong:
    """Somebody who can go along to a visit, or the hard rules that keep him from it."""

    public_id: UUID
    name: str
    unit_name: str
    is_named: bool
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Along:
    """Who can go along to a sheet. `kept` is the time kept for its lead, the way included."""

    work_order_public_id: UUID
    version: int
    number: str
    kept: tuple[datetime, datetime] | None
    people: tuple[CanGoAlong, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it was taken."""

    public_id: UUID
    decided_at: datetime
    decided_by: str
    person_name: str
    place: int
    reason: str
    weights: str
    considered: int
    content: Mapping[str, Any]


class CannotGo(IllegalMove):
    """Somebody cannot be sent: the hard rules he breaks."""

    code = "cannot_go"

    def __init__(self, name: str, obstacles: tuple[Obstacle, ...]) -> None:
        self.name, self.obstacles = name, obstacles
        rules = [{"rule": one.rule.value, "subject": one.subject} for one in obstacles]
        message = _("%(name)s cannot go then.")
        if self.is_booked:
            message = _("%(name)s has other work at that time.")
        super().__init__(message % {"name": name}, details={"rules": rules})

    @property
    def is_booked(self) -> bool:
        """True when nothing but other work keeps him from it."""
        return all(one.rule is Rule.OVERLAP for one in self.obstacles)
