"""How promises were kept in a period, by unit or by promise; for those who lead (BP-14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.models import SETTLED, ObligationRow
from yinuo.domains.obligations.policies import visible_money
from yinuo.domains.obligations.selectors import priced_view
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.remedies.costs import VENDOR
from yinuo.platform.paging import Page, page_of

BY_UNIT, BY_PROMISE = "unit", "promise"
CNY = "CNY"


@dataclass(frozen=True, slots=True)
class Period:
    """Promises due from `since` until before `until`, of one unit (internal id) or one promise."""

    since: datetime
    until: datetime
    unit_id: int | None = None
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many were kept and missed, how late those missed were together, what they cost us.

    `cost` is in yuan; `in_others` counts the misses priced in another currency, which are not in
    it.
    """

    kept: int = 0
    missed: int = 0
    late: timedelta = timedelta(0)
    cost: Decimal = Decimal(0)
    in_others: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.kept + other.kept,
            self.missed + other.missed,
            self.late + other.late,
            self.cost + other.cost,
            self.in_others + other.in_others,
        )

    @property
    def share(self) -> Decimal | None:
        """Percent kept, with one decimal, rounded down: 100 only when none was missed."""
        total = self.kept + self.missed
        return Decimal(self.kept * 1000 // total) / 10 if total else None

    @property
    def mean_late(self) -> timedelta:
        """How late a missed one was on average."""
        return self.late / self.missed if self.missed else timedelta(0)


@dataclass(frozen=True, slots=True)
class QualityGroup:
    """One unit, with its public id and name, or one promise by its code."""

    code: str
    name: str
    kept: Kept
    public_id: UUID | None = None


def quality_by(actor: Actor, period: Period, by: str) -> list[QualityGroup]:
    """What we promised to customers and was due in the period, the worst kept leading."""
    key = "unit_id" if by == BY_UNIT else "promise"
    rows = _settled(actor, period).values(key, "plan_version_id", "clause")
    counted = rows.annotate(
        met=Count("id", filter=Q(state="met")),
        missed=Count("id", filter=Q(state="missed")),
        late=Sum("late_seconds", filter=Q(state="missed")),
        cost=Sum("accrued"),
    )
    found: dict[int | str, Kept] = {}
    for row in counted.order_by():
        if _is_ours(row["plan_version_id"], row["clause"]):
            late = timedelta(seconds=int(row["late"] or 0))
            one = Kept(row["met"], row["missed"], late, **_cost(row))
            found[row[key]] = found.get(row[key], Kept()) + one
    groups = [QualityGroup(str(code), str(code), kept) for code, kept in found.items()]
    return sorted(_named(actor, groups) if by == BY_UNIT else groups, key=_worst_first)


def _cost(row: Mapping[str, Any]) -> dict[str, Any]:
    if not row["cost"]:
        return {}
    is_yuan = compiled_plan(row["plan_version_id"]).plan.currency == CNY
    return {"cost": row["cost"]} if is_yuan else {"in_others": row["missed"]}


def list_missed(
    actor: Actor, period: Period, *, cursor: str = "", limit: int = 50
) -> Page[ObligationView]:
    """What we missed of it, the latest due leading; with its money."""
    rows = _settled(actor, period).filter(state="missed")
    others = Q()
    for plan_version_id, clause in rows.values_list("plan_version_id", "clause").distinct():
        if not _is_ours(plan_version_id, clause):
            others |= Q(plan_version_id=plan_version_id, clause=clause)
    if others:
        rows = rows.exclude(others)
    page = page_of(rows, order=("-due_at", "-id"), cursor=cursor, limit=limit)
    return page.map(priced_view)


def total(groups: Iterable[QualityGroup]) -> Kept:
    """All groups together."""
    return sum((one.kept for one in groups), Kept())


def _settled(actor: Actor, period: Period) -> QuerySet[ObligationRow]:
    rows = visible_money(actor).filter(SETTLED, due_at__gte=period.since, due_at__lt=period.until)
    if period.unit_id is not None:
        rows = rows.filter(unit_id=period.unit_id)
    return rows.filter(promise=period.promise) if period.promise else rows


def _is_ours(plan_version_id: int, clause: str) -> bool:
    return compiled_plan(plan_version_id).plan.clause(clause).owed_by == VENDOR


def _named(actor: Actor, groups: Iterable[QualityGroup]) -> list[QualityGroup]:
    units = {str(one.id): one for one in list_units(actor)}
    return [
        QualityGroup(one.code, unit.name, one.kept, unit.public_id)
        for one in groups
        if (unit := units.get(one.code)) is not None
    ]


def _worst_first(one: QualityGroup) -> tuple[Decimal, int, str]:
    return (one.kept.share or Decimal(0), -one.kept.missed, one.name)
