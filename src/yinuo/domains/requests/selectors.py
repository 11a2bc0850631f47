"""Reading requests; every function is limited to what the actor may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.computing import preview_dues
from yinuo.domains.obligations.selectors import (
    changes_of_subject,
    facts_of_subject,
    obligations_of_subject,
    subject_version,
)
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.asking import (
    asked_by_plan,
    is_offered,
    next_step,
    plan_words,
)
from yinuo.domains.requests.group_models import SupportGroup
from yinuo.domains.requests.intake import cover_view_of, resolve
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import may_correct, right_for_step, visible_requests
from yinuo.domains.requests.questions import (
    answers_in,
    asked_questions,
    every_question,
    given_answers,
    plan_of_version,
)
from yinuo.domains.requests.reopening import reopen_days, reopen_until
from yinuo.domains.requests.routing import find_group
from yinuo.domains.requests.saying import said_of
from yinuo.domains.requests.services.correcting import FIXED
from yinuo.domains.requests.standing import corrected, counting, standing_of, stands_since
from yinuo.domains.requests.types import (
    CoverView,
    GroupHeadline,
    Intake,
    IntakePreview,
    NextStep,
    Owner,
    RequestHeadline,
    RequestPage,
    RequestRow,
    Word,
)
from yinuo.kernel.plan.guiding import suggested
from yinuo.kernel.plan.plan import Choice
from yinuo.kernel.states import ENDED, OPEN, RequestState
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
    mine: bool = False,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[RequestRow]:
    """Visible requests, newest first.

    `state` is a state, `open` for all that are not closed, or empty for all; `mine` keeps those the
    actor looks after; `text` narrows by number, customer or symptom.
    """
    requests = _with_names(visible_requests(actor))
    if mine:
        requests = requests.filter(owner_id=actor.person_id, owner__isnull=False)
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
    request = one_of(_with_everything(visible_requests(actor)), public_id)
    facts = facts_of_subject(request.public_id)
    known = counting(facts)
    acts = _acts(actor, request)
    page = RequestPage(
        request=request_row(request),
        cover=cover_view(request),
        site_public_id=request.site.public_id if request.site else None,
        site_name=request.site.name if request.site else "",
        zone=request.site.zone if request.site else "Asia/Shanghai",
        contact_public_id=request.contact.public_id if request.contact else None,
        contact_name=request.contact.name if request.contact else "",
        caller_name=request.caller_name,
        caller_phone=request.caller_phone,
        elsewhere=request.elsewhere,
        plan_version_public_id=request.plan_version.public_id if request.plan_version else None,
        obligations=tuple(obligations_of_subject(request.public_id)),
        facts=tuple(facts),
        next_steps=_next_steps(actor, request),
        may_change_level="level" in acts and request.plan_version_id is not None,
        levels=_choices(request, "level"),
        categories=_choices(request, "category"),
        owner=_owner(request),
        state_since=stands_since(known, request.reported_at),
        waiting_from=request.waiting_from,
        merged_into=_headline(request.merged_into),
        said=said_of(request, facts),
        corrected=corrected(facts),
        may_correct=_correctable(actor, request, known),
        acts=acts,
        reopen_until=reopen_until(request, known),
        reopen_days=reopen_days(request),
        plan_words=plan_words(request.plan_version_id),
        changes=tuple(changes_of_subject(request.public_id)),
        forms=_forms(request, known),
        open_others=_open_others(actor, request) if "merge" in acts else (),
        live_version=_live_version(request),
    )
    return replace(page, **_linked(actor, request, known), **_guided(request, known))


def _linked(actor: Actor, request: Request, known: list[FactView]) -> dict[str, Any]:
    """Where it comes from, what was split off, whose queue it is with."""
    return {
        "split_from": _headline(request.split_from),
        "split_off": _split_off(actor, request, known),
        "group": _group(request.group),
    }


def _guided(request: Request, known: list[FactView]) -> dict[str, Any]:
    """The page's questions, what was answered, and what the answers speak for otherwise."""
    plan = plan_of_version(request.plan_version_id)
    answers = answers_in(known)
    wanted = suggested(plan, answers)
    return {
        "questions": asked_questions(plan, _known_of(request), answers),
        "all_questions": every_question(plan),
        "answers": given_answers(plan, answers),
        "suggested_level": wanted.level if wanted.level != request.level else "",
        "suggested_category": wanted.category if wanted.category != request.category else "",
    }


def get_version(actor: Actor, public_id: object) -> str:
    """Changes whenever the request's page would: the cheap question live screens ask."""
    visible = visible_requests(actor).only("version", "public_id")
    return _live_version(one_of(visible, public_id))


