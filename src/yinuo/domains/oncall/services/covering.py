"""One covers for another for a part of his turn; a turn taken back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.models import Turn
from yinuo.domains.oncall.policies import visible_turns
from yinuo.domains.oncall.services.rotating import able_person, insert
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

LONGEST_REASON = 200


def cover_turn(
    *,
    actor: Actor,
    turn_id: object,
    version: int,
    person_id: object,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    now: datetime,
) -> Turn:
    """Let somebody else take a part of a turn, or all of it; what is left stays as it was.

    Two covers make a swap. Raises InvalidInput outside the turn or without a reason, IllegalMove
    for time that is over, Conflict for a stale version, NotFound for people who cannot.
    """
    with writing(actor=actor, now=now) as work:
        turn = _locked(actor, turn_id, version)
        other = able_person(turn.rota, person_id)
        begins, ends = turn.period.lower, turn.period.upper
        _check(turn, other.id, (starts_at, ends_at), reason)
        if ends_at <= now:
            raise IllegalMove(_("This time is over."))
        stored(turn, expected_version=None, changes={"cancelled_at": now})
        left = [
            _part(turn, (low, high), actor, now)
            for low, high in ((begins, starts_at), (ends_at, ends))
            if low < high
        ]
        covering = Turn(
            rota=turn.rota,
            person_id=other.id,
            period=(starts_at, ends_at),
            covers_id=turn.covers_id or turn.person_id,
            reason=reason.strip(),
            made_at=now,
            made_by=actor.label,
        )
        insert([*left, covering])
        after = {"person": str(other.public_id), "from": str(starts_at), "until": str(ends_at)}
        work.audit("duty.cover", turn, after=after, reason=reason.strip())
        return covering


def cancel_turn(*, actor: Actor, turn_id: object, version: int, now: datetime) -> Turn:
    """Take a turn back that has not ended; its time is a gap until somebody has it."""
    with writing(actor=actor, now=now) as work:
        turn = _locked(actor, turn_id, version)
        if turn.period.upper <= now:
            raise IllegalMove(_("This time is over."))
        stored(turn, expected_version=None, changes={"cancelled_at": now})
        work.audit("duty.cancel_turn", turn, after={"cancelled": True})
        return turn


def _locked(actor: Actor, turn_id: object, version: int) -> Turn:
    turns: QuerySet[Turn] = visible_turns(actor, Permission.DUTY_WRITE)
    turn = one_of(turns.select_related("rota").select_for_update(of=("self",)), turn_id)
    if turn.version != version:
        raise Conflict(details={"yours": version, "present": turn.version})
    return turn


def _check(turn: Turn, person: int, span: tuple[datetime, datetime], reason: str) -> None:
    problems: dict[str, str] = {}
    if any(one.tzinfo is None for one in span):
        problems["starts_at"] = _("Give the time with its zone, such as +08:00.")
    elif not turn.period.lower <= span[0] < span[1] <= turn.period.upper:
        problems["starts_at"] = _("The cover lies within the turn.")
    if person == turn.person_id:
        problems["person_id"] = _("He has this turn himself.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        problems["reason"] = _("Say why, in at most 200 characters.")
    if problems:
        raise InvalidInput(problems)


def _part(turn: Turn, span: tuple[datetime, datetime], actor: Actor, now: datetime) -> Turn:
    return Turn(
        rota=turn.rota,
        person_id=turn.person_id,
        period=span,
        covers_id=turn.covers_id,
        reason=turn.reason,
        made_at=now,
        made_by=actor.label,
    )
