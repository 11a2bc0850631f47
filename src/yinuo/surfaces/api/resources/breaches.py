"""`/breaches`: the ledger of missed promises, and what is done about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.limits import list_limits
from yinuo.domains.breaches.selectors import (
    Narrowed,
    get_breach,
    get_right,
    list_breaches,
    sum_breaches,
)
from yinuo.domains.breaches.services import (
    LegData,
    approve_breach,
    correct_amount,
    correct_leg,
    decide_dispute,
    decide_right,
    dispute_breach,
    record_loss,
    set_limit,
    waive_breach,
)
from yinuo.domains.breaches.services.honouring import Giving
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import Versioned, edited, listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    LARGEST_VERSION,
    Day,
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
from yinuo.surfaces.api.shapes import breaches as shapes

resource = Resource("breaches")
rights = Resource("breach-rights")
limits = Resource("waiver-limits")

States = Literal["", "waiting", "priced", "open", "approved", "disputed", "waived", "withdrawn"]
Leg = Literal["headquarters", "centre", "partner", "customer", "carrier", "supplier"]


class LedgerPart(Input):
    """Which breaches; `since` and `until` are days of the due time in the product's zone."""

    customer_id: Id | None = None
    contract_id: Id | None = None
    unit_id: Id | None = None
    subject_id: Id | None = None
    state: States = ""
    clause: Label = ""
    text: Name = ""
    since: Day | None = None
    until: Day | None = None

    def narrowed(self) -> Narrowed:
        """What the selector takes."""
        given = {name: getattr(self, name) for name in LedgerPart.model_fields}
        return Narrowed(**given, zone=settings.TIME_ZONE)


class LedgerFilters(LedgerPart, Paging):
    """Which breaches to list."""


class BreachStep(Input):
    """The breach as it was read, and why."""

    version: Version
    reason: Remark = ""


class BreachWaiverInput(BreachStep):
    """How much is waived."""

    amount: Money


class DisputeInput(BreachStep):
    """Which side does not agree."""

    side: Literal["customer", "ours"]


class DisputeDecision(BreachStep):
    """What it comes to now; left out, it stays as it is."""

    owed: Money | None = None


class LedgerCorrection(BreachStep):
    """How much is added, or taken off."""

    amount: Money
    takes_off: bool = False


class LossInput(Input):
    """The customer's loss, and what proves it."""

    version: Version
    amount: Money
    proof: Remark


class LegInput(BreachStep):
    """Who held it between two instants; the unit belongs to a leg of our own."""

    begins_at: Instant
    ends_at: Instant
    leg: Leg
    unit_id: Id | None = None


class RightDecision(BreachStep):
    """Given or refused. Given, it takes effect: more warranty for the asset `asset_id`, or owed by
    `due_on` as an agreement of the contract."""

    given: bool
    asset_id: Id | None = None
    due_on: Day | None = None


class LimitInput(Input):
    """How much a role may waive of one breach; null is no limit. The version starts at 0."""

    role: Word
    most: Money | None
    version: Annotated[int, Field(strict=True, ge=0, le=LARGEST_VERSION)]


def _step(
    request: ApiRequest,
    breach_id: str,
    data: Input,
    step: Callable[..., Versioned],
    given: dict[str, Any] | None = None,
) -> HttpResponse:
    """Take a step once, with the fields of `data` by their names unless others are given; a stale
    version is answered with both sides."""
    call = request.auth
    if given is None:
        given = {name: getattr(data, name) for name in type(data).model_fields}
    act = partial(step, actor=call.actor, breach_id=breach_id, now=call.now, **given)
    return edited(request, data, act, lambda: shapes.breach(get_breach(call.actor, breach_id)))


@resource.reads("", name="list_breaches", right=Permission.BREACH_READ, gives=shapes.Breaches)
def list_all(request: ApiRequest, filters: Query[LedgerFilters]) -> HttpResponse:
    """Visible breaches, the latest due first."""
    actor, narrowed = request.auth.actor, filters.narrowed()
    page = list_breaches(actor, narrowed, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.head)


@resource.reads("/sums", name="sum_breaches", right=Permission.BREACH_READ, gives=shapes.LedgerSums)
def sum_all(request: ApiRequest, part: Query[LedgerPart]) -> HttpResponse:
    """What they come to, by currency, and by leg and unit for charging back."""
    actor, narrowed = request.auth.actor, part.narrowed()
    items = [shapes.ledger_sum(one) for one in sum_breaches(actor, narrowed)]
    return shown(
        {
            "items": items,
            "legs": [shapes.leg_sum(one) for one in sum_legs(actor, narrowed, request.auth.now)],
        }
    )


