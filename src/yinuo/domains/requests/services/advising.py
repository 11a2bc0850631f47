"""The expert clinic as an expert takes part in it: joining, declining, advising."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.clinic_types import SEATED, SeatState
from yinuo.domains.requests.policies import own_seats
from yinuo.domains.requests.services.inviting import checked, require_open, seat_fact, tell
from yinuo.domains.requests.services.recording import state_facts
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

JOINED, DECLINED, ADVISED = "expert_joined", "expert_declined", "expert_advised"
ANSWERED_TOPIC, ADVISED_TOPIC = "clinic.answered", "clinic.advised"
LONGEST_REASON = 200


def join_clinic(
    *, actor: Actor, seat_id: object, version: int, source: str, now: datetime
) -> ClinicSeat:
    """Accept one's own invitation.

    Raises NotFound for another's, IllegalMove once it was answered or is over, Conflict for a
    stale version.
    """
    with writing(actor=actor, now=now) as work:
        seat = _invited(actor, seat_id)
        changes = {"state": SeatState.JOINED.value, "answered_at": now}
        stored(seat, expected_version=version, changes=changes)
        state_facts(seat.request, [seat_fact(JOINED, seat)], source=source, work=work)
        work.audit("clinic.join", seat, after={"request": seat.request.number})
        tell(ANSWERED_TOPIC, seat, _hosts(seat), work)
        return seat


def decline_invitation(
    *, actor: Actor, seat_id: object, reason: str, version: int, source: str, now: datetime
) -> ClinicSeat:
    """Decline one's own invitation with the reason; the case is not seen any more.

    Raises InvalidInput without a reason, and what join_clinic raises.
    """
    with writing(actor=actor, now=now) as work:
        seat = _invited(actor, seat_id)
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON:
            raise InvalidInput({"reason": _("Say why, in at most 200 characters.")})
        ended = {"answered_at": now, "ended_at": now, "said": said}
        changes: dict[str, Any] = {"state": SeatState.DECLINED.value, **ended}
        stored(seat, expected_version=version, changes=changes)
        fact = seat_fact(DECLINED, seat, reason=said)
        state_facts(seat.request, [fact], source=source, work=work)
        work.audit("clinic.decline", seat, after={"request": seat.request.number})
        tell(ANSWERED_TOPIC, seat, _hosts(seat), work)
        return seat


def give_advice(
    *, actor: Actor, seat_id: object, advice: str, source: str, now: datetime
) -> ClinicSeat:
    """Advise in a case one has joined: an internal note with name and time on the request.

    Raises IllegalMove before one has joined and once the seat ended, InvalidInput without words.
    """
    with writing(actor=actor, now=now) as work:
        seat = _own(actor, seat_id)
        text = checked(advice, "advice")
        if seat.state != SeatState.JOINED:
            raise IllegalMove(_("Join the case first, then advise."))
        stored(seat, expected_version=seat.version, changes={"advised_at": now})
        fact = seat_fact(ADVISED, seat, text=text)
        state_facts(seat.request, [fact], source=source, work=work)
        tell(ADVISED_TOPIC, seat, _hosts(seat), work)
        return seat


def _invited(actor: Actor, seat_id: object) -> ClinicSeat:
    seat = _own(actor, seat_id)
    if seat.state != SeatState.INVITED:
        raise IllegalMove(_("This invitation was answered already."))
    return seat


def _own(actor: Actor, seat_id: object) -> ClinicSeat:
    """One's own seat with its request, locked until the step ends."""
    seats = own_seats(actor).select_related("request", "person")
    seat = one_of(seats.select_for_update(of=("self", "request")), seat_id)
    if seat.state not in SEATED:
        raise IllegalMove(_("This invitation is over already."))
    require_open(seat.request)
    return seat


def _hosts(seat: ClinicSeat) -> set[int | None]:
    """Who looks after the case, and who asked."""
    return {seat.request.owner_id, seat.inviter_id}
