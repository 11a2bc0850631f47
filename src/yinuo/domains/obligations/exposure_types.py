"""What exposure hands to others: frozen, without queries behind it. Amounts are what we pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from yinuo.kernel.plan.text import Text

# By contract (internal id) and column the most that one promise of it adds.
Bounds = Mapping[int | None, Mapping[str, Decimal]]
NO_BOUNDS: Bounds = {}


@dataclass(frozen=True, slots=True)
class PromiseMoney:
    """What one promise costs: accrued so far, and on top if it is an hour, a day, a week late.

    The later amounts are None where nothing is owed any more. `is_unknown`: a base of the price is
    not known, so that the amounts lack something. They are those of the promise by itself; what a
    cap over the contract's cases leaves of them is in `at_most`, see `shared_caps`.
    """

    accrued: Decimal
    late_hour: Decimal | None
    late_day: Decimal | None
    late_week: Decimal | None
    is_unknown: bool
    at_most: Mapping[str, Decimal] = field(default_factory=dict)

    def cut_to(self, column: str) -> Decimal | None:
        """What a shared cap leaves of a later amount; None where it takes nothing off it."""
        alone, most = getattr(self, column), self.at_most.get(column)
        return most if alone is not None and most is not None and most < alone else None

    def adds(self, column: str) -> Decimal | None:
        """What a later amount adds to what the contract costs."""
        left = self.cut_to(column)
        alone: Decimal | None = getattr(self, column)
        return alone if left is None else left


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over promises: what has accrued, and what would come on top if all were late.

    `open` are the promises with a price that are still owed, `missed` those that have accrued
    something, `unknown` those whose amount lacks a base.
    """

    accrued: Decimal = Decimal(0)
    late_hour: Decimal = Decimal(0)
    late_day: Decimal = Decimal(0)
    late_week: Decimal = Decimal(0)
    open: int = 0
    missed: int = 0
    unknown: int = 0

    def less(self, waived: Decimal) -> Sums:
        """What is left of what accrued once a part of it was waived."""
        return replace(self, accrued=max(self.accrued - waived, Decimal(0)))

    def __sub__(self, other: Sums) -> Sums:
        return Sums(
            self.accrued - other.accrued,
            self.late_hour - other.late_hour,
            self.late_day - other.late_day,
            self.late_week - other.late_week,
            self.open - other.open,
            self.missed - other.missed,
            self.unknown - other.unknown,
        )

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.accrued + other.accrued,
            self.late_hour + other.late_hour,
            self.late_day + other.late_day,
            self.late_week + other.late_week,
            self.open + other.open,
            self.missed + other.missed,
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """What the promises of a contract cost together, beside the sum of each by itself."""

    together: Sums
    alone: Sums

    def of(self, seen: Sums, *, is_part: bool) -> Sums:
        """What promises seen by themselves come to together, never above the joint figures.

        Who sees all of them sees these; of a part of them it is not known how it shares in the cap.
        `is_part`: others are counted beside them, so nothing is the whole of nothing.
        """

        def held(seen: Decimal, whole: Decimal, joint: Decimal) -> Decimal:
            is_whole = seen == whole and not (is_part and not whole)
            return joint if is_whole else min(seen, joint)

        whole, joint = self.alone, self.together
        return replace(
            seen,
            accrued=held(seen.accrued, whole.accrued, joint.accrued),
            late_hour=held(seen.late_hour, whole.late_hour, joint.late_hour),
            late_day=held(seen.late_day, whole.late_day, joint.late_day),
            late_week=held(seen.late_week, whole.late_week, joint.late_week),
        )


@dataclass(frozen=True, slots=True)
class ExposureGroup:
    """The sums of one contract, customer or unit. Without `public_id` it is not visible, or none.

    `owner` is the customer's name beside a contract's number.
    """

    public_id: UUID | None
    name: str
    owner: str
    sums: Sums
    # A cap over several cases, or a count of breaches: the sums are those of all cases together.
    is_capped: bool = False


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """How one amount comes about. `hours` is how much later the promise would end, None for now."""

    hours: int | None
    title: Text
    computation: Text
    amount: Decimal | None
