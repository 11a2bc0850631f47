"""Exposure now: what has accrued on cases under way, and what open promises would cost if missed.

Figures are those stored with each promise; a worker renews them whenever they change by
themselves. What is over stays counted while something of its case is still owed and the ledger has
not settled it; afterwards it is the ledger's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value

from yinuo.domains.breaches.settled import WaivedPart, is_settled, is_waived, waived_parts
from yinuo.domains.contracts.plans import compiled_plan, version_ids, versions_of_contracts
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated, stored_facts
from yinuo.domains.obligations.exposure_types import ExposureGroup, Joined, MoneyLine, Sums
from yinuo.domains.obligations.models import (
    BROUGHT,
    LIVE,
    JointExposure,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.policies import money_units, visible_money
from yinuo.domains.obligations.selectors import priced_view
from yinuo.domains.obligations.services.storing import MONEY
from yinuo.domains.obligations.shared_caps import bounds_of
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.exposure import cost_lines
from yinuo.kernel.remedies.together import reaches_across
from yinuo.planfile import PlanError
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

BY_CONTRACT, BY_CUSTOMER, BY_UNIT = "contract", "customer", "unit"
GROUPS = (BY_CONTRACT, BY_CUSTOMER, BY_UNIT)
# Nobody reads more by eye; the workbook has them all.
MOST_SHOWN = 100
MOST_GROUPS = 20_000
CNY = "CNY"
_AN_HOUR = timedelta(hours=1)
_NAMELESS: tuple[UUID | None, str, str] = (None, "", "")


@dataclass(frozen=True, slots=True)
class Part:
    """Which promises to count, by internal ids found in the actor's scope; None narrows nothing.

    Amounts of different currencies are never added up: it is always one of them.
    """

    contract_id: int | None = None
    customer_id: int | None = None
    unit_id: int | None = None
    currency: str = CNY


EVERYTHING = Part()


def sum_exposure(actor: Actor, part: Part = EVERYTHING) -> Sums:
    """The sums over all promises whose money the actor may see, less what was waived of it."""
    live = _live(actor, part).aggregate(**_sums())
    over = _over(actor, part).aggregate(sum_accrued=Sum("accrued"), missed=Count("*"))
    waived = sum((one.amount for one in _waived(actor, part)), Decimal(0))
    joined = sum(_joined(actor, part, None).values(), Sums())
    return (_as_sums(live) + _as_sums(over) + joined).less(waived)


def currencies() -> tuple[str, ...]:
    """The currencies that published plans name their prices in, yuan leading; one statement."""
    return tuple(sorted(_versions_by_currency(), key=lambda one: (one != CNY, one)))


def group_exposure(
    actor: Actor, by: str, part: Part = EVERYTHING, *, most: int = MOST_SHOWN
) -> list[ExposureGroup]:
    """The sums of each contract, customer or unit, the most at risk within a day leading.

    At most `most` of them; `by` is one of `GROUPS`.
    """
    key = f"{by}_id"
    live = _live(actor, part).values(key).annotate(**_sums())
    found = {
        row[key]: _as_sums(row)
        for row in live.order_by(F("sum_late_day").desc(nulls_last=True), "-sum_accrued", key)[
            :most
        ]
    }
    over = _over(actor, part).values(key).annotate(sum_accrued=Sum("accrued"), missed=Count("*"))
    for row in over.order_by(key):
        if row[key] in found or len(found) < most:
            found[row[key]] = found.get(row[key], Sums()) + _as_sums(row)
    for group_id, change in _joined(actor, part, key).items():
        if group_id in found:
            found[group_id] += change
    for one in _waived(actor, part):
        if (group := getattr(one, key)) in found:
            found[group] = found[group].less(one.amount)
    capped = _capped(found) if by == BY_CONTRACT else frozenset[int]()
    names: dict[int, tuple[UUID | None, str, str]] = {
        **_names(actor, by, [one for one in found if one is not None])
    }
    groups = [
        ExposureGroup(*names.get(one, _NAMELESS), sums, is_capped=one in capped)
        for one, sums in found.items()
    ]
    return sorted(groups, key=lambda one: (-one.sums.late_day, -one.sums.accrued, one.name))


def list_priced(
    actor: Actor,
    part: Part = EVERYTHING,
    *,
    cursor: str = "",
    limit: int = 50,
) -> Page[ObligationView]:
    """Open promises with a price, the most at risk within a day leading; each with its money."""
    rows = _live(actor, part).filter(late_day__isnull=False)
    found = page_of(rows, order=("-late_day", "-id"), cursor=cursor, limit=limit)
    return _shown(found, actor)


def list_accrued(
    actor: Actor, part: Part = EVERYTHING, *, cursor: str = "", limit: int = 50
) -> Page[ObligationView]:
    """Promises of cases under way that are over and have cost something, newest first."""
    rows = _over(actor, part).exclude(is_waived())
    return _shown(page_of(rows, order=("-id",), cursor=cursor, limit=limit), actor)


def count_unpriced(actor: Actor, part: Part = EVERYTHING) -> int:
    """How many open promises have no price."""
    return _part_of(visible_money(actor), part).filter(LIVE, accrued__isnull=True).count()


def explain_money(actor: Actor, obligation_id: object, now: datetime) -> tuple[MoneyLine, ...]:
    """How the amounts of a promise come about, in words; nothing without a price.

    Worked out now, from plan and facts. Raises NotFound where the actor may not see money.
    """
    row = one_of(visible_money(actor), obligation_id)
    binding = binding_of(SubjectRow.objects.get(subject_id=row.subject_id))
    evaluation = evaluated(binding, stored_facts(binding), now)
    if evaluation is None:
        return ()
    clause = evaluation.evaluator.plan.clause(row.clause)
    titles = {remedy.id: remedy.title for remedy in clause.remedies}
    return tuple(
        MoneyLine(
            None if found.after is None else found.after // _AN_HOUR,
            titles[found.line.remedy_id],
            found.line.computation,
            found.line.amount,
        )
        for one in evaluation.of_subject(binding.subject)
        if (one.clause_id, one.number) == (row.clause, row.position)
        for found in cost_lines(evaluation, one)
    )


def _shown(page: Page[ObligationRow], actor: Actor) -> Page[ObligationView]:
    """Rows with their money, less what was waived of each, and what shared caps leave of it."""
    bounds = bounds_of(page.items)
    waived = {_key(one): one.amount for one in waived_parts(money_units(actor))}

    def view(row: ObligationRow) -> ObligationView:
        found = priced_view(row, bounds)
        off = waived.get(_key(row))
        if off is None or found.money is None:
            return found
        left = max(found.money.accrued - off, Decimal(0))
        return replace(found, money=replace(found.money, accrued=left))

    return page.map(view)


def _key(one: ObligationRow | WaivedPart) -> tuple[UUID, str, int]:
    return one.subject_id, one.clause, one.position


def _waived(actor: Actor, part: Part) -> list[WaivedPart]:
    """What was waived of the misses that are counted; a second statement where any was."""
    found = waived_parts(money_units(actor))
    if not found:
        return []
    subjects = {one.subject_id for one in found}
    names = ("subject_id", "clause", "position")
    counted = {
        row
        for rows in (_live(actor, part), _over(actor, part))
        for row in rows.filter(subject_id__in=subjects).values_list(*names)
    }
    return [one for one in found if _key(one) in counted]


def _joined(actor: Actor, part: Part, key: str | None) -> dict[int | None, Sums]:
    """What sums of promises each by itself have to be changed by, where caps reach across cases.

    By contract, customer or unit, or with no key for all. Only contracts where it makes a
    difference are read: one statement where there are none.
    """
    joined = {
        row.contract_id: Joined(
            Sums(**{name: getattr(row, name) for name in MONEY}),
            Sums(**{name: getattr(row, f"alone_{name}") for name in MONEY}),
        )
        for row in JointExposure.objects.filter(differs=True)
    }
    if not joined:
        return {}
    keys = ("contract_id", key or "everything")
    seen: dict[tuple[int, int | None], Sums] = {}
    for rows, sums in (
        (_live(actor, part), _sums()),
        (_over(actor, part), {"sum_accrued": Sum("accrued")}),
    ):
        shared = rows.filter(contract_id__in=joined).annotate(everything=Value(0))
        for row in shared.values(*set(keys)).annotate(**sums).order_by():
            place = (row["contract_id"], row[keys[1]])
            seen[place] = seen.get(place, Sums()) + _as_sums(row)
    changes: dict[int | None, Sums] = {}
    parts = Counter(contract_id for contract_id, _group in seen)
    for (contract_id, group), mine in seen.items():
        change = joined[contract_id].of(mine, is_part=parts[contract_id] > 1) - mine
        changes[group] = changes.get(group, Sums()) + change
    return changes


def _capped(contract_ids: Iterable[int | None]) -> frozenset[int]:
    """The contracts whose plan has a cap, or counts breaches, over several of their cases."""
    ids = [one for one in contract_ids if one is not None]
    versions = versions_of_contracts(ids)
    return frozenset(one for one in ids if reaches_across(compiled_plan(versions[one]).plan))


def _versions_by_currency() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for version_id in version_ids():
        found.setdefault(_currency_of(version_id), []).append(version_id)
    return found


@lru_cache(maxsize=1024)
def _currency_of(plan_version_id: int) -> str:
    """A version never changes; one that no longer reads has no promises to count."""
    try:
        return compiled_plan(plan_version_id).plan.currency
    except PlanError:
        return CNY


def _live(actor: Actor, part: Part) -> QuerySet[ObligationRow]:
    return _part_of(visible_money(actor), part).filter(LIVE, accrued__isnull=False)


def _over(actor: Actor, part: Part) -> QuerySet[ObligationRow]:
    under_way = ObligationRow.objects.filter(LIVE, subject_id=OuterRef("subject_id"))
    over = _part_of(visible_money(actor), part).filter(BROUGHT)
    return over.filter(Exists(under_way)).exclude(is_settled())


def _part_of(rows: QuerySet[ObligationRow], part: Part) -> QuerySet[ObligationRow]:
    known = _versions_by_currency()
    if known.keys() - {part.currency}:
        rows = rows.filter(plan_version_id__in=known.get(part.currency, []))
    for name in ("contract_id", "customer_id", "unit_id"):
        if (value := getattr(part, name)) is not None:
            rows = rows.filter(**{name: value})
    return rows


def _sums() -> dict[str, Any]:
    return {
        **{f"sum_{name}": Sum(name) for name in MONEY},
        "open": Count("*"),
        "missed": Count("accrued", filter=Q(accrued__gt=0)),
        "unknown": Count("accrued", filter=Q(price_unknown=True)),
    }


def _as_sums(row: Mapping[str, Any]) -> Sums:
    counts = {name: row[name] for name in ("open", "missed", "unknown") if name in row}
    amounts: dict[str, Any] = {name: row.get(f"sum_{name}") or Decimal(0) for name in MONEY}
    return Sums(**amounts, **counts)


def _names(actor: Actor, by: str, ids: Iterable[int]) -> dict[int, tuple[UUID, str, str]]:
    """Public id, name and owner of what the actor may see of them."""
    if by == BY_UNIT:
        return {one.id: (one.public_id, one.name, "") for one in list_units(actor)}
    if by == BY_CUSTOMER:
        customers = visible_customers(actor).filter(pk__in=list(ids))
        rows = customers.values_list("pk", "public_id", "name")
        return {key: (public_id, name, "") for key, public_id, name in rows}
    contracts = visible_contracts(actor).filter(pk__in=list(ids))
    found = contracts.values_list("pk", "public_id", "number", "customer__name")
    return {key: (public_id, number, owner) for key, public_id, number, owner in found}
