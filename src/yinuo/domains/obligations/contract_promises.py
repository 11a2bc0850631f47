"""What contracts themselves promise, as pages show it: period, state, figure, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_facts import CALL, CONTRACT
from yinuo.domains.obligations.contract_worlds import is_measurable
from yinuo.domains.obligations.counts import Keeping, keepings_of
from yinuo.domains.obligations.models import LIVE, FactRow, FigureRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.services.holding import WITHDRAWN, duties_of
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.coverage import COUNTED
from yinuo.kernel.evaluation.results import State
from yinuo.kernel.plan.clauses import Clause, Measure, Recurring
from yinuo.kernel.plan.clauses import Figure as FigureKind
from yinuo.platform.scoped import one_of

# Of what has ended so much is shown: a year of months and what came in seasons.
MOST_SHOWN = 60
ENDED_WITHIN = timedelta(days=400)
_PER_CENT = frozenset({FigureKind.SHARE, FigureKind.AVAILABILITY})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure against its target; `figure` is None while there was nothing to measure.

    `least` and `most` are the bounds, as far as there are any; `parts` what it was made of.
    """

    figure: Decimal | None
    least: Decimal | None
    most: Decimal | None
    unit: str
    cases: int
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact as the plan calls it."""

    code: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class ContractPromise:
    """One promise of a contract for one period, half-open; `done` of `times` were held.

    `made_good` when it was missed and held later; `make_good_until` is how long a missed one may
    still be, None when its clause gives no such time. `counts_cases` when cases stand behind it.
    """

    promise: ObligationView
    contract_id: UUID
    kind: str
    period: str
    begins_at: datetime | None
    ends_at: datetime | None
    done: int | None
    times: int | None
    item: str
    step: Kind | None
    note: str
    figure: Figure | None
    make_good_until: datetime | None
    counts_cases: bool

    @property
    def made_good(self) -> bool:
        """Missed, but held later."""
        missed = self.promise.state == State.MISSED
        return missed and self.promise.ended_at is not None and self.figure is None


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A promise of the plan that nobody has counted yet; `kept` is what of."""

    clause: str
    number: str
    title_zh: str
    title_en: str
    kept: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A promise that is kept by something done, with the facts that count, to record one."""

    clause: str
    title_zh: str
    title_en: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Something done that was recorded on a contract; `call_id` is the call on the customer."""

    public_id: UUID
    kind: Kind
    occurred_at: datetime
    actor: str
    call_id: str


@dataclass(frozen=True, slots=True)
class OwnPromises:
    """Everything a contract promises of itself. `begun` is false until somebody has looked at it
    after its first day."""

    items: tuple[ContractPromise, ...]
    unmeasured: tuple[Unmeasured, ...]
    duties: tuple[Duty, ...]
    holdings: tuple[Holding, ...]
    keepings: tuple[Keeping, ...]
    begun: bool


def promises_of_contract(actor: Actor, contract_id: object, now: datetime) -> OwnPromises:
    """What a visible contract promises of itself; NotFound otherwise. Six statements,
    two more where something is to be kept at all times."""
    contract = one_of(visible_contracts(actor), contract_id)
    rows = visible_obligations(actor).filter(subject_id=contract.public_id)
    plan = compiled_plan(contract.plan_version_id).plan
    has_papers = bool(plan.papers)
    own = [one for one in plan.clauses if one.subject == CONTRACT]
    keepings = keepings_of(contract.pk, contract.public_id, contract.plan_version_id)
    counted = {one.clause for one in keepings if one.last is not None}
    unmeasured = [
        one
        for one in own
        if not is_measurable(one, has_papers=has_papers) and one.id not in counted
    ]
    return OwnPromises(
        items=_shown(rows, now),
        unmeasured=tuple(_unmeasured(one) for one in unmeasured if _is_of_stock(one)),
        duties=duties_of_plan(contract.plan_version_id),
        holdings=_holdings(contract.public_id, contract.plan_version_id),
        keepings=keepings,
        begun=SubjectRow.objects.filter(subject_id=contract.public_id).exists(),
    )


def promises_of_contracts(
    actor: Actor, contract_ids: Iterable[UUID], now: datetime
) -> tuple[ContractPromise, ...]:
    """What several contracts promise of themselves, what is due first leading. Two statements."""
    rows = visible_obligations(actor).filter(subject_id__in=list(contract_ids))
    return _shown(rows, now)


def promises_of_customer(
    actor: Actor, customer_id: int, now: datetime
) -> tuple[ContractPromise, ...]:
    """What all contracts of a customer (internal id) promise of themselves. Two statements."""
    rows = visible_obligations(actor).filter(customer_id=customer_id, subject_type=CONTRACT)
    return _shown(rows, now)


def get_contract_promise(actor: Actor, obligation_id: object, now: datetime) -> ContractPromise:
    """One visible promise of a contract; NotFound otherwise."""
    row = one_of(visible_obligations(actor).filter(subject_type=CONTRACT), obligation_id)
    figure = FigureRow.objects.filter(pk=row.public_id).first()
    return _one(row, figure, now)


