"""Reading requests; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.computing import preview_dues
from yinuo.domains.obligations.selectors import facts_of_subject, obligations_of_subject
from yinuo.domains.requests.intake import cover_view_of, resolve
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import right_for_step, visible_requests
from yinuo.domains.requests.services.reporting import NEEDS_REASON
from yinuo.domains.requests.types import (
    CoverView,
    Intake,
    IntakePreview,
    NextStep,
    RequestPage,
    RequestRow,
    Word,
)
from yinuo.kernel.plan.plan import Choice
from yinuo.kernel.states import ENDED, OPEN, REQUEST_STEPS, RequestState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_NOT_OPEN = [state.value for state in ENDED]
MOST_OPEN_SHOWN = 10


def list_requests(
    actor: Actor,
    *,
    customer_id: object = None,
    asset_id: object = None,
    state: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[RequestRow]:
    """Visible requests, newest first.

    `state` is a state, `open` for all that are not closed, or empty for all; `text` narrows by
    number, customer or symptom.
    """
    requests = _with_names(visible_requests(actor))
    if customer_id is not None:
        requests = requests.filter(customer__public_id=identity(customer_id))
    if asset_id is not None:
        requests = requests.filter(asset__public_id=identity(asset_id))
    if state == "open":
        requests = requests.exclude(state__in=_NOT_OPEN)
    elif state:
        requests = requests.filter(state=state)
    if word := text.strip():
        requests = requests.filter(
            Q(number__icontains=word)
            | Q(customer__name__icontains=word)
            | Q(symptom__icontains=word)
        )
    return page_of(requests, order=("-id",), cursor=cursor, limit=limit).map(request_row)


def get_request_page(actor: Actor, public_id: object) -> RequestPage:
    """One visible request with promises, facts and what this person may do next."""
    request = one_of(
        _with_names(visible_requests(actor)).select_related(
            "site", "contact", "contract", "plan_version"
        ),
        public_id,
    )
    plan = compiled_plan(request.plan_version_id).plan if request.plan_version_id else None
    is_open = RequestState(request.state) in OPEN
    return RequestPage(
        request=request_row(request),
        cover=cover_view(request),
        site_public_id=request.site.public_id if request.site else None,
        site_name=request.site.name if request.site else "",
        zone=request.site.zone if request.site else "Asia/Shanghai",
        contact_public_id=request.contact.public_id if request.contact else None,
        contact_name=request.contact.name if request.contact else "",
        caller_name=request.caller_name,
        caller_phone=request.caller_phone,
        plan_version_public_id=request.plan_version.public_id if request.plan_version else None,
        obligations=tuple(obligations_of_subject(request.public_id)),
        facts=tuple(facts_of_subject(request.public_id)),
        next_steps=_next_steps(actor, request),
        may_change_level=is_open
        and plan is not None
        and actor.may(Permission.REQUEST_LEVEL, request.unit_id),
        levels=tuple(_word(choice) for choice in plan.levels) if plan else (),
    )


def get_version(actor: Actor, public_id: object) -> int:
    """A request's version: the cheap question live screens ask."""
    return one_of(visible_requests(actor).only("version"), public_id).version


def preview_intake(actor: Actor, intake: Intake, now: datetime) -> IntakePreview:
    """What this intake would get: cover, the plan's words, due times and open requests."""
    resolved = resolve(actor, intake, Permission.REQUEST_OPEN, now)
    version_id = resolved.cover.plan_version_id
    plan = compiled_plan(version_id).plan if version_id else None
    level_known = plan is not None and intake.level in {one.code for one in plan.levels}
    dues = preview_dues(resolved.binding, resolved.reported_fact(), now) if level_known else []
    same = visible_requests(actor).filter(customer_id=resolved.place.customer_id)
    still_open = _with_names(same.exclude(state__in=_NOT_OPEN)).order_by("-id")
    return IntakePreview(
        cover=cover_view_of(resolved.cover),
        levels=tuple(_word(choice) for choice in plan.levels) if plan else (),
        categories=tuple(_word(choice) for choice in plan.categories) if plan else (),
        dues=tuple(dues),
        open_requests=tuple(request_row(one) for one in still_open[:MOST_OPEN_SHOWN]),
    )


def request_row(request: Request) -> RequestRow:
    """The frozen form of a request loaded with customer, asset and unit."""
    return RequestRow(
        public_id=request.public_id,
        number=request.number,
        version=request.version,
        state=request.state,
        kind=request.kind,
        channel=request.channel,
        category=request.category,
        level=request.level,
        symptom=request.symptom,
        customer_public_id=request.customer.public_id,
        customer_name=request.customer.name,
        asset_public_id=request.asset.public_id if request.asset else None,
        asset_name=request.asset.name if request.asset else "",
        unit_name=request.unit.name,
        reported_at=request.reported_at,
        opened_at=request.opened_at,
        opened_by=request.opened_by,
    )


def cover_view(request: Request) -> CoverView:
    """The cover a request was opened with."""
    return CoverView(
        kind=request.cover,
        reason=request.cover_reason,
        contract_public_id=request.contract.public_id if request.contract else None,
        contract_number=request.contract.number if request.contract else "",
        until=request.cover_until,
    )


def _with_names(requests: QuerySet[Request]) -> QuerySet[Request]:
    return requests.select_related("customer", "asset", "unit").defer("plan_version__source")


def _next_steps(actor: Actor, request: Request) -> tuple[NextStep, ...]:
    state = RequestState(request.state)
    return tuple(
        NextStep(step.kind, step.kind in NEEDS_REASON)
        for step in REQUEST_STEPS.values()
        if step.after(state) and actor.may(right_for_step(step.kind), request.unit_id)
    )


def _word(choice: Choice) -> Word:
    return Word(
        code=choice.code,
        title_zh=choice.title.zh,
        title_en=choice.title.en,
        definition_zh=choice.definition.zh,
        definition_en=choice.definition.en,
    )
