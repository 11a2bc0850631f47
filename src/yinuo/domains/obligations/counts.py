"""What contracts must keep at all times (stock, people, certificates): what is owed, and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yinuo.domains.contracts.covered import models_covered
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.contract_worlds import is_counted
from yinuo.domains.obligations.models import LIVE, FactRow, ObligationRow
from yinuo.kernel.evaluation.coverage import COUNTED
from yinuo.kernel.facts import WITHDRAWN
from yinuo.kernel.plan.clauses import Coverage, Kept, Recurring
from yinuo.kernel.plan.selectors import test_holds

MODEL = "model"


@dataclass(frozen=True, slots=True)
class CountedItem:
    """One thing: how many are owed, how many were there. Without a name it is the duty itself."""

    name: str
    needed: int
    have: int


@dataclass(frozen=True, slots=True)
class CountView:
    """A count as it was taken; the last one says whether the duty is kept."""

    public_id: UUID
    counted_at: datetime
    actor: str
    items: tuple[CountedItem, ...]


@dataclass(frozen=True, slots=True)
class Keeping:
    """A duty to keep something at all times, what it asks for now, and its last count.

    `kept` is `stock`, `people` or `certificate`. `asks` are names with how many are owed; empty
    while no asset of the contract calls for any.
    """

    clause: str
    number: str
    title_zh: str
    title_en: str
    kept: str
    role: str
    asks: Mapping[str, int]
    last: CountView | None
    # Until when it is to be counted next, where the plan says how often.
    next_due: datetime | None = None

    @property
    def is_stale(self) -> bool:
        """True when the assets of the contract ask for something else than was counted."""
        counted = {one.name: one.needed for one in self.last.items} if self.last else {}
        return self.last is not None and counted != dict(self.asks)


def keepings_of(contract_id: int, public_id: UUID, plan_version_id: int) -> tuple[Keeping, ...]:
    """The duties of a contract (internal and public id, already scoped) that are counted; two
    statements where its plan has any, three where it says how often."""
    clauses = counted_clauses(plan_version_id)
    if not clauses:
        return ()
    models = models_covered(contract_id)
    last = _last_counts(public_id)
    dues = _next_dues(public_id, plan_version_id)
    return tuple(
        Keeping(
            one.id,
            one.number,
            one.title.zh,
            one.title.en,
            one.kept.value,
            one.role,
            asked(one, models),
            last.get(one.id),
            dues.get(one.id),
        )
        for one in clauses
    )


def _next_dues(subject_id: UUID, plan_version_id: int) -> dict[str, datetime]:
    """Until when each duty is to be counted next, by its clause."""
    duties = [one.id for one in counted_clauses(plan_version_id)]
    rhythms = {
        one.id: [duty for duty in duties if _asks_for(one, duty)]
        for one in compiled_plan(plan_version_id).plan.clauses
        if isinstance(one, Recurring) and COUNTED in one.done.kinds
    }
    if not rhythms:
        return {}
    rows = ObligationRow.objects.filter(LIVE, subject_id=subject_id, clause__in=rhythms)
    found: dict[str, datetime] = {}
    for row in rows.order_by("-due_at"):
        if row.due_at is not None:
            found.update(dict.fromkeys(rhythms[row.clause], row.due_at))
    return found


def _asks_for(rhythm: Recurring, duty: str) -> bool:
    """Whether a count of this duty is what the rhythm asks for."""
    return all(test_holds(test, duty) for name, test in rhythm.done.where.tests if name == "clause")


def counted_clauses(plan_version_id: int) -> list[Coverage]:
    """The duties of a contract under a plan that are counted."""
    clauses = compiled_plan(plan_version_id).plan.clauses
    return [
        one
        for one in clauses
        if isinstance(one, Coverage) and one.subject == CONTRACT and is_counted(one)
    ]


def asked(clause: Coverage, models: Mapping[str, int]) -> dict[str, int]:
    """How many of each name a duty asks for, with so many covered assets of each model.

    People are asked for as such; the rest by the items the plan names, else by model.
    """
    if clause.kept is Kept.PEOPLE:
        number = clause.each
        if clause.per is not None:
            number = _started(sum(models.values()), clause.per) * clause.each
        return {"": number} if number else {}
    if clause.items:
        return dict.fromkeys(clause.items, clause.each)
    if clause.by != MODEL:
        return {"": clause.each}
    if clause.per is None:
        return {name: clause.each for name in models if name}
    return {name: _started(n, clause.per) * clause.each for name, n in models.items() if name}


def _started(number: int, per: int) -> int:
    return -(-number // per)


def _last_counts(subject_id: UUID) -> dict[str, CountView]:
    rows = FactRow.objects.filter(subject_id=subject_id, kind__in=(COUNTED, WITHDRAWN))
    found: dict[str, CountView] = {}
    for row in standing(rows.order_by("occurred_at", "received_at", "id")):
        found[row.attrs["clause"]] = _view(row)
    return found


def standing(rows: Iterable[FactRow]) -> list[FactRow]:
    """The counts among these facts that were not taken back."""
    every = list(rows)
    gone = {row.attrs.get("supersedes") for row in every if row.kind == WITHDRAWN}
    return [row for row in every if row.kind == COUNTED and str(row.public_id) not in gone]


def _view(row: FactRow) -> CountView:
    needed: dict[str, Any] = row.attrs["needed"]
    have: dict[str, Any] = row.attrs["have"]
    items = tuple(CountedItem(name, needed[name], have.get(name, 0)) for name in sorted(needed))
    return CountView(row.public_id, row.occurred_at, row.actor_label, items)
