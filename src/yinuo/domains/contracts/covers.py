"""Which cover applies to an asset, site or customer at an instant, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.types import Cover, CoverKind, CoverReason

# What a contract names: the more precise, the better it fits.
_ASSET, _SITE, _CUSTOMER, _ELSEWHERE = 3, 2, 1, 0


@dataclass(frozen=True, slots=True)
class Covered:
    """The thing a cover is asked for, by internal ids already resolved in the actor's scope."""

    customer_id: int
    site_id: int | None
    asset_id: int | None
    zone: str


@dataclass(slots=True)
class _Candidate:
    row: dict[str, Any]
    fit: int = _ELSEWHERE


def find_cover(thing: Covered, at: datetime) -> Cover:
    """The best cover as of `at`: the contract in force that names the thing most precisely, then
    the one that started last. Without one: paid service, with the nearest reason.

    A day belongs to a contract from its start to the day before its end, in the site's zone.
    """
    today = at.astimezone(ZoneInfo(thing.zone)).date()
    candidates = _candidates(thing)
    in_force = [one for one in candidates if one.fit and _runs(one.row, today)]
    if in_force:
        best = max(in_force, key=lambda one: (one.fit, one.row["starts_on"], one.row["id"]))
        return _cover(CoverKind.CONTRACT, CoverReason.CONTRACT_RUNS, best.row)
    return _nearest_reason(candidates, today)


def _candidates(thing: Covered) -> list[_Candidate]:
    """All contracts of the customer, with how precisely each names the thing; one query."""
    found: dict[int, _Candidate] = {}
    rows = Contract.objects.filter(customer_id=thing.customer_id).values(
        "id",
        "public_id",
        "number",
        "plan_version_id",
        "starts_on",
        "ends_on",
        "coverage__site_id",
        "coverage__asset_id",
    )
    for row in cast(Iterable[dict[str, Any]], rows):
        candidate = found.setdefault(row["id"], _Candidate(row))
        candidate.fit = max(candidate.fit, _fit(row, thing))
    return list(found.values())


def _fit(row: dict[str, Any], thing: Covered) -> int:
    site_id, asset_id = row["coverage__site_id"], row["coverage__asset_id"]
    if site_id is None and asset_id is None:
        return _CUSTOMER
    if asset_id is not None and asset_id == thing.asset_id:
        return _ASSET
    if site_id is not None and site_id == thing.site_id:
        return _SITE
    return _ELSEWHERE


def _runs(row: dict[str, Any], today: date) -> bool:
    ends_on = row["ends_on"]
    return bool(row["starts_on"] <= today and (ends_on is None or today < ends_on))


def _nearest_reason(candidates: list[_Candidate], today: date) -> Cover:
    fitting = [one.row for one in candidates if one.fit]
    ended = [row for row in fitting if row["ends_on"] and row["ends_on"] <= today]
    if ended:
        last = max(ended, key=lambda row: row["ends_on"])
        return _cover(CoverKind.PAID, CoverReason.CONTRACT_ENDED, last, promised=False)
    if fitting:
        first = min(fitting, key=lambda row: row["starts_on"])
        return _cover(CoverKind.PAID, CoverReason.NOT_STARTED, first, promised=False)
    if candidates:
        return Cover(CoverKind.PAID, CoverReason.NOT_INCLUDED)
    return Cover(CoverKind.PAID, CoverReason.NO_CONTRACT)


def _cover(
    kind: CoverKind, reason: CoverReason, row: dict[str, Any], *, promised: bool = True
) -> Cover:
    return Cover(
        kind=kind,
        reason=reason,
        contract_id=row["id"],
        contract_public_id=row["public_id"],
        contract_number=row["number"],
        plan_version_id=row["plan_version_id"] if promised else None,
        until=row["starts_on"] if reason is CoverReason.NOT_STARTED else row["ends_on"],
    )
