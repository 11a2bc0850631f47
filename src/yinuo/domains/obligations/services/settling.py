"""Handing the breach ledger what the kernel says, in the step that stores it.

Nothing is asked or written where no promise is missed. Where caps or counts of breaches reach
across the cases of a contract, all its cases in the ledger are priced together, by their facts as
they stand; a lock on the contract keeps two such steps apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.breaches.services.posting import lock_contracts, post, subjects_with_breaches
from yinuo.domains.breaches.shares import leg_of_unit
from yinuo.domains.breaches.types import Case
from yinuo.domains.network.standing import Place, places_named, places_of_units
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.models import FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.joining import mark_contracts
from yinuo.domains.obligations.services.storing import Differences
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.attribution import Holder, happenings_of, named_in
from yinuo.kernel.evaluation import Evaluation, Obligation, RemedyLine
from yinuo.kernel.evaluation.results import State
from yinuo.kernel.facts import Fact
from yinuo.kernel.remedies.together import reaches_across, remedies_together
from yinuo.platform.journal.work import Work


@dataclass(frozen=True, slots=True)
class Computed:
    """A subject just computed: its binding, what the kernel says, its facts and stored rows."""

    binding: Binding
    evaluation: Evaluation | None
    facts: Sequence[FactRow]
    stored: Sequence[ObligationRow] = ()


def settle(computed: Sequence[Computed], found: Differences, work: Work) -> None:
    """Post what these subjects' breaches come to now. `found` is what their storing changes."""
    mark_contracts(_joined(computed))
    no_longer = {one.subject_id for one in found.changes if one.old_state == State.MISSED}
    concerned = [
        one
        for one in computed
        if one.evaluation is not None
        and (one.binding.subject_id in no_longer or _brings_something(one))
    ]
    if not concerned:
        return
    everything = [*concerned, *_others(concerned, work.now)]
    rows = [*(row for one in everything for row in one.stored), *found.new]
    stored = {(row.subject_id, row.clause, row.position): row for row in rows}
    places = _Places(everything)
    lines = lines_of(everything)
    post([_case(one, stored, lines, places) for one in everything], work=work)


def _joined(computed: Sequence[Computed]) -> set[int]:
    """The contracts of which these cases share caps or counts of breaches with others."""
    return {
        one.binding.contract_id
        for one in computed
        if one.binding.contract_id is not None
        and one.evaluation is not None
        and reaches_across(one.evaluation.evaluator.plan)
    }


def _brings_something(one: Computed) -> bool:
    assert one.evaluation is not None, "asked of what a plan was bound to"
    mine = one.evaluation.of_subject(one.binding.subject)
    return any(each.state is State.MISSED for each in mine) or bool(_bonuses(one, mine))


def _bonuses(one: Computed, mine: Sequence[Obligation]) -> set[tuple[str, int]]:
    """The kept promises that bring a bonus."""
    evaluation = one.evaluation
    assert evaluation is not None
    plan = evaluation.evaluator.plan
    kept = {each.clause_id for each in mine if each.state is State.MET}
    if not any(remedy.bonus for clause in kept for remedy in plan.clause(clause).remedies):
        return set()
    return {
        (line.clause_id, line.number)
        for line in evaluation.remedies
        if line.kind == "bonus" and line.subject == one.binding.subject
    }


def _others(concerned: Sequence[Computed], now: datetime) -> list[Computed]:
    """The other cases whose price depends on these: of the same contract, in the ledger."""
    contracts = _joined(concerned)
    if not contracts:
        return []
    lock_contracts(contracts)
    mine = {one.binding.subject_id for one in concerned}
    others = subjects_with_breaches(contracts) - mine
    if not others:
        return []
    facts: dict[UUID, list[FactRow]] = {}
    for fact in FactRow.objects.filter(subject_id__in=others).order_by("id"):
        facts.setdefault(fact.subject_id, []).append(fact)
    stored: dict[UUID, list[ObligationRow]] = {one: [] for one in others}
    for each in ObligationRow.objects.filter(subject_id__in=others):
        stored[each.subject_id].append(each)
    found = []
    for row in SubjectRow.objects.filter(subject_id__in=others).order_by("id"):
        binding = binding_of(row)
        known = facts.get(row.subject_id, [])
        found.append(
            Computed(binding, evaluated(binding, known, now), known, stored[row.subject_id])
        )
    return found


