"""A few weeks of requests: reported, answered, helped, restored, archived, some late, some open."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.services.joining import renew_joint_exposure
from yinuo.domains.requests.reports import reports_of_request
from yinuo.domains.requests.selectors import preview_intake
from yinuo.domains.requests.services import open_request, report_fact
from yinuo.domains.requests.types import Intake, Report
from yinuo.surfaces.cli.demo.aftercare import phone_back, send_report
from yinuo.surfaces.cli.demo.visits import BEATS, SOURCE, Visit

# The least and the most minutes before it, and what happens.
Beat = tuple[int, int, Callable[[], None]]

DAYS = 35
ROUNDS = 2
# The youngest requests stay open, so that the lists have something running out.
OPEN_MINUTES_AGO = (3, 12, 22, 55, 130, 260, 700)
CHANNELS = ("hotline", "hotline", "hotline", "duty_mobile", "email", "web")
ANALYSIS = "已电话了解现象，初步判断为设备侧故障。"
LOOKED_AT = "远程查看日志与端口状态，重启相关服务。"


@dataclass(frozen=True, slots=True)
class Case:
    """A fault that a customer will report."""

    customer_id: object
    site_id: object
    contact_id: object
    asset_id: object
    symptom: str
    technician: Actor


def live_through(cases: Sequence[Case], *, consultant: Actor, now: datetime) -> None:
    """Let the cases happen over the last weeks, ending with some that are still running."""
    chance = random.Random(7)  # noqa: S311 - the same company every time
    past = [case for _ in range(ROUNDS) for case in cases]
    chance.shuffle(past)
    step = timedelta(days=DAYS) / len(past)
    for index, case in enumerate(past):
        reported_at = now - timedelta(days=DAYS) + step * index
        _Story(case, reported_at, consultant, chance).tell_whole(now)
    for minutes, case in zip(OPEN_MINUTES_AGO, chance.sample(list(cases), 7), strict=True):
        _Story(case, now - timedelta(minutes=minutes), consultant, chance).tell_beginning(now)
    # What fell due meanwhile, as a worker would have seen it.
    while act_on_due(now=now):
        pass
    while renew_joint_exposure(now=now):
        pass


class _Story:
    def __init__(
        self, case: Case, reported_at: datetime, actor: Actor, chance: random.Random
    ) -> None:
        self.case = case
        self.clock = reported_at
        self.actor = actor
        self.chance = chance
        self.request_id: object = None

    def tell_whole(self, now: datetime) -> None:
        """From the call to the archive, unless it runs into the present."""
        self._open()
        for low, high, happens in self._beats():
            self.clock += timedelta(minutes=self.chance.randint(low, high))
            if self.clock >= now:
                return
            happens()

    def tell_beginning(self, now: datetime) -> None:
        """A fresh case: opened, sometimes answered."""
        reported_at = self.clock
        self._open()
        answered_at = reported_at + timedelta(minutes=9)
        if answered_at < now and self.chance.random() < 0.6:
            self.clock = answered_at
            self._report("responded", {})

    def _beats(self) -> Iterator[Beat]:
        late = self.chance.random() < 0.12
        is_visited = self.chance.random() < 0.5
        yield (*((35, 90) if late else (2, 24)), self._fact("responded", analysis=ANALYSIS))
        asked = {"authorised_by": "值班李工", "from_where": "客服中心"}
        yield 3, 20, self._fact("remote_started", **asked)
        result = "not_solved" if is_visited else "solved"
        yield 10, 45, self._fact("remote_ended", text=LOOKED_AT, result=result)
        if is_visited:
            yield from self._visit()
        yield 15, 240, self._fact("confirmed_by_customer")
        yield from self._aftercare()

    def _visit(self) -> Iterator[Beat]:
        minutes = self.chance.randint(25, 90)
        yield 1, 5, self._fact("on_site_decided", travel_minutes=minutes)
        visit = Visit(self.request_id, self.case.technician, self.actor, self.chance)
        yield 1, 5, lambda: visit.issue(self.case.symptom, self.clock)
        for low, high, what in BEATS:
            yield low, high, partial(self._tell, visit, what)

    def _tell(self, visit: Visit, what: str) -> None:
        visit.tell(what, self.clock)

    def _aftercare(self) -> Iterator[Beat]:
        if reports_of_request(self.actor, self.request_id).promise is not None:
            yield 30, 600, lambda: send_report(self.request_id, self.actor, self.clock)
        yield 10, 90, lambda: phone_back(self.request_id, self.actor, self.chance, self.clock)
        yield 60, 600, self._fact("archived")

    def _fact(self, kind: str, **values: Any) -> Callable[[], None]:
        return partial(self._report, kind, values)

    def _open(self) -> None:
        at = self.clock
        entered_at = at + timedelta(minutes=1)
        intake = Intake(
            customer_id=self.case.customer_id,
            site_id=self.case.site_id,
            contact_id=self.case.contact_id,
            asset_id=self.case.asset_id,
            symptom=self.case.symptom,
            channel=self.chance.choice(CHANNELS),
            reported_at=at,
        )
        words = preview_intake(self.actor, intake, entered_at)
        level = self.chance.choice(words.levels).code if words.levels else ""
        category = self.chance.choice(words.categories).code if words.categories else ""
        intake = replace(intake, level=level, category=category)
        request = open_request(actor=self.actor, intake=intake, now=entered_at)
        self.request_id = request.public_id

    def _report(self, kind: str, values: dict[str, Any]) -> None:
        report_fact(
            actor=self.actor,
            request_id=self.request_id,
            report=Report(kind, occurred_at=self.clock, values=values),
            source=SOURCE,
            now=self.clock,
        )
