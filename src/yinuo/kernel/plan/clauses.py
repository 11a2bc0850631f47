"""Clauses: one promise each, as written. All kinds share a heading."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.anchors import Anchor, FactAnchor
from yinuo.kernel.plan.limits import Amount, Limit
from yinuo.kernel.plan.periods import Partial, Period
from yinuo.kernel.plan.remedies import Remedy
from yinuo.kernel.plan.selectors import ALWAYS, Condition
from yinuo.kernel.plan.text import EMPTY, Text


class Acknowledgement(StrEnum):
    """What a pause needs from the customer to count."""

    NONE = "none"
    REQUIRED = "required"
    UNLESS_OBJECTED = "unless_objected"


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason for which the clock may stop, what proves it and how much of it there may be."""

    reason: str
    begins: str = "paused"
    ends: str = "resumed"
    proof: bool = False
    acknowledgement: Acknowledgement = Acknowledgement.NONE
    objection_window: Amount | None = None
    budget: Amount | None = None


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step of an escalation: at a share of the limit, or before or after the due time."""

    notify: tuple[str, ...]
    by: tuple[str, ...] = ()
    percent: Decimal | None = None
    before_due: Amount | None = None
    after_due: Amount | None = None
    after_start: Amount | None = None
    every: Amount | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Rounding:
    """Due times are moved to a multiple of minutes of the local day: up, down or nearest."""

    minutes: int
    mode: str = "up"


@dataclass(frozen=True, slots=True)
class Repeat:
    """The promise comes again on the same subject until one of these facts.

    ``from_done``: the next one starts when the last was kept; else at the last due time.
    """

    until: tuple[str, ...]
    from_done: bool = True
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The heading every clause has."""

    id: str
    promise: str
    number: str = ""
    title: Text = EMPTY
    text: Text = EMPTY
    slot: str = ""
    subject: str = "request"
    owed_by: str = "vendor"
    applies_to: Condition = ALWAYS
    rank: int = 0
    is_default: bool = False
    evidence: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    calendar: str | None = None
    local_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Clause):
    """Something must happen within a limit after (or before) something else."""

    start: Anchor
    end: Anchor
    limit: Limit | None
    backward: bool = False
    intake: str | None = None
    stops: tuple[Stop, ...] = ()
    void_on: tuple[str, ...] = ("cancelled", "merged")
    rounding: Rounding | None = None
    repeat: Repeat | None = None
    extended_by: str | None = None
    at_least_after_change: Amount | None = None
    broken_by: tuple[str, ...] = ()
    excused_by: Condition | None = None
    reopened_by: tuple[str, ...] = ()
    day_end: str = "midnight"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange(Clause):
    """Attributes of the subject change by rule: at the start, or a limit later unless something."""

    start: Anchor
    sets: tuple[tuple[str, str], ...]
    limit: Limit | None = None
    unless: FactAnchor | None = None


@dataclass(frozen=True, slots=True)
class Outreach:
    """A step before each recurring duty: between ``earliest`` and ``latest`` ahead of it."""

    fact: str
    latest: Amount
    earliest: Amount | None = None


@dataclass(frozen=True, slots=True)
class UsageEvery:
    """Due again each time a meter has grown by this much."""

    attribute: str
    every: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring(Clause):
    """N times in each period between two dates, at most so far apart.

    ``times_parameter`` and ``interval_parameter`` name figures of the contract that stand for
    ``times`` and ``interval``. ``due_after_begin`` makes each period due before it ends;
    ``due_after_end`` lets the duty of a period be done in the time that follows it.
    """

    done: FactAnchor
    begins: Anchor
    ends: Anchor | None = None
    period: Period | None = None
    interval: Amount | None = None
    from_done: bool = True
    times: int = 1
    times_parameter: str = ""
    interval_parameter: str = ""
    due_after_begin: Amount | None = None
    due_after_end: Amount | None = None
    max_gap: Amount | None = None
    min_gap: Amount | None = None
    usage: UsageEvery | None = None
    outreach: tuple[Outreach, ...] = ()
    make_up: Amount | None = None
    partial: Partial = Partial.FULL


class Figure(StrEnum):
    """How a measure is computed."""

    SHARE = "share"
    MEAN = "mean"
    COUNT = "count"
    SUM = "sum"
    LARGEST = "largest"
    SMALLEST = "smallest"
    PERCENTILE = "percentile"
    AVAILABILITY = "availability"
    DOWNTIME = "downtime"
    REPEATS = "repeats"
    POINTS = "points"
    MTBF = "mtbf"
    RATIO = "ratio"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Target:
    """The bounds a figure has to keep, each inclusive or not."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether a figure keeps the target.

        >>> Target(at_least=Decimal("99.9")).holds(Decimal("99.9"))
        True
        """
        if self.at_least is not None and value < self.at_least:
            return False
        if self.above is not None and value <= self.above:
            return False
        if self.at_most is not None and value > self.at_most:
            return False
        return self.below is None or value < self.below


