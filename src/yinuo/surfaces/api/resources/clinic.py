"""`/requests/{id}/experts`, `/requests/{id}/similar`, `/expert-invitations`: help with a case."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.fieldwork.used import Used, used_at
from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.clinic import (
    clinic_of,
    find_experts,
    get_invitation,
    list_invitations,
)
from yinuo.domains.requests.services import (
    Invitation,
    conclude_clinic,
    decline_invitation,
    give_advice,
    invite_expert,
    join_clinic,
    withdraw_invitation,
)
from yinuo.domains.requests.similar import Similar, similar_cases
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Paging, PathId, Remark, Version, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.offers import requests
from yinuo.surfaces.api.shapes import clinic as shapes
from yinuo.surfaces.api.shapes import similar as similar_shapes

__all__ = ["requests", "resource"]

resource = Resource("expert clinic")
SOURCE = "api"


class ExpertInput(Input):
    """Whom to invite and what he is asked; `skill` is what he was looked for by."""

    person_id: Id
    question: Remark
    skill: Word = ""


class ConclusionInput(Input):
    """What the experts found."""

    conclusion: Remark


class AdviceInput(Input):
    """What one advises; it stays internal."""

    advice: Remark


class SeatVersion(Input):
    """The invitation as it was read."""

    version: Version


class SeatRefusal(Input):
    """The invitation as it was read, and why not."""

    version: Version
    reason: Annotated[str, text(200)]


class ExpertQuery(Input):
    """Part of a skill's name, part of a person's name."""

    skill: Word = ""
    text: Word = ""


class InvitationPaging(Paging):
    """`open_only`: those whose case one still sees."""

    open_only: bool = False


@requests.reads(
    "/{request_id}/experts",
    name="get_clinic",
    right=Permission.REQUEST_READ,
    gives=shapes.ClinicShape,
)
def get_clinic(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """Who was invited into the case, by whom, and how each answered."""
    return shown(shapes.clinic(clinic_of(request.auth.actor, request_id)))


@requests.reads(
    "/{request_id}/similar",
    name="list_similar_requests",
    right=Permission.REQUEST_READ,
    gives=similar_shapes.SimilarCases,
)
def list_similar(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """Visible solved cases like this one with what solved them, the most similar first."""
    actor = request.auth.actor
    found = similar_cases(actor, request_id)
    used = used_at(actor, [one.public_id for one in found])
    shape = partial(_similar, used=used)
    return listed(Page(found, ""), shape)


def _similar(row: Similar, used: dict[UUID, Used]) -> dict[str, object]:
    return similar_shapes.similar(row, used.get(row.public_id))


@requests.reads(
    "/{request_id}/experts/candidates",
    name="list_experts",
    right=Permission.REQUEST_WORK,
    gives=shapes.Experts,
)
def list_experts(
    request: ApiRequest, request_id: PathId, query: Query[ExpertQuery]
) -> HttpResponse:
    """Who could be invited: there and certified first, then the higher level; at most twenty."""
    call = request.auth
    found = find_experts(call.actor, request_id, now=call.now, **query.model_dump())
    return listed(Page(tuple(found), ""), shapes.expert)


@requests.writes(
    "POST",
    "/{request_id}/experts",
    name="invite_expert",
    right=Permission.REQUEST_WORK,
    status=201,
)
def invite(request: ApiRequest, request_id: PathId, data: ExpertInput) -> HttpResponse:
    """Invite somebody of the company; he sees this case until the clinic ends."""
    call = request.auth
    act = partial(
        invite_expert,
        actor=call.actor,
        request_id=request_id,
        invitation=Invitation(**data.model_dump()),
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@requests.writes(
    "POST",
    "/{clinic_request_id}/experts/conclusion",
    name="conclude_clinic",
    right=Permission.REQUEST_WORK,
)
def conclude(request: ApiRequest, clinic_request_id: PathId, data: ConclusionInput) -> HttpResponse:
    """Record what the experts found; their seats end."""
    call = request.auth
    act = partial(
        conclude_clinic,
        actor=call.actor,
        request_id=clinic_request_id,
        conclusion=data.conclusion,
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@resource.reads(
    "", name="list_invitations", right=Permission.REQUEST_READ, gives=shapes.Invitations
)
def list_all(request: ApiRequest, paging: Query[InvitationPaging]) -> HttpResponse:
    """One's own invitations, newest first."""
    return listed(list_invitations(request.auth.actor, **paging.model_dump()), shapes.invitation)


@resource.reads(
    "/{invitation_id}",
    name="get_invitation",
    right=Permission.REQUEST_READ,
    gives=shapes.InvitationShape,
)
def get_one(request: ApiRequest, invitation_id: PathId) -> HttpResponse:
    """One of one's own invitations."""
    return shown(shapes.invitation(get_invitation(request.auth.actor, invitation_id)))


@resource.writes(
    "POST", "/{invitation_id}/acceptance", name="join_clinic", right=Permission.REQUEST_READ
)
def join(request: ApiRequest, invitation_id: PathId, data: SeatVersion) -> HttpResponse:
    """Take part in the case."""
    call = request.auth
    act = partial(
        join_clinic,
        actor=call.actor,
        seat_id=invitation_id,
        version=data.version,
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@resource.writes(
    "POST", "/{invitation_id}/refusal", name="decline_invitation", right=Permission.REQUEST_READ
)
def decline(request: ApiRequest, invitation_id: PathId, data: SeatRefusal) -> HttpResponse:
    """Decline; the case is not seen any more."""
    call = request.auth
    act = partial(
        decline_invitation,
        actor=call.actor,
        seat_id=invitation_id,
        source=SOURCE,
        now=call.now,
        **data.model_dump(),
    )
    return written(request, lambda: saved(act()))


@resource.writes(
    "POST", "/{joined_id}/advice", name="give_advice", right=Permission.REQUEST_READ, status=201
)
def advise(request: ApiRequest, joined_id: PathId, data: AdviceInput) -> HttpResponse:
    """Advise: an internal note with name and time among the facts of the case."""
    call = request.auth
    act = partial(
        give_advice,
        actor=call.actor,
        seat_id=joined_id,
        advice=data.advice,
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST", "/{seat_id}/withdrawal", name="withdraw_invitation", right=Permission.REQUEST_WORK
)
def withdraw(request: ApiRequest, seat_id: PathId, data: SeatVersion) -> HttpResponse:
    """Take an invitation back; the expert does not see the case any more."""
    call = request.auth
    act = partial(
        withdraw_invitation,
        actor=call.actor,
        seat_id=seat_id,
        version=data.version,
        source=SOURCE,
        now=call.now,
    )
    return written(request, lambda: saved(act()))
