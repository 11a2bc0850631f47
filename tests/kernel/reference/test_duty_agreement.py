"""Recurring duties and warranty terms come to what going through the minutes comes to.

`YINUO_CASES` sets how many sets of clauses and facts are compared (default 400).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random

import pytest
from tests.kernel.reference.calendar_cases import Case, random_moment
from tests.kernel.reference.minute_calendar import MINUTE, MinuteCalendar, OutOfSpanError
from tests.kernel.reference.minute_duties import Cover, Duty, Events, owed, term_of
from tests.kernel.reference.test_plan_agreement import calendar_that_opens

from yinuo.kernel.evaluation import Evaluation, Evaluator
from yinuo.kernel.facts import Fact
from yinuo.planfile import load_plan

CASES = int(os.environ.get("YINUO_CASES", "400"))
SHARDS = 2
PLANS = 12
FACTS = 8
HEAD = "plan: generated\ntitle: Generated\nversion: 1\ntimezone: {zone}\nclauses:\n"
KINDS = ("repaired", "modified", "transferred", "outage_began", "outage_ended",
         "warranty_registered")  # fmt: skip


def random_duty(rng: Random, number: int) -> Duty:
    shape = rng.choice(("period", "period", "every", "gap"))
    return Duty(
        id=f"duty{number}",
        period=rng.choice(("day", "week", "month", "contract")) if shape != "every" else "",
        times=rng.choice((1, 1, 2, 3)) if shape != "every" else 1,
        make_up=rng.choice((0, 60, 1440)) if shape != "every" else 0,
        partial=rng.choice(("full", "prorated", "skipped")) if shape != "every" else "full",
        every=rng.choice((600, 1440, 2880)) if shape == "every" else 0,
        from_due=shape == "every" and rng.random() < 0.5,
        max_gap=rng.choice((600, 1440, 4000)) if shape == "gap" else 0,
        min_gap=rng.choice((0, 0, 90, 600)),
    )


def random_cover(rng: Random, number: int) -> Cover:
    rule = rng.choice(("rest", "own", "longer"))
    registered = rng.random() < 0.3
    return Cover(
        id=f"cover{number}",
        term=rng.choice((1440, 4000, 7 * 1440)),
        rule=rule,
        own=0 if rule == "rest" else rng.choice((600, 1440, 4000)),
        usage=rng.choice((0, 0, 50, 100)),
        voided=rng.random() < 0.3,
        transferable=rng.random() < 0.6,
        extended=rng.random() < 0.4,
        register=rng.choice((600, 1440)) if registered else 0,
        unregistered=rng.choice((0, 900)) if registered else 0,
    )


def written_duty(duty: Duty) -> str:
    keys = {
        "id": duty.id, "kind": "recurring", "subject": "contract", "promise": "visit",
        "slot": duty.id, "done": "visited", "period": duty.period,
        "times": duty.times if duty.period else "", "make_up": minutes(duty.make_up),
        "partial": duty.partial if duty.period else "", "every": minutes(duty.every),
        "from": "due" if duty.from_due else "", "max_gap": minutes(duty.max_gap),
        "min_gap": minutes(duty.min_gap),
    }  # fmt: skip
    return line(keys)


def written_cover(cover: Cover) -> str:
    repair = f"{{rule: {cover.rule}, term: {cover.own} minutes}}" if cover.own else ""
    usage = f"{{attribute: running_hours, up_to: {cover.usage}}}" if cover.usage else ""
    keys = {
        "id": cover.id, "kind": "warranty", "slot": cover.id, "covers": "parts",
        "start": "{date: installed_on}", "term": minutes(cover.term), "after_repair": repair,
        "usage": usage, "voided_by": "[modified]" if cover.voided else "",
        "transferable": "" if cover.transferable else "no",
        "extended_by_downtime": "yes" if cover.extended else "",
        "register_within": minutes(cover.register),
        "unregistered_term": minutes(cover.unregistered),
    }  # fmt: skip
    return line(keys)


def minutes(number: int) -> str:
    return f"{number} minutes" if number else ""


def line(keys: dict[str, object]) -> str:
    return "  - {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v != "") + "}\n"


class Contest:
    """Three duties and three covers in one generated calendar, evaluated both ways."""

    def __init__(
        self,
        case: Case,
        slow: MinuteCalendar,
        rng: Random,
        evaluating: Callable[[str], Callable[[list[Fact], datetime], Evaluation]],
    ) -> None:
        self.case, self.slow, self.rng = case, slow, rng
        self.duties = [random_duty(rng, n) for n in range(3)]
        self.covers = [random_cover(rng, n) for n in range(3)]
        text = HEAD.format(zone=case.spec.zone)
        text += "".join(map(written_duty, self.duties)) + "".join(map(written_cover, self.covers))
        self.evaluate = evaluating(text)

    def minute(self, at: datetime) -> int:
        return (at - self.slow.first) // MINUTE

    def compare(self) -> Counter[str]:
        rng = self.rng
        begins = random_moment(rng, self.case)
        begin = self.minute(begins)
        self.used: set[int] = set()
        done = [self.some(begin) for _ in range(rng.randint(0, 8))]
        events = {
            kind: [self.some(begin) for _ in range(rng.choice((0, 0, 1, 2)))] for kind in KINDS
        }
        hours = sorted(rng.randint(10, 130) for _ in range(rng.choice((0, 2, 4))))
        readings = list(zip(sorted(self.some(begin) for _ in hours), hours, strict=True))
        reported = [self.some(begin) for _ in range(3)]
        over = begin + rng.choice((1440, 4000, 7 * 1440)) if rng.random() < 0.5 else None
        as_of = begin + rng.choice((0, 600, 1440, 4000, 6000, 9000))
        if rng.random() < 0.3:
            as_of = max(rng.choice([*self.used, begin]), begin) + rng.choice((0, 1))
        facts = self.facts(begins, over, done, events, readings, reported)
        evaluation = self.evaluate(facts, self.slow.instant(as_of))
        seen = self.duties_same(done, (begin, over), as_of, evaluation)
        return seen + self.covers_same(begin, events, readings, reported, as_of, evaluation)

    def some(self, begin: int) -> int:
        while True:
            at = begin + int(self.rng.gauss(3000, 3000))
            at -= at % self.rng.choice((1, 30, 60))
            if 0 <= at < len(self.slow.owners) and at not in self.used:
                self.used.add(at)
                return at

    def facts(
        self,
        begins: datetime,
        over: int | None,
        done: list[int],
        events: Events,
        readings: list[tuple[int, int]],
        reported: list[int],
    ) -> list[Fact]:
        terms: dict[str, object] = {"starts_on": begins.isoformat()}
        if over is not None:
            terms["ends_on"] = self.slow.instant(over).isoformat()
        made = [("contract:1", "signed", -2000, terms),
                ("asset:1", "installed", -2000, {"installed_on": begins.isoformat()})]  # fmt: skip
        made += [
            (f"visit:{n}", "visited", at, {"contract": "contract:1"}) for n, at in enumerate(done)
        ]
        made += [("asset:1", kind, at, {}) for kind, found in events.items() for at in found]
        made += [("asset:1", "metered", at, {"running_hours": hours}) for at, hours in readings]
        made += [
            (f"request:{n}", "reported", at, {"asset": "asset:1"}) for n, at in enumerate(reported)
        ]
        instant = self.slow.instant
        facts = [
            Fact(name, kind, instant(at), instant(at), attrs) for name, kind, at, attrs in made
        ]
        self.rng.shuffle(facts)
        return facts

    def duties_same(
        self, done: list[int], life: tuple[int, int | None], as_of: int, evaluation: Evaluation
    ) -> Counter[str]:
        seen: Counter[str] = Counter()
        span = (life[0], 10**9 if life[1] is None else life[1])
        for duty in self.duties:
            try:
                expected = owed(duty, done, span, as_of, self.slow) if life[0] <= as_of else []
            except OutOfSpanError:
                seen["skipped"] += 1
                continue
            given = [one for one in evaluation.obligations if one.clause_id == duty.id]
            found = sorted(
                (
                    (one.state.value, self.minute(one.started_at), self.minute(one.due_at),
                     None if one.ended_at is None else self.minute(one.ended_at))
                    for one in given
                ),
                key=in_order,
            )  # fmt: skip
            wanted = sorted(
                ((one.state, one.started, one.due, one.ended) for one in expected), key=in_order
            )
            if span[1] == 10**9:  # without an end the last due time lies beyond what is listed
                found = [(*one[:2], min(one[2], span[1]), one[3]) for one in found]
                wanted = [(*one[:2], min(one[2], other[2]), one[3])
                          for one, other in zip(wanted, found, strict=False)] + wanted[len(found):]  # fmt: skip
            assert found == wanted, (duty, life, as_of, sorted(done), found, wanted)
            shape = "gap" if duty.max_gap else duty.period or "every"
            seen.update(f"duty {one.state}" for one in expected)
            seen[shape] += len(expected)
            seen["compared"] += 1
        return seen

    def covers_same(
        self,
        begin: int,
        events: Events,
        readings: list[tuple[int, int]],
        reported: list[int],
        as_of: int,
        evaluation: Evaluation,
    ) -> Counter[str]:
        seen: Counter[str] = Counter()
        given = {(one.clause_id, one.subject): one for one in evaluation.covers}
        for cover in self.covers:
            first, end = term_of(cover, begin, events, readings, as_of)
            cases = {"asset:1": as_of}
            cases |= {f"request:{n}": at for n, at in enumerate(reported) if at <= as_of}
            for name, at in cases.items():
                one = given[cover.id, name]
                found = (self.minute(one.begins_at), self.minute(one.ends_at), one.is_covered)
                assert found == (first, end, first <= at < end), (
                    cover, begin, events, readings, as_of, name, at, found, (first, end)
                )  # fmt: skip
                seen["covered" if one.is_covered else "not covered"] += 1
            seen[f"repair {cover.rule}"] += bool(events["repaired"])
            seen["compared"] += 1
        return seen


def in_order(owed: tuple[str, int, int, int | None]) -> tuple[int, str, int, int]:
    state, started, due, ended = owed
    return started, state, ended or 0, due


def compared(seed: str) -> Counter[str]:
    """All duties, covers and facts of one calendar."""
    rng = Random(seed)
    case, _ = calendar_that_opens(rng)
    slow = MinuteCalendar(case.spec, case.first, case.last)
    seen: Counter[str] = Counter()
    for _ in range(PLANS):
        contest = Contest(case, slow, rng, lambda text: Evaluator(load_plan(text, "")).evaluate)
        for _ in range(FACTS):
            seen += contest.compare()
            seen["cases"] += 1
    return seen


@pytest.mark.req("G16", "B-06")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_duties_and_covers_equal_going_through_the_minutes(shard: int) -> None:
    seen: Counter[str] = Counter()
    number = 0
    while seen["cases"] < CASES // SHARDS:
        seen += compared(f"duty {shard} {number}")
        number += 1
    kinds = ("duty met", "duty missed", "duty running", "day", "week", "contract", "every",
             "gap", "covered", "not covered", "repair own", "repair longer", "repair rest")  # fmt: skip
    assert all(seen[kind] for kind in kinds), seen
