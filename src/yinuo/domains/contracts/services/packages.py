"""Buying a service package with a contract: its figures, visits and hours (SV-01)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.contracts.services.quotas import QuotaData, granted
from yinuo.domains.contracts.types import QuotaKind
from yinuo.kernel.plan.packages import Package
from yinuo.kernel.plan.plan import Plan
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import Work

# A contract without end gets its visits and hours for so many years ahead.
YEARS_AHEAD = 10


def package_of(plan: Plan, code: str) -> Package | None:
    """The package of the plan, None for no code. Raises InvalidInput for one it does not offer."""
    if not code:
        return None
    found = next((one for one in plan.packages if one.code == code), None)
    if found is None:
        raise InvalidInput({"package": _("The plan does not offer this package.")})
    return found


def with_package(data: ContractData, package: Package | None) -> ContractData:
    """What was entered, completed by the package: what a person entered himself stays."""
    if package is None:
        return data
    figures = {name: f"{value:f}" for name, value in package.parameters}
    return replace(
        data,
        kind=data.kind or package.kind,
        annual_fee=package.price if data.annual_fee is None else data.annual_fee,
        covers=package.covers if data.covers is None else data.covers,
        parameters={**figures, **data.parameters},
    )


def grant_package(contract: Contract, package: Package | None, work: Work) -> None:
    """Its visits and hours, for each contract year; joins the running step."""
    if package is None:
        return
    bought = [
        (QuotaKind.VISITS, None if package.visits is None else Decimal(package.visits)),
        (QuotaKind.HOURS, package.hours),
    ]
    for begins_on, ends_on in _years(contract.starts_on, contract.ends_on):
        for kind, number in bought:
            if number is not None:
                granted(contract, QuotaData(kind.value, number, begins_on, ends_on), work)


def _years(begins_on: date, ends_on: date | None) -> list[tuple[date, date]]:
    """The contract's years, half-open; the last one ends with it. 29 February → 1 March."""
    years, start = [], begins_on
    for number in range(1, YEARS_AHEAD + 1):
        if ends_on is not None and start >= ends_on:
            break
        following = _later(begins_on, number)
        years.append((start, following if ends_on is None else min(following, ends_on)))
        start = following
    return years


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
