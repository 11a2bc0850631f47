"""A plan version: the clauses a vendor offers and the words they use. It never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from yinuo.kernel.calendars import CalendarSpec
from yinuo.kernel.money import MoneyRounding
from yinuo.kernel.plan.clauses import Clause
from yinuo.kernel.plan.emergency import EmergencyChain
from yinuo.kernel.plan.guiding import Question, SheetResult
from yinuo.kernel.plan.limits import Unit
from yinuo.kernel.plan.packages import Package
from yinuo.kernel.plan.papers import PromisedPaper
from yinuo.kernel.plan.periods import Period, Season
from yinuo.kernel.plan.selectors import SelectorType
from yinuo.kernel.plan.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a selector: its code, its name and what it means."""

    code: str
    title: Text
    definition: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Selector:
    """What requests are told apart by. The fields after ``values`` are for computed ones.

    ``done`` asks whether one of ``facts`` about the ``owner`` occurred before the case, since the
    ``period`` began in which it falls (of seasons: the one begun last) or at most ``length`` ago.
    """

    name: str
    type: SelectorType
    title: Text
    values: tuple[Choice, ...] = ()
    calendar: str | None = None
    clause: str | None = None
    facts: tuple[str, ...] = ()
    owner: str = "contract"
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure each contract may set; the plan says its unit, default and bounds."""

    name: str
    unit: Unit | None
    default: Decimal | None
    title: Text = EMPTY
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def within(self, number: Decimal) -> Decimal:
        """The number, moved inside the bounds the plan sets."""
        if self.lowest is not None:
            number = max(number, self.lowest)
        return number if self.highest is None else min(number, self.highest)


@dataclass(frozen=True, slots=True)
class ReportField:
    """One field of a report: free text, or one of its ``choices`` where there are any."""

    code: str
    title: Text
    needed: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The fields of one kind of report, in the order they are printed."""

    code: str
    title: Text
    fields: tuple[ReportField, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A published or drafted plan version. ``hash`` names its meaning: same meaning, same hash."""

    code: str
    title: Text
    version: str
    currency: str
    zone: str
    clauses: tuple[Clause, ...]
    selectors: tuple[Selector, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    calendars: tuple[tuple[str, CalendarSpec], ...] = ()
    seasons: tuple[Season, ...] = ()
    money_places: int = 2
    money_rounding: MoneyRounding = MoneyRounding.HALF_UP
    words: tuple[tuple[str, str, Text], ...] = ()
    hash: str = ""
    reports: tuple[ReportForm, ...] = ()
    # Points by opinion, where the plan sets its own.
    satisfaction: tuple[tuple[str, Decimal], ...] = ()
    questions: tuple[Question, ...] = ()
    # How visits may end, where the plan names its own results.
    results: tuple[SheetResult, ...] = ()
    # What every contract on the plan hands over on paper.
    papers: tuple[PromisedPaper, ...] = ()
    packages: tuple[Package, ...] = ()
    # Whether customers see online what a missed promise brought them, once it is approved.
    shows_penalties: bool = False
    # Whether the nearest entitled unit is asked for a fault as soon as it is taken in.
    offers_faults: bool = False
    # How emergency plans are agreed on, where the vendor works by them.
    emergency: EmergencyChain | None = None
    positions: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def selector(self, name: str) -> Selector | None:
        """The selector of that name, or None when the plan does not use it."""
        return next((one for one in self.selectors if one.name == name), None)

    @property
    def levels(self) -> tuple[Choice, ...]:
        """The plan's levels, worst first as written."""
        found = self.selector("level")
        return found.values if found else ()

    @property
    def categories(self) -> tuple[Choice, ...]:
        """The plan's categories."""
        found = self.selector("category")
        return found.values if found else ()

    @property
    def contract_kinds(self) -> tuple[Choice, ...]:
        """The kinds of contract the plan tells apart; empty when it treats all alike."""
        found = self.selector("contract_kind")
        return found.values if found else ()

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id; KeyError when there is none."""
        position = self.positions.get(clause_id)
        if position is None:
            raise KeyError(clause_id)
        return self.clauses[position]
