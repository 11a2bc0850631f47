"""Exposure: sums, groups, promises with their money, and how an amount comes about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from yinuo.domains.obligations.exposure_types import ExposureGroup, MoneyLine, Sums
from yinuo.domains.obligations.types import ObligationView
from yinuo.surfaces.api.shapes import promises
from yinuo.surfaces.api.shapes.values import IdText, MoneyText, TwoLanguages


class SumsShape(BaseModel):
    """Accrued in one currency, and what would come on top if an hour, a day, a week late.

    `open` are open promises with a price, `missed` those that have accrued something; the amounts
    of the `unknown` ones lack a base.
    """

    accrued: MoneyText
    late_hour: MoneyText
    late_day: MoneyText
    late_week: MoneyText
    open: int
    missed: int
    unknown: int


class ExposureGroupShape(BaseModel):
    """One contract, customer or unit; `id` is null for none, or one outside your scope.

    `is_joint`: a cap or count over several cases of the contract applies, and the sums hold it.
    """

    id: IdText | None
    name: str
    owner: str
    sums: SumsShape
    is_joint: bool


class ExposureShape(BaseModel):
    """The sums of all, and of each group, the most at risk within a day leading."""

    currency: str
    sums: SumsShape
    unpriced: int
    items: list[ExposureGroupShape]


class PromiseMoneyShape(BaseModel):
    """What one promise costs. The later amounts are null where nothing is owed any more.

    `late_…` are those of the promise by itself, `adds_…` what a cap over the contract's cases
    leaves of them.
    """

    accrued: MoneyText
    late_hour: MoneyText | None
    late_day: MoneyText | None
    late_week: MoneyText | None
    adds_hour: MoneyText | None
    adds_day: MoneyText | None
    adds_week: MoneyText | None
    is_unknown: bool


class PricedPromiseShape(promises.ObligationShape):
    """A promise with its money."""

    money: PromiseMoneyShape


class PricedPromises(BaseModel):
    """A page of promises with a price."""

    items: list[PricedPromiseShape]
    next_cursor: str


class MoneyLineShape(BaseModel):
    """How an amount comes about: now (`hours` null), or that many hours later."""

    hours: int | None
    title: TwoLanguages
    computation: TwoLanguages
    amount: MoneyText | None


class MoneyLines(BaseModel):
    """The lines behind a promise's money."""

    items: list[MoneyLineShape]


def sums(row: Sums) -> dict[str, Any]:
    """SumsShape."""
    return {
        "accrued": _text(row.accrued),
        "late_hour": _text(row.late_hour),
        "late_day": _text(row.late_day),
        "late_week": _text(row.late_week),
        "open": row.open,
        "missed": row.missed,
        "unknown": row.unknown,
    }


def group(row: ExposureGroup) -> dict[str, Any]:
    """ExposureGroupShape."""
    return {
        "id": str(row.public_id) if row.public_id else None,
        "name": row.name,
        "owner": row.owner,
        "sums": sums(row.sums),
        "is_joint": row.is_capped,
    }


def priced(row: ObligationView) -> dict[str, Any]:
    """PricedPromiseShape."""
    money = row.money
    assert money is not None
    return {
        **promises.obligation(row),
        "money": {
            "accrued": _text(money.accrued),
            "late_hour": _text_or_none(money.late_hour),
            "late_day": _text_or_none(money.late_day),
            "late_week": _text_or_none(money.late_week),
            "adds_hour": _text_or_none(money.adds("late_hour")),
            "adds_day": _text_or_none(money.adds("late_day")),
            "adds_week": _text_or_none(money.adds("late_week")),
            "is_unknown": money.is_unknown,
        },
    }


def line(row: MoneyLine) -> dict[str, Any]:
    """MoneyLineShape."""
    return {
        "hours": row.hours,
        "title": {"zh": row.title.zh, "en": row.title.en},
        "computation": {"zh": row.computation.zh, "en": row.computation.en},
        "amount": _text_or_none(row.amount),
    }


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _text_or_none(amount: Decimal | None) -> str | None:
    return None if amount is None else _text(amount)
