"""Reading the expert clinic: limited to cases the actor sees, and to his own invitations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yinuo.domains.network.experts import Expert, experts_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.clinic_types import SEATED, ClinicView, InvitationRow, SeatView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import own_seats, visible_requests
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

MOST_FOUND = 20


def clinic_of(actor: Actor, request_id: object) -> ClinicView:
    """Everybody who was invited into a visible case, in the order of the invitations."""
    visible = visible_requests(actor).only("public_id", "unit_id", "state")
    request = one_of(visible, request_id)
    works = actor.may(Permission.REQUEST_WORK, request.unit_id)
    is_open = RequestState(request.state) in OPEN
    rows = ClinicSeat.objects.filter(request=request).select_related("person__unit")
    seats = tuple(
        _seat(one, actor, is_open=is_open, may_withdraw=works and is_open)
        for one in rows.order_by("id")
    )
    seated = any(one.state in SEATED for one in seats)
    return ClinicView(seats, works and is_open, works and is_open and seated)


def list_invitations(
    actor: Actor, *, open_only: bool = False, cursor: str = "", limit: int = 50
) -> Page[InvitationRow]:
    """Cases into which the actor himself was invited, newest first.

    Of one that is over no more than its number and what he was asked is told.
    """
    seats = own_seats(actor).select_related("person__unit")
    if open_only:
        seats = _open(seats)
    page = page_of(seats, order=("-id",), cursor=cursor, limit=limit)
    cases = _cases(actor, page.items)
    return page.map(lambda one: _invitation(one, actor, cases))


def count_invitations(actor: Actor) -> int:
    """How many invitations wait for the actor's answer."""
    return _open(own_seats(actor)).filter(state=SEATED[0]).count()


def get_invitation(actor: Actor, seat_id: object) -> InvitationRow:
    """One of the actor's own invitations; NotFound otherwise."""
    one = one_of(own_seats(actor).select_related("person__unit"), seat_id)
    return _invitation(one, actor, _cases(actor, [one]))


def case_of_seat(actor: Actor, seat_id: object) -> UUID:
    """The visible case of a seat, by public id; NotFound otherwise."""
    seats = ClinicSeat.objects.filter(request__in=visible_requests(actor))
    return one_of(seats.select_related("request"), seat_id).request.public_id


def find_experts(
    actor: Actor, request_id: object, *, now: datetime, skill: str = "", text: str = ""
) -> list[Expert]:
    """Who could be invited into a visible case, the most suitable first.

    Raises Forbidden without the right to work on it.
    """
    visible = visible_requests(actor).select_related("asset")
    request: Request = one_of(visible, request_id)
    require(actor, Permission.REQUEST_WORK, request.unit_id)
    seated = ClinicSeat.objects.filter(request=request, state__in=SEATED)
    but = {actor.person_id or 0, *seated.values_list("person_id", flat=True)}
    line = request.asset.asset_class if request.asset else ""
    return experts_of(skill=skill, text=text, product_line=line, at=now, but=but, most=MOST_FOUND)


def _open(seats: QuerySet[ClinicSeat]) -> QuerySet[ClinicSeat]:
    return seats.filter(state__in=SEATED, request__state__in=[one.value for one in OPEN])


def _cases(actor: Actor, seats: Iterable[ClinicSeat]) -> dict[int, Request]:
    """The open cases of seats that are still taken: whoever lost his seat sees no case."""
    ids = [one.request_id for one in seats if one.state in SEATED]
    visible = visible_requests(actor).filter(pk__in=ids, state__in=[one.value for one in OPEN])
    return {one.pk: one for one in visible.select_related("asset")}


def _invitation(one: ClinicSeat, actor: Actor, cases: dict[int, Request]) -> InvitationRow:
    case = cases.get(one.request_id)
    return InvitationRow(
        seat=_seat(one, actor, is_open=case is not None, may_withdraw=False),
        request_public_id=case.public_id if case else None,
        request_number=one.request_number,
        symptom=case.symptom if case else "",
        asset_name=case.asset.name if case and case.asset else "",
        is_open=case is not None,
    )


def _seat(one: ClinicSeat, actor: Actor, *, is_open: bool, may_withdraw: bool) -> SeatView:
    return SeatView(
        public_id=one.public_id,
        version=one.version,
        person_public_id=one.person.public_id,
        person_name=one.person.name,
        unit_name=one.person.unit.name,
        state=one.state,
        skill=one.skill,
        question=one.question,
        said=one.said,
        invited_at=one.invited_at,
        invited_by=one.invited_by,
        answer_by=one.answer_by,
        answered_at=one.answered_at,
        advised_at=one.advised_at,
        ended_at=one.ended_at,
        is_mine=one.person_id == actor.person_id and one.state in SEATED and is_open,
        may_withdraw=may_withdraw and one.state in SEATED,
    )
