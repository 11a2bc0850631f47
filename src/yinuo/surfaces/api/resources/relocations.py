"""`/relocations`, `/relocation-steps`: equipment moved step by step (SA-13)."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.relocations.selectors import get_relocation, list_relocations
from yinuo.domains.relocations.services import (
    accept_relocation,
    add_step,
    approve_relocation,
    cancel_relocation,
    change_step,
    handle_step,
    plan_relocation,
    remove_step,
    replan_relocation,
    send_relocation,
    take_back_relocation,
)
from yinuo.domains.relocations.types import Signature, StepData, StepDoing
from yinuo.kernel.relocation_states import RelocationState, StepAct
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Line,
    Name,
    Paging,
    PathId,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import relocations as shapes

resource = Resource("relocations")
steps = Resource("relocation-steps")

Passage = Annotated[str, text(500)]
Remark = Annotated[str, text(1_000)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=100_000)]


class RelocationFilters(Paging):
    """In which state; `open`: not ended."""

    state: RelocationState | Literal["open", ""] = ""
    q: Label = ""


class RelocationInput(Input):
    """What is moved where and why."""

    customer_id: Id
    title: Name
    text: Annotated[str, text(20_000)]


class RelocationStepInput(Input):
    """A step of the plan; `version` is the relocation's. A new one comes at `position`, or at the
    end; one that is changed stays where it is."""

    version: Version
    what: Line
    who: Annotated[str, text(120)]
    planned_from: Instant
    planned_to: Instant
    interruption_minutes: Minutes
    check_how: Passage
    roll_back: Passage
    parallel: Annotated[bool, Field(strict=True)] = False
    position: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None

    def step(self) -> StepData:
        """The same for the service."""
        given = {name: value for name, value in dict(self).items() if name != "version"}
        given["is_parallel"] = given.pop("parallel")
        return StepData(**given)


class RelocationVersion(Input):
    """The relocation as it was read."""

    version: Version


class RelocationSignature(RelocationVersion):
    """Who said yes for the customer, on which day, with what words."""

    name: Label
    on: Day
    text: Remark = ""


class RelocationReason(RelocationVersion):
    """Why."""

    text: Remark


class RelocationStepAct(RelocationVersion):
    """One act on a step; `minutes` are those business really stood still."""

    kind: StepAct
    text: Remark = ""
    minutes: Minutes | None = None
    at: Instant | None = None


@resource.reads(
    "", name="list_relocations", right=Permission.RELOCATION_READ, gives=shapes.Relocations
)
def list_all(request: ApiRequest, filters: Query[RelocationFilters]) -> HttpResponse:
    """Relocations, the newest first."""
    page = list_relocations(
        request.auth.actor,
        state=filters.state,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.relocation)


@resource.reads(
    "/{relocation_id}",
    name="get_relocation",
    right=Permission.RELOCATION_READ,
    gives=shapes.WholeRelocation,
)
def get_one(request: ApiRequest, relocation_id: PathId) -> HttpResponse:
    """One relocation with its plan and what was done."""
    return shown(_present(request, relocation_id))


@resource.writes("POST", "", name="plan_relocation", right=Permission.RELOCATION_WRITE, status=201)
def plan(request: ApiRequest, data: RelocationInput) -> HttpResponse:
    """Begin the plan of a relocation."""
    call = request.auth
    act = partial(plan_relocation, actor=call.actor, now=call.now, **data.model_dump())
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST",
    "/{relocation_id}/steps",
    name="add_relocation_step",
    right=Permission.RELOCATION_WRITE,
    status=201,
)
def add(request: ApiRequest, relocation_id: PathId, data: RelocationStepInput) -> HttpResponse:
    """Add a step to the plan."""
    call = request.auth

    def action() -> dict[str, Any]:
        made = add_step(
            actor=call.actor,
            relocation_id=relocation_id,
            version=data.version,
            data=data.step(),
            now=call.now,
        )
        return {"id": str(made.public_id), "version": data.version + 1}

    return written(request, action, status=201)


@steps.writes(
    "POST",
    "/{planned_step_id}/change",
    name="change_relocation_step",
    right=Permission.RELOCATION_WRITE,
)
def change(request: ApiRequest, planned_step_id: PathId, data: RelocationStepInput) -> HttpResponse:
    """Change a step of the plan."""
    call = request.auth
    act = partial(
        change_step,
        actor=call.actor,
        step_id=planned_step_id,
        version=data.version,
        data=data.step(),
        now=call.now,
    )
    return _of_step(request, act, data.version)


@steps.writes(
    "POST",
    "/{planned_step_id}/removal",
    name="remove_relocation_step",
    right=Permission.RELOCATION_WRITE,
)
def remove(request: ApiRequest, planned_step_id: PathId, data: RelocationVersion) -> HttpResponse:
    """Take a step out of the plan."""
    call = request.auth
    act = partial(
        remove_step,
        actor=call.actor,
        step_id=planned_step_id,
        version=data.version,
        now=call.now,
    )
    return _of_step(request, act, data.version)


@steps.writes(
    "POST",
    "/{relocation_step_id}/acts",
    name="handle_relocation_step",
    right=Permission.RELOCATION_WRITE,
)
def handle(
    request: ApiRequest, relocation_step_id: PathId, data: RelocationStepAct
) -> HttpResponse:
    """Start a step, end it, say that it failed, roll it back."""
    call = request.auth
    act = partial(
        handle_step,
        actor=call.actor,
        step_id=relocation_step_id,
        version=data.version,
        doing=StepDoing(data.kind.value, data.text, data.minutes, data.at),
        now=call.now,
    )
    return _of_step(request, act, data.version)


@resource.writes(
    "POST",
    "/{relocation_id}/sending",
    name="send_relocation",
    right=Permission.RELOCATION_WRITE,
)
def send(request: ApiRequest, relocation_id: PathId, data: RelocationVersion) -> HttpResponse:
    """Send the plan to the customer, who approves it on his own pages; it stays as it is."""
    call = request.auth
    act = partial(
        send_relocation,
        actor=call.actor,
        relocation_id=relocation_id,
        version=data.version,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, relocation_id))


@resource.writes(
    "POST",
    "/{sent_relocation_id}/taking-back",
    name="take_back_relocation",
    right=Permission.RELOCATION_WRITE,
)
def take_back(
    request: ApiRequest, sent_relocation_id: PathId, data: RelocationReason
) -> HttpResponse:
    """Go on writing a plan that was sent and not answered yet."""
    return _reasoned(request, take_back_relocation, sent_relocation_id, data)


@resource.writes(
    "POST",
    "/{relocation_id}/approval",
    name="approve_relocation",
    right=Permission.RELOCATION_WRITE,
)
def approve(request: ApiRequest, relocation_id: PathId, data: RelocationSignature) -> HttpResponse:
    """Record that the customer approves the plan as it stands."""
    return _signed(request, approve_relocation, relocation_id, data)


@resource.writes(
    "POST",
    "/{done_relocation_id}/acceptance",
    name="accept_relocation",
    right=Permission.RELOCATION_WRITE,
)
def accept(
    request: ApiRequest, done_relocation_id: PathId, data: RelocationSignature
) -> HttpResponse:
    """Record that the customer accepts what was done."""
    return _signed(request, accept_relocation, done_relocation_id, data)


@resource.writes(
    "POST",
    "/{approved_relocation_id}/revisions",
    name="replan_relocation",
    right=Permission.RELOCATION_WRITE,
)
def replan(
    request: ApiRequest, approved_relocation_id: PathId, data: RelocationReason
) -> HttpResponse:
    """Open the plan again as a new revision."""
    return _reasoned(request, replan_relocation, approved_relocation_id, data)


@resource.writes(
    "POST",
    "/{relocation_id}/cancellation",
    name="cancel_relocation",
    right=Permission.RELOCATION_WRITE,
)
def cancel(request: ApiRequest, relocation_id: PathId, data: RelocationReason) -> HttpResponse:
    """Call the relocation off."""
    return _reasoned(request, cancel_relocation, relocation_id, data)


def _signed(
    request: ApiRequest, service: Any, relocation_id: str, data: RelocationSignature
) -> HttpResponse:
    call = request.auth
    act = partial(
        service,
        actor=call.actor,
        relocation_id=relocation_id,
        version=data.version,
        signed=Signature(data.name, data.on, data.text),
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, relocation_id))


def _reasoned(
    request: ApiRequest, service: Any, relocation_id: str, data: RelocationReason
) -> HttpResponse:
    call, given = request.auth, data.model_dump()
    act = partial(service, actor=call.actor, relocation_id=relocation_id, now=call.now, **given)
    return edited(request, data, act, lambda: _present(request, relocation_id))


def _of_step(request: ApiRequest, act: Any, version: int) -> HttpResponse:
    """A step carries no version of its own: the answer has the relocation's."""
    return written(request, lambda: {"id": str(act().public_id), "version": version + 1})


def _present(request: ApiRequest, relocation_id: str) -> dict[str, object]:
    return shapes.whole(get_relocation(request.auth.actor, relocation_id))