def preview_intake(actor: Actor, intake: Intake, now: datetime) -> IntakePreview:
    """What this intake would get: cover, the plan's words, due times and open requests."""
    resolved = resolve(actor, intake, Permission.REQUEST_OPEN, now)
    version_id = resolved.cover.plan_version_id
    plan = plan_of_version(version_id)
    intake = resolved.intake
    level_known = plan is not None and intake.level in {one.code for one in plan.levels}
    group = find_group(resolved.place.unit_id, resolved.features())
    dues = preview_dues(resolved.binding, resolved.reported_fact(), now) if level_known else []
    same = visible_requests(actor).filter(customer_id=resolved.place.customer_id)
    still_open = _with_names(same.exclude(state__in=_NOT_OPEN)).order_by("-id")
    return IntakePreview(
        cover=cover_view_of(resolved.cover),
        levels=tuple(_word(choice) for choice in plan.levels) if plan else (),
        categories=tuple(_word(choice) for choice in plan.categories) if plan else (),
        dues=tuple(dues),
        open_requests=tuple(request_row(one) for one in still_open[:MOST_OPEN_SHOWN]),
        questions=asked_questions(plan, resolved.reported_fact().attrs, intake.answers),
        level=intake.level,
        category=intake.category,
        group=group.name if group else "",
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


def _forms(request: Request, known: list[FactView]) -> dict[str, NextStep]:
    """The form of every kind recorded so far: corrections use it."""
    kinds = {fact.kind for fact in known}
    return {kind: next_step(kind, request.plan_version_id) for kind in kinds}


def _open_others(actor: Actor, request: Request) -> tuple[RequestRow, ...]:
    same = visible_requests(actor).filter(customer_id=request.customer_id)
    still_open = same.exclude(state__in=_NOT_OPEN).exclude(pk=request.pk)
    found = _with_names(still_open).order_by("-id")[:MOST_OPEN_SHOWN]
    return tuple(request_row(one) for one in found)


def _live_version(request: Request) -> str:
    return f"{request.version}.{subject_version(request.public_id)}"


def _with_everything(requests: QuerySet[Request]) -> QuerySet[Request]:
    named = _with_names(requests).select_related("site", "contact", "contract", "plan_version")
    return named.select_related("owner", "owner_unit", "merged_into", "split_from", "group__next")


def _choices(request: Request, name: str) -> tuple[Word, ...]:
    """The plan's values of a selector, in its words."""
    plan = compiled_plan(request.plan_version_id).plan if request.plan_version_id else None
    selector = plan.selector(name) if plan else None
    return tuple(_word(choice) for choice in selector.values) if selector else ()


def _next_steps(actor: Actor, request: Request) -> tuple[NextStep, ...]:
    standing = standing_of(request)
    version_id = request.plan_version_id
    return tuple(
        next_step(kind, version_id)
        for kind in asked_by_plan(version_id)
        if is_offered(standing, kind) and actor.may(right_for_step(kind), request.unit_id)
    )


_RIGHT_OF_ACT = {
    "questions": Permission.REQUEST_WORK,
    "take": Permission.REQUEST_WORK,
    "escalate": Permission.REQUEST_WORK,
    "split": Permission.REQUEST_OPEN,
    "handover": Permission.REQUEST_WORK,
    "level": Permission.REQUEST_LEVEL,
    "category": Permission.REQUEST_LEVEL,
    "cover": Permission.COVER_CHANGE,
    "merge": Permission.REQUEST_CLOSE,
}


def _acts(actor: Actor, request: Request) -> frozenset[str]:
    """What may be done beside recording steps; nothing on a closed request."""
    if RequestState(request.state) not in OPEN:
        return frozenset()
    plan = plan_of_version(request.plan_version_id)
    group = request.group
    makes_sense = {
        "questions": plan is not None and bool(plan.questions),
        "take": group is not None and request.owner_id is None and actor.person_id is not None,
        "escalate": group is not None and group.next is not None and group.next.active,
        "split": actor.may(Permission.REQUEST_WORK, request.unit_id),
    }
    return frozenset(
        act
        for act, right in _RIGHT_OF_ACT.items()
        if actor.may(right, request.unit_id) and makes_sense.get(act, True)
    )


def _known_of(request: Request) -> dict[str, str]:
    """What guided questions are chosen by."""
    known = {"level": request.level, "category": request.category, "request_kind": request.kind}
    known["asset_class"] = request.asset.asset_class if request.asset else ""
    return {name: value for name, value in known.items() if value}


def _split_off(
    actor: Actor, request: Request, known: list[FactView]
) -> tuple[RequestHeadline, ...]:
    """The requests that were parts of this one."""
    if not any(fact.kind == "split_off" for fact in known):
        return ()
    rows = visible_requests(actor).filter(split_from_id=request.pk).order_by("id")
    return tuple(RequestHeadline(*one) for one in rows.values_list("public_id", "number"))


def _group(group: SupportGroup | None) -> GroupHeadline | None:
    if group is None:
        return None
    following = group.next if group.next and group.next.active else None
    return GroupHeadline(group.public_id, group.name, following.name if following else "")


def _correctable(actor: Actor, request: Request, known: list[FactView]) -> frozenset[UUID]:
    if request.state == RequestState.MERGED:
        return frozenset()
    return frozenset(
        fact.public_id
        for fact in known
        if fact.kind not in FIXED and may_correct(actor, fact, request.unit_id)
    )


def _owner(request: Request) -> Owner | None:
    person, unit = request.owner, request.owner_unit
    if person is None and unit is None:
        return None
    return Owner(
        person_public_id=person.public_id if person else None,
        person_name=person.name if person else "",
        unit_public_id=unit.public_id if unit else None,
        unit_name=unit.name if unit else "",
    )


def _headline(request: Request | None) -> RequestHeadline | None:
    return RequestHeadline(request.public_id, request.number) if request else None


def _word(choice: Choice) -> Word:
    return Word(
        code=choice.code,
        title_zh=choice.title.zh,
        title_en=choice.title.en,
        definition_zh=choice.definition.zh,
        definition_en=choice.definition.en,
    )
