"""Correcting a fact that was recorded wrongly: another takes its place, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import FactView, NewFact
from yinuo.domains.requests.answers import Answers, read_answers
from yinuo.domains.requests.asking import asked_by_plan
from yinuo.domains.requests.intake import reported_at
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import may_correct
from yinuo.domains.requests.saying import CORRECTION, DIGEST, keep_words, said_of
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    move,
    occurred_at,
)
from yinuo.domains.requests.services.tracing import trace_downtime
from yinuo.domains.requests.services.windows import look_at_pauses_of
from yinuo.domains.requests.standing import counting, standing_after
from yinuo.kernel.facts import WITHDRAWN
from yinuo.platform.errors import Forbidden, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import Work, writing

REASON_LENGTH = 4_000
# Acts with an effect beside their fact are undone by the opposite act, not by a correction.
FIXED = frozenset(
    {
        *("visit_planned", "classified", "cover_changed", "merged", "absorbed", "handed_over"),
        WITHDRAWN,
        *("questions_answered", "split_from", "split_off", "routed", "taken", "group_escalated"),
    }
)
REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was really so. `occurred_at` None keeps the time; `withdraw`: it did not happen.

    Fields that `values` does not name keep what they were.
    """

    fact_id: object
    reason: str
    occurred_at: datetime | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    withdraw: bool = False


def correct_fact(
    *,
    actor: Actor,
    request_id: object,
    correction: Correction,
    version: int,
    source: str,
    now: datetime,
) -> Request:
    """Let a corrected fact take the place of one that counts, with the reason.

    State and promises are computed anew as if it had been recorded so from the start. Raises
    IllegalMove when a later step could then not have happened, Conflict when `version` is stale,
    NotFound for a fact that does not count here, Forbidden for somebody else's fact without the
    right.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        check_not_merged(request)
        known = counting(facts_of_subject(request.public_id))
        wrong = _found(known, correction.fact_id)
        if not may_correct(actor, wrong, request.unit_id):
            raise Forbidden
        _check(correction, wrong)
        rest = [fact for fact in known if fact is not wrong]
        right = _corrected(request, correction, wrong, rest, source, work)
        standing = standing_after(rest, [right] if right else [])
        changes = {"reported_at": right.occurred_at} if right and wrong.kind == REPORTED else {}
        move(request, standing, changes=changes, version=version)
        _state(request, wrong, right, correction, source, work)
        trace_downtime(request, [*rest, right] if right else rest)
        return request


def _found(known: Sequence[FactView], fact_id: object) -> FactView:
    wanted: UUID | None = parse_public_id(fact_id)
    found = next((fact for fact in known if fact.public_id == wanted), None)
    if found is None:
        raise NotFound
    return found


def _check(correction: Correction, wrong: FactView) -> None:
    if wrong.kind in FIXED:
        raise InvalidInput({"fact_id": _("This entry cannot be corrected; do the step anew.")})
    if correction.withdraw and wrong.kind == REPORTED:
        raise InvalidInput({"withdraw": _("Cancel the request instead.")})
    if correction.withdraw and (correction.values or correction.occurred_at):
        raise InvalidInput({"withdraw": _("Either it did not happen or it was different.")})
    if not correction.reason.strip() or len(correction.reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})


def _corrected(
    request: Request,
    correction: Correction,
    wrong: FactView,
    rest: Sequence[FactView],
    source: str,
    work: Work,
) -> NewFact | None:
    """The fact as it should have been, None when it did not happen."""
    if correction.withdraw:
        return None
    given = correction.occurred_at
    at = wrong.occurred_at
    if given is not None and wrong.kind == REPORTED:
        at = _reported_at(given, request, rest, work.now)
    elif given is not None:
        at = occurred_at(given, request, rest, work.now)
    answers = _answers(request, correction, wrong)
    attrs: dict[str, Any] = dict(answers.attrs) | {"supersedes": _root(wrong)}
    if digest := keep_words(request, answers.words, shown=answers.shown, work=work):
        attrs[DIGEST] = digest
    return NewFact(wrong.kind, at, source, attrs)


def _reported_at(
    given: datetime, request: Request, rest: Sequence[FactView], now: datetime
) -> datetime:
    """Another time of the report: not after anything that followed it."""
    at = reported_at(given, now)
    steps = [fact.occurred_at for fact in rest if fact.kind not in FIXED]
    if at > min([request.opened_at, *steps]):
        raise InvalidInput({"occurred_at": _("A later step would then lie before the report.")})
    return at


def _answers(request: Request, correction: Correction, wrong: FactView) -> Answers:
    """What was answered then, with what is corrected on top."""
    said = said_of(request, [wrong]).get(wrong.public_id)
    kept = {name: value for name, value in wrong.attrs.items() if name not in _ASIDE}
    fields = asked_by_plan(request.plan_version_id).get(wrong.kind, ())
    names = {one.name for one in fields}
    # What others stated beside the form, such as the work order, stays as it is.
    beside = {name: value for name, value in kept.items() if name not in names}
    before = {name: value for name, value in kept.items() if name in names}
    before |= {name: text for name, text in (said.words if said else {}).items() if name in names}
    if said is not None and "shown" in names:
        before["shown"] = said.shown
    answers = read_answers(fields, before | dict(correction.values))
    # So do words that no field of a form asks for, such as who took a report.
    aside = {name: text for name, text in (said.words if said else {}).items() if name not in names}
    return Answers(beside | answers.attrs, aside | answers.words, answers.shown)


_ASIDE = frozenset({DIGEST, CORRECTION, "supersedes"})


def _root(fact: FactView) -> str:
    """The first fact of a chain of corrections: the one that must stay taken back.

    A fact taken back no longer takes others back, so each correction names the first one.
    """
    return str(fact.attrs.get("supersedes") or fact.public_id)


def _state(
    request: Request,
    wrong: FactView,
    right: NewFact | None,
    correction: Correction,
    source: str,
    work: Work,
) -> None:
    reason = correction.reason.strip()
    digest = keep_words(request, {"reason": reason}, shown=False, work=work)
    taken_back = {str(wrong.public_id)} if right is None else set()
    if "supersedes" in wrong.attrs:
        taken_back.add(str(wrong.public_id))
        if right is None:
            taken_back.add(_root(wrong))
    facts = [
        NewFact(WITHDRAWN, work.now, source, {"supersedes": name, DIGEST: digest})
        for name in sorted(taken_back)
    ]
    if right is not None:
        attrs = dict(right.attrs) | {CORRECTION: digest}
        facts.append(NewFact(right.kind, right.occurred_at, right.source, attrs))
    actor: Any = work.actor
    record_facts(request.public_id, facts, actor=actor, now=work.now)
    look_at_pauses_of(request, [wrong.kind], work)
    work.audit(
        "request.correct",
        request,
        before={"fact": str(wrong.public_id), "occurred_at": wrong.occurred_at.isoformat()},
        after={"state": request.state, "occurred_at": right and right.occurred_at.isoformat()},
        reason=reason,
    )
    work.emit("request.changed", request, {"kind": "corrected"})
