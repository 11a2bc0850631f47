"""Promises that the demo company missed, and what its people did about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.breaches.selectors import Narrowed, list_breaches
from yinuo.domains.breaches.services import (
    approve_breach,
    dispute_breach,
    record_loss,
    waive_breach,
)
from yinuo.domains.breaches.types import BreachRow
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact
from yinuo.surfaces.cli.demo.history import Case
from yinuo.surfaces.cli.demo.visits import SOURCE

# A light box came loose: answered after 5 h 20 min, restored 40 h 30 min after the time agreed.
SYMPTOM = "大门灯箱松动，下面是人行道"
DAYS_AGO = 12


def miss_promises(
    cases: Sequence[Case], *, consultant: Actor, manager: Actor, director: Actor, now: datetime
) -> None:
    """One case of the maker of signs as story 2 tells it, then decisions about its breaches."""
    case = next(case for case in cases if case.symptom == SYMPTOM)
    called = now - timedelta(days=DAYS_AGO)
    intake = Intake(
        customer_id=case.customer_id,
        site_id=case.site_id,
        contact_id=case.contact_id,
        asset_id=case.asset_id,
        symptom=SYMPTOM,
        level="major",
        category="light",
        keep=True,
    )
    opened = open_request(actor=consultant, intake=intake, now=called)
    answered = called + timedelta(hours=5, minutes=20)
    agreed = answered + timedelta(hours=2, minutes=20)
    until = called + timedelta(hours=57)
    steps = (
        (answered, StepFact("responded", answered)),
        (answered, StepFact("measures_taken", answered)),
        (agreed, StepFact("restoration_agreed", agreed, {"until": until.isoformat()})),
        *_bracket(agreed, until, until + timedelta(hours=22)),
        (
            until + timedelta(hours=40, minutes=30),
            StepFact("restored", words={"method": "重做支架，更换膨胀螺栓"}),
        ),
    )
    for at, fact in steps:
        record_steps(
            actor=consultant, request_id=opened.public_id, facts=[fact], source=SOURCE, now=at
        )
    mine = {one.clause: one for one in _breaches(director, opened.public_id)}
    _decide(mine, manager, director, until + timedelta(days=4))


def _bracket(
    asked: datetime, sent: datetime, came: datetime
) -> tuple[tuple[datetime, StepFact], ...]:
    """It had to be made and sent: supplier and carrier held the case meanwhile."""
    return (
        (asked, StepFact("part_requested", asked, words={"text": "向厂家订做支架一副"})),
        (sent, StepFact("part_shipped", sent, words={"text": "厂家已发物流"})),
        (came, StepFact("part_delivered", came, words={"text": "支架到货"})),
    )


def _breaches(actor: Actor, subject_id: object) -> tuple[BreachRow, ...]:
    return list_breaches(actor, Narrowed(subject_id=subject_id)).items


def _decide(mine: dict[str, BreachRow], manager: Actor, director: Actor, at: datetime) -> None:
    """The response is approved, the customer's loss entered; the restoration is disputed."""
    respond, restore = mine["respond"], mine["restore"]
    loss = record_loss(
        actor=manager,
        breach_id=respond.public_id,
        amount=Decimal("1280.00"),
        proof="客户来函附围挡租赁发票一张，原件存综合档案第 12 盒。",
        version=respond.version,
        now=at,
    )
    waived = waive_breach(
        actor=director,
        breach_id=respond.public_id,
        amount=Decimal("800.00"),
        reason="客户同意围挡按我方成本价结算，书面确认已归档。",
        version=loss.version,
        now=at,
    )
    approve_breach(actor=director, breach_id=respond.public_id, version=waived.version, now=at)
    dispute_breach(
        actor=manager,
        breach_id=restore.public_id,
        side="ours",
        reason="15 日上午的暴雨红色预警期间不能高空作业，请核减一天。",
        version=restore.version,
        now=at,
    )
