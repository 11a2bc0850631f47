"""Money at risk at the demo company: open cases of the maker of signs, whose misses cost money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact
from yinuo.surfaces.cli.demo.history import Case
from yinuo.surfaces.cli.demo.visits import SOURCE

# Symptom, category; hours ago: called, answered; hours from now: restoration agreed for.
OPEN_CASES = (
    ("北门灯箱夜间不亮", "light", 53, 47.5, -26),
    ("荣誉墙一块面板脱落", "loose", 8, 6, 22),
    ("导视牌内容需要更新两处", "surface", 2, None, None),
)
STEP = timedelta(minutes=20)


def leave_open(cases: Sequence[Case], *, consultant: Actor, now: datetime) -> None:
    """One restoration overdue since yesterday, one due tomorrow, one call not answered yet."""
    for symptom, category, called, answered, until in OPEN_CASES:
        case = next(case for case in cases if case.symptom == symptom)
        intake = Intake(
            customer_id=case.customer_id,
            site_id=case.site_id,
            contact_id=case.contact_id,
            asset_id=case.asset_id,
            symptom=symptom,
            level="major",
            category=category,
            keep=True,
        )
        opened = open_request(actor=consultant, intake=intake, now=now - timedelta(hours=called))
        if answered is None or until is None:
            continue
        at = now - timedelta(hours=answered)
        agreed = {"until": (now + timedelta(hours=until)).isoformat()}
        for fact in (
            StepFact("responded", at),
            StepFact("measures_taken", at),
            StepFact("restoration_agreed", at + STEP, agreed),
        ):
            record_steps(
                actor=consultant,
                request_id=opened.public_id,
                facts=[fact],
                source=SOURCE,
                now=at + STEP,
            )
