"""What must be there before a request is filed: what its plan demands after the repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.obligations.types import FactView, ObligationView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.report_forms import plan_of, promise_ended_by
from yinuo.domains.requests.standing import word_of
from yinuo.kernel.plan.anchors import facts_in
from yinuo.kernel.plan.clauses import Deadline
from yinuo.kernel.plan.plan import Plan
from yinuo.platform.errors import IllegalMove

# What follows a repair, by the fact that says it is done.
AFTER_REPAIR = ("report_delivered", "called_back")
_SHEETS = frozenset({"work_order", "visit"})


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the plan demands and that is not there, with the clause that demands it."""

    kind: str
    clause: str
    title_zh: str
    title_en: str


def missing_for_filing(
    request: Request, facts: Sequence[FactView], obligations: Sequence[ObligationView]
) -> tuple[Missing, ...]:
    """What the plan demands after the repair and nobody did since; `facts` are those that count.

    A promise about sheets is demanded only where a sheet came back.
    """
    plan = plan_of(request)
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    if plan is None or not restored:
        return ()
    done = {fact.kind for fact in facts if fact.occurred_at >= restored[-1]}
    known = {fact.kind for fact in facts}
    found = (
        _of_request(kind, plan, obligations) or _of_sheets(kind, plan, known)
        for kind in AFTER_REPAIR
        if kind not in done
    )
    return tuple(one for one in found if one)


def require_whole(request: Request, facts: Sequence[FactView]) -> None:
    """Refuse to file a request from which something is missing, naming each."""
    missing = missing_for_filing(request, facts, obligations_of_subject(request.public_id))
    if missing:
        named = ", ".join(word_of(one.kind) for one in missing)
        raise IllegalMove(
            _("Before it is filed, this is missing: %(things)s") % {"things": named},
            details={"missing": [one.kind for one in missing]},
        )


def _of_request(kind: str, plan: Plan, obligations: Sequence[ObligationView]) -> Missing | None:
    promise = promise_ended_by(kind, plan, obligations)
    return Missing(kind, promise.clause, promise.title_zh, promise.title_en) if promise else None


def _of_sheets(kind: str, plan: Plan, known: set[str]) -> Missing | None:
    for clause in plan.clauses:
        if not isinstance(clause, Deadline) or clause.subject not in _SHEETS:
            continue
        ends_by_it = any(kind in anchor.kinds for anchor in facts_in(clause.end))
        if ends_by_it and known & {one for at in facts_in(clause.start) for one in at.kinds}:
            return Missing(kind, clause.id, clause.title.zh, clause.title.en)
    return None
