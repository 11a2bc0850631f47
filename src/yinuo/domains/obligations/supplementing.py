"""What a supplement would change about a contract's promises and money, before it is added.

Worked out from stored facts as saving does it, and read beside what stands now. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.domains.breaches.contract_sums import posted_of_subjects
from yinuo.domains.breaches.services.posting import signed_amount, subjects_with_breaches
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.services import SupplementData, draft_supplement
from yinuo.domains.contracts.subjects import ContractSubject
from yinuo.domains.contracts.terms import kept_terms
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.contract_facts import CONTRACT, lent_facts
from yinuo.domains.obligations.contract_worlds import contract_evaluation
from yinuo.domains.obligations.models import FactRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.domains.obligations.reaching import (
    AT_ONCE,
    Begun,
    Moved,
    begun_by,
    cases_with_terms,
    count_open,
    page_of_cases,
    terms_anew,
)
from yinuo.domains.obligations.services.settling import Computed, lines_of
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import State
from yinuo.kernel.remedies.together import reaches_across
from yinuo.platform.paging import Page

# So many cases are worked out within one look: each takes 1 to 2 ms, so the answer stays below 2 s
# on a busy machine. Of more, only those of the page are worked out.
MOST_AT_ONCE = 500
_NOTHING = Decimal("0.00")


class Told(StrEnum):
    """How much of the money a look can tell."""

    WHOLE = "whole"
    BY_CASE = "by_case"
    AFTER_SAVING = "after_saving"


@dataclass(frozen=True, slots=True)
class IfReached:
    """A case, or the contract itself: what the supplement would move, and its money.

    `posted` is what its breaches come to in the ledger by their clauses, `priced` what they would
    come to; both None for who may not see that money, `priced` also where it depends on more cases
    than are worked out at once. A promise in `moved` that is not there now has no old state.
    """

    subject_type: str
    subject_id: UUID
    began_at: datetime | None
    is_open: bool
    moved: tuple[Moved, ...]
    posted: Decimal | None
    priced: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """What would be posted."""
        if self.posted is None or self.priced is None:
            return None
        return self.priced - self.posted


@dataclass(frozen=True, slots=True)
class IfSupplemented:
    """What a supplement would change: of the contract's own promises, and case by case.

    `cases` is a page of all `total` that keep other terms, or whose money follows from those of the
    others by a shared cap; so many are `open`. `difference` is all money that would be posted; None
    for who may not see it, or unless the `money` of the whole is told.

    Of more than `MOST_AT_ONCE` cases it is told by case; where a cap or a count of breaches reaches
    across them only after saving, and then `cases` are those that keep other terms.
    """

    currency: str
    own: IfReached | None
    cases: Page[IfReached]
    total: int
    open: int
    money: Told
    difference: Decimal | None


def what_supplement_changes(
    actor: Actor,
    contract_id: object,
    data: SupplementData,
    now: datetime,
    *,
    cursor: str = "",
    limit: int = AT_ONCE,
) -> IfSupplemented:
    """What a supplement would change about the promises and money that the actor may see.

    Raises NotFound for a contract he may not change, InvalidInput as when adding it.
    """
    contract = draft_supplement(actor=actor, contract_id=contract_id, data=data)
    draft = _Draft(actor, contract, now)
    depends = draft.depends()
    is_whole = len(depends) <= MOST_AT_ONCE
    if is_whole:
        draft.work_out(depends)
    concerned = draft.seen & (draft.reached | draft.repriced())
    page, live = page_of_cases(concerned, cursor=cursor, limit=limit)
    if not is_whole:
        draft.work_out((row.subject_id for row in page.items), is_whole=False)
    own = contract.terms.public_id
    apart = Told.AFTER_SAVING if draft.is_shared else Told.BY_CASE
    return IfSupplemented(
        currency=compiled_plan(contract.plan_version_id).plan.currency,
        own=draft.result(own, is_open=True) if own in draft.seen else None,
        cases=page.map(lambda row: draft.result(row.subject_id, is_open=row.subject_id in live)),
        total=len(concerned),
        open=count_open(concerned),
        money=Told.WHOLE if is_whole else apart,
        difference=draft.difference({*concerned, own} & draft.seen) if is_whole else None,
    )


class _Draft:
    """A contract and its cases as they would stand; what is worked out is read together."""

    def __init__(self, actor: Actor, contract: ContractSubject, now: datetime) -> None:
        self._contract, self._now, self._actor = contract, now, actor
        rows = list(cases_with_terms(contract.id).order_by("id"))
        self._begun: Mapping[UUID, Begun] = begun_by(row.subject_id for row in rows)
        self._terms = {
            row.subject_id: terms
            for row in rows
            if (terms := terms_anew(row, self._begun[row.subject_id], contract.changes))
            != row.terms
        }
        self.reached = frozenset(self._terms)
        versions = {contract.plan_version_id, *(row.plan_version_id for row in rows)}
        self._across = {one for one in versions if one and reaches_across(compiled_plan(one).plan)}
        self.is_shared = bool(self._across)
        visible = visible_obligations(actor).filter(contract_id=contract.id)
        self.seen = frozenset(visible.values_list("subject_id", flat=True).distinct())
        self._bindings: dict[UUID, Binding] = {}
        self._moved: dict[UUID, tuple[Moved, ...]] = {}
        self._posted: dict[UUID, Decimal] = {}
        self._priced: dict[UUID, Decimal] = {}
        self._unpriced: frozenset[UUID] = frozenset()

    def depends(self) -> frozenset[UUID]:
        """The cases that have to be worked out together to know the money of all of them."""
        if not self.is_shared:
            return self.reached
        return self.reached | subjects_with_breaches([self._contract.id])

    def work_out(self, subject_ids: Iterable[UUID], *, is_whole: bool = True) -> None:
        """Evaluate these subjects and price them, those whose money is shared together.

        Unless they are the whole, what the others leave of a shared cap is not known.
        """
        wanted = {*subject_ids, self._contract.terms.public_id}
        rows = SubjectRow.objects.filter(subject_id__in=wanted, plan_version_id__isnull=False)
        bound = list(rows.order_by("id"))
        self._bindings = {row.subject_id: self._binding(row) for row in bound}
        stands = {row.subject_id: binding_of(row) for row in bound}
        facts: dict[UUID, list[FactRow]] = {one: [] for one in stands}
        for fact in FactRow.objects.filter(subject_id__in=list(facts)).order_by("id"):
            facts[fact.subject_id].append(fact)
        before = self._computed(stands, facts, None)
        computed = self._computed(self._bindings, facts, self._contract)
        known = {one.binding.subject_id: one for one in before}
        self._moved = {
            subject_id: tuple(_moved(known[subject_id], one))
            for one in computed
            if (subject_id := one.binding.subject_id) in known
        }
        lines = lines_of(computed)
        self._priced = {
            one.binding.subject_id: sum(
                (
                    signed_amount(line)
                    for line in lines.get(one.binding.subject, ())
                    if line.amount is not None
                ),
                _NOTHING,
            )
            for one in computed
        }
        self._posted = posted_of_subjects(self._actor, self._bindings)
        if not is_whole:
            self._unpriced = frozenset(
                one
                for one, binding in self._bindings.items()
                if binding.plan_version_id in self._across
            )

    def repriced(self) -> frozenset[UUID]:
        """The cases worked out whose money would change."""
        others = self._priced.keys() - {self._contract.terms.public_id}
        return frozenset(one for one in others if self.difference([one]))

    def difference(self, subject_ids: Collection[UUID]) -> Decimal | None:
        """What would be posted for them together; None where the actor may not see it of one."""
        known = [self.result(one, is_open=True).difference for one in subject_ids]
        amounts = [one for one in known if one is not None]
        return sum(amounts, _NOTHING) if len(amounts) == len(known) else None

    def result(self, subject_id: UUID, *, is_open: bool) -> IfReached:
        """What was worked out about a subject."""
        binding, begun = self._bindings[subject_id], self._begun.get(subject_id)
        units = self._actor.units_for(Permission.BREACH_READ)
        may_see, is_known = binding.unit_id in units, subject_id not in self._unpriced
        return IfReached(
            subject_type=binding.subject_type,
            subject_id=subject_id,
            began_at=begun.occurred_at if begun else None,
            is_open=is_open,
            moved=self._moved.get(subject_id, ()),
            posted=self._posted.get(subject_id, _NOTHING) if may_see else None,
            priced=self._priced.get(subject_id, _NOTHING) if may_see and is_known else None,
        )

    def _binding(self, row: SubjectRow) -> Binding:
        terms = self._terms.get(row.subject_id)
        binding = binding_of(row)
        return replace(binding, terms=kept_terms(terms)) if terms is not None else binding

    def _computed(
        self,
        bindings: Mapping[UUID, Binding],
        facts: Mapping[UUID, list[FactRow]],
        contract: ContractSubject | None,
    ) -> list[Computed]:
        """These subjects as they stand, or with the contract as it would stand."""
        cases = [one for one in bindings.values() if one.subject_type != CONTRACT]
        lent = lent_facts(cases)
        found = []
        for subject_id, binding in bindings.items():
            mine = facts[subject_id]
            evaluation = (
                contract_evaluation(binding, mine, self._now, contract)
                if binding.subject_type == CONTRACT
                else evaluated(binding, mine, self._now, lent)
            )
            if evaluation is not None:
                found.append(Computed(binding, evaluation, mine))
        return found


def _moved(before: Computed, after: Computed) -> Iterable[Moved]:
    """The promises that would have another due time or state; new ones, and ones called off.

    Both are of one instant: what the clock alone moves is nobody's change.
    """
    assert before.evaluation is not None, "only what a plan was bound to is computed"
    assert after.evaluation is not None
    assert after.binding.plan_version_id is not None
    version_id = after.binding.plan_version_id
    stands = {
        (one.clause_id, one.number): (one.state.value, one.due_at)
        for one in before.evaluation.of_subject(before.binding.subject)
    }
    for one in after.evaluation.of_subject(after.binding.subject):
        was = stands.pop((one.clause_id, one.number), ("", None))
        if was != (one.state.value, one.due_at):
            yield _change(version_id, one.clause_id, was, (one.state.value, one.due_at))
    for (clause_id, _number), was in stands.items():
        if was[0] != State.VOID:
            yield _change(version_id, clause_id, was, (State.VOID.value, was[1]))


def _change(
    plan_version_id: int,
    clause_id: str,
    before: tuple[str, datetime | None],
    after: tuple[str, datetime | None],
) -> Moved:
    clause = compiled_plan(plan_version_id).plan.clause(clause_id)
    return Moved(
        title_zh=clause.title.zh,
        title_en=clause.title.en,
        number=clause.number,
        old_state=before[0],
        new_state=after[0],
        old_due_at=before[1],
        new_due_at=after[1],
    )
