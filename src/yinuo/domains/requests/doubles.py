"""Requests that may be about the same fault (B-16): shown while a call is taken, never decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.selectors import request_row
from yinuo.domains.requests.types import RequestRow
from yinuo.kernel.likeness import likeness
from yinuo.kernel.states import OPEN
from yinuo.platform.scoped import identity

LOOK_BACK = timedelta(days=30)
LEAST_LIKENESS = Fraction(1, 2)
MOST_LOOKED_AT = 100
MOST_SHOWN = 5
_OPEN = sorted(state.value for state in OPEN)


class DoubleReason(StrEnum):
    """Why a request may be the same one, the strongest reason first."""

    ASSET = "asset"
    TEXT = "text"
    CATEGORY = "category"


_ORDER = list(DoubleReason)


@dataclass(frozen=True, slots=True)
class Double:
    """An open request that may be about the same fault; `percent` is how alike the words are."""

    request: RequestRow
    reason: DoubleReason
    percent: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the fault so far; ids are public ids, empty for none."""

    customer_id: object
    asset_id: object = None
    category: str = ""
    symptom: str = ""


def find_doubles(
    actor: Actor, told: Told, now: datetime, *, but: object = None
) -> tuple[Double, ...]:
    """Open requests of the customer, reported in the last 30 days, that may be the same fault.

    The same if about the same asset, in words at least half alike, or in the same category when
    neither names an asset; the likeliest first, at most five. `but` leaves one request out.
    """
    if not told.customer_id:
        return ()
    found = (
        visible_requests(actor)
        .filter(
            customer__public_id=identity(told.customer_id),
            state__in=_OPEN,
            reported_at__gt=now - LOOK_BACK,
        )
        .select_related("customer", "asset", "unit")
        .order_by("-id")
    )
    if but:
        found = found.exclude(public_id=identity(but))
    doubles = [double for one in found[:MOST_LOOKED_AT] for double in _judge(one, told)]
    doubles.sort(key=lambda one: (_ORDER.index(one.reason), -one.percent))
    return tuple(doubles[:MOST_SHOWN])


def _judge(request: Request, told: Told) -> Iterable[Double]:
    alike = likeness(request.symptom, told.symptom)
    reason = _reason(request, told, alike)
    if reason:
        yield Double(request_row(request), reason, round(alike * 100))


def _reason(request: Request, told: Told, alike: Fraction) -> DoubleReason | None:
    asset: Any = request.asset
    if asset and str(asset.public_id) == str(told.asset_id or ""):
        return DoubleReason.ASSET
    if alike >= LEAST_LIKENESS:
        return DoubleReason.TEXT
    if told.category and request.category == told.category and not (asset and told.asset_id):
        return DoubleReason.CATEGORY
    return None