class _Places:
    """Where units and the people named in facts stand; read once for all cases."""

    def __init__(self, cases: Sequence[Computed]) -> None:
        self._units = places_of_units(one.binding.unit_id for one in cases)
        named = {name for one in cases for name in named_in(_facts(one))}
        found = places_named(named)
        self.named: Mapping[str, Holder] = {name: _holder(found[name]) for name in found}

    def first(self, unit_id: int) -> Holder:
        """The unit a case belongs to."""
        return _holder(self._units[unit_id])


def _holder(place: Place) -> Holder:
    return Holder(leg_of_unit(place), str(place.unit_id))


def _facts(one: Computed) -> list[Fact]:
    assert one.evaluation is not None
    return one.evaluation.subject(one.binding.subject).facts


def lines_of(cases: Sequence[Computed]) -> dict[str, list[RemedyLine]]:
    """The lines by subject: of cases of one contract together where their price depends on it."""
    lines: dict[str, list[RemedyLine]] = {}
    together: dict[tuple[int | None, int], list[Evaluation]] = {}
    for number, one in enumerate(cases):
        assert one.evaluation is not None
        across = reaches_across(one.evaluation.evaluator.plan)
        contract_id = one.binding.contract_id if across else None
        alone = number if contract_id is None else -1
        together.setdefault((contract_id, alone), []).append(one.evaluation)
    for evaluations in together.values():
        for line in remedies_together(evaluations):
            lines.setdefault(line.subject, []).append(line)
    return lines


def _case(
    one: Computed,
    stored: Mapping[tuple[UUID, str, int], ObligationRow],
    lines: Mapping[str, Sequence[RemedyLine]],
    places: _Places,
) -> Case:
    binding, evaluation = one.binding, one.evaluation
    assert evaluation is not None
    assert binding.plan_version_id is not None
    mine = evaluation.of_subject(binding.subject)
    bonuses = _bonuses(one, mine)
    accounts = {str(fact.public_id): fact.user_id for fact in one.facts}
    first = places.first(binding.unit_id)
    changes, interruptions = happenings_of(_facts(one), places.named, first)
    return Case(
        subject_type=binding.subject_type,
        subject_id=binding.subject_id,
        customer_id=binding.customer_id,
        unit_id=binding.unit_id,
        contract_id=binding.contract_id,
        plan_version_id=binding.plan_version_id,
        owner_id=binding.owner_id,
        currency=evaluation.evaluator.plan.currency,
        as_of=evaluation.as_of,
        missed=tuple(
            each
            for each in mine
            if each.state is State.MISSED or (each.clause_id, each.number) in bonuses
        ),
        lines=tuple(lines.get(binding.subject, ())),
        recorders={
            (each.clause_id, each.number): accounts.get(each.end_fact.id) if each.end_fact else None
            for each in mine
        },
        frozen=frozenset(_left_alone(binding, mine, stored)),
        first=first,
        changes=changes,
        interruptions=interruptions,
    )


def _left_alone(
    binding: Binding,
    mine: Iterable[Obligation],
    stored: Mapping[tuple[UUID, str, int], ObligationRow],
) -> Iterable[tuple[str, int]]:
    """Promises whose stored row is not what the kernel says now: ended ones that new holidays
    leave as they are. The ledger follows what is stored."""
    for one in mine:
        row = stored.get((binding.subject_id, one.clause_id, one.number))
        if row is not None and (row.state, row.due_at, row.ended_at) != (
            one.state.value,
            one.due_at,
            one.ended_at,
        ):
            yield (one.clause_id, one.number)
