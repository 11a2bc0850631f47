"""What preventive work takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class SeriesKind(StrEnum):
    """What the visits are for."""

    INSPECTION = "inspection"
    SEASONAL = "seasonal"
    MAINTENANCE = "maintenance"
    CALL = "call"
    SALES = "sales"
    DELIVERY = "delivery"


class Recurrence(StrEnum):
    """How a series comes again; `PROMISE`: as the contract's clause says."""

    PROMISE = "promise"
    SEASON = "season"
    PERIOD = "period"
    INTERVAL = "interval"
    USAGE = "usage"
    ONCE = "once"


class Every(StrEnum):
    """The periods of a series of our own."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Standing(StrEnum):
    """How a due visit stands. `MISSED`: its time and the time to make it good are over."""

    DUE = "due"
    AGREED = "agreed"
    ORDERED = "ordered"
    HELD = "held"
    SKIPPED = "skipped"
    MISSED = "missed"


OPEN = frozenset({Standing.DUE, Standing.AGREED, Standing.ORDERED})


class TalkKind(StrEnum):
    """What was spoken about with the customer before a visit."""

    AGREED = "agreed"
    MOVED = "moved"
    REMINDED = "reminded"
    TRIED = "tried"


class DueView(StrEnum):
    """Which visits a list shows."""

    SOON = "soon"
    OVERDUE = "overdue"
    CONTACT = "contact"
    REMIND = "remind"
    OPEN = "open"
    HELD = "held"
    OVER = "over"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Leads:
    """How many days before a visit the customer is spoken to and told again: from, and at the
    latest."""

    contact_from: int = 5
    contact_by: int = 3
    remind_from: int = 2
    remind_by: int = 1


@dataclass(frozen=True, slots=True)
class Beat:
    """How a series of our own comes again. `seasons` are pairs of first and last day, `MM-DD`."""

    rhythm: str
    starts_on: date
    ends_on: date | None = None
    every: str = ""
    seasons: tuple[tuple[str, str], ...] = ()
    every_days: int | None = None
    usage_every: Decimal | None = None
    usage_unit: str = ""
    make_up_days: int = 0


@dataclass(frozen=True, slots=True)
class SeriesData:
    """A series as somebody sets it up. Ids are public ids; empty means none."""

    kind: str
    title: str
    work: str
    beat: Beat
    site_id: object = None
    asset_id: object = None
    contact_id: object = None
    person_id: object = None
    checklist: str = ""
    leads: Leads = field(default_factory=Leads)
    tells_customer: bool = False


@dataclass(frozen=True, slots=True)
class Keeping:
    """What may be changed of any series, also of one that a promise made."""

    work: str
    contact_id: object = None
    person_id: object = None
    checklist: str = ""
    leads: Leads = field(default_factory=Leads)
    tells_customer: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One time a series asks for a visit, as the kernel says: days inclusive, in local time.

    `key` and `number` name it within the series. `make_good_until` is the last day on which a
    missed one still counts.
    """

    key: str
    number: int
    period: str
    begins_on: date
    due_on: date
    ended_on: date | None = None
    is_met: bool = False
    is_lost: bool = False
    make_good_until: date | None = None
    stake: Decimal = Decimal(0)
    obligation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed with the customer before a visit: with whom, when we come, for what."""

    agreed_with: str
    agreed_for: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Which visits get which day: ids of visits with their versions and days, as it was shown."""

    days: tuple[tuple[UUID, int, date], ...]
    with_sheets: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning several visits came to; those that others changed meanwhile were left."""

    planned: int
    sheets: int
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a visit that had no sheet: who went, what was heard and done, when again."""

    held_on: date
    visitors: str
    outcome: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as lists and its page show it; `next_due_on` is that of its first open visit."""

    id: int
    public_id: UUID
    version: int
    kind: str
    title_zh: str
    title_en: str
    work: str
    beat: Beat
    leads: Leads
    checklist: str
    tells_customer: bool
    unit_id: int
    unit_name: str
    customer_public_id: UUID
    customer_name: str
    site_public_id: UUID | None
    site_name: str
    asset_public_id: UUID | None
    asset_name: str
    contact_public_id: UUID | None
    contact_name: str
    contract_public_id: UUID | None
    contract_number: str
    clause: str
    person_public_id: UUID | None
    person_name: str
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    end_reason: str
    next_due_on: date | None
    held: int

    @property
    def is_of_promise(self) -> bool:
        """True when a contract's promise says when it is due."""
        return self.beat.rhythm == Recurrence.PROMISE


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What the meter of a series showed on a day."""

    public_id: UUID
    read_on: date
    value: Decimal
    recorded_by: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    """What was said to whom before a visit."""

    kind: str
    at: datetime
    by: str
    with_whom: str
    agreed_for: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A visit due, agreed, ordered or over. `stake` is what missing it costs, None unless the
    reader may see money. `sheet_state` is empty without a sheet."""

    public_id: UUID
    version: int
    state: str
    series_public_id: UUID
    kind: str
    title_zh: str
    title_en: str
    is_of_promise: bool
    unit_id: int
    unit_name: str
    customer_public_id: UUID
    customer_name: str
    site_name: str
    asset_name: str
    zone: str
    period: str
    begins_on: date
    due_on: date
    planned_on: date | None
    make_good_until: date | None
    late_days: int
    stake: Decimal | None
    agreed_for: datetime | None
    agreed_with: str
    agreed: str
    reminded_at: datetime | None
    person_name: str
    reason: str
    request_public_id: UUID | None
    request_number: str
    sheet_public_id: UUID | None
    sheet_number: str
    sheet_state: str
    engineer: str
    held_on: date | None
    outcome: str
    contact_on: date
    contact_by: date
    remind_on: date | None
    remind_by: date | None
    obligation_id: UUID | None

    @property
    def is_open(self) -> bool:
        """True until it is held, skipped or lost."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """True when its last day is over and it is still open."""
        return self.late_days > 0
