"""Seeded plans and facts: levels that change, pauses, taken-back facts, money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random

from tests.kernel.reference.calendar_cases import Case, random_moment
from tests.kernel.reference.minute_calendar import DAY, MINUTE
from tests.kernel.reference.minute_plan import Fine, Promise, StopRule

from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Acknowledgement, Deadline, Stop
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.plan import Choice, Plan, Selector
from yinuo.kernel.plan.remedies import Base, Cap, Money, Per, Price, Remedy
from yinuo.kernel.plan.selectors import ALWAYS, Condition, OneOf, SelectorType
from yinuo.kernel.plan.text import Text

LEVELS = ("serious", "general", "question")
REASONS = ("waiting_for_part", "waiting_for_customer", "force_majeure")
LIMITS = {
    "minute": (15, 30, 90, 600),
    "hour": (1, 2, 4, 8, 24, 48),
    "working_hour": (1, 4, 8, 20),
    "working_day": (1, 1, 2, 3),
    "day": (1, 2, 3),
}


@dataclass(frozen=True)
class PlanCase:
    """Promises of one plan, by promise; the contract's total."""

    groups: dict[str, tuple[Promise, ...]]
    total: Decimal
    plan: Plan


def random_stops(rng: Random) -> tuple[StopRule, ...]:
    return tuple(
        StopRule(
            reason,
            proof=rng.random() < 0.3,
            acknowledged=rng.random() < 0.3,
            budget=rng.choice((None, None, 30, 240, 1440)),
        )
        for reason in REASONS
        if rng.random() < 0.5
    )


def random_fines(rng: Random) -> tuple[Fine, ...]:
    fines = []
    for number in range(rng.choice((0, 1, 2, 3))):
        is_percent = rng.random() < 0.6
        capped = rng.choice(("", "", "amount", "percent"))
        fines.append(
            Fine(
                id=f"fine{number}",
                per=rng.choice(("breach", "started", "full")),
                step=rng.choice((60, 60, 1440, 30)),
                percent=Decimal(rng.choice(("1", "0.05", "0.333", "2.5"))) if is_percent else None,
                amount=None if is_percent else Decimal(rng.choice(("100", "33.33", "0.5"))),
                grace=rng.choice((None, None, 30, 60, 600)),
                cap=Decimal("450.55") if capped == "amount" else None,
                cap_percent=Decimal("3.1") if capped == "percent" else None,
                in_calendar=rng.random() < 0.2,
            )
        )
    return tuple(fines)


def random_promise(rng: Random, name: str, level: str | None, intake: bool) -> Promise:
    unit = rng.choice(list(LIMITS))
    fines = random_fines(rng)
    in_calendar = unit.startswith("working") or rng.random() < 0.4
    if not in_calendar:
        fines = tuple(replace(fine, in_calendar=False) for fine in fines)
    return Promise(
        id=f"{name}.{level or 'all'}",
        promise=name,
        level=level,
        start=("reported",) if name == "restore" else ("reported", "confirmed"),
        end=("restored", "closed") if name == "restore" else ("responded",),
        unit=unit,
        number=rng.choice(LIMITS[unit]),
        in_calendar=in_calendar,
        day_end=rng.choice(("midnight", "midnight", "last_window", "same_clock")),
        stops=random_stops(rng) if rng.random() < 0.7 else (),
        fines=fines,
        intake=intake,
    )


def random_plan(rng: Random, case: Case) -> PlanCase:
    """One promise for all levels, one with a clause for each level."""
    groups = {}
    for name in ("respond", "restore"):
        levels = LEVELS if name == "restore" or rng.random() < 0.2 else (None,)
        intake = rng.random() < 0.2
        groups[name] = tuple(random_promise(rng, name, level, intake) for level in levels)
    total = Decimal(rng.choice(("2860000.00", "486000", "123456.78", "0.30")))
    return PlanCase(groups, total, kernel_plan(groups, case))


def kernel_plan(groups: dict[str, tuple[Promise, ...]], case: Case) -> Plan:
    """The same promises in the kernel's own types."""
    clauses = tuple(kernel_clause(one) for group in groups.values() for one in group)
    return Plan(
        code="generated",
        title=Text("", ""),
        version="1",
        currency="CNY",
        zone=case.spec.zone,
        clauses=clauses,
        selectors=(
            Selector(
                "level",
                SelectorType.LIST,
                Text("", ""),
                tuple(Choice(c, Text("", "")) for c in LEVELS),
            ),
        ),
        calendars=(("hours", case.spec),),
        positions={clause.id: number for number, clause in enumerate(clauses)},
    )


