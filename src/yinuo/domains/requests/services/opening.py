"""Opening a request: the customer's call becomes promises that run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import ServiceMode
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import obligation_view
from yinuo.domains.obligations.services import bind_subject
from yinuo.domains.obligations.types import NewFact, ObligationView
from yinuo.domains.requests.group_models import SupportGroup
from yinuo.domains.requests.intake import Resolved, check, cover_view_of, resolve
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.questions import plan_of_version
from yinuo.domains.requests.routing import find_group
from yinuo.domains.requests.services.queueing import ROUTED, is_member, tell_members
from yinuo.domains.requests.services.wishing import wished
from yinuo.domains.requests.standing import standing_after
from yinuo.domains.requests.types import PLANNED_VISIT, Intake, OpenedRequest, RequestKind
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.sequences import next_number

DOCUMENT_KIND = "FW"


def open_request(*, actor: Actor, intake: Intake, now: datetime) -> OpenedRequest:
    """Open a request with its cover, first fact and running promises, all or nothing.

    The promises run from `intake.reported_at` (now when empty), however late it is entered.
    Raises InvalidInput per field, NotFound for anything outside the actor's scope.
    """
    resolved = resolve(actor, intake, Permission.REQUEST_OPEN, now)
    check(resolved)
    with writing(actor=actor, now=now) as work:
        return begin(resolved, actor=actor, work=work)


def open_planned_visit(*, actor: Actor, intake: Intake, now: datetime) -> OpenedRequest:
    """Open the request under which a visit of ours is carried out; nobody's call is answered by it.

    Whoever opens it keeps it. Raises what open_request raises.
    """
    planned = replace(intake, kind=PLANNED_VISIT, keep=True)
    resolved = resolve(actor, planned, Permission.REQUEST_OPEN, now)
    check(resolved, (PLANNED_VISIT,))
    with writing(actor=actor, now=now) as work:
        return begin(resolved, actor=actor, work=work)


def begin(
    resolved: Resolved,
    *,
    actor: Actor,
    work: Work,
    split_from: Request | None = None,
    facts: Sequence[NewFact] = (),
) -> OpenedRequest:
    """Write a checked request with its first facts, routed to the group that takes it.

    `facts` are known of it beside the report; `split_from` is the request it was a part of.
    """
    group = find_group(resolved.place.unit_id, resolved.features())
    known = [*resolved.first_facts(work.now), *facts, *_routed(group, resolved, work)]
    obligations = bind_subject(resolved.binding, known, actor=actor, now=work.now)
    request = _row(resolved, actor, work.now)
    request.state = standing_after([], known).state.value
    request.split_from = split_from
    request.group = group
    request.offer_as = wished(_offer_mode(group, resolved)).get("offer_as", "")
    if group is not None and not resolved.intake.keep and not is_member(group, actor):
        request.owner_id = None
        tell_members(group, request, work)
    work.add(request)
    after = {"number": request.number, "level": request.level, "cover": request.cover}
    work.audit("request.open", request, after=after)
    work.emit("request.opened", request, {"number": request.number})
    return _opened(request, resolved, map(obligation_view, obligations))


def _routed(group: SupportGroup | None, resolved: Resolved, work: Work) -> list[NewFact]:
    if group is None:
        return []
    attrs = {"group": str(group.public_id), "group_name": group.name}
    return [NewFact(ROUTED, work.now, resolved.intake.channel, attrs)]


def _offer_mode(group: SupportGroup | None, resolved: Resolved) -> str:
    """In which way of service units are asked for it: as its queue says, else its plan."""
    if resolved.intake.keep:
        return ""
    if group is not None and group.offer_mode:
        return group.offer_mode
    plan = plan_of_version(resolved.binding.plan_version_id)
    is_fault = resolved.intake.kind == RequestKind.FAULT
    return ServiceMode.ON_SITE.value if plan and plan.offers_faults and is_fault else ""


def _row(resolved: Resolved, actor: Actor, now: datetime) -> Request:
    intake, place, cover = resolved.intake, resolved.place, resolved.cover
    return Request(
        public_id=resolved.binding.subject_id,
        number=next_number(_series(place.unit_code, now)),
        kind=intake.kind,
        channel=intake.channel,
        category=intake.category,
        level=intake.level,
        symptom=intake.symptom.strip(),
        unit_id=place.unit_id,
        customer_id=place.customer_id,
        site_id=resolved.site_id,
        contact_id=place.contact_id,
        asset_id=resolved.asset.id if resolved.asset else None,
        contract_id=cover.contract_id,
        plan_version_id=cover.plan_version_id,
        cover=cover.kind.value,
        cover_reason=cover.reason.value,
        cover_until=cover.until,
        caller_name=intake.caller_name.strip() or place.contact_name,
        caller_phone=intake.caller_phone.strip() or place.contact_phone,
        elsewhere=intake.elsewhere.strip(),
        reported_at=resolved.reported_at,
        opened_at=now,
        opened_by=actor.label,
        # Whoever takes the call looks after it until he hands it over.
        owner_id=actor.person_id if actor.may(Permission.REQUEST_WORK, place.unit_id) else None,
    )


def _opened(
    request: Request, resolved: Resolved, obligations: Iterable[ObligationView]
) -> OpenedRequest:
    return OpenedRequest(
        public_id=request.public_id,
        number=request.number,
        version=request.version,
        state=request.state,
        level=request.level,
        reported_at=request.reported_at,
        opened_at=request.opened_at,
        cover=cover_view_of(resolved.cover),
        obligations=tuple(obligations),
    )


def _series(unit_code: str, now: datetime) -> str:
    """`FW-SZ-202610`: kind, unit, year and month of the company's local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{DOCUMENT_KIND}-{unit_code}-{local:%Y%m}"
