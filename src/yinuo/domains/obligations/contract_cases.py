"""The cases behind a figure of a contract, for whoever asks why it is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.contract_worlds import CALLED_BACK, SATISFACTION, SURVEYED
from yinuo.domains.obligations.models import FactRow, FigureRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.kernel.evaluation.order import clauses_named
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Measure
from yinuo.kernel.plan.selectors import test_holds
from yinuo.kernel.plan.text import Text
from yinuo.platform.errors import NotFound
from yinuo.platform.scoped import one_of

MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A case counted in a period. `state` is that of its promise, empty for a fact.

    `at` is when the promise was due or the fact occurred.
    """

    subject_type: str
    subject_id: UUID
    state: str
    title_zh: str
    title_en: str
    at: datetime


def cases_behind(actor: Actor, obligation_id: object) -> tuple[Case, ...]:
    """The cases that a visible figure looks at in its period, the missed ones leading; at most 500.

    NotFound for anything else. What a clause exempts is shown too.
    """
    row = one_of(visible_obligations(actor).filter(subject_type=CONTRACT), obligation_id)
    figure = FigureRow.objects.filter(pk=row.public_id).first()
    evaluator = compiled_plan(row.plan_version_id)
    plan, words = evaluator.plan, evaluator.wording
    clause = plan.clause(row.clause)
    if not isinstance(clause, Measure) or figure is None or figure.begins_at is None:
        raise NotFound
    assert figure.ends_at is not None
    span = (figure.begins_at, figure.ends_at)
    bound = SubjectRow.objects.filter(contract_id=row.contract_id).exclude(subject_type=CONTRACT)
    ids = bound.values("subject_id")
    names = [*clause.of_clauses, *(rule.clause for rule in clause.points if rule.clause)]
    clauses = {found for name in names for found in clauses_named(plan.clauses, name)}
    promised = ObligationRow.objects.filter(
        subject_id__in=ids, clause__in=clauses, due_at__gte=span[0], due_at__lt=span[1]
    )
    found = [
        _case(one, one.state, plan.clause(one.clause).title, one.due_at)
        for one in promised.exclude(state="void").order_by("due_at")[:MOST_CASES]
        if one.due_at is not None
    ]
    anchors = [one for one in (clause.facts, *(r.fact for r in clause.points)) if one is not None]
    kinds = {kind for anchor in anchors for kind in anchor.kinds}
    kinds |= {CALLED_BACK} if SURVEYED in kinds else set()
    told = FactRow.objects.filter(
        subject_id__in=ids, kind__in=kinds, occurred_at__gte=span[0], occurred_at__lt=span[1]
    )
    found += [
        _case(one, "", words.word("facts", one.kind), one.occurred_at)
        for one in told.order_by("occurred_at")[:MOST_CASES]
        if any(_counts(anchor, one) for anchor in anchors)
    ]
    return tuple(sorted(found, key=lambda one: (one.state != "missed", one.at))[:MOST_CASES])


def _counts(anchor: FactAnchor, row: FactRow) -> bool:
    """Whether a fact is one of those meant, as far as its own attributes say."""
    kind = SURVEYED if row.kind == CALLED_BACK and SATISFACTION in row.attrs else row.kind
    fits = (test_holds(test, row.attrs[n]) for n, test in anchor.where.tests if n in row.attrs)
    return kind in anchor.kinds and all(fits)


def _case(row: FactRow | ObligationRow, state: str, title: Text, at: datetime) -> Case:
    return Case(row.subject_type, row.subject_id, state, title.zh, title.en, at)
