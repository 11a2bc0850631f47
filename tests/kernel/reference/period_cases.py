"""Seeded measures over periods, written as plan files, and what happened under a contract."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from random import Random

from tests.kernel.reference.calendar_cases import Case, random_moment
from tests.kernel.reference.minute_calendar import MINUTE
from tests.kernel.reference.minute_periods import Happening, Rule

from yinuo.kernel.facts import Fact

HEAD = """
plan: generated
title: Generated
version: 1
timezone: {zone}
calendars:
  hours: {{week: {{mon-fri: ["09:00-17:00"]}}}}
selectors:
  cause: {{values: [vendor, customer]}}
  component: {{values: [lamp, board]}}
  degree: {{values: [full, half]}}
clauses:
  - {{id: first, promise: respond, start: reported, end: responded, limit: {hours} hours{calendar}}}
"""
PERIODS = ("day", "day", "week", "week", "month", "contract")
FIGURES = (
    "count", "repeats", "share", "share_of_facts", "mean", "mean_of_facts", "sum", "largest",
    "smallest", "percentile", "availability", "availability", "downtime", "mtbf", "points",
)  # fmt: skip
CAUSES = ("vendor", "vendor", "customer")
COMPONENTS = ("lamp", "board")
DEGREES = ("full", "half")


def random_target(rng: Random, figure: str) -> tuple[str, Decimal]:
    bounds = {
        "count": "0 1 2 3",
        "repeats": "0 1",
        "share": "50 80 95 100",
        "share_of_facts": "30 50 75 100",
        "availability": "50 90 99 99.9",
        "downtime": "0.5 2 8 24",
        "mtbf": "5 24 72",
        "points": "60 80 90 100",
        "mean": "0.5 2 6",
        "percentile": "0.5 2 6",
    }.get(figure, "2 3.5 5")
    return rng.choice(("at_least", "above", "at_most", "below")), Decimal(
        rng.choice(bounds.split())
    )


def random_measure(rng: Random, number: int, in_calendar: bool) -> Rule:
    figure = rng.choice(FIGURES)
    of_time = figure in ("availability", "downtime", "mtbf")
    of_promise = figure in ("share", "mean") or (figure == "percentile" and rng.random() < 0.5)
    rolls = figure in ("count", "repeats") and rng.random() < 0.4
    is_plain = figure in ("count", "repeats")
    key, bound = random_target(rng, figure)
    if rolls:
        key = rng.choice(("at_most", "below"))
        bound = max(bound, Decimal(1))
    exempt = rng.random() < 0.4
    return Rule(
        id=f"measure{number}",
        figure={"share_of_facts": "share", "mean_of_facts": "mean"}.get(figure, figure),
        period="rolling" if rolls else rng.choice(PERIODS),
        target=(key, bound),
        kind="" if of_promise or figure == "points" else kind_for(rng, of_time, is_plain),
        until="outage_ended" if of_time and (figure != "mtbf" or rng.random() < 0.5) else "",
        of="first" if of_promise else "",
        attribute="" if of_promise or of_time or is_plain or figure == "points" else "score",
        good="half" if figure == "share_of_facts" else "",
        grouped=figure == "repeats" or (figure == "count" and rng.random() < 0.4),
        exempt=exempt,
        without_exempt=exempt and figure == "availability" and rng.random() < 0.5,
        weighted=figure in ("availability", "downtime") and rng.random() < 0.4,
        planned=(rng.choice((0, 60, 1440)), rng.choice((60, 240, 600)))
        if figure in ("availability", "downtime") and rng.random() < 0.4
        else None,
        in_calendar=in_calendar and of_time and rng.random() < 0.5,
        partial=rng.choice(("full", "full", "prorated", "skipped")),
        minimum=rng.choice((0, 0, 0, 2)),
        percentile=rng.choice((50, 75, 90)) if figure == "percentile" else 0,
        start_points=100 if figure == "points" else 0,
        points=(("first", -5), ("outage_began", -10)) if figure == "points" else (),
        rolling=rng.choice((600, 1440, 2160)) if rolls else 0,
    )


def kind_for(rng: Random, of_time: bool, is_plain: bool) -> str:
    return "outage_began" if of_time or (is_plain and rng.random() < 0.5) else "measured"


def written(rule: Rule) -> str:
    """The measure as a plan file has it."""
    keys = {
        "id": rule.id,
        "kind": "measure",
        "subject": "contract",
        "promise": "other",
        "slot": rule.id,
        "figure": rule.figure,
        "target": f"{{{rule.target[0]}: {rule.target[1]}}}",
        "period": f"{{rolling: {rule.rolling} minutes}}" if rule.rolling else rule.period,
        "partial": rule.partial,
        "facts": rule.kind,
        "until": rule.until,
        "of": rule.of,
        "attribute": "" if rule.good else rule.attribute,
        "good": f"{{degree: {rule.good}}}" if rule.good else "",
        "group_by": "[component]" if rule.grouped else "",
        "exempt": "{cause: customer}" if rule.exempt else "",
        "total_without_exempt": "yes" if rule.without_exempt else "",
        "weights": "[{when: {degree: half}, percent: 50 %}]" if rule.weighted else "",
        "planned": planned(rule),
        "calendar": "hours" if rule.in_calendar else "",
        "minimum_cases": rule.minimum or "",
        "percentile": rule.percentile or "",
        "start_points": rule.start_points or "",
        "points": points(rule),
    }
    return "  - {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v != "") + "}\n"


def planned(rule: Rule) -> str:
    if rule.planned is None:
        return ""
    before, most = rule.planned
    told = f", announced: {before} minutes" if before else ""
    return f"{{facts: work_planned, begins: starts_at, ends: ends_at{told}, at_most: {most} minutes}}"  # fmt: skip


def points(rule: Rule) -> str:
    if not rule.points:
        return ""
    return "[{clause: first, points: -5}, {fact: outage_began, points: -10}]"


class Life:
    """What happened under one contract, each at its own minute."""

    def __init__(self, rng: Random, case: Case) -> None:
        self.rng, self.case = rng, case
        self.begins = random_moment(rng, case)
        self.latest = (case.last - case.first) // MINUTE
        self.used: set[int] = set()
        self.happened: list[Happening] = []
        self.requests: list[dict[str, list[int]]] = []
        self.causes: list[str] = []

    def minute(self) -> int:
        """A free minute, sometimes before the contract, often at a midnight or an hour."""
        begin = (self.begins - self.case.first) // MINUTE
        while True:
            at = begin + int(self.rng.gauss(3000, 3500))
            at -= at % self.rng.choice((1, 1, 30, 60))
            if 0 <= at < self.latest and at not in self.used:
                self.used.add(at)
                return at

    def make(self) -> None:
        rng = self.rng
        for kind, most in (("outage_began", 5), ("outage_ended", 5), ("measured", 6)):
            for _ in range(rng.randint(0, most)):
                self.happened.append(
                    Happening(
                        self.minute(), rng.choice(("asset:1", "asset:2")), kind,
                        rng.choice(CAUSES), rng.choice(COMPONENTS), rng.choice(DEGREES),
                        Decimal(rng.choice(("1", "2.5", "4", "5", "3.33"))),
                    )
                )  # fmt: skip
        for _ in range(rng.choice((0, 0, 1, 3))):
            begins = self.minute()
            told = max(0, begins - rng.choice((0, 59, 60, 1440, 2000)))
            ends = begins + rng.choice((30, 200, 900))
            self.happened.append(
                Happening(told, "contract:1", "work_planned", begins=begins, ends=ends)
            )
        for _ in range(rng.randint(0, 4)):
            reported = self.minute()
            events = {"reported": [reported]}
            if rng.random() < 0.7:
                events["responded"] = [reported + rng.randint(1, 900)]
            self.requests.append(events)
            self.causes.append(rng.choice(CAUSES))

    def facts(self, ends: datetime | None) -> list[Fact]:
        """The same as facts for the kernel, in any order."""
        first = self.case.first
        terms = {"starts_on": self.begins.isoformat()}
        if ends is not None:
            terms["ends_on"] = ends.isoformat()
        signed = first - 900 * MINUTE
        found = [Fact("contract:1", "signed", signed, signed, terms)]
        found += [
            Fact(name, "delivered", signed, signed, {"contract": "contract:1"})
            for name in ("asset:1", "asset:2")
        ]
        for one in self.happened:
            attrs: dict[str, object] = {
                "cause": one.cause, "component": one.component, "degree": one.degree,
                "score": one.score,
            }  # fmt: skip
            if one.kind == "work_planned":
                attrs = {
                    "starts_at": (first + one.begins * MINUTE).isoformat(),
                    "ends_at": (first + one.ends * MINUTE).isoformat(),
                }
            at = first + one.minute * MINUTE
            found.append(Fact(one.subject, one.kind, at, at, attrs))
        for number, (events, cause) in enumerate(zip(self.requests, self.causes, strict=True)):
            for kind, minutes in events.items():
                at = first + minutes[0] * MINUTE
                attrs = {"cause": cause, "contract": "contract:1"} if kind == "reported" else {}
                found.append(Fact(f"request:{number}", kind, at, at, attrs))
        self.rng.shuffle(found)
        return found
