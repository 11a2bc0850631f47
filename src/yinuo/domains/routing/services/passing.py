"""Time-outs: an offer nobody answered goes on to the next unit, exactly once."""

from __future__ import annotations

from datetime import datetime
from logging import getLogger

from yinuo.domains.network.types import SYSTEM
from yinuo.domains.routing.models import Offer
from yinuo.domains.routing.services.asking import ask_next, close, unit_fact
from yinuo.domains.routing.types import Outcome, RoutingState
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.journal.work import Work, writing

AT_ONCE = 50
SOURCE = "system"
TIMED_OUT = "offer_timed_out"

_log = getLogger("yinuo.routing")


def pass_on_late(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Pass on offers whose time is over before `now`; gives how many were looked at.

    Each in a step of its own that locks offer and request: of an answer and a time-out at the same
    moment one wins, and two workers pass nothing on twice. An offer somebody works on right now is
    left to the next run. An answer exactly at the last instant is in time.
    """
    running = Offer.objects.filter(outcome=Outcome.OFFERED.value, expires_at__lt=now)
    late = list(running.order_by("expires_at", "id").values_list("pk", flat=True)[:at_most])
    for pk in late:
        with writing(actor=SYSTEM, now=now) as work:
            locked = running.select_related("unit", "routing__request")
            free = locked.select_for_update(of=("self", "routing__request"), skip_locked=True)
            offer = free.filter(pk=pk).first()
            if offer is not None:
                _pass_on(offer, work)
    return len(late)


def _pass_on(offer: Offer, work: Work) -> None:
    routing = offer.routing
    assert offer.expires_at is not None, "offered"
    close(offer, Outcome.TIMED_OUT, at=offer.expires_at, by=SYSTEM.label)
    if RequestState(routing.request.state) not in OPEN:
        routing.state, routing.ended_at = RoutingState.EXHAUSTED.value, work.now
        routing.save(update_fields=["state", "ended_at"])
        return
    work.audit("offer.time_out", offer, after={"request": routing.request.number})
    facts = [unit_fact(TIMED_OUT, offer, offer.expires_at)]
    ask_next(routing, facts, source=SOURCE, work=work)
    _log.info("request %s: an offer was passed on", routing.request.number)