def kernel_clause(one: Promise) -> Deadline:
    level = Condition((("level", OneOf(frozenset({one.level}))),)) if one.level else ALWAYS
    return Deadline(
        id=one.id,
        promise=one.promise,
        applies_to=level,
        start=FactAnchor(one.start),
        end=FactAnchor(one.end),
        limit=Amount(Decimal(one.number), Unit(one.unit)),
        calendar="hours" if one.in_calendar else None,
        intake="hours" if one.intake else None,
        day_end=one.day_end,
        stops=tuple(
            Stop(
                rule.reason,
                proof=rule.proof,
                acknowledgement=Acknowledgement.REQUIRED
                if rule.acknowledged
                else Acknowledgement.NONE,
                budget=None if rule.budget is None else in_minutes(rule.budget),
            )
            for rule in one.stops
        ),
        remedies=tuple(kernel_remedy(fine) for fine in one.fines),
    )


def kernel_remedy(fine: Fine) -> Remedy:
    cap = None
    if fine.cap is not None:
        cap = Cap(Price(amount=fine.cap))
    elif fine.cap_percent is not None:
        cap = Cap(Price(percent=fine.cap_percent, base=Base("total", "contract")))
    base = Base("total", "contract") if fine.percent is not None else None
    return Remedy(
        id=fine.id,
        term=Money(
            Price(percent=fine.percent, base=base, amount=fine.amount),
            per=Per(fine.per),
            step=None if fine.per == "breach" else in_minutes(fine.step),
        ),
        grace=None if fine.grace is None else in_minutes(fine.grace),
        caps=() if cap is None else (cap,),
        in_calendar=fine.in_calendar,
    )


def in_minutes(number: int) -> Amount:
    """A length as a plan says it: in days or hours when it is a whole number of them."""
    for unit, length in ((Unit.DAY, 1440), (Unit.HOUR, 60)):
        if number % length == 0:
            return Amount(Decimal(number // length), unit)
    return Amount(Decimal(number), Unit.MINUTE)


class FactMaker:
    """Facts of one request, each at its own minute."""

    def __init__(self, rng: Random, case: Case, plan: PlanCase) -> None:
        self.rng = rng
        self.start = min(random_moment(rng, case), case.last - 6 * DAY)
        self.used: set[datetime] = set()
        self.facts: list[Fact] = []
        signed = case.first - 100 * DAY
        self.contract = Fact("contract:1", "signed", signed, signed, {"total": plan.total})

    def add(self, kind: str, at: datetime, supersedes: str = "", **attrs: object) -> None:
        if at in self.used:
            return
        self.used.add(at)
        heard = at + self.rng.choice((0, 0, 3, 5000)) * MINUTE + len(self.facts) * MINUTE / 1000
        name = f"fact{len(self.facts)}"
        self.facts.append(Fact("request:1", kind, at, heard, attrs, name, supersedes))

    def after(self, most_minutes: int) -> datetime:
        """A minute after the start, small ones more often."""
        return self.start + int(most_minutes * self.rng.random() ** 2 + 1) * MINUTE

    def make(self) -> list[Fact]:
        rng = self.rng
        self.add("reported", self.start, level=rng.choice(LEVELS), contract="contract:1")
        if rng.random() < 0.2:
            self.add("confirmed", self.start - rng.randint(1, 90) * MINUTE)
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            self.add("classified", self.after(3000), level=rng.choice(LEVELS))
        self.pauses()
        for kind in ("responded", "restored", "closed"):
            if rng.random() < 0.5:
                self.add(kind, self.after(6000))
        if rng.random() < 0.1:
            self.add("responded", self.start - 5 * MINUTE)
        if rng.random() < 0.1:
            self.add("cancelled", self.after(4000))
        self.corrections()
        rng.shuffle(self.facts)
        return [self.contract, *self.facts]

    def pauses(self) -> None:
        rng = self.rng
        at = self.start - rng.choice((0, 0, 40)) * MINUTE
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            reason = rng.choice(REASONS)
            begin = at + rng.randint(1, 900) * MINUTE
            proof = {"proof": "photo.jpg"} if rng.random() < 0.6 else {}
            end = begin + rng.choice((5, 60, 300, 1440, 2000)) * MINUTE
            self.add("paused", begin, reason=reason, **proof)
            if rng.random() < 0.6:
                self.add("pause_acknowledged", begin + rng.randint(1, 4) * MINUTE, reason=reason)
            if rng.random() < 0.1:
                return
            self.add("resumed", end)
            at = end

    def corrections(self) -> None:
        """A fact taken back, replaced, or a taking-back taken back; a fact sent twice."""
        rng = self.rng
        movable = [
            f for f in self.facts if f.kind in ("responded", "restored", "classified", "cancelled")
        ]
        if movable and rng.random() < 0.3:
            wrong = rng.choice(movable)
            target = rng.choice((wrong.id, wrong.kind)) if wrong.kind != "classified" else wrong.id
            kind = rng.choice(("withdrawn", wrong.kind))
            attrs = dict(wrong.attrs) if kind == wrong.kind else {}
            self.add(kind, self.after(6000), target, **attrs)
            if rng.random() < 0.3:
                self.add("withdrawn", self.after(6000), self.facts[-1].id)
        if rng.random() < 0.1:
            again = rng.choice(self.facts)
            self.facts.append(again._replace(received_at=again.received_at + MINUTE / 3))
