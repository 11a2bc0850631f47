"""A contract's own promises, worked out from its facts and from those of its cases.

Bounded: of its cases only those are read that may change a figure whose period is still open, or
was touched by a late fact. Figures of periods before that stand as they were stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.subjects import ContractSubject, read_contracts
from yinuo.domains.customers.calls import calls_on
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.contract_facts import (
    CONTRACT,
    facts_of_contract,
    lent_facts,
)
from yinuo.domains.obligations.models import (
    ContractLook,
    FactRow,
    FigureRow,
    ObligationRow,
    SubjectRow,
)
from yinuo.domains.obligations.types import Binding
from yinuo.domains.obligations.worlds import case_evaluation, kernel_fact
from yinuo.kernel.evaluation import Evaluation, Evaluator, Obligation, State
from yinuo.kernel.evaluation.periods import span_holding
from yinuo.kernel.evaluation.results import Span, Value
from yinuo.kernel.facts import WITHDRAWN, Fact
from yinuo.kernel.plan.clauses import Clause, Coverage, Kept, Measure, Recurring, Target

# A call back that asked how satisfied the customer is has surveyed him.
CALLED_BACK, SURVEYED, SATISFACTION = "called_back", "surveyed", "satisfaction"
_BOUNDS = ("at_least", "above", "at_most", "below")


def contract_evaluation(
    binding: Binding,
    stored: Sequence[FactRow],
    now: datetime,
    contract: ContractSubject | None = None,
) -> Evaluation | None:
    """A contract's promises as of `now`, and nothing else; None when it is there no more.

    `contract` is given to see it as it would stand; left out it is read.
    """
    assert binding.contract_id is not None
    assert binding.plan_version_id is not None
    contract = contract or read_contracts([binding.contract_id]).get(binding.contract_id)
    if contract is None:
        return None
    evaluator = compiled_plan(binding.plan_version_id)
    calls = calls_on([contract.customer_id])[contract.customer_id]
    facts = [*facts_of_contract(contract, stored, calls), *_done_by_cases(binding, evaluator)]
    measures = measures_of(evaluator)
    kept: list[Obligation] = []
    counted: list[Obligation] = []
    if measures:
        open_from = _open_from(contract, evaluator, measures)
        kept = _kept_figures(binding, measures, open_from)
        cases, counted = _cases(binding, open_from, now)
        facts += cases
    found = evaluator.evaluate(facts, now, only=binding.subject, counted=counted)
    kept_as = {(one.clause_id, one.number): one for one in kept}
    fresh = [kept_as.pop((one.clause_id, one.number), one) for one in found.obligations]
    own = [one for one in fresh if _is_held(one, evaluator, contract)]
    return Evaluation(evaluator, found.world, (*own, *kept_as.values()))


def measures_of(evaluator: Evaluator) -> list[Measure]:
    """The measures on contracts."""
    clauses = evaluator.plan.clauses
    return [one for one in clauses if isinstance(one, Measure) and one.subject == CONTRACT]


def is_measurable(clause: Clause, *, has_papers: bool) -> bool:
    """Whether the product knows by itself what a coverage duty compares.

    Stock, people and certificates are known by counts that people take (`is_counted`). Documents
    are followed as the plan's papers when it names them as such.
    """
    if not isinstance(clause, Coverage):
        return True
    return clause.kept is Kept.DOCUMENT and not has_papers


def is_counted(clause: Clause) -> bool:
    """Whether a duty is measured by counting what there is."""
    return isinstance(clause, Coverage) and clause.kept is not Kept.DOCUMENT


def _is_held(one: Obligation, evaluator: Evaluator, contract: ContractSubject) -> bool:
    """What fell due before the product knew of the contract counts only when it was kept."""
    clause = evaluator.plan.clause(one.clause_id)
    if is_counted(clause):
        return one.start_fact is not None
    if not is_measurable(clause, has_papers=bool(evaluator.plan.papers)):
        return False
    was_before = one.due_at is not None and one.due_at <= contract.entered_at
    return not was_before or one.state is State.MET or one.ended_at is not None


# -- figures --------------------------------------------------------------------------------


def _open_from(
    contract: ContractSubject, evaluator: Evaluator, measures: Iterable[Measure]
) -> dict[str, datetime]:
    """By clause, the begin of the first period whose figure may still change."""
    look = ContractLook.objects.filter(contract_id=contract.id).first()
    start = min(fact.occurred_at for fact in facts_of_contract(contract, (), ()))
    if look is None or look.looked_at is None or look.version != contract.version:
        return {one.id: start for one in measures}
    since = min(look.touched_from or look.looked_at, look.looked_at)
    found: dict[str, datetime] = {}
    for one in measures:
        # Contract periods count from its start; rolling ones may look back as far as they like.
        span = span_holding(one.period, since, _as_subject(contract, evaluator), evaluator.zone)
        found[one.id] = max(span.begins_at, start) if span else start
    return found


def _as_subject(contract: ContractSubject, evaluator: Evaluator) -> Any:
    facts = facts_of_contract(contract, (), ())
    name = f"{CONTRACT}:{contract.terms.public_id}"
    return evaluator.evaluate(facts, max(one.occurred_at for one in facts), only=name).subject(name)


def _kept_figures(
    binding: Binding, measures: Iterable[Measure], open_from: dict[str, datetime]
) -> list[Obligation]:
    """Stored figures of periods that are over and untouched."""
    ids = [one.id for one in measures]
    rows = ObligationRow.objects.filter(subject_id=binding.subject_id, clause__in=ids)
    rows = rows.exclude(state=State.RUNNING.value)
    figures = FigureRow.objects.in_bulk([row.public_id for row in rows])
    found = []
    for row in rows:
        figure = figures.get(row.public_id)
        if figure is None or figure.ends_at is None or figure.begins_at is None:
            continue
        if figure.ends_at <= open_from[row.clause]:
            found.append(_kept(binding, row, figure))
    return found


def _kept(binding: Binding, row: ObligationRow, figure: FigureRow) -> Obligation:
    assert figure.begins_at is not None
    assert figure.ends_at is not None
    return Obligation(
        row.clause,
        row.promise,
        binding.subject,
        State(row.state),
        row.started_at,
        row.due_at,
        row.ended_at,
        number=row.position,
        note=figure.note,
        period=Span(figure.begins_at, figure.ends_at, figure.period),
        value=value_of(figure.value),
    )


def value_as_json(value: Value | None) -> dict[str, Any] | None:
    """A figure as it is stored: numbers as exact text."""
    if value is None:
        return None
    bounds = value.bounds or Target()
    return {
        "figure": str(value.figure),
        "target": value.target,
        "unit": value.unit,
        "cases": value.cases,
        "short": None if value.short is None else str(value.short),
        "beyond": None if value.beyond is None else str(value.beyond),
        "bounds": {
            name: str(bound) for name in _BOUNDS if (bound := getattr(bounds, name)) is not None
        },
        "parts": {name: str(number) for name, number in value.parts},
    }


def value_of(data: dict[str, Any] | None) -> Value | None:
    """The figure that `value_as_json` wrote."""
    if data is None:
        return None
    bounds = {name: Decimal(text) for name, text in data["bounds"].items()}
    return Value(
        figure=Decimal(data["figure"]),
        target=data["target"],
        unit=data["unit"],
        cases=data["cases"],
        short=None if data["short"] is None else Decimal(data["short"]),
        beyond=None if data["beyond"] is None else Decimal(data["beyond"]),
        bounds=Target(**bounds),
        parts=tuple((name, Decimal(text)) for name, text in data["parts"].items()),
    )


# -- cases ----------------------------------------------------------------------------------


def _cases(
    binding: Binding, open_from: dict[str, datetime], now: datetime
) -> tuple[list[Fact], list[Obligation]]:
    """Facts and promises of the cases that may count in a period still open."""
    since = min(open_from.values())
    bound = SubjectRow.objects.filter(contract_id=binding.contract_id).exclude(
        subject_type=CONTRACT
    )
    ids = bound.values("subject_id")
    touched: set[UUID] = set(
        FactRow.objects.filter(subject_id__in=ids, occurred_at__gte=since)
        .values_list("subject_id", flat=True)
        .distinct()
    )
    touched |= set(
        ObligationRow.objects.filter(subject_id__in=ids, due_at__gte=since)
        .values_list("subject_id", flat=True)
        .distinct()
    )
    by_case: dict[UUID, list[FactRow]] = {one: [] for one in touched}
    for row in FactRow.objects.filter(subject_id__in=touched).order_by("id"):
        by_case[row.subject_id].append(row)
    bindings = [binding_of(row) for row in bound.filter(subject_id__in=touched)]
    lent = lent_facts(bindings)
    facts: list[Fact] = []
    promises: list[Obligation] = []
    for one in bindings:
        rows = by_case[one.subject_id]
        facts += [as_told for row in rows for as_told in _told(one, binding, row)]
        evaluation = case_evaluation(one, rows, now, lent.get(one.contract_id or 0, ()))
        if evaluation is not None:
            promises += evaluation.of_subject(one.subject)
    return facts, promises


def _done_by_cases(binding: Binding, evaluator: Evaluator) -> list[Fact]:
    """What was done for its cases that also keeps a promise of the contract, such as a survey."""
    kinds = {
        kind
        for one in evaluator.plan.clauses
        if isinstance(one, Recurring) and one.subject == CONTRACT
        for kind in one.done.kinds
    }
    if not kinds:
        return []
    kinds |= {WITHDRAWN, CALLED_BACK} if SURVEYED in kinds else {WITHDRAWN}
    bound = SubjectRow.objects.filter(contract_id=binding.contract_id).exclude(
        subject_type=CONTRACT
    )
    rows = FactRow.objects.filter(subject_id__in=bound.values("subject_id"), kind__in=kinds)
    found = list(rows.order_by("id"))
    cases = {
        row.subject_id: binding_of(row)
        for row in bound.filter(subject_id__in={row.subject_id for row in found})
    }
    return [told for row in found for told in _told(cases[row.subject_id], binding, row)]


def _told(case: Binding, contract: Binding, row: FactRow) -> Iterable[Fact]:
    fact = kernel_fact(case, row, contract=contract.subject)
    yield fact
    if row.kind == CALLED_BACK and SATISFACTION in row.attrs:
        yield fact._replace(kind=SURVEYED, id="")
