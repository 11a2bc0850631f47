"""Amounts of time as written: `4 hours`, `2-24 hours`, `3 working days`."""

from __future__ import annotations

import re
from decimal import Decimal

from yinuo.kernel.plan.limits import DAYS, MONTHS, SECONDS, WORKING, Amount, Unit
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import BadValueError, Reader, Schema, Shape, scalar
from yinuo.planfile.source import Node

UNIT_WORDS: dict[str, Unit] = {
    "second": Unit.SECOND,
    "seconds": Unit.SECOND,
    "s": Unit.SECOND,
    "minute": Unit.MINUTE,
    "minutes": Unit.MINUTE,
    "min": Unit.MINUTE,
    "hour": Unit.HOUR,
    "hours": Unit.HOUR,
    "h": Unit.HOUR,
    "day": Unit.DAY,
    "days": Unit.DAY,
    "week": Unit.WEEK,
    "weeks": Unit.WEEK,
    "month": Unit.MONTH,
    "months": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "quarters": Unit.QUARTER,
    "year": Unit.YEAR,
    "years": Unit.YEAR,
    "working minute": Unit.WORKING_MINUTE,
    "working minutes": Unit.WORKING_MINUTE,
    "working hour": Unit.WORKING_HOUR,
    "working hours": Unit.WORKING_HOUR,
    "working day": Unit.WORKING_DAY,
    "working days": Unit.WORKING_DAY,
}
_RANGE = re.compile(
    r"\s*(?P<low>\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[^\d].*?)\s*"
)
_PLAIN = re.compile(r"\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s-].*?)?\s*")
WHOLE_UNITS = frozenset({Unit.WORKING_DAY, *MONTHS})
MOST_SECONDS = Decimal(200 * 366 * 86_400)


def unit_in(text: str, node: Node) -> Unit:
    """The unit a word stands for; BadValueError with the nearest one otherwise."""
    word = " ".join(text.replace("_", " ").split()).lower()
    unit = UNIT_WORDS.get(word)
    if unit is None:
        hint = did_you_mean(word, [name for name in UNIT_WORDS if len(name) > 3])
        raise BadValueError(
            node, "unknown_unit", Message('"{word}" is no unit of time{hint}', word=word, hint=hint)
        )
    return unit


class AmountShape(Shape):
    """A number and a unit; a range commits to its upper end. Zero only where it makes sense."""

    def __init__(self, zero: bool = False, natural: bool = False) -> None:
        self._zero = zero
        self._natural = natural

    def read(self, node: Node, reader: Reader) -> Amount:
        text = scalar(node, "an amount of time such as 4 hours")
        match = _RANGE.fullmatch(text) or _PLAIN.fullmatch(text)
        if match is None:
            raise BadValueError(
                node,
                "bad_amount",
                Message('"{text}" is no amount of time such as 4 hours', text=text[:40]),
            )
        parts = match.groupdict()
        if not parts.get("unit"):
            raise BadValueError(
                node, "no_unit", Message('"{text}" lacks its unit, such as 4 hours', text=text[:40])
            )
        unit = unit_in(parts["unit"], node)
        number = Decimal(parts["number"])
        low = Decimal(parts["low"]) if parts.get("low") else None
        return self._checked(Amount(number, unit, low), node)

    def _checked(self, amount: Amount, node: Node) -> Amount:
        if amount.number == 0 and not self._zero:
            raise BadValueError(
                node, "zero_limit", "a limit of 0 can never be kept; it must be more"
            )
        if self._natural and amount.unit in WORKING:
            message = "working time has no calendar here; write hours or days"
            raise BadValueError(node, "no_calendar", message)
        if amount.lowest is not None and amount.lowest >= amount.number:
            raise BadValueError(node, "bad_range", "the first number of a range is the smaller one")
        if amount.unit in WHOLE_UNITS and amount.number != amount.number.to_integral_value():
            raise BadValueError(
                node, "bad_amount", "working days, months and years are whole numbers"
            )
        if approximate_seconds(amount) > MOST_SECONDS:
            raise BadValueError(node, "too_long", "an amount of time is at most 200 years")
        return amount

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/amount"}


def approximate_seconds(amount: Amount) -> Decimal:
    """The natural length of an amount, months as 31 days; for sanity checks only."""
    unit = amount.unit
    if unit in SECONDS:
        return amount.number * SECONDS[unit]
    if unit in DAYS:
        return amount.number * DAYS[unit] * 86_400
    if unit in MONTHS:
        return amount.number * MONTHS[unit] * 31 * 86_400
    return amount.number * 86_400


class UnitShape(Shape):
    """A unit of time."""

    def read(self, node: Node, reader: Reader) -> Unit:
        return unit_in(scalar(node, "a unit of time"), node)

    def schema(self) -> Schema:
        return {"enum": sorted(name for name in UNIT_WORDS if name.endswith("s") and len(name) > 3)}


class ClockTime(Shape):
    """A time of day, `00:00` to `24:00`, as minutes after midnight."""

    def read(self, node: Node, reader: Reader) -> int:
        text = scalar(node, "a time of day such as 18:00")
        match = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
        if match is None:
            raise BadValueError(
                node,
                "bad_time",
                Message('"{text}" is no time of day such as 18:00', text=text[:20]),
            )
        minute = int(match[1]) * 60 + int(match[2])
        if int(match[2]) > 59 or minute > 1440:
            raise BadValueError(
                node, "bad_time", Message('"{text}" lies outside 00:00 to 24:00', text=text)
            )
        return minute

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{1,2}:\d{2}$"}
