"""What speaks for and against each contract of a customer, read with one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from yinuo.domains.contracts.terms import supplemented
from yinuo.domains.contracts.types import ContractTerms, QuotaKind
from yinuo.kernel.cover.candidates import LABOUR, TRAVEL, Period, Precision

# Hand-written: it runs for every request opened, and one statement reads the candidates together
# with the figures that the chosen one's clauses read. The customer is already scoped.
_SQL = """
SELECT contract.id, contract.public_id, contract.number, contract.plan_version_id,
    contract.starts_on, contract.ends_on, contract.kind, contract.total, contract.annual_fee,
    contract.parameters, contract.covers,
    (SELECT json_agg(json_build_array(begins_on, ends_on)) FROM contracts_suspension
        WHERE contract_id = contract.id),
    (SELECT json_agg(json_build_array(kind, begins_on, ends_on, included, used))
        FROM contracts_quota WHERE contract_id = contract.id),
    (SELECT json_agg(json_build_object('from', effective_on, 'total', total::text,
        'annual_fee', annual_fee::text, 'ends_on', ends_on, 'parameters', parameters)
        ORDER BY effective_on, id) FROM contracts_supplement WHERE contract_id = contract.id),
    (SELECT json_agg(json_build_array(asset_id, given_at, months, days) ORDER BY given.id)
        FROM assets_prolongation AS given JOIN assets_asset ON assets_asset.id = given.asset_id
        WHERE assets_asset.customer_id = contract.customer_id),
    coverage.site_id, coverage.asset_id, contract.customer_id
FROM contracts_contract AS contract
LEFT JOIN contracts_coverage AS coverage ON coverage.contract_id = contract.id
WHERE contract.customer_id = ANY(%s)
"""
# A visit is work and the way there; hours are work.
_LIMITS = {
    QuotaKind.VISITS: frozenset({LABOUR, TRAVEL}),
    QuotaKind.HOURS: frozenset({LABOUR}),
}
# Months and days.
Longer = tuple[int, int]


class Row(NamedTuple):
    """A contract with one of the things it names; columns of the statement in their order."""

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
    covers: str
    suspensions: Any
    quotas: Any
    supplements: Any
    prolonged: Any
    site_id: int | None
    asset_id: int | None
    customer_id: int


@dataclass(slots=True)
class Standing:
    """A contract, with how precisely it names the thing."""

    row: Row
    precision: Precision = Precision.ELSEWHERE

    def terms(self, day: date) -> ContractTerms:
        """The figures as of a day: supplements in effect by then have changed them."""
        row = self.row
        figures: dict[str, Any] = {
            "total": row.total,
            "annual_fee": row.annual_fee,
            "ends_on": row.ends_on,
            "parameters": orjson.loads(row.parameters),
        }
        for one in row.supplements or ():
            if date.fromisoformat(one["from"]) <= day:
                figures = supplemented(figures, _written(one))
        return ContractTerms(
            public_id=row.public_id, starts_on=row.starts_on, kind=row.kind, **figures
        )

    @property
    def pauses(self) -> tuple[Period, ...]:
        """When it is suspended."""
        return tuple(_period(one) for one in self.row.suspensions or ())

    @property
    def covers(self) -> frozenset[str]:
        """What is free under its service."""
        return frozenset(orjson.loads(self.row.covers))

    def quotas(self, day: date) -> list[tuple[str, Decimal, Decimal]]:
        """Kind, what is included and what is used of each quota whose period holds the day."""
        return [
            (kind, Decimal(str(included)), Decimal(str(used)))
            for kind, begins_on, ends_on, included, used in self.row.quotas or ()
            if _period((begins_on, ends_on)).holds(day)
        ]

    def used_up(self, day: date) -> frozenset[str]:
        """The items of which nothing is left in the period of the day."""
        limited = [
            _LIMITS[QuotaKind(kind)] for kind, all_, used in self.quotas(day) if used >= all_
        ]
        return frozenset().union(*limited)


def read_rows(customer_id: int) -> list[Row]:
    """Every contract of a customer, a row for each thing it names; one statement."""
    return read_rows_of([customer_id])[customer_id]


def read_rows_of(customer_ids: Iterable[int]) -> dict[int, list[Row]]:
    """The same for several customers, by customer; one statement."""
    found: dict[int, list[Row]] = {one: [] for one in customer_ids}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [list(found)])
        for row in cursor.fetchall():
            one = Row(*row)
            found[one.customer_id].append(one)
    return found


def prolonged_of(rows: Sequence[Row], asset_id: int | None, at: datetime) -> tuple[Longer, ...]:
    """Months and days by which the warranty of an asset was made longer before an instant."""
    given = rows[0].prolonged if rows else None
    return tuple(
        (months, days)
        for of_asset, given_at, months, days in given or ()
        if of_asset == asset_id and datetime.fromisoformat(given_at) <= at
    )


def standings(rows: Sequence[Row], site_id: int | None, asset_id: int | None) -> list[Standing]:
    """All contracts of the customer, with how precisely each names the thing."""
    found: dict[int, Standing] = {}
    for row in rows:
        standing = found.setdefault(row.id, Standing(row))
        standing.precision = max(standing.precision, _precision(row, site_id, asset_id))
    return list(found.values())


def _precision(row: Row, site_id: int | None, asset_id: int | None) -> Precision:
    if row.site_id is None and row.asset_id is None:
        return Precision.CUSTOMER
    if row.asset_id is not None and row.asset_id == asset_id:
        return Precision.ASSET
    if row.site_id is not None and row.site_id == site_id:
        return Precision.SITE
    return Precision.ELSEWHERE


def _written(supplement: Mapping[str, Any]) -> dict[str, Any]:
    """A supplement as the statement wrote it, as typed values."""
    amounts = {
        name: None if supplement[name] is None else Decimal(supplement[name])
        for name in ("total", "annual_fee")
    }
    ends_on = supplement["ends_on"]
    return {
        **amounts,
        "ends_on": date.fromisoformat(ends_on) if ends_on else None,
        "parameters": supplement["parameters"],
    }


def _period(days: Sequence[str | None]) -> Period:
    begins_on, ends_on = days
    assert begins_on is not None
    return Period(date.fromisoformat(begins_on), date.fromisoformat(ends_on) if ends_on else None)
