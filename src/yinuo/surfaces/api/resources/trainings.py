"""`/trainings`: planned, held with everybody's result, closed, granted."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.trainings import services
from yinuo.domains.trainings.selectors import (
    Narrowed,
    get_training,
    list_participants,
    list_results,
    list_trainings,
)
from yinuo.domains.trainings.types import (
    About,
    Attendance,
    Happened,
    Invited,
    Occasion,
    TakenOver,
    Teaches,
    TrainingData,
    TrainingKind,
    TrainingOutcome,
    TrainingStanding,
)
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Name,
    Paging,
    PathId,
    Remark,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import trainings as shapes

resource = Resource("trainings")
SOURCE = "api"
Sentence = Annotated[str, text(200)]
Names = Annotated[list[Annotated[str, text(120)]], Field(max_length=200)]
Ids = Annotated[list[Id], Field(max_length=200)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10_000)]


class TrainingFilters(Paging):
    """Which trainings: of a kind, in a state, by a unit, for a customer, that begin within a time
    (half-open), by part of the subject."""

    kind: TrainingKind | None = None
    state: TrainingStanding | None = None
    unit_id: Id | None = None
    customer_id: Id | None = None
    since: Instant | None = None
    until: Instant | None = None
    text: Sentence = ""

    def narrowed(self) -> Narrowed:
        """What the selector takes."""
        given = self.model_dump(exclude={"cursor", "limit"})
        return Narrowed(**given | {"kind": self.kind or "", "state": self.state or ""})


class TrainingPlan(Input):
    """What is planned of any training, and who takes part."""

    subject: Name
    trainer_id: Id
    starts_at: Instant
    ends_at: Instant
    topics: Remark = ""
    place: Name = ""
    most_points: Whole | None = None
    person_ids: Ids = []
    names: Names = []

    def training(self) -> TrainingData:
        """What the service takes."""
        return TrainingData(
            **{name: getattr(self, name) for name in TrainingData.__dataclass_fields__}
        )

    def invited(self) -> Invited:
        """Who is to take part."""
        return Invited(self.person_ids, getattr(self, "contact_ids", ()), self.names)


class CustomerTrainingInput(TrainingPlan):
    """A training for a customer's people."""

    customer_id: Id
    unit_id: Id
    occasion: Occasion
    project_id: Id | None = None
    contract_id: Id | None = None
    asset_id: Id | None = None
    contact_ids: Ids = []


class InternalTrainingInput(TrainingPlan):
    """A training for our own and partners' people, with what passing it gives."""

    unit_id: Id
    skill: Annotated[str, text(60)] = ""
    level: Whole | None = None
    certificate: Annotated[str, text(80)] = ""
    product_line: Annotated[str, text(60)] = ""
    certificate_months: Whole | None = None

    def teaches(self) -> Teaches:
        """What the service takes."""
        return Teaches(**{name: getattr(self, name) for name in Teaches.__dataclass_fields__})


class TrainingChange(TrainingPlan):
    """What is planned now; whoever is not named takes part no longer."""

    version: Version
    contact_ids: Ids = []


class AttendanceInput(Input):
    """What came of it for a participant."""

    participant_id: Id
    outcome: TrainingOutcome
    points: Whole | None = None


class TrainingCourse(Input):
    """What really happened; `names` came besides."""

    version: Version
    began_at: Instant
    ended_at: Instant
    report: Remark
    results: Annotated[list[AttendanceInput], Field(max_length=200)] = []
    names: Names = []


class TrainingClosing(Input):
    """Who acknowledged the hand-over for the customer, and when; nothing for an internal one."""

    version: Version
    taken_over_by: Annotated[str, text(120)] = ""
    taken_over_on: Day | None = None


class TrainingCancelling(Input):
    """Why it is called off."""

    version: Version
    reason: Sentence


@resource.reads("", name="list_trainings", right=Permission.TRAINING_READ, gives=shapes.Trainings)
def list_all(request: ApiRequest, filters: Query[TrainingFilters]) -> HttpResponse:
    """Visible trainings, the newest first."""
    page = list_trainings(
        request.auth.actor,
        narrowed=filters.narrowed(),
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.training)


