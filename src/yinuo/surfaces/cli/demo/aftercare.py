"""After a repair of the demo company: the customer is phoned, gets his report, all is filed."""

from __future__ import annotations

import random
from datetime import datetime

from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.report_types import Delivery, DeliveryWay
from yinuo.domains.requests.reports import reports_of_request
from yinuo.domains.requests.services.reports import deliver_report, draft_report, issue_report
from yinuo.surfaces.cli.demo.visits import OPINIONS, SOURCE

NOTHING_LOST = "业务中断期间无数据丢失，已告知客户影响范围。"
OPINION = "到场比约定晚，希望提前电话告知。"


def phone_back(request_id: object, actor: Actor, chance: random.Random, at: datetime) -> None:
    """The call-back with the customer's opinion."""
    opinion = chance.choice(OPINIONS) or "no_statement"
    answers = CallBackAnswers(
        reached=True,
        done=True,
        satisfaction=opinion,
        opinion=OPINION if opinion == "dissatisfied" else "",
    )
    record_call_back(actor=actor, request_id=request_id, answers=answers, source=SOURCE, now=at)


def send_report(request_id: object, actor: Actor, at: datetime) -> None:
    """The problem report, from what the case knows, written, issued and delivered."""
    blank = reports_of_request(actor, request_id).blank
    answers = {
        entry.code: entry.value or (entry.choices[-1].code if entry.choices else NOTHING_LOST)
        for entry in blank
        if entry.value or entry.needed
    }
    draft = draft_report(actor=actor, request_id=request_id, answers=answers, version=None, now=at)
    report = issue_report(actor=actor, report_id=draft.public_id, version=draft.version, now=at)
    delivery = Delivery(DeliveryWay.EMAIL.value)
    deliver_report(
        actor=actor, report_id=report.public_id, delivery=delivery, source=SOURCE, now=at
    )
