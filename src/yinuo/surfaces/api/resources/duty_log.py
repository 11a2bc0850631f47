"""`/duty/{id}/calls`, `/duty-calls`, `/duty-handovers`, pay of a month: the log of duty."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_selectors import (
    get_call,
    get_statement,
    get_terms,
    list_calls,
    list_handovers,
)
from yinuo.domains.oncall.call_types import CallData, CallResult, PayEntryData, PayKind, PayTerms
from yinuo.domains.oncall.selectors import get_rota
from yinuo.domains.oncall.services import (
    acknowledge_handover,
    add_pay_entry,
    answer_call,
    cancel_pay_entry,
    log_call,
    miss_call,
    set_pay,
)
from yinuo.domains.oncall.types import Narrowed
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Money,
    Paging,
    PathId,
    Version,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.duty import DutyFilters, resource
from yinuo.surfaces.api.shapes import duty_log as shapes

__all__ = ["calls", "entries", "handovers", "resource"]

calls = Resource("duty")
handovers = Resource("duty")
entries = Resource("duty")


class CallInput(Input):
    """A call as somebody records it; `request_id` names the request it became."""

    called_at: Instant
    about: Annotated[str, text(400, shortest=1)]
    caller_name: Label = ""
    caller_phone: Annotated[str, text(40)] = ""
    request_id: Id | None = None


class CallAnswer(Input):
    """What came of a call; what is not solved stays with the person."""

    version: Version
    minutes: Annotated[int, Field(strict=True, ge=0, le=1440)]
    result: Annotated[str, text(400, shortest=1)]
    solved: bool


class CallVersion(Input):
    """The call as it was read."""

    version: Version


class HandoverVersion(Input):
    """The hand-over as it was read."""

    version: Version


class PayTermsInput(Input):
    """What a month pays and what is taken off, in yuan; minutes to answer a call, to
    acknowledge the log."""

    version: Version
    answer_minutes: Annotated[int, Field(strict=True, ge=1, le=1440)]
    acknowledge_minutes: Annotated[int, Field(strict=True, ge=1, le=10_080)] = 60
    allowance: Money
    off_complaint: Money
    off_unreachable: Money
    off_left_city: Money
    hour_rate: Money
    overtime_factor: Money


class PayEntryInput(Input):
    """A case that takes something off a person's month, or hours of overtime on a day."""

    person_id: Id
    kind: PayKind
    on: Day
    note: Annotated[str, text(200, shortest=1)]
    hours: Money | None = None


class PayEntryVersion(Input):
    """The entry as it was read."""

    version: Version


class StatementQuery(Input):
    """Which month, such as `2026-09`; the present one when left out."""

    month: Annotated[str, text(7)] = ""


@resource.reads(
    "/{rota_id}/calls", name="list_duty_calls", right=Permission.DUTY_READ, gives=shapes.DutyCalls
)
def list_all(request: ApiRequest, rota_id: PathId, paging: Query[Paging]) -> HttpResponse:
    """The log: what waits for the duty hours first, then the newest call."""
    narrowed = Narrowed(rota_id=rota_id)
    found = list_calls(request.auth.actor, narrowed, cursor=paging.cursor, limit=paging.limit)
    return listed(found, shapes.call)


@calls.reads("", name="find_duty_calls", right=Permission.DUTY_READ, gives=shapes.DutyCalls)
def find(request: ApiRequest, filters: Query[DutyFilters]) -> HttpResponse:
    """Calls of all rotas, or of one, of a month or year, of one person."""
    found = list_calls(
        request.auth.actor, filters.narrowed(), cursor=filters.cursor, limit=filters.limit
    )
    return listed(found, shapes.call)


@resource.writes(
    "POST", "/{rota_id}/calls", name="log_duty_call", right=Permission.DUTY_LOG, status=201
)
def log(request: ApiRequest, rota_id: PathId, data: CallInput) -> HttpResponse:
    """Record a call; in the duty hours whose turn it is is asked at once."""
    call = request.auth
    given = CallData(**data.model_dump())
    act = partial(log_call, actor=call.actor, rota_id=rota_id, data=given, now=call.now)
    return written(request, lambda: saved(act()), status=201)


@calls.reads(
    "/{call_id}", name="get_duty_call", right=Permission.DUTY_READ, gives=shapes.DutyCallShape
)
def get_one(request: ApiRequest, call_id: PathId) -> HttpResponse:
    """One call."""
    return shown(shapes.call(get_call(request.auth.actor, call_id)))


