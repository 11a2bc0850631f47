"""Stating facts on a request: the one road that every act and every other domain takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import FactView, NewFact
from yinuo.domains.requests.intake import FUTURE_TOLERANCE
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.saying import keep_words
from yinuo.domains.requests.services.tracing import TELLING, trace_downtime
from yinuo.domains.requests.services.windows import look_at_pauses_of
from yinuo.domains.requests.standing import counting, standing_after
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import PAUSED, RESUMED, RequestState, Standing
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

# Whoever records a fact later than this says why it comes so late.
LATE = timedelta(days=30)
LATE_REASON = "late_reason"
# What the register of standby units states by itself, and as what it states it.
OF_THE_REGISTER = frozenset({"standby_delivered", "standby_returned"})
REGISTER = "loan"


def record_steps(
    *,
    actor: Actor,
    request_id: object,
    facts: Sequence[StepFact],
    source: str,
    now: datetime,
    version: int | None = None,
) -> Request:
    """State facts on a visible request: its state follows and its promises are computed anew.

    The caller has checked the right. Each fact finds its place by when it occurred; one the table
    does not allow there raises IllegalMove and nothing is written. Raises NotFound for a request
    the actor does not see, Conflict when `version` is given and stale, InvalidInput for a time in
    the future or before the report, or over 30 days ago without a `late_reason` in the words.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        for fact in facts:
            require_late_reason(fact.occurred_at, fact.words, now)
        _require_by_hand(request, facts)
        return state_facts(request, facts, source=source, work=work, version=version)


def _require_by_hand(request: Request, facts: Sequence[StepFact]) -> None:
    """Refuse by hand what the register of standby units states for a unit of its own: two records
    of one thing would differ."""
    if not any(one.kind in OF_THE_REGISTER for one in facts):
        return
    known = facts_of_subject(request.public_id)
    if any(one.source == REGISTER and one.kind in OF_THE_REGISTER for one in known):
        raise IllegalMove(
            _(
                "A standby unit of the register is on this case: record on the page of its loan "
                "when it went out or came back."
            )
        )


def require_late_reason(at: datetime | None, words: Mapping[str, str], now: datetime) -> None:
    """Refuse what happened over 30 days ago unless it is said why it comes so late."""
    if at is None or at.tzinfo is None or now - at <= LATE:
        return
    if not words.get(LATE_REASON, "").strip():
        raise InvalidInput(
            {LATE_REASON: _("It happened more than 30 days ago: say why it comes so late.")}
        )


def locked_request(actor: Actor, request_id: object) -> Request:
    """A visible request, locked until the step ends; NotFound otherwise."""
    return one_of(visible_requests(actor).select_for_update(of=("self",)), request_id)


def state_facts(
    request: Request,
    facts: Sequence[StepFact],
    *,
    source: str,
    work: Work,
    version: int | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
    act: str = "",
) -> Request:
    """What record_steps does, on a request already locked, with further `changes` of its row.

    `act` names it in the journal, the kind of the first fact otherwise; `reason` goes there too.
    """
    check_not_merged(request)
    known = counting(facts_of_subject(request.public_id))
    placed = [_placed(fact, request, known, work.now) for fact in facts]
    new = [_new_fact(fact, request, source, work) for fact in placed]
    standing = standing_after(known, new)
    new += _resumption(known, standing, new, source)
    move(request, standing, changes=changes or {}, version=version)
    _tell(request, new, work, act=act, reason=reason)
    if TELLING.intersection(one.kind for one in new):
        trace_downtime(request, [*known, *new])
    return request


def move(
    request: Request, standing: Standing, *, changes: Mapping[str, Any], version: int | None
) -> None:
    """Store where the request stands now with `changes`; Conflict when `version` is stale."""
    waiting_from = standing.waiting_from.value if standing.waiting_from else ""
    state = {"state": standing.state.value, "waiting_from": waiting_from}
    stored(request, expected_version=version, changes=state | dict(changes))


def check_not_merged(request: Request) -> None:
    """Refuse anything on a merged request, saying where it goes on."""
    if request.state == RequestState.MERGED and request.merged_into is not None:
        target = request.merged_into
        raise IllegalMove(
            _("This request was merged into %(number)s. Go on there.") % {"number": target.number},
            details={
                "state": request.state,
                "merged_into": {"id": str(target.public_id), "number": target.number},
            },
        )


def occurred_at(
    given: datetime | None, request: Request, known: Sequence[FactView], now: datetime
) -> datetime:
    """The instant of a fact: `now` when none is given, never in the future or before the report.

    A time given to the minute means that minute: where the report or the last fact lies later in
    the same minute, it stands for their instant.
    """
    at = given or now
    if at.tzinfo is None:
        raise InvalidInput({"occurred_at": _("Give the time with its zone, such as +08:00.")})
    if at > now + FUTURE_TOLERANCE:
        raise InvalidInput({"occurred_at": _("This time is in the future. Correct it.")})
    if at.second == 0 and at.microsecond == 0:
        marks = [request.reported_at, *(fact.occurred_at for fact in known)]
        at = max([at, *(mark for mark in marks if _minute_of(mark) == at)])
    if at < request.reported_at:
        raise InvalidInput({"occurred_at": _("This is before the request was reported.")})
    return min(at, now)


def _tell(request: Request, new: Sequence[NewFact], work: Work, *, act: str, reason: str) -> None:
    """Record the facts; tell the journal and the outbox."""
    actor: Any = work.actor
    record_facts(request.public_id, new, actor=actor, now=work.now)
    look_at_pauses_of(request, (one.kind for one in new), work)
    after = {"state": request.state, "occurred_at": new[0].occurred_at.isoformat()}
    kind = act or new[0].kind
    work.audit(f"request.{kind}", request, after=after, reason=reason)
    work.emit("request.changed", request, {"kind": kind})


def _minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _placed(fact: StepFact, request: Request, known: Sequence[FactView], now: datetime) -> StepFact:
    return replace(fact, occurred_at=occurred_at(fact.occurred_at, request, known, now))


def _new_fact(fact: StepFact, request: Request, source: str, work: Work) -> NewFact:
    assert fact.occurred_at is not None, "placed"
    attrs = dict(fact.attrs)
    if digest := keep_words(request, fact.words, shown=fact.shown, work=work):
        attrs["words"] = digest
    return NewFact(fact.kind, fact.occurred_at, source, attrs)


def _resumption(
    known: Sequence[FactView], standing: Standing, new: Sequence[NewFact], source: str
) -> list[NewFact]:
    """A step that ends waiting lets the clock run again, so that later promises do not stand."""
    pauses = [fact for fact in known if fact.kind in (PAUSED, RESUMED)]
    if standing.waiting_from or not pauses or pauses[-1].kind == RESUMED:
        return []
    if any(fact.kind == RESUMED for fact in new):
        return []
    reason = pauses[-1].attrs.get("reason")
    attrs = {"reason": reason} if reason else {}
    return [NewFact(RESUMED, max(fact.occurred_at for fact in new), source, attrs)]
