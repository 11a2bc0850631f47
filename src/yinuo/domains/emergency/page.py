"""One emergency plan whole: the chain at a glance, its record, and what this person may do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yinuo.domains.emergency.chains import (
    chain_of,
    due_of,
    held_as,
    place_of,
    plan_behind,
    role_titles,
)
from yinuo.domains.emergency.contacting import customer_of
from yinuo.domains.emergency.models import (
    ChainAct,
    ChainEscalation,
    EmergencyPlan,
    Revision,
    Setback,
)
from yinuo.domains.emergency.policies import (
    plans_behind,
    refusal,
    standing_in,
    visible_plans,
)
from yinuo.domains.emergency.selectors import holder_ids, rows_of, zone_of
from yinuo.domains.emergency.services.consenting import LINK_PURPOSE
from yinuo.domains.emergency.types import (
    ActView,
    ContentView,
    EstimateView,
    Named,
    PlanPage,
    SetbackView,
    StepView,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.role_holders import RoleHolder, people_by_id
from yinuo.domains.network.roster import read_roster
from yinuo.domains.network.standing import roles_at
from yinuo.domains.network.types import Actor
from yinuo.kernel.emergency import (
    CHAIN_OPEN,
    FINISHING,
    Act,
    ChainState,
    acts_at,
    is_gate_open,
)
from yinuo.kernel.plan.emergency import EmergencyChain, SetbackKind
from yinuo.kernel.plan.text import Text
from yinuo.platform.errors import NotFound
from yinuo.platform.links.types import Link
from yinuo.platform.scoped import one_of

_NAMES = ("request__customer", "request__site", "request__contact", "unit")
_DONE = frozenset(act.value for act in FINISHING)
# What a person may do besides the acts of the table.
ESTIMATE, SETBACK = "estimate", "setback"


def get_plan_page(actor: Actor, plan_id: object, *, now: datetime) -> PlanPage:
    """One visible plan with everything about it; NotFound otherwise."""
    row = one_of(visible_plans(actor).select_related(*_NAMES), plan_id)
    return _page(row, now, actor)


def plan_of_link(link: Link, now: datetime) -> PlanPage:
    """The plan that the holder of a link may read. Raises NotFound when it is gone."""
    row = plans_behind(link).select_related(*_NAMES).first()
    if row is None or link.purpose != LINK_PURPOSE:
        raise NotFound
    return _page(row, now, None)


def _page(row: EmergencyPlan, now: datetime, actor: Actor | None) -> PlanPage:
    chain, request = chain_of(row), _request(row)
    acts = list(ChainAct.objects.filter(plan=row).order_by("id"))
    revision = Revision.objects.filter(plan=row).select_related("lead").order_by("-number").first()
    customer = customer_of(request)
    return PlanPage(
        row=rows_of([row], now)[0],
        version=row.version,
        zone=zone_of(request),
        contact_name=customer.name,
        contact_phone=customer.phone,
        symptom=request.symptom,
        steps=tuple(_steps(row, chain, acts, now)),
        content=_content(revision, now) if revision else None,
        acts=tuple(_act(one, chain) for one in acts if one.act != Act.SKIPPED.value),
        estimates=tuple(_estimates(row)),
        setbacks=tuple(_setbacks(row, chain, actor)),
        is_released=is_gate_open(place_of(row), chain),
        approved_by=row.approved_by,
        ended_reason=row.ended_reason,
        may=_may(row, chain, actor, now) if actor else (),
        refusal=_refusal(row, chain, actor, now) if actor else "",
    )


def _request(row: EmergencyPlan) -> Any:
    return row.request


def _may(row: EmergencyPlan, chain: EmergencyChain, actor: Actor, now: datetime) -> tuple[str, ...]:
    """The acts possible now that are this person's."""
    place, found = place_of(row), []
    step = place.step(chain)
    own = step is not None and standing_in(actor, row, step, now) is not None
    writes = standing_in(actor, row, chain.steps[0], now) is not None
    closes = writes or standing_in(actor, row, chain.steps[-1], now) is not None
    for act in acts_at(place, chain):
        is_his = {Act.WITHDRAWN: writes, Act.CLOSED: closes}.get(act, own)
        if is_his:
            found.append(act.value)
    takes_part = actor.may(Permission.EMERGENCY_WORK, row.unit_id)
    if takes_part and ChainState(row.state) in CHAIN_OPEN and row.approved_at is not None:
        found += [ESTIMATE, SETBACK]
    return tuple(found)


def _refusal(row: EmergencyPlan, chain: EmergencyChain, actor: Actor, now: datetime) -> str:
    """Why the approval that waits is not this person's, where his role alone would make it so."""
    step = place_of(row).step(chain)
    if step is None or actor.person_id is None or standing_in(actor, row, step, now):
        return ""
    held = roles_at(actor.person_id, row.unit_id)
    mine = held.intersection(held_as((*step.roles, *step.stand_in, *step.superior)))
    return refusal(actor, row, step) if mine else ""


