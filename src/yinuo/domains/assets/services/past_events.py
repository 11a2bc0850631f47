"""Bringing in what happened to an asset before the product knew it, and correcting it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Asset, PastEvent
from yinuo.domains.assets.policies import visible_assets, visible_past_events
from yinuo.domains.assets.services.components import is_to_come
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

_LENGTHS = {
    "kind": 60,
    "symptom": 2_000,
    "done": 2_000,
    "done_by": 120,
    "parts": 1_000,
    "result": 500,
}
# Ten years; a longer standstill is no service event.
MOST_MINUTES = 5_256_000
NOON = time(12)


@dataclass(frozen=True, slots=True)
class PastEventData:
    """What earlier records say. `done_by` is a name as written there, tied to nobody here."""

    happened_on: date
    symptom: str
    kind: str = ""
    done: str = ""
    done_by: str = ""
    parts: str = ""
    result: str = ""
    minutes_down: int | None = None


def record_past_event(
    *, actor: Actor, asset_id: object, data: PastEventData, now: datetime
) -> PastEvent:
    """Enter a service event of an asset from earlier records.

    It is told in the history of asset and customer and counts for nothing: no promise, no score,
    no downtime follows from it. Raises InvalidInput for a day to come, NotFound.
    """
    assets = visible_assets(actor, Permission.ASSET_WRITE).select_related("site")
    asset = one_of(assets, asset_id)
    _check(data, now)
    with writing(actor=actor, now=now) as work:
        event = PastEvent.objects.create(
            asset=asset, recorded_at=now, recorded_by=actor.label, **_values(asset, data)
        )
        work.audit("past_event.record", event, after=_shown(data))
        return event


def correct_past_event(
    *, actor: Actor, event_id: object, version: int, data: PastEventData, now: datetime
) -> PastEvent:
    """Correct what was brought in. Raises Conflict when somebody was faster."""
    events = visible_past_events(actor, Permission.ASSET_WRITE).select_related("asset__site")
    event = one_of(events, event_id)
    _check(data, now)
    with writing(actor=actor, now=now) as work:
        stored(event, expected_version=version, changes=_values(event.asset, data))
        work.audit("past_event.correct", event, after=_shown(data))
        return event


def _values(asset: Asset, data: PastEventData) -> dict[str, Any]:
    zone = ZoneInfo(asset.site.zone if asset.site else settings.TIME_ZONE)
    return asdict(data) | {"at": datetime.combine(data.happened_on, NOON, zone)}


def _shown(data: PastEventData) -> dict[str, Any]:
    """As the audit keeps it: which day and what for; the rest stands in the row."""
    return {"happened_on": data.happened_on.isoformat(), "symptom": data.symptom[:200]}


def _check(data: PastEventData, now: datetime) -> None:
    problems = {
        name: _("Use at most %(most)d characters.") % {"most": most}
        for name, most in _LENGTHS.items()
        if len(getattr(data, name)) > most
    }
    if not data.symptom.strip():
        problems["symptom"] = _("Say what was wrong or asked for.")
    if is_to_come(data.happened_on, now):
        problems["happened_on"] = _("This day is still to come.")
    if data.minutes_down is not None and not 0 <= data.minutes_down <= MOST_MINUTES:
        problems["minutes_down"] = _("Give whole minutes from 0.")
    if problems:
        raise InvalidInput(problems)
