"""What the unit that was asked answers: it takes the request, declines it, or gives it back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.types import Actor
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.requests.services.recording import check_not_merged, state_facts
from yinuo.domains.routing.models import Offer
from yinuo.domains.routing.policies import visible_offers
from yinuo.domains.routing.services.asking import ask_next, close, unit_fact
from yinuo.domains.routing.types import Outcome, RoutingState
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

LONGEST_REASON = 200
ACCEPTED_TOPIC = "offer.accepted"
# An answer lies before the question put to the next unit, so that it does not end that promise.
_JUST_BEFORE = timedelta(milliseconds=1)


def accept_offer(
    *, actor: Actor, offer_id: object, version: int, source: str, now: datetime
) -> Offer:
    """Take an offered request: the unit serves it from now on and sees it.

    Raises IllegalMove once it was answered, has run out or the request is closed, Conflict for a
    stale version, NotFound for an offer to a unit for which the actor does not answer.
    """
    with writing(actor=actor, now=now) as work:
        offer = _answerable(actor, offer_id, version, now)
        request, routing = offer.routing.request, offer.routing
        facts = [unit_fact("accepted", offer, now)]
        changes = {"serving_unit_id": offer.unit_id}
        state_facts(request, facts, source=source, work=work, changes=changes)
        close(offer, Outcome.ACCEPTED, at=now, by=actor.label)
        routing.state, routing.ended_at = RoutingState.ACCEPTED.value, now
        routing.save(update_fields=["state", "ended_at"])
        work.audit("offer.accept", offer, after={"request": request.number})
        _tell_follower(offer, actor, work)
        return offer


def decline_offer(
    *, actor: Actor, offer_id: object, reason: str, version: int, source: str, now: datetime
) -> Offer:
    """Decline an offered request with the reason; the next unit is asked in the same step.

    Raises InvalidInput without a reason, and what accept_offer raises.
    """
    with writing(actor=actor, now=now) as work:
        offer = _answerable(actor, offer_id, version, now)
        said = _checked(reason)
        at = max(offer.made_at, now - _JUST_BEFORE)
        close(offer, Outcome.DECLINED, at=now, by=actor.label, said=said)
        work.audit("offer.decline", offer, after={"request": offer.routing.request.number})
        ask_next(offer.routing, [unit_fact("declined", offer, at, said)], source=source, work=work)
        return offer


def return_request(
    *, actor: Actor, offer_id: object, reason: str, version: int, source: str, now: datetime
) -> Offer:
    """Give back a request the unit had taken and cannot solve; the next unit is asked (SV-02).

    Raises IllegalMove when the unit does not serve it any more, and what decline_offer raises.
    """
    with writing(actor=actor, now=now) as work:
        offer = _locked(actor, offer_id, version)
        said = _checked(reason)
        request = offer.routing.request
        if offer.outcome != Outcome.ACCEPTED or request.serving_unit_id != offer.unit_id:
            raise IllegalMove(_("This unit does not serve the request."))
        _require_open(offer)
        close(offer, Outcome.RETURNED, at=now, by=actor.label, said=said)
        work.audit("offer.return", offer, after={"request": request.number})
        fact = unit_fact("offer_returned", offer, max(offer.made_at, now - _JUST_BEFORE), said)
        ask_next(offer.routing, [fact], source=source, work=work, changes={"serving_unit_id": None})
        return offer


def _answerable(actor: Actor, offer_id: object, version: int, now: datetime) -> Offer:
    offer = _locked(actor, offer_id, version)
    if offer.outcome != Outcome.OFFERED:
        raise IllegalMove(_("This offer was answered or passed on already."))
    if offer.expires_at is not None and now > offer.expires_at:
        raise IllegalMove(_("The time to answer is over; the next unit is asked."))
    _require_open(offer)
    return offer


def _require_open(offer: Offer) -> None:
    check_not_merged(offer.routing.request)
    if RequestState(offer.routing.request.state) not in OPEN:
        raise IllegalMove(_("The request is closed."))


def _locked(actor: Actor, offer_id: object, version: int) -> Offer:
    """The offer with its request, locked until the step ends."""
    offers = visible_offers(actor, Permission.OFFER_ANSWER)
    related = offers.select_related("unit", "routing__request")
    offer = one_of(related.select_for_update(of=("self", "routing__request")), offer_id)
    if offer.version != version:
        # Who comes after the time-out or a colleague learns what happened, not only that it did.
        if offer.outcome != Outcome.OFFERED:
            raise IllegalMove(_("This offer was answered or passed on already."))
        raise Conflict(details={"yours": version, "present": offer.version})
    return offer


def _checked(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise InvalidInput({"reason": _("Say why, in at most 200 characters.")})
    return said


def _tell_follower(offer: Offer, actor: Actor, work: Work) -> None:
    """Whoever follows the case learns who serves it."""
    follower = read_roster().person(offer.routing.follower_id)
    if follower is None or follower.person_id == actor.person_id:
        return
    request = offer.routing.request
    data = {"unit": offer.unit.name}
    telling = Telling(ACCEPTED_TOPIC, "request", request.public_id, request.unit_id, data)
    notify(work, telling, [follower], ())