def _steps(
    row: EmergencyPlan, chain: EmergencyChain, acts: list[ChainAct], now: datetime
) -> list[StepView]:
    """Every step of the chain, as the present revision stands."""
    roster, plan = read_roster(), plan_behind(row.plan_version_id)
    ids = [holder_ids(roster, step, row.unit_id) for step in chain.steps]
    names = people_by_id((each for found in ids for each in found), now)
    is_anew = row.state in (ChainState.DECLINED, ChainState.RETURNED)
    done = {
        one.position: one
        for one in acts
        if one.act in _DONE and one.revision == row.revision and not is_anew
    }
    escalated = _escalated(row)
    found, since = [], row.opened_at
    for at, step in enumerate(chain.steps):
        act = done.get(at)
        waits = at == row.position and ChainState(row.state) in CHAIN_OPEN and act is None
        begun = row.step_since if waits else (since if act else None)
        found.append(
            StepView(
                code=step.code,
                kind=step.kind.value,
                title=step.title,
                roles=role_titles(step.roles, plan),
                holders=tuple(_name(names, each) for each in ids[at]),
                stands=_stands(act, waits),
                since=begun,
                due_at=due_of(step, begun) if begun else None,
                done_at=act.at if act else None,
                done_by=act.done_by if act else "",
                act=act.act if act else "",
                standing=act.standing if act else "",
                note=act.note if act else "",
                escalated=escalated if waits else 0,
            )
        )
        since = act.at if act else since
    return found


def _stands(act: ChainAct | None, waits: bool) -> str:
    if act is not None:
        return "skipped" if act.act == Act.SKIPPED.value else "done"
    return "waits" if waits else "to_come"


def _escalated(row: EmergencyPlan) -> int:
    steps = ChainEscalation.objects.filter(plan=row, revision=row.revision, position=row.position)
    return steps.filter(since=row.step_since).count()


def _content(one: Revision, now: datetime) -> ContentView:
    crew = people_by_id(one.crew, now)
    return ContentView(
        number=one.number,
        analysis=one.analysis,
        lead=Named(one.lead.public_id, one.lead.name, one.lead.phone),
        crew=tuple(
            Named(crew[each].public_id, crew[each].name, crew[each].phone)
            for each in one.crew
            if each in crew
        ),
        tools=one.tools,
        parts=tuple(one.parts),
        items=tuple(one.items),
        work_minutes=one.work_minutes,
        cost=one.cost,
        special_points=one.special_points,
        arrival_at=one.arrival_at,
        written_by=one.written_by,
        written_at=one.written_at,
    )


def _act(one: ChainAct, chain: EmergencyChain) -> ActView:
    titles = {step.code: step.title for step in chain.steps}
    title = titles.get(one.step, Text("", ""))
    return ActView(one.revision, title, one.act, one.at, one.done_by, one.standing, one.note)


def _estimates(row: EmergencyPlan) -> list[EstimateView]:
    return [
        EstimateView(one.arrival_at, one.told_at, one.told_by, one.reached, one.reason)
        for one in row.estimates.order_by("id")
    ]


def _setbacks(row: EmergencyPlan, chain: EmergencyChain, actor: Actor | None) -> list[SetbackView]:
    held = roles_at(actor.person_id, row.unit_id) if actor and actor.person_id else set()
    takes_part = actor is not None and actor.may(Permission.EMERGENCY_WORK, row.unit_id)
    helps = bool(held.intersection(held_as(chain.told_of(SetbackKind.TOO_HARD))))
    rows = Setback.objects.filter(plan=row).select_related("missing", "sent").order_by("id")
    return [_setback(one, helps=helps, takes_part=takes_part) for one in rows]


def _setback(one: Setback, *, helps: bool, takes_part: bool) -> SetbackView:
    is_open = one.settled_at is None
    is_hard = one.kind == SetbackKind.TOO_HARD
    return SetbackView(
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        missing=one.missing.name if one.missing else "",
        skill=one.skill,
        words=one.words,
        raised_at=one.raised_at,
        raised_by=one.raised_by,
        helped_at=one.helped_at,
        helped_by=one.helped_by,
        help_words=one.help_words,
        settled_at=one.settled_at,
        settled_by=one.settled_by,
        outcome=one.outcome,
        sent=one.sent.name if one.sent else "",
        settled_words=one.settled_words,
        may_help=is_open and is_hard and one.helped_at is None and helps and takes_part,
        may_settle=is_open and takes_part,
    )


def _name(names: dict[int, RoleHolder], person_id: int) -> str:
    found = names.get(person_id)
    return found.name if found else ""
