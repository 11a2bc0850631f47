"""Which cover applies to an asset, site or customer at an instant, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import connection

from yinuo.domains.contracts.types import ContractTerms, Cover, CoverKind, CoverReason
from yinuo.domains.contracts.warranty import Dates, warranty_term

# What a contract names: the more precise, the better it fits.
_ASSET, _SITE, _CUSTOMER, _ELSEWHERE = 3, 2, 1, 0
NO_DATES = Dates()

# Hand-written: it runs for every request opened, and one statement reads the candidates together
# with the figures that the chosen one's clauses read. The customer is already scoped.
_SQL = """
SELECT contract.id, contract.public_id, contract.number, contract.plan_version_id,
    contract.starts_on, contract.ends_on, contract.kind, contract.total, contract.annual_fee,
    contract.parameters, coverage.site_id, coverage.asset_id
FROM contracts_contract AS contract
LEFT JOIN contracts_coverage AS coverage ON coverage.contract_id = contract.id
WHERE contract.customer_id = %s
"""


@dataclass(frozen=True, slots=True)
class Covered:
    """The thing a cover is asked for, by internal ids already resolved in the actor's scope."""

    customer_id: int
    site_id: int | None
    asset_id: int | None
    zone: str
    dates: Dates = NO_DATES


class _Row(NamedTuple):
    """A contract with one of the things it names; columns of `_SQL` in their order."""

    id: int
    public_id: UUID
    number: str
    plan_version_id: int
    starts_on: date
    ends_on: date | None
    kind: str
    total: Decimal | None
    annual_fee: Decimal | None
    parameters: str
    site_id: int | None
    asset_id: int | None


@dataclass(slots=True)
class _Candidate:
    row: _Row
    fit: int = _ELSEWHERE


def find_cover(thing: Covered, at: datetime) -> Cover:
    """The best cover of one thing as of `at`; see `find_covers`."""
    return find_covers([thing], at)[0]


def find_covers(things: Sequence[Covered], at: datetime) -> list[Cover]:
    """The best cover as of `at` of each of one customer's things, in their order; one query.

    Best is the contract in force that names the thing most precisely, then the one that started
    last; while a warranty clause of its plan holds, warranty. Once the warranty is over, a contract
    without annual fee promises the same times, but the service is paid. Without a contract: paid,
    with the nearest reason. A day belongs to a contract from its start to the day before its end,
    in the site's zone.
    """
    if not things:
        return []
    rows = _rows(things[0].customer_id)
    return [_best(rows, thing, at) for thing in things]


def _best(rows: Sequence[_Row], thing: Covered, at: datetime) -> Cover:
    today = at.astimezone(ZoneInfo(thing.zone)).date()
    candidates = _candidates(rows, thing)
    in_force = [one for one in candidates if one.fit and _runs(one.row, today)]
    if in_force:
        best = max(in_force, key=lambda one: (one.fit, one.row.starts_on, one.row.id))
        return _in_force(best.row, thing, at)
    return _nearest_reason(candidates, today)


def _rows(customer_id: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [customer_id])
        return [_Row(*row) for row in cursor.fetchall()]


def _candidates(rows: Sequence[_Row], thing: Covered) -> list[_Candidate]:
    """All contracts of the customer, with how precisely each names the thing."""
    found: dict[int, _Candidate] = {}
    for row in rows:
        candidate = found.setdefault(row.id, _Candidate(row))
        candidate.fit = max(candidate.fit, _fit(row, thing))
    return list(found.values())


def _fit(row: _Row, thing: Covered) -> int:
    if row.site_id is None and row.asset_id is None:
        return _CUSTOMER
    if row.asset_id is not None and row.asset_id == thing.asset_id:
        return _ASSET
    if row.site_id is not None and row.site_id == thing.site_id:
        return _SITE
    return _ELSEWHERE


def _runs(row: _Row, today: date) -> bool:
    return row.starts_on <= today and (row.ends_on is None or today < row.ends_on)


def _nearest_reason(candidates: list[_Candidate], today: date) -> Cover:
    fitting = [one.row for one in candidates if one.fit]
    ended = [(row.ends_on, row.id, row) for row in fitting if row.ends_on and row.ends_on <= today]
    if ended:
        return _not_covered(CoverReason.CONTRACT_ENDED, max(ended)[-1])
    if fitting:
        first = min(fitting, key=lambda row: row.starts_on)
        return _not_covered(CoverReason.NOT_STARTED, first)
    if candidates:
        return Cover(CoverKind.PAID, CoverReason.NOT_INCLUDED)
    return Cover(CoverKind.PAID, CoverReason.NO_CONTRACT)


def _in_force(row: _Row, thing: Covered, at: datetime) -> Cover:
    terms = _terms(row)
    warranty = warranty_term(row.plan_version_id, terms, thing.dates, thing.zone, at)
    kind, reason, until = CoverKind.CONTRACT, CoverReason.CONTRACT_RUNS, row.ends_on
    if warranty and warranty.holds:
        kind, reason, until = CoverKind.WARRANTY, CoverReason.WARRANTY_RUNS, warranty.until
    elif warranty and row.annual_fee is None:
        kind, reason, until = CoverKind.PAID, CoverReason.WARRANTY_ENDED, warranty.until
    return Cover(
        kind=kind,
        reason=reason,
        contract_id=row.id,
        contract_public_id=row.public_id,
        contract_number=row.number,
        plan_version_id=row.plan_version_id,
        until=until,
        terms=terms,
        covers=warranty.covers if warranty else (),
        rung=warranty.rung if warranty else "",
    )


def _terms(row: _Row) -> ContractTerms:
    return ContractTerms(
        public_id=row.public_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=row.kind,
        total=row.total,
        annual_fee=row.annual_fee,
        parameters=orjson.loads(row.parameters),
    )


def _not_covered(reason: CoverReason, row: _Row) -> Cover:
    """Paid service, because of this contract; it promises nothing."""
    return Cover(
        kind=CoverKind.PAID,
        reason=reason,
        contract_id=row.id,
        contract_public_id=row.public_id,
        contract_number=row.number,
        until=row.starts_on if reason is CoverReason.NOT_STARTED else row.ends_on,
    )
