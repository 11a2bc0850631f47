"""Seeded plans of clauses that follow each other, repeat, are extended or run backwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from tests.kernel.reference.calendar_cases import Case, random_moment
from tests.kernel.reference.minute_calendar import DAY, MINUTE
from tests.kernel.reference.minute_more import Events, Length, Penalty, Price, Rule
from tests.kernel.reference.plan_cases import in_minutes

from yinuo.kernel.facts import Fact
from yinuo.kernel.plan import remedies as written
from yinuo.kernel.plan.anchors import FactAnchor, Outcome, OutcomeAnchor
from yinuo.kernel.plan.clauses import Deadline, Repeat
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.periods import Period, PeriodKind
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.text import Text

TOTAL = written.Base("total", "contract")
OUTCOMES = ("missed", "missed", "met", "ended", "due", "started")
BOUNDS = (30, 60, 240, 600, 1440)


def random_length(rng: Random) -> Length:
    return Length(rng.choice((30, 60, 90, 240, 480, 1440)), rng.random() < 0.4)


def random_price(rng: Random) -> Price:
    if rng.random() < 0.5:
        return Price(amount=Decimal(rng.choice(("100", "33.33", "0.5", "7"))))
    return Price(percent=Decimal(rng.choice(("1", "0.05", "0.333", "2.5"))))


def random_bands(rng: Random, graduated: bool) -> tuple:
    cuts = sorted(rng.sample(BOUNDS, rng.choice((1, 2, 3))))
    lows: list[int | None] = [None, *cuts]
    highs: list[int | None] = [*cuts, None]
    bands = [(low, high, random_price(rng)) for low, high in zip(lows, highs, strict=True)]
    return tuple(bands if graduated or rng.random() < 0.6 else bands[1:])


def random_penalty(rng: Random, number: int, pot: str) -> Penalty:
    banded = rng.random() < 0.35
    graduated = banded and rng.random() < 0.5
    capped = rng.random() < 0.6
    repeated = rng.random() < 0.2
    shared = rng.choice(("", "", "pot")) if capped else ""
    over = rng.choice(("", "day", "week", "month", "contract")) if capped else ""
    return Penalty(
        id=f"p{number}",
        price=random_price(rng),
        per=rng.choice(("breach", "started", "full")),
        step=rng.choice((60, 30, 600, 1440)),
        bands=random_bands(rng, graduated) if banded else (),
        graduated=graduated,
        grace=rng.choice((0, 0, 0, 30, 60)),
        cap=random_price(rng) if capped else None,
        over=pot if shared else over,
        shared=shared,
        group=rng.choice(("", "", "late")),
        from_breach=rng.choice((2, 3)) if repeated else 1,
        within=rng.choice(("", "day", "week", "month")) if repeated else "",
    )


def random_rules(rng: Random) -> tuple[Rule, ...]:
    pot = rng.choice(("", "day", "week", "month", "contract"))

    def penalties() -> tuple[Penalty, ...]:
        return tuple(random_penalty(rng, n, pot) for n in range(rng.choice((0, 1, 1, 2, 3))))

    return (
        Rule(
            "first", "reported", "responded", random_length(rng), penalties(),
            extended_by="extension_told" if rng.random() < 0.4 else "",
        ),
        Rule("second", ("first", rng.choice(OUTCOMES)), "arrived", random_length(rng), penalties()),
        Rule("third", ("second", rng.choice(OUTCOMES)), "restored", random_length(rng), penalties()),
        Rule(
            "update", "reported", "update_sent", random_length(rng), penalties(),
            repeat_from=rng.choice(("done", "due")), until="restored",
        ),
        Rule("notice", "work_planned", "notice_given", random_length(rng), penalties(), backward=True),
    )  # fmt: skip


@dataclass(frozen=True)
class Story:
    """The facts of one request: events by kind, extensions told, work planned; in instants."""

    name: str
    events: dict[str, list[datetime]]
    told: list[tuple[datetime, datetime]]
    planned: list[tuple[datetime, datetime]]

    def facts(self, rng: Random) -> list[Fact]:
        made = [(kind, at, {}) for kind, found in self.events.items() for at in found]
        made += [("extension_told", at, {"until": until}) for at, until in self.told]
        made += [("work_planned", at, {"planned_at": event}) for at, event in self.planned]
        facts = []
        for kind, at, attrs in made:
            heard = at + rng.choice((0, 0, 7, 3000)) * MINUTE
            facts.append(Fact(self.name, kind, at, heard, {"contract": "contract:1", **attrs}))
        return facts

    def in_minutes(self, first: datetime) -> tuple[Events, list, list]:
        def number(at: datetime) -> int:
            return (at - first) // MINUTE

        events = {kind: sorted(map(number, found)) for kind, found in self.events.items()}
        return (
            events,
            [(number(a), number(b)) for a, b in self.told],
            [(number(a), number(b)) for a, b in self.planned],
        )


def random_story(rng: Random, case: Case, number: int) -> Story:
    start = min(random_moment(rng, case), case.last - 5 * DAY)

    def after(most: int) -> datetime:
        return start + int(most * rng.random() ** 2 + 1) * MINUTE

    events: dict[str, list[datetime]] = {"reported": [start]}
    for kind in ("responded", "arrived", "restored"):
        if rng.random() < 0.6:
            events[kind] = [after(5000)]
    if rng.random() < 0.1:
        events["cancelled"] = [after(4000)]
    events["update_sent"] = sorted({after(6000) for _ in range(rng.choice((0, 1, 3, 6)))})
    told, planned = set(), {}
    for _ in range(rng.choice((0, 0, 1, 2))):
        at = after(2000)
        told.add((at, at + rng.randint(1, 3000) * MINUTE))
    for _ in range(rng.choice((0, 0, 1, 2))):
        planned[after(1500)] = start + rng.randint(1500, 6000) * MINUTE
    if planned and rng.random() < 0.7:
        events["notice_given"] = [after(5000)]
    return Story(f"request:{number}", events, sorted(told), sorted(planned.items()))


# -- the same clauses in the kernel's own types -----------------------------------------------


def kernel_plan(rules: tuple[Rule, ...], case: Case) -> Plan:
    clauses = tuple(kernel_clause(rule) for rule in rules)
    return Plan(
        code="generated",
        title=Text("", ""),
        version="1",
        currency="CNY",
        zone=case.spec.zone,
        clauses=clauses,
        calendars=(("hours", case.spec),),
        positions={clause.id: number for number, clause in enumerate(clauses)},
    )


def kernel_clause(rule: Rule) -> Deadline:
    start: FactAnchor | OutcomeAnchor
    if rule.backward:
        start = FactAnchor((str(rule.start),), attribute="planned_at")
    elif isinstance(rule.start, str):
        start = FactAnchor((rule.start,))
    else:
        start = OutcomeAnchor(rule.start[0], Outcome(rule.start[1]))
    repeat = Repeat((rule.until,), rule.repeat_from == "done") if rule.repeat_from else None
    return Deadline(
        id=rule.id,
        promise=rule.id,
        start=start,
        end=FactAnchor((rule.end,)),
        limit=in_hours(rule.limit.minutes),
        calendar="hours" if rule.limit.in_calendar else None,
        backward=rule.backward,
        repeat=repeat,
        extended_by=rule.extended_by or None,
        remedies=tuple(kernel_remedy(one) for one in rule.penalties),
    )


def in_hours(minutes: int) -> Amount:
    """Counted time, never a day: a day is no amount of working time."""
    return Amount(Decimal(minutes) / 60, Unit.HOUR)


def kernel_price(price: Price) -> written.Price:
    if price.amount is not None:
        return written.Price(amount=price.amount)
    return written.Price(percent=price.percent, base=TOTAL)


def kernel_remedy(one: Penalty) -> written.Remedy:
    bands = tuple(
        written.Band(
            kernel_price(price),
            above=None if above is None else Decimal(above * 60),
            up_to=None if up_to is None else Decimal(up_to * 60),
        )
        for above, up_to, price in one.bands
    )
    over = Period(PeriodKind(one.over)) if one.over else None
    return written.Remedy(
        id=one.id,
        term=written.Money(
            None if bands else kernel_price(one.price),
            written.Per(one.per),
            None if one.per == "breach" else in_minutes(one.step),
            bands,
            one.graduated,
        ),
        grace=in_minutes(one.grace) if one.grace else None,
        caps=() if one.cap is None else (written.Cap(kernel_price(one.cap), over, one.shared or None),),
        group=one.group or None,
        after_breaches=one.from_breach,
        within=Period(PeriodKind(one.within)) if one.within else None,
    )  # fmt: skip