def duties_of_plan(plan_version_id: int) -> tuple[Duty, ...]:
    """The promises of a contract under a plan that are kept by something done."""
    return tuple(
        Duty(
            one.id,
            one.title.zh,
            one.title.en,
            tuple(_kind(plan_version_id, kind) for kind in one.done.kinds),
        )
        for one in duties_of(compiled_plan(plan_version_id))
    )


def _shown(rows: QuerySet[ObligationRow], now: datetime) -> tuple[ContractPromise, ...]:
    """Open ones by due time, then the ended ones, the newest leading."""
    recent = rows.filter(LIVE | Q(due_at__gte=now - ENDED_WITHIN) | Q(due_at__isnull=True))
    found = list(recent.order_by("-due_at", "-id")[:MOST_SHOWN])
    figures = FigureRow.objects.in_bulk([row.public_id for row in found])
    shown = [_one(row, figures.get(row.public_id), now) for row in found]
    running = [one for one in shown if one.promise.state in (State.RUNNING, State.PAUSED)]
    over = [one for one in shown if one not in running]
    return (*reversed(running), *over)


def _one(row: ObligationRow, figure: FigureRow | None, now: datetime) -> ContractPromise:
    clause = compiled_plan(row.plan_version_id).plan.clause(row.clause)
    done, times = held_of(figure, row, clause)
    return ContractPromise(
        promise=obligation_view(row),
        contract_id=row.subject_id,
        kind="measure" if isinstance(clause, Measure) else row.promise,
        period=figure.period if figure else "",
        begins_at=figure.begins_at if figure else None,
        ends_at=figure.ends_at if figure else None,
        done=done,
        times=times,
        item=", ".join(figure.missing) if figure and times is None else "",
        step=_step(row, clause),
        note=figure.note if figure else "",
        figure=_figure(figure.value, clause) if figure and isinstance(clause, Measure) else None,
        make_good_until=make_good_within(row, clause, figure, now),
        counts_cases=isinstance(clause, Measure),
    )


def _step(row: ObligationRow, clause: Clause) -> Kind | None:
    """The step of outreach before a visit that a promise is about, such as the call ahead of it."""
    is_step = isinstance(clause, Recurring) and row.promise != clause.promise
    return _kind(row.plan_version_id, row.promise) if is_step else None


def held_of(
    figure: FigureRow | None, row: ObligationRow, clause: Clause
) -> tuple[int | None, int | None]:
    """How many were held of how many; the kernel writes what is missing as `0/2`."""
    if not isinstance(clause, Recurring) or figure is None or not figure.ends_at:
        return None, None
    if row.promise != clause.promise:
        return None, None
    if figure.missing:
        done, _, times = str(figure.missing[0]).partition("/")
        return int(done), int(times)
    return (None, None) if row.state != State.MET else (clause.times, clause.times)


def _figure(value: dict[str, Any] | None, clause: Measure) -> Figure:
    unit = "percent" if clause.figure in _PER_CENT else clause.unit
    if value is None:
        return Figure(None, clause.target.at_least, clause.target.at_most, unit, 0, None)
    bounds = {name: Decimal(text) for name, text in value["bounds"].items()}
    return Figure(
        figure=Decimal(value["figure"]),
        least=bounds.get("at_least", bounds.get("above")),
        most=bounds.get("at_most", bounds.get("below")),
        unit=unit,
        cases=value["cases"],
        holds=value["short"] is None,
    )


def make_good_within(
    row: ObligationRow, clause: Clause, figure: FigureRow | None, now: datetime
) -> datetime | None:
    """Only of a missed one that was not made good, while there is time left to."""
    if row.state != State.MISSED or row.ended_at is not None or not isinstance(clause, Recurring):
        return None
    if clause.make_up is None or figure is None or figure.ends_at is None:
        return None
    evaluator = compiled_plan(row.plan_version_id)
    clock = Clock(evaluator.calendars.of(clause.calendar, ""), evaluator.zone)
    until = clock.move(figure.ends_at, clause.make_up.number, clause.make_up.unit, ())
    return until if until >= now else None


def _is_of_stock(clause: Clause) -> bool:
    """Documents are followed elsewhere; stock and people by counts."""
    return getattr(clause, "kept", "") != "document"


def _unmeasured(clause: Clause) -> Unmeasured:
    kept = str(getattr(clause, "kept", ""))
    return Unmeasured(clause.id, clause.number, clause.title.zh, clause.title.en, kept)


def _kind(plan_version_id: int, code: str) -> Kind:
    title = compiled_plan(plan_version_id).wording.word("facts", code)
    return Kind(code, title.zh, title.en)


def _holdings(subject_id: UUID, plan_version_id: int) -> tuple[Holding, ...]:
    rows = list(FactRow.objects.filter(subject_id=subject_id).order_by("-occurred_at", "-id"))
    gone = {row.attrs.get("supersedes") for row in rows if row.kind == WITHDRAWN}
    return tuple(
        Holding(
            row.public_id,
            _kind(plan_version_id, row.kind),
            row.occurred_at,
            row.actor_label,
            row.attrs.get(CALL, ""),
        )
        for row in rows[:MOST_SHOWN]
        if row.kind not in (WITHDRAWN, COUNTED) and str(row.public_id) not in gone
    )
