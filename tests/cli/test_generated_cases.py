"""`yinuo plan evaluate` on generated plan and fact files says what the slow reference says."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from tests.kernel.reference.minute_calendar import MinuteCalendar
from tests.kernel.reference.test_duty_agreement import Contest
from tests.kernel.reference.test_plan_agreement import calendar_that_opens
from tests.plans.commands import Outcome

from yinuo.kernel.evaluation import State
from yinuo.kernel.facts import Fact


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


class Command:
    """Evaluates by files and the command, and reads back what it printed."""

    def __init__(self, folder: Path, plan: str) -> None:
        self.plan, self.facts = folder / "plan.yaml", folder / "facts.jsonl"
        self.plan.write_text(plan)

    def evaluate(self, facts: list[Fact], as_of: datetime) -> SimpleNamespace:
        lines = [
            {
                "subject": one.subject,
                "kind": one.kind,
                "occurred_at": one.occurred_at.isoformat(),
                "received_at": one.received_at.isoformat(),
                "attrs": dict(one.attrs),
            }
            for one in facts
        ]
        self.facts.write_text("".join(json.dumps(line) + "\n" for line in lines))
        printed = Outcome(self.plan, self.facts, as_of.isoformat())
        obligations = [
            SimpleNamespace(
                clause_id=one["clause"],
                state=State(one["state"]),
                started_at=instant(one["started_at"]),
                due_at=instant(one["due_at"]),
                ended_at=instant(one["ended_at"]),
            )
            for one in printed.data["obligations"]
        ]
        covers = [
            SimpleNamespace(
                clause_id=one["clause"],
                subject=one["subject"],
                begins_at=instant(one["begins_at"]),
                ends_at=instant(one["ends_at"]),
                is_covered=one["covered"],
            )
            for one in printed.data["covers"]
        ]
        return SimpleNamespace(obligations=obligations, covers=covers)


@pytest.mark.req("G16", "B-07")
@pytest.mark.parametrize("seed", range(3))
def test_duties_and_covers_of_files_equal_going_through_the_minutes(tmp_path, seed):
    rng = Random(f"command {seed}")
    case, _ = calendar_that_opens(rng)
    slow = MinuteCalendar(case.spec, case.first, case.last)
    compared = 0
    for _ in range(3):
        contest = Contest(case, slow, rng, lambda text: Command(tmp_path, text).evaluate)
        for _ in range(4):
            compared += contest.compare()["compared"]
    assert compared > 40
