"""Today at the demo company: support groups with queues, and a technician's list of sheets."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import preview_intake
from yinuo.domains.requests.services import (
    GroupData,
    create_group,
    open_request,
    report_fact,
)
from yinuo.domains.requests.types import AskedQuestion, Intake, OpenedRequest, Report
from yinuo.surfaces.cli.demo.history import Case
from yinuo.surfaces.cli.demo.visits import SOURCE, Visit

# How far each of today's sheets has come, and how many minutes ago its case was reported.
SHEETS = (
    (250, ("accept", "phone", "depart", "arrive", "work")),
    (170, ("accept", "phone", "depart", "arrive")),
    (120, ("accept", "phone", "depart")),
    (50, ("accept", "phone")),
    (30, ("accept",)),
    (15, ()),
)
BETWEEN = timedelta(minutes=9)
QUEUED_MINUTES_AGO = (4, 9, 17, 26, 38)


def set_up_groups(
    groups: Sequence[dict[str, Any]],
    units: Mapping[str, object],
    people: Mapping[str, Actor],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """The support groups of the company, those named as next ones first."""
    made: dict[str, object] = {}
    for group in groups:
        data = GroupData(
            name=group["name"],
            rank=group["rank"],
            categories=group["categories"],
            member_ids=[people[one].person_public_id for one in group["members"]],
            next_id=made.get(group.get("next", "")),
        )
        row = create_group(actor=by, unit_id=units[group["unit"]], data=data, now=now)
        made[group["name"]] = row.public_id


def fill_queues(cases: Sequence[Case], *, consultant: Actor, now: datetime) -> None:
    """Fresh calls that wait for a group, answered by the plan's own questions."""
    chance = random.Random(11)  # noqa: S311 - the same company every time
    asked = [case for case in cases if _questions(case, consultant, now)]
    for minutes, case in zip(QUEUED_MINUTES_AGO, chance.sample(asked, 5), strict=True):
        _call(case, consultant, now - timedelta(minutes=minutes), chance)


def plan_day(cases: Sequence[Case], *, technician: Actor, consultant: Actor, now: datetime) -> None:
    """Sheets of one technician for today, each in another state, in the order of his day."""
    chance = random.Random(13)  # noqa: S311 - the same company every time
    own = [case for case in cases if case.technician.person_id == technician.person_id]
    for (minutes, done), case in zip(SHEETS, chance.sample(own, len(SHEETS)), strict=True):
        clock = now - timedelta(minutes=minutes)
        opened = _call(case, consultant, clock, chance, keep=True)
        for kind in ("responded", "on_site_decided"):
            clock += timedelta(minutes=4)
            _report(opened, consultant, kind, clock)
        visit = Visit(opened.public_id, technician, consultant, chance)
        visit.issue(case.symptom, clock)
        for what in done:
            clock = min(clock + BETWEEN, now)
            visit.tell(what, clock)


def _questions(case: Case, consultant: Actor, now: datetime) -> bool:
    return bool(preview_intake(consultant, _intake(case, now), now).questions)


def _call(
    case: Case, consultant: Actor, at: datetime, chance: random.Random, *, keep: bool = False
) -> OpenedRequest:
    """A call whose questions are answered one after the other, as the answers lead."""
    answers: dict[str, str] = {}
    while True:
        intake = _intake(case, at, answers, keep=keep)
        preview = preview_intake(consultant, intake, at)
        open_ones = [one for one in preview.questions if one.code not in answers]
        if not open_ones:
            break
        answers[open_ones[0].code] = _answer(open_ones[0], case.symptom, chance)
    level = preview.level or (preview.levels[-1].code if preview.levels else "")
    chosen = _intake(case, at, answers, keep=keep, level=level)
    return open_request(actor=consultant, intake=chosen, now=at + timedelta(minutes=1))


def _answer(question: AskedQuestion, symptom: str, chance: random.Random) -> str:
    """The answer whose words the symptom uses, any one when it uses none."""

    def alike(title: str) -> int:
        pairs = {title[at : at + 2] for at in range(len(title) - 1)}
        return sum(pair in symptom for pair in pairs)

    best = max(question.answers, key=lambda one: alike(one.word.title_zh))
    if alike(best.word.title_zh):
        return best.word.code
    return chance.choice(question.answers).word.code


def _intake(
    case: Case, at: datetime, answers: Mapping[str, str] | None = None, **more: Any
) -> Intake:
    return Intake(
        customer_id=case.customer_id,
        site_id=case.site_id,
        contact_id=case.contact_id,
        asset_id=case.asset_id,
        symptom=case.symptom,
        reported_at=at,
        answers=dict(answers or {}),
        **more,
    )


def _report(opened: OpenedRequest, actor: Actor, kind: str, at: datetime) -> None:
    report_fact(
        actor=actor,
        request_id=opened.public_id,
        report=Report(kind, at),
        source=SOURCE,
        now=at,
    )
