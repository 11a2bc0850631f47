"""`/emergency-plans`: the chain of an emergency plan, its setbacks, its estimates."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.emergency.page import get_plan_page
from yinuo.domains.emergency.selectors import list_plans
from yinuo.domains.emergency.services import (
    ask_by_link,
    change_estimate,
    close_plan,
    depart,
    help_by_phone,
    open_chain,
    raise_setback,
    record_consent,
    settle_setback,
    submit_plan,
    take_chain_step,
    withdraw_plan,
)
from yinuo.domains.emergency.services.writing_plan import MOST_CREW, MOST_LINES
from yinuo.domains.emergency.types import (
    ConsentGiven,
    Doing,
    PlanContent,
    PlanView,
    SetbackData,
    Settlement,
    Told,
)
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Id,
    Input,
    Instant,
    Label,
    Money,
    Name,
    Paging,
    PathId,
    Remark,
    Version,
    Word,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.sending import sent_with_link
from yinuo.surfaces.api.shapes import emergency as shapes

resource = Resource("emergency plans")
SOURCE = "api"
READ, WORK = Permission.EMERGENCY_READ, Permission.EMERGENCY_WORK
Lines = Annotated[list[Name], Field(max_length=MOST_LINES)]


class EmergencyFilters(Paging):
    """Which plans to list; those that run when nothing is said."""

    view: PlanView = PlanView.RUNNING
    text: Name = ""


class ActInput(Input):
    """How an act happened; now when `occurred_at` is left out."""

    occurred_at: Instant | None = None
    note: Remark = ""
    late_reason: Remark = ""

    def doing(self) -> Doing:
        """What the service takes."""
        return Doing(SOURCE, self.occurred_at, self.note, self.late_reason)


class OpenPlanInput(ActInput):
    """The request that an emergency plan is asked for."""

    request_id: Id


class VersionedAct(ActInput):
    """The same on the plan as it was read."""

    version: Version


class PlanContentInput(VersionedAct):
    """The content: lead, people, tools, parts, work, time in minutes, cost in yuan."""

    analysis: Remark
    lead_id: Id
    crew_ids: Annotated[list[Id], Field(max_length=MOST_CREW)] = []
    items: Lines
    parts: Lines = []
    tools: Remark = ""
    work_minutes: Annotated[int, Field(strict=True, ge=1, le=20_160)]
    cost: Money
    special_points: Remark = ""
    arrival_at: Instant | None = None

    def content(self) -> PlanContent:
        """What the service takes."""
        return PlanContent(
            analysis=self.analysis,
            lead_id=self.lead_id,
            crew_ids=tuple(self.crew_ids),
            items=tuple(self.items),
            parts=tuple(self.parts),
            tools=self.tools,
            work_minutes=self.work_minutes,
            cost=self.cost,
            special_points=self.special_points,
            arrival_at=self.arrival_at,
        )


class ChainStepInput(VersionedAct):
    """`acknowledged`, `approved`, `returned` (with the note), `released` or `done`."""

    act: Word


class PlanConsentInput(VersionedAct):
    """What the customer said on the phone; declined with the note."""

    agrees: Annotated[bool, Field(strict=True)]
    name: Label
    arrival_at: Instant | None = None


class AskPlanInput(Input):
    """The arrival the customer reads; that of the plan when left out."""

    version: Version
    arrival_at: Instant | None = None


class DepartInput(VersionedAct):
    """The departure: the arrival expected, whom the phone reached."""

    arrival_at: Instant
    reached: Label = ""


class EstimateInput(DepartInput):
    """A new estimate, and why."""

    reason: Remark


class SetbackInput(ActInput):
    """`missing` (who), `wrong_skill` (which is needed) or `too_hard`, in words."""

    kind: Word
    words: Remark
    missing_id: Id | None = None
    skill: Word = ""


class SettleInput(VersionedAct):
    """`sent` (who), `solved`, or what leadership decided."""

    outcome: Word
    words: Remark = ""
    sent_id: Id | None = None


@resource.reads("", name="list_emergency_plans", right=READ, gives=shapes.EmergencyPlans)
def list_all(request: ApiRequest, filters: Query[EmergencyFilters]) -> HttpResponse:
    """Visible plans, newest first."""
    call = request.auth
    page = list_plans(
        call.actor,
        view=filters.view.value,
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
        now=call.now,
    )
    return listed(page, shapes.plan_head)


@resource.writes("POST", "", name="open_emergency_plan", right=WORK, status=201)
def open_one(request: ApiRequest, data: OpenPlanInput) -> HttpResponse:
    """Ask for an emergency plan; the first step of the chain waits from then on."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            open_chain(
                actor=call.actor, request_id=data.request_id, doing=data.doing(), now=call.now
            )
        ),
        status=201,
    )


@resource.reads(
    "/{emergency_plan_id}", name="get_emergency_plan", right=READ, gives=shapes.EmergencyPlanShape
)
def get_one(request: ApiRequest, emergency_plan_id: PathId) -> HttpResponse:
    """One plan: its chain, content, record, and what the caller may do."""
    call = request.auth
    return shown(shapes.plan(get_plan_page(call.actor, emergency_plan_id, now=call.now)))


