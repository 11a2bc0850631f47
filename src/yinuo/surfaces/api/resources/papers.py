"""`/papers`: what was promised on paper, its check and hand-over; health of customers, assets."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.contracts.papers import get_paper, list_papers
from yinuo.domains.contracts.services.papers import (
    HandoverData,
    PaperData,
    add_paper_version,
    check_paper,
    edit_paper,
    hand_over_paper,
    promise_paper,
    waive_paper,
)
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.feedback.health import health_of_asset, health_of_customer
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Day, Id, Input, Label, Name, PathId, Version, Word
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.asset_parts import resource as assets
from yinuo.surfaces.api.resources.customer_visits import resource as customers
from yinuo.surfaces.api.resources.files import FileInput
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import papers as shapes

resource = Resource("papers")
__all__ = ["resource"]


class PaperFilters(Input):
    """Whose papers to list; a project's are also those of contracts made for it."""

    customer_id: Id | None = None
    contract_id: Id | None = None
    project_id: Id | None = None


class PaperFields(Input):
    """What is promised: due days after a day, or on a fixed day, or without a date."""

    title: Name
    kind: Word = ""
    due_after: Literal["", "signed", "finished", "accepted"] = ""
    due_days: int = 0
    due_on: Day | None = None

    def data(self) -> PaperData:
        """The same for the service."""
        return PaperData(self.title, self.kind, self.due_after, self.due_days, self.due_on)


class PaperInput(PaperFields):
    """A paper promised with a contract or a project."""

    contract_id: Id | None = None
    project_id: Id | None = None


class PaperEdit(PaperFields):
    """A promised paper; a field left out becomes empty."""

    version: Version


class CheckInput(Input):
    """The version of the paper's record whose newest file was found right."""

    version: Version


class PaperWaiverInput(Input):
    """Why a paper is not owed after all."""

    version: Version
    reason: Name


class PaperHandoverInput(Input):
    """To whom, when and how; `signed` is the signed receipt."""

    version: Version
    taken_by: Label
    handed_on: Day
    how: Literal["in_person", "courier", "mail", "download"]
    signed: FileInput | None = None

    def data(self) -> HandoverData:
        """The same for the service."""
        signed = self.signed.upload() if self.signed else None
        return HandoverData(self.taken_by, self.handed_on, self.how, signed)


@resource.reads("", name="list_papers", right=Permission.CONTRACT_READ, gives=shapes.Papers)
def list_all(request: ApiRequest, filters: Query[PaperFilters]) -> HttpResponse:
    """Promised papers, what is due first leading, at most 500."""
    papers = list_papers(request.auth.actor, **filters.model_dump())
    return shown({"items": [shapes.paper(one) for one in papers]})


@resource.writes("POST", "", name="promise_paper", right=Permission.CONTRACT_WRITE, status=201)
def promise_one(request: ApiRequest, data: PaperInput) -> HttpResponse:
    """Promise a paper with a contract or a project."""
    call = request.auth
    act = partial(
        promise_paper,
        actor=call.actor,
        contract_id=data.contract_id,
        project_id=data.project_id,
        data=data.data(),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.reads(
    "/{paper_id}", name="get_paper", right=Permission.CONTRACT_READ, gives=shapes.PaperShape
)
def get_one(request: ApiRequest, paper_id: PathId) -> HttpResponse:
    """One promised paper with its versions and hand-over record."""
    return shown(_present(request, paper_id))


@resource.writes("PUT", "/{paper_id}", name="edit_paper", right=Permission.CONTRACT_WRITE)
def edit_one(request: ApiRequest, paper_id: PathId, data: PaperEdit) -> HttpResponse:
    """Replace what was promised."""
    call = request.auth
    act = partial(
        edit_paper,
        actor=call.actor,
        paper_id=paper_id,
        version=data.version,
        data=data.data(),
        now=call.now,
    )
    return edited(request, data, act, partial(_present, request, paper_id))


@resource.writes(
    "POST",
    "/{paper_id}/versions",
    name="add_paper_version",
    right=Permission.CONTRACT_WRITE,
    gives=after.FileShape,
    status=201,
)
def add_version(request: ApiRequest, paper_id: PathId, data: FileInput) -> HttpResponse:
    """Keep another version of a paper; it is unchecked."""

    def action() -> dict[str, Any]:
        call, upload = request.auth, data.upload()
        return after.file(
            add_paper_version(actor=call.actor, paper_id=paper_id, upload=upload, now=call.now)
        )

    return written(request, action, status=201)


@resource.writes("POST", "/{paper_id}/check", name="check_paper", right=Permission.CONTRACT_WRITE)
def check_one(request: ApiRequest, paper_id: PathId, data: CheckInput) -> HttpResponse:
    """Find the newest version right."""
    call = request.auth
    act = partial(
        check_paper, actor=call.actor, paper_id=paper_id, version=data.version, now=call.now
    )
    return edited(request, data, act, partial(_present, request, paper_id))


@resource.writes(
    "POST", "/{paper_id}/hand-over", name="hand_over_paper", right=Permission.CONTRACT_WRITE
)
def hand_over_one(request: ApiRequest, paper_id: PathId, data: PaperHandoverInput) -> HttpResponse:
    """Record that the newest version, found right before, was given to the customer."""
    call = request.auth
    act = partial(
        hand_over_paper,
        actor=call.actor,
        paper_id=paper_id,
        version=data.version,
        now=call.now,
    )
    return written(request, lambda: saved(act(data=data.data())))


@resource.writes("POST", "/{paper_id}/waiver", name="waive_paper", right=Permission.CONTRACT_WRITE)
def waive_one(request: ApiRequest, paper_id: PathId, data: PaperWaiverInput) -> HttpResponse:
    """Record why a paper is not owed after all."""
    call, values = request.auth, data.model_dump()
    act = partial(waive_paper, actor=call.actor, paper_id=paper_id, now=call.now, **values)
    return edited(request, data, act, partial(_present, request, paper_id))


@customers.reads(
    "/{customer_id}/health",
    name="get_customer_health",
    right=Permission.CUSTOMER_READ,
    gives=shapes.HealthShape,
)
def health_of_one(request: ApiRequest, customer_id: PathId) -> HttpResponse:
    """The health record of a customer: what is well and what is not, with the cases behind it."""
    call = request.auth
    row = get_customer(call.actor, customer_id)
    return shown(shapes.health(health_of_customer(call.actor, row, call.now)))


@assets.reads(
    "/{asset_id}/health",
    name="get_asset_health",
    right=Permission.ASSET_READ,
    gives=shapes.HealthShape,
)
def health_of_thing(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """The health record of one asset."""
    call = request.auth
    row = get_asset(call.actor, asset_id)
    return shown(shapes.health(health_of_asset(call.actor, row, call.now)))


def _present(request: ApiRequest, paper_id: str) -> dict[str, Any]:
    return shapes.paper(get_paper(request.auth.actor, paper_id))
