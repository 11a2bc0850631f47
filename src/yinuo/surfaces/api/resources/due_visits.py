"""`/due-visits`: what is due, what was agreed, the sheet, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.prevention import services
from yinuo.domains.prevention.proposals import propose_days
from yinuo.domains.prevention.selectors import get_due_visit, list_due_visits, talks_of
from yinuo.domains.prevention.types import Agreement, DueView, MonthPlan, Result, SeriesKind
from yinuo.surfaces.api.answers import edited, listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Paging,
    PathId,
    Remark,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import visits as shapes

resource = Resource("visits")
plans = Resource("visits")
SOURCE = "api"
Sentence = Annotated[str, text(200)]
Why = Annotated[str, text(400)]


class DueFilters(Paging):
    """Which visits: a view of them, of one kind, customer or series, by customer or title."""

    view: DueView = DueView.OPEN
    kind: SeriesKind | None = None
    customer_id: Id | None = None
    series_id: Id | None = None
    text: Sentence = ""


class VisitVersion(Input):
    """The visit as it was read."""

    version: Version


class VisitAgreement(VisitVersion):
    """With whom it was agreed that we come, when, for what."""

    agreed_with: Label
    agreed_for: Instant
    words: Remark = ""

    def agreement(self) -> Agreement:
        """What the service takes."""
        return Agreement(self.agreed_with, self.agreed_for, self.words)


class VisitMove(VisitAgreement):
    """The same for another time, with the reason."""

    reason: Why


class VisitAttempt(VisitVersion):
    """What came of a call that agreed nothing."""

    words: Remark


class VisitReminder(VisitVersion):
    """How the customer was told again: by phone (whom), or by a message that leaves now."""

    channel: Word
    told: Label = ""


class VisitSkip(VisitVersion):
    """Why it is let off."""

    reason: Why


class VisitPlan(VisitVersion):
    """The day somebody has in mind; none takes it back."""

    planned_on: Day | None = None


class VisitDay(Input):
    """A visit as it was read, and its day."""

    id: Id
    version: Version
    planned_on: Day


class VisitDays(Input):
    """Days of several visits; with sheets each also gets its work order."""

    visits: Annotated[list[VisitDay], Field(min_length=1, max_length=100)]
    with_sheets: bool = False


class VisitResult(VisitVersion):
    """A visit made without a sheet."""

    held_on: Day
    visitors: Sentence
    outcome: Remark


@resource.reads(
    "", name="list_due_visits", right=Permission.PREVENTION_READ, gives=shapes.DueVisits
)
def list_all(request: ApiRequest, filters: Query[DueFilters]) -> HttpResponse:
    """Visits of a view: overdue first, by what a miss costs, then by their day."""
    given = filters.model_dump() | {"view": filters.view.value, "kind": filters.kind or ""}
    page = list_due_visits(request.auth.actor, now=request.auth.now, **given)
    return listed(page, shapes.due_visit)


@resource.reads(
    "/{due_visit_id}",
    name="get_due_visit",
    right=Permission.PREVENTION_READ,
    gives=shapes.DueVisitShape,
)
def get_one(request: ApiRequest, due_visit_id: PathId) -> HttpResponse:
    """One visit."""
    return shown(_present(request, due_visit_id))


@resource.reads(
    "/{due_visit_id}/talks",
    name="list_visit_talks",
    right=Permission.PREVENTION_READ,
    gives=shapes.VisitTalks,
)
def talks(request: ApiRequest, due_visit_id: PathId) -> HttpResponse:
    """What was said before it."""
    found = talks_of(request.auth.actor, due_visit_id)
    return shown({"items": [shapes.talk(one) for one in found]})


@resource.reads(
    "/{due_visit_id}/days",
    name="propose_visit_days",
    right=Permission.PREVENTION_READ,
    gives=shapes.ProposedDays,
)
def days(request: ApiRequest, due_visit_id: PathId) -> HttpResponse:
    """Three days on which people of the unit are near."""
    found = propose_days(request.auth.actor, due_visit_id, request.auth.now)
    return shown({"items": [shapes.proposed_day(one) for one in found]})


@plans.writes(
    "POST",
    "",
    name="plan_visits",
    right=Permission.PREVENTION_WRITE,
    gives=shapes.PlannedVisits,
)
def plan_many(request: ApiRequest, data: VisitDays) -> HttpResponse:
    """Give several visits their days; those changed meanwhile are named and left."""
    call = request.auth
    chosen = tuple((one.id, one.version, one.planned_on) for one in data.visits)
    plan = MonthPlan(chosen, with_sheets=data.with_sheets)

    def action() -> dict[str, object]:
        act = partial(services.plan_month, actor=call.actor, source=SOURCE, now=call.now)
        return shapes.planned(act(plan=plan))

    return written(request, action)


def _act(
    request: ApiRequest,
    due_visit_id: str,
    data: VisitVersion,
    service: Callable[..., Any],
    **given: Any,
) -> HttpResponse:
    call = request.auth
    act = partial(
        service,
        actor=call.actor,
        visit_id=due_visit_id,
        version=data.version,
        now=call.now,
        **given,
    )
    return edited(request, data, act, lambda: _present(request, due_visit_id))


@resource.writes(
    "POST", "/{due_visit_id}/agreement", name="agree_visit", right=Permission.PREVENTION_WRITE
)
def agree(request: ApiRequest, due_visit_id: PathId, data: VisitAgreement) -> HttpResponse:
    """Record what was agreed with the customer."""
    given = {"agreement": data.agreement(), "source": SOURCE}
    return _act(request, due_visit_id, data, services.agree_visit, **given)


@resource.writes(
    "POST", "/{agreed_visit_id}/move", name="move_visit", right=Permission.PREVENTION_WRITE
)
def move(request: ApiRequest, agreed_visit_id: PathId, data: VisitMove) -> HttpResponse:
    """Agree on another time."""
    given = {"agreement": data.agreement(), "reason": data.reason}
    return _act(request, agreed_visit_id, data, services.move_visit, **given)


@resource.writes(
    "POST", "/{due_visit_id}/attempt", name="note_visit_attempt", right=Permission.PREVENTION_WRITE
)
def attempt(request: ApiRequest, due_visit_id: PathId, data: VisitAttempt) -> HttpResponse:
    """Record a call that agreed nothing yet."""
    return _act(request, due_visit_id, data, services.note_attempt, words=data.words)


@resource.writes(
    "POST", "/{agreed_visit_id}/reminder", name="remind_of_visit", right=Permission.PREVENTION_WRITE
)
def remind(request: ApiRequest, agreed_visit_id: PathId, data: VisitReminder) -> HttpResponse:
    """Tell the customer again."""
    given = {"told": data.told, "channel": data.channel, "source": SOURCE}
    return _act(request, agreed_visit_id, data, services.remind_customer, **given)


@resource.writes(
    "POST", "/{due_visit_id}/skip", name="skip_visit", right=Permission.PREVENTION_WRITE
)
def skip(request: ApiRequest, due_visit_id: PathId, data: VisitSkip) -> HttpResponse:
    """Let it off; what a contract promises stays promised."""
    return _act(request, due_visit_id, data, services.skip_visit, reason=data.reason)


@resource.writes(
    "POST", "/{due_visit_id}/plan", name="plan_visit", right=Permission.PREVENTION_WRITE
)
def plan(request: ApiRequest, due_visit_id: PathId, data: VisitPlan) -> HttpResponse:
    """Set the day somebody has in mind."""
    return _act(request, due_visit_id, data, services.plan_visit, planned_on=data.planned_on)


@resource.writes(
    "POST", "/{due_visit_id}/sheet", name="order_visit", right=Permission.WORK_ORDER_ISSUE
)
def order(request: ApiRequest, due_visit_id: PathId, data: VisitVersion) -> HttpResponse:
    """Issue its sheet with the series' checklist."""
    return _act(request, due_visit_id, data, services.order_visit, source=SOURCE)


@resource.writes(
    "POST", "/{due_visit_id}/result", name="hold_visit", right=Permission.CUSTOMER_WRITE
)
def hold(request: ApiRequest, due_visit_id: PathId, data: VisitResult) -> HttpResponse:
    """Record a visit made without a sheet; it becomes a call on the customer."""
    result = Result(data.held_on, data.visitors, data.outcome)
    return _act(request, due_visit_id, data, services.hold_visit, result=result, source=SOURCE)


def _present(request: ApiRequest, due_visit_id: str) -> dict[str, object]:
    return shapes.due_visit(get_due_visit(request.auth.actor, due_visit_id, request.auth.now))