@dataclass(frozen=True, slots=True)
class PointRule:
    """Points for each fact of a kind (or each breach of a clause)."""

    points: Decimal
    fact: FactAnchor | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of an outage counts: a percentage, or the one its first fact names."""

    when: Condition = ALWAYS
    percent: Decimal | None = None
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedWindows:
    """Announced windows in which downtime does not count.

    Each fact names its window by two attributes; it was told at least ``announced`` before the
    window begins. In each period no more than ``most`` of window time is planned, the first come.
    """

    facts: FactAnchor
    begins: str
    ends: str
    announced: Amount | None = None
    most: Amount | None = None


@dataclass(frozen=True, slots=True)
class Divisor:
    """What a share or a ratio is taken of.

    An ``attribute`` alone is summed over the measured facts; with ``facts`` over those (without
    attribute they are counted); with ``owner`` it is read there, such as units of the contract.
    ``growth`` is how much a meter has grown in the period.
    """

    attribute: str | None = None
    facts: FactAnchor | None = None
    owner: str = ""
    growth: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRounding:
    """Decimals a figure is rounded to before it is judged and priced."""

    places: int
    mode: str = "half_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Clause):
    """A figure over a period, held against a target.

    ``bounds`` names the parameters that stand for bounds of the target (key, parameter).
    Outages shorter than ``shortest`` do not count; each of the others counts in started
    ``each_started``.
    """

    figure: Figure
    period: Period
    target: Target
    bounds: tuple[tuple[str, str], ...] = ()
    rounding: FigureRounding | None = None
    shortest: Amount | None = None
    each_started: Amount | None = None
    growth: str | None = None
    scale: Decimal = Decimal(1)
    of_clauses: tuple[str, ...] = ()
    facts: FactAnchor | None = None
    attribute: str | None = None
    until: FactAnchor | None = None
    group_by: tuple[str, ...] = ()
    exempt: tuple[Condition, ...] = ()
    total_without_exempt: bool = False
    weights: tuple[Weight, ...] = ()
    planned: PlannedWindows | None = None
    good: Condition | None = None
    out_of: Divisor | None = None
    points: tuple[PointRule, ...] = ()
    start_points: Decimal = Decimal(0)
    percentile: Decimal | None = None
    unit: str = ""
    begins: Anchor | None = None
    ends: Anchor | None = None
    partial: Partial = Partial.FULL
    confirmed_by: str = ""
    confirm_within: Amount | None = None
    minimum_cases: int = 0


class Kept(StrEnum):
    """What a coverage duty keeps."""

    STOCK = "stock"
    PEOPLE = "people"
    CERTIFICATE = "certificate"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Clause):
    """Something is kept at all times: a part of each model, people per units, papers handed over.

    ``each`` is kept for every value of ``by`` that is delivered, or for every one of ``items``;
    with ``per`` for every started number of counted things.
    """

    kept: Kept
    each: int = 1
    per: int | None = None
    counted: str = "asset"
    by: str = "model"
    items: tuple[str, ...] = ()
    role: str = ""
    start: Anchor | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class AfterRepair:
    """The term after a repair: ``rest`` of the old one, its ``own``, or the ``longer`` of both."""

    rule: str = "rest"
    own: Amount | None = None


@dataclass(frozen=True, slots=True)
class UsageLimit:
    """The term also ends when a meter passes this figure."""

    attribute: str
    up_to: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Warranty(Clause):
    """A term of cover: what is covered, from when, how long, and what ends it early."""

    covers: tuple[str, ...]
    start: Anchor
    term: Limit
    no_later_than: Anchor | None = None
    usage: tuple[UsageLimit, ...] = ()
    after_repair: AfterRepair = field(default_factory=AfterRepair)
    extended_by_downtime: bool = False
    voided_by: tuple[FactAnchor, ...] = ()
    excludes: tuple[Condition, ...] = ()
    factory_parts_only: bool = False
    register_within: Amount | None = None
    unregistered_term: Amount | None = None
    rungs: tuple[str, ...] = ()
    support_until: Amount | None = None
    after_term: Text = EMPTY
    transferable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Clause):
    """A promise kept as text: nobody can measure it; it is shown and counted as such."""

    why: Text = EMPTY
