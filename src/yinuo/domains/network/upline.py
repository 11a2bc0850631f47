"""A unit and those above it: the groups whose people see what belongs to the unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.network.models import ServiceUnit
from yinuo.platform.sequences import next_number


@dataclass(frozen=True, slots=True)
class Group:
    """A unit as a group that work can be given to."""

    id: int
    public_id: UUID
    name: str


def units_over(unit_id: int) -> list[Group]:
    """The unit itself, then the active ones above it up to headquarters."""
    path = ServiceUnit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or ""
    ids = [int(part) for part in path.split("/") if part]
    found = ServiceUnit.objects.filter(pk__in=ids, active=True).order_by("-level", "id")
    return [Group(unit.pk, unit.public_id, unit.name) for unit in found]


def paths_of(unit_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """For each of the units the ids from headquarters down to itself. The caller knows them."""
    rows = ServiceUnit.objects.filter(pk__in=unit_ids).values_list("pk", "path")
    return {pk: tuple(int(part) for part in path.split("/") if part) for pk, path in rows}


def code_of(unit_id: int) -> str:
    """The short code of a unit the caller knows, as it stands in document numbers."""
    return ServiceUnit.objects.values_list("code", flat=True).get(pk=unit_id)


def document_number(kind: str, unit_id: int, now: datetime) -> str:
    """The next number of a kind of document of a unit in this month: `DH-SZ-202610-0042`."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return next_number(f"{kind}-{code_of(unit_id)}-{local:%Y%m}")