@resource.reads(
    "/results",
    name="list_training_results",
    right=Permission.TRAINING_READ,
    gives=shapes.TrainingResults,
)
def results(request: ApiRequest, filters: Query[TrainingFilters]) -> HttpResponse:
    """Participants of visible trainings with what came of it."""
    page = list_results(
        request.auth.actor,
        narrowed=filters.narrowed(),
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.result)


@resource.writes(
    "POST",
    "/external",
    name="plan_customer_training",
    right=Permission.TRAINING_WRITE,
    status=201,
)
def plan_external(request: ApiRequest, data: CustomerTrainingInput) -> HttpResponse:
    """Plan a training for a customer's people, free of charge."""
    call = request.auth
    act = partial(
        services.plan_customer_training,
        actor=call.actor,
        customer_id=data.customer_id,
        unit_id=data.unit_id,
        about=About(data.occasion.value, data.project_id, data.contract_id, data.asset_id),
        data=data.training(),
        invited=data.invited(),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST",
    "/internal",
    name="plan_internal_training",
    right=Permission.TRAINING_WRITE,
    status=201,
)
def plan_internal(request: ApiRequest, data: InternalTrainingInput) -> HttpResponse:
    """Plan a training for our own and partners' people."""
    call = request.auth
    act = partial(
        services.plan_internal_training,
        actor=call.actor,
        unit_id=data.unit_id,
        teaches=data.teaches(),
        data=data.training(),
        invited=data.invited(),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@resource.reads(
    "/{training_id}",
    name="get_training",
    right=Permission.TRAINING_READ,
    gives=shapes.TrainingWithPeople,
)
def get_one(request: ApiRequest, training_id: PathId) -> HttpResponse:
    """One training with everybody's result."""
    return shown(_present(request, training_id))


@resource.writes("PUT", "/{training_id}", name="change_training", right=Permission.TRAINING_WRITE)
def change(request: ApiRequest, training_id: PathId, data: TrainingChange) -> HttpResponse:
    """Change what is planned."""
    call = request.auth
    act = partial(
        services.change_training,
        actor=call.actor,
        training_id=training_id,
        version=data.version,
        data=data.training(),
        invited=data.invited(),
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, training_id))


@resource.writes(
    "POST", "/{training_id}/holding", name="hold_training", right=Permission.TRAINING_READ
)
def hold(request: ApiRequest, training_id: PathId, data: TrainingCourse) -> HttpResponse:
    """Record what really happened, by who plans it or its trainer."""
    call = request.auth
    attendances = [Attendance(one.participant_id, one.outcome, one.points) for one in data.results]
    act = partial(
        services.hold_training,
        actor=call.actor,
        training_id=training_id,
        version=data.version,
        happened=Happened(data.began_at, data.ended_at, data.report, attendances, data.names),
        source=SOURCE,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, training_id))


@resource.writes(
    "POST", "/{held_training_id}/closing", name="close_training", right=Permission.TRAINING_WRITE
)
def close(request: ApiRequest, held_training_id: PathId, data: TrainingClosing) -> HttpResponse:
    """Close a held training."""
    call = request.auth
    name, on = data.taken_over_by, data.taken_over_on
    act = partial(
        services.close_training,
        actor=call.actor,
        training_id=held_training_id,
        version=data.version,
        taken_over=TakenOver(name, on) if on else None,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, held_training_id))


@resource.writes(
    "POST",
    "/{training_id}/cancellation",
    name="cancel_training",
    right=Permission.TRAINING_WRITE,
)
def cancel(request: ApiRequest, training_id: PathId, data: TrainingCancelling) -> HttpResponse:
    """Call off a planned training."""
    call = request.auth
    act = partial(
        services.cancel_training,
        actor=call.actor,
        training_id=training_id,
        version=data.version,
        reason=data.reason,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, training_id))


@resource.writes(
    "POST",
    "/{held_training_id}/grant",
    name="grant_training",
    right=Permission.QUALIFICATION_WRITE,
)
def grant(request: ApiRequest, held_training_id: PathId) -> HttpResponse:
    """Give skill and certificate to those who passed, once each."""
    call = request.auth
    act = partial(
        services.grant_training, actor=call.actor, training_id=held_training_id, now=call.now
    )
    return written(request, lambda: saved(act()))


def _present(request: ApiRequest, training_id: str) -> dict[str, Any]:
    actor = request.auth.actor
    people = list_participants(actor, training_id)
    return shapes.with_people(get_training(actor, training_id), people)