@calls.writes("POST", "/{call_id}/answer", name="answer_duty_call", right=Permission.DUTY_LOG)
def answer(request: ApiRequest, call_id: PathId, data: CallAnswer) -> HttpResponse:
    """Write down length and result."""
    call = request.auth
    act = partial(
        answer_call,
        actor=call.actor,
        call_id=call_id,
        version=data.version,
        answer=CallResult(data.minutes, data.result, data.solved),
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@calls.writes(
    "POST", "/{ringing_call_id}/no-answer", name="miss_duty_call", right=Permission.DUTY_LOG
)
def miss(request: ApiRequest, ringing_call_id: PathId, data: CallVersion) -> HttpResponse:
    """The person asked does not answer: the next one is asked at once."""
    call = request.auth
    act = partial(
        miss_call, actor=call.actor, call_id=ringing_call_id, version=data.version, now=call.now
    )
    return written(request, lambda: saved(act()))


@handovers.reads("", name="list_handovers", right=Permission.DUTY_READ, gives=shapes.Handovers)
def waiting(request: ApiRequest) -> HttpResponse:
    """Hand-overs that wait for their acknowledgement."""
    return listed(Page(tuple(list_handovers(request.auth.actor)), ""), shapes.handover)


@handovers.writes(
    "POST",
    "/{handover_id}/acknowledgement",
    name="acknowledge_handover",
    right=Permission.DUTY_READ,
)
def acknowledge(request: ApiRequest, handover_id: PathId, data: HandoverVersion) -> HttpResponse:
    """The next one has read the log."""
    call = request.auth
    act = partial(
        acknowledge_handover,
        actor=call.actor,
        handover_id=handover_id,
        version=data.version,
        now=call.now,
    )
    return written(request, lambda: saved(act()))


@resource.reads(
    "/{rota_id}/pay", name="get_duty_pay", right=Permission.DUTY_READ, gives=shapes.PayTermsShape
)
def get_pay(request: ApiRequest, rota_id: PathId) -> HttpResponse:
    """What a month of this rota pays."""
    return shown(_pay(request.auth.actor, rota_id))


@resource.writes("PUT", "/{rota_id}/pay", name="set_duty_pay", right=Permission.DUTY_WRITE)
def put_pay(request: ApiRequest, rota_id: PathId, data: PayTermsInput) -> HttpResponse:
    """Set it; statements of every month are computed from it."""
    call = request.auth
    # By attribute: dumped, money would be text.
    given = {name: getattr(data, name) for name in PayTerms.__dataclass_fields__}
    act = partial(
        set_pay,
        actor=call.actor,
        rota_id=rota_id,
        version=data.version,
        terms=PayTerms(**given),
        now=call.now,
    )
    return edited(request, data, act, lambda: _pay(call.actor, rota_id))


def _pay(actor: Actor, rota_id: object) -> dict[str, Any]:
    return shapes.terms(get_terms(actor, rota_id), get_rota(actor, rota_id).version)


@resource.reads(
    "/{rota_id}/statements/{member_id}",
    name="get_duty_statement",
    right=Permission.DUTY_READ,
    gives=shapes.DutyStatementShape,
)
def get_month(
    request: ApiRequest, rota_id: PathId, member_id: PathId, asked: Query[StatementQuery]
) -> HttpResponse:
    """What a month of duty pays a person who had a turn in it."""
    call = request.auth
    month = asked.month or f"{timezone.localtime(call.now):%Y-%m}"
    found = get_statement(call.actor, rota_id, member_id, month)
    return shown(shapes.statement(found))


@resource.writes(
    "POST", "/{rota_id}/pay-entries", name="add_pay_entry", right=Permission.DUTY_WRITE, status=201
)
def add_entry(request: ApiRequest, rota_id: PathId, data: PayEntryInput) -> HttpResponse:
    """Enter a deduction's case, or hours of overtime."""
    call = request.auth
    act = partial(
        add_pay_entry,
        actor=call.actor,
        rota_id=rota_id,
        entry=PayEntryData(data.person_id, data.kind.value, data.on, data.note, data.hours),
        now=call.now,
    )
    return written(request, lambda: saved(act()), status=201)


@entries.writes(
    "POST", "/{entry_id}/cancellation", name="cancel_pay_entry", right=Permission.DUTY_WRITE
)
def cancel_entry(request: ApiRequest, entry_id: PathId, data: PayEntryVersion) -> HttpResponse:
    """Take an entry back."""
    call = request.auth
    act = partial(
        cancel_pay_entry,
        actor=call.actor,
        entry_id=entry_id,
        version=data.version,
        now=call.now,
    )
    return written(request, lambda: saved(act()))
