"""Scores of the demo company: published months, appeals, and who is phoned back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yinuo.domains.feedback.answer_types import Part
from yinuo.domains.feedback.fair import list_cases
from yinuo.domains.feedback.scores import months_before
from yinuo.domains.feedback.services import add_rule, appeal_case, decide_appeal, publish_month
from yinuo.domains.network.selectors import list_units
from yinuo.domains.network.types import Actor

REASONS = (
    "客户不满的是报价，维修当天一次完成，请核对回访记录。",
    "到场前客户改期两次，不应算我迟到。",
)


def appeal_scores(engineer: Actor, manager: Actor, now: datetime) -> None:
    """Two appeals of an engineer against his latest cases; the manager decides the first."""
    whole = Part(date(2000, 1, 1), now.date() + timedelta(days=1), engineer_id=engineer.person_id)
    for number, (case, reason) in enumerate(
        zip(list_cases(engineer, whole).items, REASONS, strict=False)
    ):
        appeal = appeal_case(actor=engineer, case_id=case.public_id, reason=reason, now=now)
        if number == 0:
            decide_appeal(
                actor=manager,
                appeal_id=appeal.public_id,
                upheld=True,
                reason="属实：报价由销售负责，不计入工程师。",
                now=now,
            )


def publish_scores(director: Actor, now: datetime) -> None:
    """The last three months as they were published, one after the other."""
    for month in reversed(months_before(now.date(), 4)[1:]):
        publish_month(actor=director, month=month, now=now)


def rule_call_backs(manager: Actor, now: datetime) -> None:
    """Every fault is phoned back, of everything else a third."""
    unit_id = next(unit.public_id for unit in list_units(manager) if not unit.parent_public_id)
    for kind, percent in (("fault", 100), ("", 30)):
        add_rule(actor=manager, unit_id=unit_id, kind=kind, category="", percent=percent, now=now)
