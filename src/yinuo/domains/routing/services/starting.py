"""Beginning to look for the unit that serves a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.requests.services.recording import check_not_merged, locked_request
from yinuo.domains.requests.services.wishing import drop_wish, locked_wish, wished_ids
from yinuo.domains.routing.models import Routing
from yinuo.domains.routing.services.asking import ask_next
from yinuo.domains.routing.types import RoutingState
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing

AT_ONCE = 50
SOURCE = "system"


def start_routing(
    *,
    actor: Actor,
    request_id: object,
    mode: str = ServiceMode.ON_SITE.value,
    source: str,
    now: datetime,
) -> Routing:
    """Offer an open request to the nearest unit that is entitled and certified (SV-02).

    Whoever looks after the request, else whoever starts, follows the case to its end. Raises
    IllegalMove while a unit is asked or serves it already, or when the request is closed,
    InvalidInput for an unknown way of service, NotFound, Forbidden.
    """
    if mode not in set(ServiceMode):
        raise InvalidInput({"mode": _("Choose one of the ways offered.")})
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.REQUEST_WORK, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(_("A closed request stays where it is. Reopen it first."))
        if Routing.objects.filter(request=request, state=RoutingState.RUNNING.value).exists():
            raise IllegalMove(_("A unit is asked already."))
        if request.serving_unit_id is not None:
            raise IllegalMove(_("A unit serves it already. It gives the request back first."))
        return _begun(request, mode, source=source, work=work)


def start_wished(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Ask units for requests whose queue or plan says so; gives how many were looked at.

    Each in a step of its own that locks the request: two workers ask nobody twice, and a request
    that somebody works on right now is left to the next run. The wish of one that is closed, served
    or offered by hand meanwhile is dropped.
    """
    found = wished_ids(at_most)
    for pk in found:
        with writing(actor=SYSTEM, now=now) as work:
            request = locked_wish(pk)
            if request is None:
                continue
            if _may_begin(request):
                _begun(request, request.offer_as, source=SOURCE, work=work)
            else:
                drop_wish(pk)
    return len(found)


def _may_begin(request: Any) -> bool:
    if RequestState(request.state) not in OPEN or request.serving_unit_id is not None:
        return False
    return not Routing.objects.filter(request=request, state=RoutingState.RUNNING.value).exists()


def _begun(request: Any, mode: str, *, source: str, work: Work) -> Routing:
    """The search for a unit, the first one asked; the wish for it is fulfilled."""
    actor: Any = work.actor
    routing = Routing.objects.create(
        request=request,
        product_line=request.asset.asset_class if request.asset else "",
        mode=mode,
        follower_id=request.owner_id or getattr(actor, "person_id", None),
        started_at=work.now,
        started_by=actor.label,
    )
    work.audit("routing.start", routing, after={"request": request.number, "mode": mode})
    ask_next(routing, [], source=source, work=work, changes={"offer_as": ""})
    return routing