def _acting(
    request: ApiRequest, plan_id: str, data: VersionedAct, service: Any, **given: Any
) -> HttpResponse:
    """Take one act once."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            service(
                actor=call.actor,
                plan_id=plan_id,
                version=data.version,
                doing=data.doing(),
                now=call.now,
                **given,
            )
        ),
    )


@resource.writes("POST", "/{emergency_plan_id}/content", name="submit_emergency_plan", right=WORK)
def submit_one(
    request: ApiRequest, emergency_plan_id: PathId, data: PlanContentInput
) -> HttpResponse:
    """Hand in the content; after a refusal it is a new revision."""
    return _acting(request, emergency_plan_id, data, submit_plan, content=data.content())


@resource.writes("POST", "/{written_plan_id}/steps", name="take_emergency_step", right=WORK)
def step_one(request: ApiRequest, written_plan_id: PathId, data: ChainStepInput) -> HttpResponse:
    """Acknowledge, approve, return, release parts, or finish another hand-over."""
    return _acting(request, written_plan_id, data, take_chain_step, act=data.act)


@resource.writes("POST", "/{asked_plan_id}/consent", name="record_plan_consent", right=WORK)
def consent_one(request: ApiRequest, asked_plan_id: PathId, data: PlanConsentInput) -> HttpResponse:
    """Take down what the customer said on the phone."""
    given = ConsentGiven(data.name, data.agrees, data.arrival_at)
    return _acting(request, asked_plan_id, data, record_consent, given=given)


@resource.writes(
    "POST",
    "/{asked_plan_id}/ask",
    name="ask_plan_consent",
    right=WORK,
    gives=shapes.AskedPlanShape,
)
def ask_one(request: ApiRequest, asked_plan_id: PathId, data: AskPlanInput) -> HttpResponse:
    """Make the link by which the customer reads the plan and answers; it is in this answer only."""
    call = request.auth

    def send() -> tuple[Any, str]:
        asked = ask_by_link(
            actor=call.actor,
            plan_id=asked_plan_id,
            version=data.version,
            arrival_at=data.arrival_at,
            now=call.now,
        )
        return asked.plan, asked.secret

    return sent_with_link(request, send)


@resource.writes("POST", "/{released_plan_id}/departure", name="depart_crew", right=WORK)
def depart_one(request: ApiRequest, released_plan_id: PathId, data: DepartInput) -> HttpResponse:
    """The crew leaves; the customer is told by SMS, and by phone when somebody was reached."""
    told = Told(data.arrival_at, data.reached)
    return _acting(request, released_plan_id, data, depart, told=told)


@resource.writes("POST", "/{released_plan_id}/estimates", name="change_plan_estimate", right=WORK)
def estimate_one(
    request: ApiRequest, released_plan_id: PathId, data: EstimateInput
) -> HttpResponse:
    """A new arrival estimate; the customer is told."""
    told = Told(data.arrival_at, data.reached, data.reason)
    return _acting(request, released_plan_id, data, change_estimate, told=told)


@resource.writes(
    "POST", "/{emergency_plan_id}/withdraw", name="withdraw_emergency_plan", right=WORK
)
def withdraw_one(
    request: ApiRequest, emergency_plan_id: PathId, data: VersionedAct
) -> HttpResponse:
    """Take the plan back, with the reason as note; the gate closes."""
    return _acting(request, emergency_plan_id, data, withdraw_plan)


@resource.writes("POST", "/{departed_plan_id}/close", name="close_emergency_plan", right=WORK)
def close_one(request: ApiRequest, departed_plan_id: PathId, data: VersionedAct) -> HttpResponse:
    """Close a plan whose crew is under way, with what came of it as note."""
    return _acting(request, departed_plan_id, data, close_plan)


@resource.writes(
    "POST", "/{released_plan_id}/setbacks", name="raise_setback", right=WORK, status=201
)
def setback_one(request: ApiRequest, released_plan_id: PathId, data: SetbackInput) -> HttpResponse:
    """Say what went wrong with the crew; those whom the plan names are told."""
    call = request.auth
    given = SetbackData(data.kind, data.words, data.missing_id, data.skill)
    return written(
        request,
        lambda: saved(
            raise_setback(
                actor=call.actor,
                plan_id=released_plan_id,
                data=given,
                doing=data.doing(),
                now=call.now,
            )
        ),
        status=201,
    )


@resource.writes(
    "POST", "/{departed_plan_id}/setbacks/{hard_setback_id}/help", name="help_crew", right=WORK
)
def help_one(
    request: ApiRequest, departed_plan_id: PathId, hard_setback_id: PathId, data: VersionedAct
) -> HttpResponse:
    """Record the supervisor's help by phone, as note; those above then decide."""
    return _acting(request, departed_plan_id, data, help_by_phone, setback_id=hard_setback_id)


@resource.writes(
    "POST", "/{departed_plan_id}/setbacks/{setback_id}/settle", name="settle_setback", right=WORK
)
def settle_one(
    request: ApiRequest, departed_plan_id: PathId, setback_id: PathId, data: SettleInput
) -> HttpResponse:
    """Say what came of a setback."""
    given = Settlement(data.outcome, data.words, data.sent_id)
    return _acting(
        request, departed_plan_id, data, settle_setback, setback_id=setback_id, settlement=given
    )
