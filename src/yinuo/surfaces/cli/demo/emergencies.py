"""Emergency plans of the demo company: approved before a visit, and two that wait right now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yinuo.domains.emergency.selectors import may_ask
from yinuo.domains.emergency.services import (
    depart,
    open_chain,
    record_consent,
    submit_plan,
    take_chain_step,
)
from yinuo.domains.emergency.types import ConsentGiven, Doing, PlanContent, Told
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.selectors import find_user_id
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

if TYPE_CHECKING:
    from yinuo.surfaces.cli.demo.history import Case

SOURCE = "console"
LEVEL = "serious"
DOING = Doing(SOURCE)
# Who takes which step, as the shipped plan says.
WRITER, MANAGER, DIRECTOR, PARTS, LEAD = "xiangmu", "fuwu", "zongjian", "beijian", "yingji"
NEEDS_PLAN = "播出链路中断，备路未接管，两套节目停播"
WAITING = ((19, "播出服务器频繁重启，画面间断黑场", 1), (42, NEEDS_PLAN, 3))


def let_people_go(request_id: object, at: datetime) -> None:
    """Where the request needs an emergency plan, have one approved and the crew sent."""
    gate, may_open = may_ask(_actor(MANAGER), request_id)
    if not gate.is_open and may_open:
        _live(request_id, [at] * 6)


def wait_for_approval(cases: Sequence[Case], *, consultant: Actor, now: datetime) -> None:
    """Two serious faults of this hour: one plan is to be acknowledged, the other to be approved."""
    for (minutes, symptom, steps), case in zip(WAITING, _needing(cases), strict=False):
        at = now - timedelta(minutes=minutes)
        intake = Intake(
            customer_id=case.customer_id,
            site_id=case.site_id,
            contact_id=case.contact_id,
            asset_id=case.asset_id,
            symptom=symptom,
            level=LEVEL,
            reported_at=at,
        )
        opened = open_request(actor=consultant, intake=intake, now=at)
        answered = StepFact("responded", at + timedelta(minutes=4), words={"analysis": "远程无效"})
        record_steps(
            actor=consultant,
            request_id=opened.public_id,
            facts=[answered],
            source=SOURCE,
            now=at + timedelta(minutes=4),
        )
        gap = timedelta(minutes=(minutes - 6) / (steps + 1))
        beginning = at + timedelta(minutes=5)
        _live(opened.public_id, [beginning + gap * number for number in range(steps + 1)])


def _needing(cases: Sequence[Case]) -> list[Case]:
    """Cases of customers whose service plan works with emergency plans."""
    words = ("播出", "转码", "节目")
    return [case for case in cases if any(word in case.symptom for word in words)]


def _live(request_id: object, times: Sequence[datetime]) -> None:
    """Open a chain and take so many of its steps, each at its time."""
    row = open_chain(actor=_actor(WRITER), request_id=request_id, doing=DOING, now=times[0])
    steps = (_write, _acknowledge, _agree, _approve, _release, _leave)
    for step, at in zip(steps, times[1:] if len(times) < 6 else times, strict=False):
        about = {"plan_id": row.public_id, "version": row.version, "doing": DOING, "now": at}
        row = step(about, at)


def _write(about: dict[str, Any], at: datetime) -> Any:
    content = PlanContent(
        analysis="主用链路光模块失效，备路切换策略未生效",
        lead_id=_actor(LEAD).person_public_id,
        items=("更换光模块", "修正切换策略", "主备切换测试三次"),
        work_minutes=120,
        cost=Decimal("0.00"),
        tools="光功率计、笔记本电脑",
        parts=("光模块", "交换板"),
        special_points="夜间进机房须提前登记",
        arrival_at=at + timedelta(hours=2),
    )
    return submit_plan(actor=_actor(WRITER), content=content, **about)


def _acknowledge(about: dict[str, Any], at: datetime) -> Any:
    return take_chain_step(actor=_actor(MANAGER), act="acknowledged", **about)


def _agree(about: dict[str, Any], at: datetime) -> Any:
    given = ConsentGiven("顾晓岚", agrees=True)
    return record_consent(actor=_actor(MANAGER), given=given, **about)


def _approve(about: dict[str, Any], at: datetime) -> Any:
    return take_chain_step(actor=_actor(DIRECTOR), act="approved", **about)


def _release(about: dict[str, Any], at: datetime) -> Any:
    return take_chain_step(actor=_actor(PARTS), act="released", **about)


def _leave(about: dict[str, Any], at: datetime) -> Any:
    told = Told(at + timedelta(hours=2), reached="顾晓岚")
    return depart(actor=_actor(LEAD), told=told, **about)


def _actor(username: str) -> Actor:
    return get_actor(find_user_id(username) or 0)
