"""Reading emergency plans; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from yinuo.domains.emergency.chains import (
    chain_in,
    chain_of,
    due_of,
    held_as,
    place_of,
    plan_behind,
    role_titles,
)
from yinuo.domains.emergency.gate import Gate, gate_of
from yinuo.domains.emergency.models import EmergencyPlan
from yinuo.domains.emergency.policies import visible_plans
from yinuo.domains.emergency.types import PlanRow, PlanView
from yinuo.domains.network.holders import Holder, holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.role_holders import people_by_id
from yinuo.domains.network.roster import Roster, read_roster
from yinuo.domains.network.standing import units_by_role
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.emergency import CHAIN_OPEN, ChainState, Place
from yinuo.kernel.plan.emergency import EmergencyStep, StepKind
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.states import ENDED
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

_RUNNING = [state.value for state in CHAIN_OPEN]
_OVER = [state.value for state in ENDED]
MOST_NAMES = 4


def list_plans(
    actor: Actor,
    *,
    view: str = "",
    text: str = "",
    cursor: str = "",
    limit: int = 50,
    now: datetime,
) -> Page[PlanRow]:
    """Visible plans, newest first: those that run (the default), wait for the actor's roles, wait
    for an approval, or all; `text` narrows by number, request or customer."""
    plans = visible_plans(actor)
    if view != PlanView.ALL:
        plans = plans.filter(state__in=_RUNNING).exclude(request__state__in=_OVER)
    if word := text.strip():
        plans = plans.filter(
            Q(number__icontains=word)
            | Q(request__number__icontains=word)
            | Q(request__customer__name__icontains=word)
        )
    if view in (PlanView.MY_TURN, PlanView.APPROVALS):
        plans = plans.filter(_waiting_for(actor, plans, view))
    rows = plans.select_related("request__customer", "unit")
    page = page_of(rows, order=("-id",), cursor=cursor, limit=limit)
    found = rows_of(page.items, now)
    return Page(tuple(found), page.next_cursor)


def plans_of_request(actor: Actor, request_id: object, now: datetime) -> list[PlanRow]:
    """The plans of a visible request, newest first; NotFound for another request."""
    request = one_of(visible_requests(actor), request_id)
    plans = visible_plans(actor).filter(request=request)
    found = list(plans.select_related("request__customer", "unit").order_by("-id")[:20])
    return rows_of(found, now)


def count_my_turn(actor: Actor) -> int:
    """How many running plans wait for a step that is the actor's by his roles."""
    plans = visible_plans(actor).filter(state__in=_RUNNING).exclude(request__state__in=_OVER)
    return plans.filter(_waiting_for(actor, plans, PlanView.MY_TURN)).count()


def find_plan_numbers(actor: Actor, public_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Numbers of visible plans by public id; one query, none for no ids."""
    wanted = [one for one in public_ids if parse_public_id(one)]
    if not wanted:
        return {}
    rows = visible_plans(actor).filter(public_id__in=wanted)
    return dict(rows.values_list("public_id", "number"))


def rows_of(plans: Sequence[EmergencyPlan], now: datetime) -> list[PlanRow]:
    """The frozen rows of plans read with request, customer and unit; names by one statement."""
    if not plans:
        return []
    roster = read_roster()
    waiting = {one.pk: place_of(one).step(chain_of(one)) for one in plans}
    ids = {one.pk: holder_ids(roster, waiting[one.pk], one.unit_id) for one in plans}
    names = people_by_id((each for found in ids.values() for each in found), now)
    return [
        _row(one, waiting[one.pk], tuple(names[each].name for each in ids[one.pk] if each in names))
        for one in plans
    ]


def holder_ids(roster: Roster, step: EmergencyStep | None, unit_id: int) -> list[int]:
    """Who holds a step by the roles that take it, in the unit or the nearest above, a few."""
    if step is None:
        return []
    found = roster.holders(held_as(step.roles), unit_id)
    return [one.person_id for one in found.holders[:MOST_NAMES]]


def _row(one: EmergencyPlan, step: EmergencyStep | None, holders: tuple[str, ...]) -> PlanRow:
    chain = chain_of(one)
    following = one.position + 1
    has_next = step is not None and following < len(chain.steps)
    request: Any = one.request
    plan = plan_behind(one.plan_version_id)
    return PlanRow(
        public_id=one.public_id,
        number=one.number,
        state=one.state,
        revision=one.revision,
        request_public_id=request.public_id,
        request_number=request.number,
        customer_name=request.customer.name,
        unit_name=one.unit.name,
        step_title=step.title if step else EMPTY,
        roles=role_titles(step.roles, plan) if step else (),
        holders=holders,
        since=one.step_since,
        due_at=due_of(step, one.step_since) if step else None,
        next_title=chain.steps[following].title if has_next else EMPTY,
        opened_at=one.opened_at,
        approved_at=one.approved_at,
        arrival_at=one.arrival_at,
    )


def _waiting_for(actor: Actor, plans: QuerySet[EmergencyPlan], view: str) -> Q:
    """The condition for plans whose waiting step is an approval, or is one of the actor's roles.

    Which step waits is the service plan's data, so it is asked once for each place of a chain where
    any of the plans stands, however many stand there.
    """
    places = plans.order_by().values_list("plan_version_id", "state", "position").distinct()
    held = units_by_role(actor.person_id) if view == PlanView.MY_TURN else {}
    wanted = Q(pk__in=())
    for version_id, state, position in places:
        chain = chain_in(plan_behind(version_id))
        step = Place(ChainState(state), position).step(chain) if chain else None
        if step is None:
            continue
        there = Q(plan_version_id=version_id, state=state, position=position)
        if view == PlanView.APPROVALS and step.kind is StepKind.APPROVE:
            wanted |= there
        units = {unit for role in held_as(step.roles) for unit in held.get(role, ())}
        if units:
            wanted |= there & Q(unit_id__in=units)
    return wanted


def zone_of(request: Any) -> str:
    """The customer's local zone."""
    return request.site.zone if request.site else settings.TIME_ZONE


def may_ask(actor: Actor, request_id: object) -> tuple[Gate, bool]:
    """The gate of a visible request, and whether the actor may ask for an emergency plan of it."""
    request = one_of(visible_requests(actor), request_id)
    gate = gate_of(request)
    has_chain = chain_in(plan_behind(request.plan_version_id)) is not None
    runs = EmergencyPlan.objects.filter(request=request, state__in=_RUNNING).exists()
    is_open = request.state not in _OVER and not runs
    may = actor.may(Permission.EMERGENCY_WORK, request.unit_id)
    return gate, has_chain and is_open and may


def crew_choices(actor: Actor, plan_id: object) -> list[Holder]:
    """Who may lead or join the crew of a visible plan: people who carry out work around it."""
    row = one_of(visible_plans(actor), plan_id)
    return holders_around(Permission.WORK_ORDER_PERFORM, row.unit_id)
