"""What the warranty clauses of a contract's plan say about one case: the kernel decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.domains.assets.mendings import Mending
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import contract_fact
from yinuo.domains.contracts.types import ContractTerms
from yinuo.kernel.cover.candidates import LABOUR
from yinuo.kernel.evaluation import Evaluation
from yinuo.kernel.evaluation.results import Cover
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Warranty
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.text import Text
from yinuo.kernel.warranty.covers import covers_of

_CONTRACT, _ASSET, _CASE = "contract:1", "asset:1", "request:1"
# Only what people did makes a service contract's work paid too: other exclusions of a warranty
# clause (paid features, another category) are what such a contract is bought for.
_BY_PEOPLE = ("cause",)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates warranty terms start from, as the archive knows them; `mending` may move their
    end. It is read where a plan asks for it (`reads_mending`). `prolonged` are months and days by
    which the warranty was made longer for this asset."""

    purchased_on: date | None = None
    accepted_on: date | None = None
    mending: Mending = field(default_factory=Mending)
    prolonged: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a case beside its time, as far as clauses read it.

    `attributes` are category, cause and the like; `component_serial` the component in question
    and `factory_serials` the asset's factory configuration, None when none is recorded; `facts`
    are kinds of facts about repairs tried (repair_failed, not_repairable, not_replaceable).
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    component_serial: str = ""
    factory_serials: tuple[str, ...] | None = None
    facts: tuple[str, ...] = ()
    is_consumable: bool = False


NO_DATES, NO_CASE = Dates(), Case()


@dataclass(frozen=True, slots=True)
class ClauseTerm:
    """What one warranty clause says. `until` is the first day after its term, None if unknown.

    `code` is why as one word (see `kernel.evaluation.results.Cover`), `reason` the same in words;
    `rung` the step of the ladder repair, part, whole unit that applies first.
    """

    clause: str
    title: Text
    covers: tuple[str, ...]
    begins: date | None
    until: date | None
    code: str
    reason: Text
    rung: str = ""
    # `excluded` or `not_factory` where the terms say so, also outside the term.
    refused: str = ""

    @property
    def holds(self) -> bool:
        """True when it covers the case."""
        return self.code == "within"

    @property
    def is_of_work(self) -> bool:
        """True when it is about the work: software kept up to date makes no visit free."""
        return LABOUR in self.covers


def warranty_terms(
    plan_version_id: int,
    terms: ContractTerms,
    dates: Dates,
    zone: str,
    at: datetime,
    case: Case = NO_CASE,
) -> tuple[ClauseTerm, ...]:
    """Every warranty clause of the plan, judged for a case at `at`, in the order of the plan.

    Dates of the archive stand in where the contract's parameters name none (BP-01, SA-08).
    """
    titles = _warranty_clauses(plan_version_id)
    if not titles:
        return ()
    facts = _facts(terms, dates, zone, at, case)
    evaluation = compiled_plan(plan_version_id).evaluate(facts, at, only=_CASE)
    local = ZoneInfo(zone)
    return tuple(
        ClauseTerm(
            clause=one.clause_id,
            title=titles[one.clause_id],
            covers=one.covers,
            begins=one.begins_at.astimezone(local).date() if one.begins_at else None,
            until=one.ends_at.astimezone(local).date() if one.ends_at else None,
            code=one.code,
            reason=one.reason,
            rung=one.rung if one.is_covered else "",
            refused=one.refused,
        )
        for one in _covers(evaluation, dates)
        if one.subject == _CASE
    )


def _covers(evaluation: Evaluation, dates: Dates) -> tuple[Cover, ...]:
    if not dates.prolonged:
        return evaluation.covers
    longer = tuple(
        Amount(Decimal(number), unit)
        for months, days in dates.prolonged
        for number, unit in ((months, Unit.MONTH), (days, Unit.DAY))
        if number
    )
    return covers_of(evaluation.evaluator, evaluation.world, {_ASSET: longer})


@lru_cache(maxsize=256)
def reads_mending(plan_version_id: int) -> bool:
    """True when a warranty of the plan has a term of its own after repairs or grows by downtime."""
    return any(
        one.extended_by_downtime or one.after_repair.own is not None
        for one in compiled_plan(plan_version_id).plan.clauses
        if isinstance(one, Warranty)
    )


def is_by_people(plan_version_id: int, case: Case) -> bool:
    """True when the plan's warranty excludes the case for what people did (BP-01, SG-04)."""
    if not case.attributes.get("cause"):
        return False
    clauses = compiled_plan(plan_version_id).plan.clauses
    return any(
        condition.names == _BY_PEOPLE and _fits(condition.tests[0][1], case.attributes["cause"])
        for clause in clauses
        if isinstance(clause, Warranty)
        for condition in clause.excludes
    )


def _fits(test: Any, cause: str) -> bool:
    return cause in getattr(test, "values", ())


@lru_cache(maxsize=256)
def _warranty_clauses(plan_version_id: int) -> Mapping[str, Text]:
    clauses = compiled_plan(plan_version_id).plan.clauses
    return {one.id: one.title for one in clauses if isinstance(one, Warranty)}


def _facts(terms: ContractTerms, dates: Dates, zone: str, at: datetime, case: Case) -> list[Fact]:
    signed = contract_fact(terms, zone)
    known = {"signed_on": terms.starts_on.isoformat()}
    if dates.accepted_on:
        day = dates.accepted_on.isoformat()
        known |= {"accepted_on": day, "handed_over_on": day}
    asset: dict[str, Any] = {"contract": _CONTRACT}
    if dates.purchased_on:
        asset["purchased_on"] = dates.purchased_on.isoformat()
    if case.factory_serials is not None:
        asset["factory_serials"] = list(case.factory_serials)
    reported: dict[str, Any] = {**case.attributes, "asset": _ASSET, "contract": _CONTRACT}
    if case.component_serial:
        reported["component_serial"] = case.component_serial
    if case.is_consumable:
        reported["consumable"] = "yes"
    start = min(signed.occurred_at, at)
    return [
        Fact(_CONTRACT, "signed", start, start, {**known, **signed.attrs}),
        Fact(_ASSET, "sold", start, start, asset),
        Fact(_CASE, "reported", at, at, reported),
        *(Fact(_CASE, kind, at, at) for kind in case.facts),
        *_mended(dates.mending, zone),
    ]


def _mended(mending: Mending, zone: str) -> Iterator[Fact]:
    """Repairs and outages as facts of the asset; a repair counts from 00:00 of its day."""
    for day in mending.repaired_on:
        at = datetime.combine(day, time(), ZoneInfo(zone))
        yield Fact(_ASSET, "repaired", at, at)
    for span in mending.downtimes:
        assert span.ended_at is not None
        yield Fact(_ASSET, "outage_began", span.began_at, span.began_at)
        yield Fact(_ASSET, "outage_ended", span.ended_at, span.ended_at)
