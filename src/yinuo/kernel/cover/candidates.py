"""What may cover a case: a warranty term, a service contract, goodwill; and what speaks against it.

Days are those of the place where the thing stands; periods are half-open: the first day belongs to
them, the last does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

LABOUR, PARTS, TRAVEL, SOFTWARE = "labour", "parts", "travel", "software"
ITEMS = (LABOUR, PARTS, TRAVEL, SOFTWARE)


class Kind(StrEnum):
    """What covers; the earlier, the better. What nothing covers is paid (B-22)."""

    WARRANTY = "warranty"
    CONTRACT = "contract"
    GOODWILL = "goodwill"


RANK = {Kind.WARRANTY: 3, Kind.CONTRACT: 2, Kind.GOODWILL: 1}


class Precision(IntEnum):
    """How precisely a contract names a thing."""

    ELSEWHERE = 0
    CUSTOMER = 1
    SITE = 2
    ASSET = 3


class Lost(StrEnum):
    """Why a candidate does not cover an item: by itself, or (the last five) because of the one
    that does."""

    OTHER_THING = "other_thing"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    SUSPENDED = "suspended"
    START_UNKNOWN = "start_unknown"
    TERM_NOT_BEGUN = "term_not_begun"
    TERM_OVER = "term_over"
    EXCLUDED = "excluded"
    NOT_FACTORY = "not_factory"
    USED_UP = "used_up"
    NOT_ITEM = "not_item"
    CONSUMABLE = "consumable"
    WEAKER = "weaker"
    LESS_PRECISE = "less_precise"
    STARTED_EARLIER = "started_earlier"
    ENDS_SOONER = "ends_sooner"
    ENTERED_EARLIER = "entered_earlier"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the day before the last; no last day: until further notice."""

    begins_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """True when the day belongs to it."""
        return self.begins_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One cover that may apply.

    `key` names it and decides between equals: the greater wins. `runs` is the contract's period,
    `pauses` when it is suspended. `until` is the first day the cover itself is over, None when it
    ends with the contract. `covers` names the items it is about. `refused` is what its terms say
    against the case as a whole, `used_up` the items of which nothing is left.
    """

    key: tuple[int, int]
    kind: Kind
    precision: Precision
    runs: Period
    covers: frozenset[str]
    until: date | None = None
    pauses: tuple[Period, ...] = ()
    refused: Lost | None = None
    used_up: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """What the choice reads of a case: its day, and whether the part asked about wears out."""

    day: date
    is_consumable: bool = False