@resource.reads(
    "/{breach_id}", name="get_breach", right=Permission.BREACH_READ, gives=shapes.BreachShape
)
def get_one(request: ApiRequest, breach_id: PathId) -> HttpResponse:
    """One breach with entries, rights, hands and what was done."""
    return shown(shapes.breach(get_breach(request.auth.actor, breach_id)))


@resource.writes(
    "POST", "/{breach_id}/approval", name="approve_breach", right=Permission.BREACH_APPROVE
)
def approve_one(request: ApiRequest, breach_id: PathId, data: BreachStep) -> HttpResponse:
    """Let every entry of it go to the next statement."""
    return _step(request, breach_id, data, approve_breach)


@resource.writes("POST", "/{breach_id}/waiver", name="waive_breach", right=Permission.BREACH_WAIVE)
def waive_one(request: ApiRequest, breach_id: PathId, data: BreachWaiverInput) -> HttpResponse:
    """Waive a part or all of it, within one's limit."""
    return _step(request, breach_id, data, waive_breach)


@resource.writes(
    "POST", "/{breach_id}/dispute", name="dispute_breach", right=Permission.BREACH_WRITE
)
def dispute_one(request: ApiRequest, breach_id: PathId, data: DisputeInput) -> HttpResponse:
    """Enter that one side does not agree; nothing of it is stated until decided."""
    return _step(request, breach_id, data, dispute_breach)


@resource.writes(
    "POST", "/{disputed_breach_id}/decision", name="decide_dispute", right=Permission.BREACH_APPROVE
)
def decide_one(
    request: ApiRequest, disputed_breach_id: PathId, data: DisputeDecision
) -> HttpResponse:
    """Decide a dispute."""
    return _step(request, disputed_breach_id, data, decide_dispute)


@resource.writes(
    "POST", "/{breach_id}/correction", name="correct_breach", right=Permission.BREACH_WRITE
)
def correct_one(request: ApiRequest, breach_id: PathId, data: LedgerCorrection) -> HttpResponse:
    """Add to it or take off by a new entry."""
    change = -data.amount if data.takes_off else data.amount
    given = {"version": data.version, "reason": data.reason, "change": change}
    return _step(request, breach_id, data, correct_amount, given)


@resource.writes("POST", "/{breach_id}/loss", name="record_loss", right=Permission.BREACH_WRITE)
def lose_one(request: ApiRequest, breach_id: PathId, data: LossInput) -> HttpResponse:
    """Enter the loss the miss caused the customer, with its proof."""
    return _step(request, breach_id, data, record_loss)


@resource.writes("POST", "/{breach_id}/leg", name="correct_leg", right=Permission.BREACH_WRITE)
def leg_one(request: ApiRequest, breach_id: PathId, data: LegInput) -> HttpResponse:
    """Say that somebody else held the promise for a while."""
    leg = LegData(**data.model_dump(exclude={"version"}))
    given = {"version": data.version, "data": leg}
    return _step(request, breach_id, data, correct_leg, given)


@rights.writes("POST", "/{right_id}", name="decide_right", right=Permission.BREACH_APPROVE)
def right_one(request: ApiRequest, right_id: PathId, data: RightDecision) -> HttpResponse:
    """Note that the customer got it, or that it is refused."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: decide_right(
            actor=call.actor,
            right_id=right_id,
            given=data.given,
            reason=data.reason,
            version=data.version,
            now=call.now,
            giving=Giving(data.asset_id, data.due_on),
        ),
        lambda: shapes.right(get_right(call.actor, right_id)),
    )


@limits.reads(
    "", name="list_waiver_limits", right=Permission.BREACH_LIMIT, gives=shapes.WaiverLimits
)
def list_of_limits(request: ApiRequest) -> HttpResponse:
    """Every role with what it may waive of one breach."""
    return shown({"items": [shapes.limit(one) for one in list_limits()]})


@limits.writes(
    "POST",
    "",
    name="set_waiver_limit",
    right=Permission.BREACH_LIMIT,
    gives=shapes.LimitSet,
)
def set_one(request: ApiRequest, data: LimitInput) -> HttpResponse:
    """Let a role waive so much of one breach."""
    call = request.auth

    def act() -> dict[str, str]:
        set_limit(
            actor=call.actor, role=data.role, most=data.most, version=data.version, now=call.now
        )
        return {"role": data.role}

    return written(request, act)
