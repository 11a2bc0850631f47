"""Story 3: a September of one engineer, eleven visits and what the customer said of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import time_machine
from tests.factories.promises import open_fault
from tests.factories.repairs import BEIJING, Repair, make_repair
from tests.factories.work import PART, STROKES, advance, issue, step, take

from yinuo.domains.feedback.services import take_sheet_answers

SAID = (
    *4 * ["very_satisfied"],
    *3 * ["satisfied"],
    "fair",
    *2 * [""],
    "dissatisfied",
)
FIRST = datetime(2026, 9, 1, 9, tzinfo=BEIJING)


def make_september() -> Repair:
    """Eleven sheets of the technician signed in September, one in the last hour of it, one after."""
    with time_machine.travel(FIRST - timedelta(days=200), tick=True):
        repair = make_repair(
            "lowvoltage",
            "ordinary",
            at=datetime.now(UTC) - timedelta(days=1),
            steps=(),
            restored_at=None,
        )
    days = [FIRST + timedelta(days=2 * number) for number in range(10)]
    moments = [*days, datetime(2026, 9, 30, 23, tzinfo=BEIJING)]
    for at, satisfaction in zip(moments, SAID, strict=True):
        _sign(repair, at, satisfaction)
    _sign(repair, datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING), "very_satisfied")
    take_sheet_answers(now=datetime(2026, 10, 8, tzinfo=BEIJING))
    return repair


def _sign(repair: Repair, at: datetime, satisfaction: str) -> None:
    with time_machine.travel(at, tick=True):
        request = open_fault(repair.consultant, repair.customer, "ordinary")
        order = issue(repair.consultant, request)
        take(repair.technician, order)
        advance(repair.technician, order, "worked")
        unsaid = ("speed",) if satisfaction == "dissatisfied" else ()
        part = replace(PART, satisfaction=satisfaction, dissatisfied_with=unsaid)
        step(repair.technician, order, "signed", part=part, strokes=STROKES)
