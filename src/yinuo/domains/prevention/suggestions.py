"""What records suggest as preventive work (BP-10): repeated faults, findings left open, old assets,
cover that ends. Worked out from what is there whenever somebody looks; only decisions are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max
from django.db.models.functions import Coalesce

from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.checklists.found import findings_left_open
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.feedback.health_windows import Windows, health_windows
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.policies import visible_decisions
from yinuo.domains.prevention.selectors import today_of
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.types import RequestKind
from yinuo.kernel.states import RequestState

MOST_EACH = 100
DAYS_A_YEAR = 365
_DROPPED = [RequestState.CANCELLED.value, RequestState.MERGED.value]


class Ground(StrEnum):
    """Why a visit is suggested."""

    REPEATS = "repeats"
    LEFT_OPEN = "left_open"
    AGEING = "ageing"
    EXPIRING = "expiring"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A visit that records suggest. `key` names it and its evidence: with other evidence, such as
    one more fault, it is another one. `figures` are the numbers of its sentence."""

    key: str
    ground: Ground
    unit_id: int
    customer_id: int
    customer_public_id: UUID
    customer_name: str
    asset_public_id: UUID | None
    asset_name: str
    figures: Mapping[str, Any]


def suggestions(actor: Actor, now: datetime) -> list[Suggestion]:
    """What records suggest to an actor who plans visits, nobody having decided about it yet.

    A constant number of statements; at most a hundred of each ground, the strongest leading.
    """
    windows, today = health_windows(), today_of(now)
    units = actor.units_for(Permission.PREVENTION_WRITE)
    found = [
        *_repeats(actor, windows, now),
        *_left_open(actor, now),
        *_expiring(actor, windows, today),
        *_ageing(actor, today),
    ]
    mine = [one for one in found if one.unit_id in units]
    decided = _decided(actor, (one.key for one in mine))
    return [one for one in mine if one.key not in decided]


def _decided(actor: Actor, keys: Iterable[str]) -> set[str]:
    rows = visible_decisions(actor).filter(key__in=list(keys))
    return set(rows.values_list("key", flat=True))


def _repeats(actor: Actor, windows: Windows, now: datetime) -> list[Suggestion]:
    since = now - timedelta(days=windows.repeat_days)
    faults = visible_requests(actor).filter(
        kind=RequestKind.FAULT.value, asset__isnull=False, reported_at__gte=since
    )
    counted = (
        faults.exclude(state__in=_DROPPED)
        .order_by()
        .values("asset_id")
        .annotate(number=Count("pk"), last=Max("reported_at"))
        .filter(number__gte=windows.repeat_count)
        .order_by("-number", "asset_id")[:MOST_EACH]
    )
    rows = list(counted)
    assets = visible_assets(actor).filter(active=True).select_related("customer")
    known = assets.in_bulk([row["asset_id"] for row in rows])
    found = []
    for row in rows:
        if asset := known.get(row["asset_id"]):
            key = f"{Ground.REPEATS}:{asset.public_id}:{row['last']:%Y%m%d}:{row['number']}"
            figures = {"number": row["number"], "days": windows.repeat_days}
            found.append(_of_asset(key, Ground.REPEATS, asset, figures))
    return found


def _left_open(actor: Actor, now: datetime) -> list[Suggestion]:
    before = now - timedelta(days=settings.FINDING_OPEN_DAYS)
    return [
        Suggestion(
            key=f"{Ground.LEFT_OPEN}:{one.request_id}",
            ground=Ground.LEFT_OPEN,
            unit_id=one.unit_id,
            customer_id=one.customer_id,
            customer_public_id=one.customer_public_id,
            customer_name=one.customer_name,
            asset_public_id=one.asset_public_id,
            asset_name=one.asset_name,
            figures={
                "zh": one.title_zh,
                "en": one.title_en,
                "number": one.request_number,
                "days": (now - one.at).days,
            },
        )
        for one in findings_left_open(actor, before, MOST_EACH)
    ]


def _expiring(actor: Actor, windows: Windows, today: date) -> list[Suggestion]:
    until = today + timedelta(days=windows.expiring_days)
    rows = visible_contracts(actor).filter(
        starts_on__lte=today, ends_on__gt=today, ends_on__lte=until
    )
    found = rows.select_related("customer").order_by("ends_on", "id")[:MOST_EACH]
    return [
        Suggestion(
            key=f"{Ground.EXPIRING}:{one.public_id}:{one.ends_on}",
            ground=Ground.EXPIRING,
            unit_id=one.customer.unit_id,
            customer_id=one.customer_id,
            customer_public_id=one.customer.public_id,
            customer_name=one.customer.name,
            asset_public_id=None,
            asset_name="",
            figures={"number": one.number, "days": (one.ends_on - today).days},
        )
        for one in found
        if one.ends_on
    ]


def _ageing(actor: Actor, today: date) -> list[Suggestion]:
    before = today - timedelta(days=settings.AGEING_YEARS * DAYS_A_YEAR)
    rows = visible_assets(actor).filter(active=True).select_related("customer")
    aged = rows.annotate(since=Coalesce(F("project__accepted_on"), F("purchased_on")))
    found = aged.filter(since__lt=before).order_by("since", "id")[:MOST_EACH]
    return [
        _of_asset(
            f"{Ground.AGEING}:{one.public_id}:{today.year}",
            Ground.AGEING,
            one,
            {"years": (today - one.since).days // DAYS_A_YEAR},
        )
        for one in found
    ]


def _of_asset(key: str, ground: Ground, asset: Any, figures: Mapping[str, Any]) -> Suggestion:
    return Suggestion(
        key=key,
        ground=ground,
        unit_id=asset.customer.unit_id,
        customer_id=asset.customer_id,
        customer_public_id=asset.customer.public_id,
        customer_name=asset.customer.name,
        asset_public_id=asset.public_id,
        asset_name=asset.name,
        figures=figures,
    )
