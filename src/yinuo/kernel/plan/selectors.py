"""To whom a promise applies, and which of several fitting clauses wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class OneOf:
    """The attribute has one of these values (compared as text; true and false are yes and no)."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The attribute is known and has none of these values."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """A number above the lower bound (exclusive) and up to the upper bound (inclusive)."""

    above: Decimal | None = None
    up_to: Decimal | None = None
    at_least: Decimal | None = None
    below: Decimal | None = None

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in the range.

        >>> Between(at_least=Decimal(2), up_to=Decimal(8)).holds(Decimal(2))
        True
        """
        if self.above is not None and number <= self.above:
            return False
        if self.at_least is not None and number < self.at_least:
            return False
        if self.below is not None and number >= self.below:
            return False
        return self.up_to is None or number <= self.up_to

    @property
    def low(self) -> tuple[Decimal, int]:
        """The lower end; one that does not belong to the range lies just above its number."""
        if self.above is not None:
            return self.above, 1
        return (_LOWEST if self.at_least is None else self.at_least), 0

    @property
    def high(self) -> tuple[Decimal, int]:
        """The upper end; one that belongs to the range lies just above its number."""
        if self.below is not None:
            return self.below, 0
        return (_HIGHEST if self.up_to is None else self.up_to), 1


_LOWEST, _HIGHEST = Decimal("-Infinity"), Decimal("Infinity")
Test = OneOf | NoneOf | Between


@dataclass(frozen=True, slots=True)
class Condition:
    """All tests must hold; an attribute that is not known fails its test. Empty fits everything."""

    tests: tuple[tuple[str, Test], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the attributes looked at, in the order written."""
        return tuple(name for name, _ in self.tests)


ALWAYS = Condition()


class SelectorType(StrEnum):
    """What values a selector takes."""

    LIST = "list"
    NUMBER = "number"
    YES_NO = "yes_no"
    WITHIN = "within"
    WORKING_DAY = "working_day"
    COVERED = "covered"
    DONE = "done"


COMPUTED = frozenset(
    {SelectorType.WITHIN, SelectorType.WORKING_DAY, SelectorType.COVERED, SelectorType.DONE}
)


def as_word(value: Any) -> str:
    """An attribute's value as the word it is compared by.

    >>> as_word(True), as_word("serious"), as_word(3)
    ('yes', 'serious', '3')
    """
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return str(value)


def fits(condition: Condition, attributes: Mapping[str, Any]) -> bool:
    """Whether all tests of a condition hold for the attributes."""
    for name, test in condition.tests:
        value = attributes.get(name)
        if value is None or not test_holds(test, value):
            return False
    return True


def test_holds(test: Test, value: Any) -> bool:
    """Whether one known value passes one test; a value that is no number fails a range."""
    if isinstance(test, OneOf):
        if isinstance(value, list | tuple):
            return any(as_word(item) in test.values for item in value)
        return as_word(value) in test.values
    if isinstance(test, NoneOf):
        return as_word(value) not in test.values
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    if not number.is_finite():
        return False
    return test.holds(number)


def can_both_fit(one: Condition, other: Condition) -> bool:
    """Whether some subject may fit both conditions (judged name by name)."""
    others = dict(other.tests)
    return all(name not in others or _tests_meet(test, others[name]) for name, test in one.tests)


def _tests_meet(one: Test, other: Test) -> bool:
    if isinstance(one, OneOf) and isinstance(other, OneOf):
        return bool(one.values & other.values)
    if isinstance(one, OneOf) and isinstance(other, NoneOf):
        return bool(one.values - other.values)
    if isinstance(one, NoneOf) and isinstance(other, OneOf):
        return bool(other.values - one.values)
    if isinstance(one, Between) and isinstance(other, Between):
        return max(one.low, other.low) < min(one.high, other.high)
    return True


def _test_size(test: Test) -> int:
    if isinstance(test, OneOf):
        return len(test.values)
    if isinstance(test, NoneOf):
        return 10_000 - len(test.values)
    return 6_000 if _LOWEST in test.low or _HIGHEST in test.high else 5_000


def specificity(condition: Condition) -> tuple[int, int]:
    """Sort key of how narrow a condition is: smaller is narrower.

    More selectors are narrower; among equal numbers of selectors, fewer values are narrower.
    """
    return (-len(condition.tests), sum(_test_size(test) for _, test in condition.tests))


def is_narrower(one: Condition, other: Condition) -> bool:
    """Whether ``one`` wins over ``other`` by being more specific.

    It names more selectors, or the same ones and each with no more values and one with fewer.
    """
    if len(one.tests) != len(other.tests):
        return len(one.tests) > len(other.tests)
    others = dict(other.tests)
    if set(others) != {name for name, _ in one.tests}:
        return False
    pairs = [(test, others[name]) for name, test in one.tests]
    return all(lies_inside(a, b) for a, b in pairs) and any(a != b for a, b in pairs)


def lies_inside(one: Test, other: Test) -> bool:
    """Whether every value that passes ``one`` passes ``other`` (false when that is not sure)."""
    if isinstance(one, OneOf) and isinstance(other, OneOf):
        return one.values <= other.values
    if isinstance(one, OneOf) and isinstance(other, NoneOf):
        return not one.values & other.values
    if isinstance(one, NoneOf) and isinstance(other, NoneOf):
        return other.values <= one.values
    if isinstance(one, Between) and isinstance(other, Between):
        return one.low >= other.low and one.high <= other.high
    return False
