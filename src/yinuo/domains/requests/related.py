"""What belongs to a request from elsewhere: likely doubles, and who could look after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.network.holders import Holder, holders_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.network.upline import Group, units_over
from yinuo.domains.requests.doubles import Double, Told, find_doubles
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.routing import groups_over
from yinuo.domains.requests.types import RequestRow
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.scoped import one_of


@dataclass(frozen=True, slots=True)
class Owners:
    """Who could look after a request: people who may work on it, units, support groups."""

    people: tuple[Holder, ...]
    units: tuple[Group, ...]
    groups: tuple[Group, ...]


def doubles_of(actor: Actor, request: RequestRow, now: datetime) -> tuple[Double, ...]:
    """Other open requests that may be about the same as a visible one; none when it is closed."""
    if RequestState(request.state) not in OPEN:
        return ()
    told = Told(
        customer_id=request.customer_public_id,
        asset_id=request.asset_public_id,
        category=request.category,
        symptom=request.symptom,
    )
    return find_doubles(actor, told, now, but=request.public_id)


def list_owners(actor: Actor, request_id: object) -> Owners:
    """To whom the actor may hand a visible request over; Forbidden without the right to."""
    request = one_of(visible_requests(actor).only("unit_id"), request_id)
    require(actor, Permission.REQUEST_WORK, request.unit_id)
    people = holders_of(Permission.REQUEST_WORK, request.unit_id)
    groups = (Group(one.pk, one.public_id, one.name) for one in groups_over(request.unit_id))
    return Owners(tuple(people), tuple(units_over(request.unit_id)), tuple(groups))
