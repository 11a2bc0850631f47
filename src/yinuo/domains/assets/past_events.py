"""What happened to assets before the product knew them: for pages, imports and exports."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.assets.models import PastEvent
from yinuo.domains.assets.policies import visible_past_events
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor

# The health record shows the newest; the history has them all.
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PastEventRow:
    """A service event from earlier records, as a row of a file."""

    id: int
    public_id: UUID
    version: int
    asset_public_id: UUID
    asset_model: str
    asset_serial: str
    happened_on: date
    kind: str
    symptom: str
    done: str
    done_by: str
    parts: str
    result: str
    minutes_down: int | None


def known_past_events(
    actor: Actor,
    permission: Permission,
    *,
    asset_ids: Collection[UUID] = (),
    public_ids: Collection[UUID] = (),
) -> list[PastEventRow]:
    """The events of these assets, and those of these ids (public ids both)."""
    found = visible_past_events(actor, permission).filter(
        Q(asset__public_id__in=asset_ids) | Q(public_id__in=public_ids)
    )
    return _rows(found.order_by("id"))


def past_events_after(actor: Actor, last_id: int, limit: int) -> list[PastEventRow]:
    """The next events of visible assets behind a row number, in the order they were brought in."""
    found = visible_past_events(actor).filter(id__gt=last_id)
    return _rows(found.order_by("id")[:limit])


def newest_past_events(actor: Actor, asset_id: UUID) -> list[PastEventRow]:
    """The newest events of an asset (public id); nothing of one the actor may not see."""
    found = visible_past_events(actor).filter(asset__public_id=asset_id)
    return _rows(found.order_by("-at", "-id")[:MOST_SHOWN])


def _rows(found: QuerySet[PastEvent]) -> list[PastEventRow]:
    return [
        PastEventRow(
            id=one.pk,
            public_id=one.public_id,
            version=one.version,
            asset_public_id=one.asset.public_id,
            asset_model=one.asset.model,
            asset_serial=one.asset.serial,
            happened_on=one.happened_on,
            kind=one.kind,
            symptom=one.symptom,
            done=one.done,
            done_by=one.done_by,
            parts=one.parts,
            result=one.result,
            minutes_down=one.minutes_down,
        )
        for one in found.select_related("asset")
    ]
