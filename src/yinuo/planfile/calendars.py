"""Calendars and seasons as written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from yinuo.kernel.calendars import (
    WHOLE_WEEK,
    CalendarError,
    CalendarSpec,
    CalendarVersion,
    LocalRange,
    Week,
    Window,
    with_holidays,
)
from yinuo.kernel.calendars import Season as CalendarSeason
from yinuo.kernel.plan.periods import Season
from yinuo.kernel.plan.text import EMPTY
from yinuo.planfile.messages import CalendarMessage, Message
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    Known,
    ListOf,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
    YesNo,
    scalar,
)
from yinuo.planfile.source import Node

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_YEARS = range(2010, 2051)
TABLES = ("china",)
DEFAULT_ZONE = "Asia/Shanghai"


class DayOfYear(Shape):
    """A day that comes every year, `06-01`, as (month, day)."""

    def read(self, node: Node, reader: Reader) -> tuple[int, int]:
        text = scalar(node, "a day such as 06-01")
        match = re.fullmatch(r"(\d{2})-(\d{2})", text)
        try:
            found = date(2000, int(match[1]), int(match[2])) if match else None
        except ValueError:
            found = None
        if found is None:
            raise BadValueError(
                node,
                "bad_date",
                Message('"{text}" is no day of the year such as 06-01', text=text[:20]),
            )
        return found.month, found.day

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{2}-\d{2}$"}


class DayShape(Shape):
    """A date `2026-10-01`, or a day of every year `10-01`; as a set of dates."""

    def read(self, node: Node, reader: Reader) -> frozenset[date]:
        text = scalar(node, "a date such as 2026-10-01")
        if re.fullmatch(r"\d{2}-\d{2}", text):
            month, day = DayOfYear().read(node, reader)
            return frozenset(_each_year(month, day))
        try:
            return frozenset({date.fromisoformat(text)})
        except ValueError:
            raise BadValueError(
                node, "bad_date", Message('"{text}" is no date such as 2026-10-01', text=text[:20])
            ) from None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^(\d{4}-)?\d{2}-\d{2}$"}


class DateShape(Shape):
    """One date, `2026-07-01`."""

    def read(self, node: Node, reader: Reader) -> date:
        text = scalar(node, "a date such as 2026-07-01")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise BadValueError(
                node, "bad_date", Message('"{text}" is no date such as 2026-07-01', text=text[:20])
            ) from None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _each_year(month: int, day: int) -> list[date]:
    leap = (month, day) == (2, 29)
    return [date(year, month, day) for year in _YEARS if not leap or year % 4 == 0]


class LocalTime(Shape):
    """A wall-clock time `2026-10-01T08:00`, or a date for its midnight."""

    def read(self, node: Node, reader: Reader) -> datetime:
        text = scalar(node, "a local time such as 2026-10-01T08:00")
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            raise BadValueError(
                node,
                "bad_time",
                Message('"{text}" is no local time such as 2026-10-01T08:00', text=text[:30]),
            )
        return found

    def schema(self) -> Schema:
        return {"type": "string"}


class WeekShape(Shape):
    """Windows by weekday: `{mon-fri: ["08:30-12:00", "13:30-18:00"], sat: 09:00-12:00}`."""

    def read(self, node: Node, reader: Reader) -> Week:
        if node.kind == "scalar" and node.text == "7x24":
            return WHOLE_WEEK
        if node.kind != "map" or not node.pairs:
            raise BadValueError(
                node, "wrong_type", "a week is written as {mon-fri: [08:30-12:00]} or 7x24"
            )
        days: list[tuple[Window, ...]] = [()] * 7
        named: set[int] = set()
        for key, value in node.pairs:
            windows = tuple(sorted(_windows(value)))
            for day in _weekdays(key):
                if day in named:
                    raise BadValueError(
                        key, "duplicate_key", Message("{day} is written twice", day=_DAYS[day])
                    )
                named.add(day)
                days[day] = windows
        return days[0], days[1], days[2], days[3], days[4], days[5], days[6]

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/week"}


def _weekdays(node: Node) -> list[int]:
    text = node.text.strip().lower()
    if text in ("all", "daily"):
        return list(range(7))
    found: list[int] = []
    for part in re.split(r"[\s,]+", text):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last and last not in _DAYS):
            raise BadValueError(
                node,
                "bad_weekday",
                Message('"{text}" is no weekday such as mon or mon-fri', text=node.text[:20]),
            )
        low, high = _DAYS.index(first), _DAYS.index(last or first)
        found.extend(day % 7 for day in range(low, high + 1 if high >= low else high + 8))
    return found


def _windows(node: Node) -> list[Window]:
    if node.kind == "scalar" and node.text in ("closed", "[]"):
        return []
    items = node.items if node.kind == "list" else (node,)
    return [_window(item) for item in items]


def _window(node: Node) -> Window:
    text = scalar(node, "a window such as 08:30-12:00")
    start, dash, end = text.replace("–", "-").partition("-")
    if not dash:
        raise BadValueError(
            node, "bad_window", Message('"{text}" is no window such as 08:30-12:00', text=text[:30])
        )
    try:
        return Window.of(start.strip(), end.strip())
    except CalendarError as error:
        raise BadValueError(node, error.code, CalendarMessage(error)) from None


class HolidaysShape(Shape):
    """The name of a shipped table (`china`) or a list of dates."""

    def read(self, node: Node, reader: Reader) -> str | frozenset[date]:
        if node.kind == "scalar":
            return Word("holidays", "a holiday table", TABLES, False).read(node, reader)
        days = ListOf(DayShape()).read(node, reader)
        return frozenset(day for found in days for day in found)

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": list(TABLES)}, ListOf(DayShape()).schema()]}


_RANGE = Record(
    "a range of time",
    {
        "from": Key(LocalTime(), "local time it begins", True),
        "to": Key(LocalTime(), "local time it ends (not included)", True),
        "reason": Key(String(), "why"),
    },
)
_SEASON_HOURS = Record(
    "seasonal hours",
    {
        "season": Key(Known("seasons", "a season"), "which season", True),
        "week": Key(WeekShape(), "windows in that season", True),
    },
)
_VERSION = Record(
    "a calendar version",
    {
        "from": Key(DateShape(), "the first local date on which it holds", True),
        "week": Key(WeekShape(), "windows by weekday from then on, or 7x24", True),
        "seasons": Key(ListOf(_SEASON_HOURS), "other windows in seasons"),
        "ignore_holidays": Key(YesNo(), "days off are ordinary days from then on; left out: no"),
    },
)
_CALENDAR = Record(
    "a calendar",
    {
        "title": Key(Bilingual(), "its name"),
        "timezone": Key(String("a time zone"), "zone of its clock times; left out: the plan's"),
        "week": Key(WeekShape(), "windows by weekday, or 7x24", True),
        "holidays": Key(HolidaysShape(), "days off: the table china (with make-up days) or dates"),
        "closed_on": Key(ListOf(DayShape()), "further days off; 10-01 means every year"),
        "worked_on": Key(ListOf(DayShape()), "days worked although weekend or holiday"),
        "holiday_hours": Key(WeekShape(), "windows on days off"),
        "opened": Key(ListOf(_RANGE), "extra time that counts"),
        "closed": Key(ListOf(_RANGE), "time that does not count"),
        "seasons": Key(ListOf(_SEASON_HOURS), "other windows in seasons"),
        "versions": Key(ListOf(_VERSION), "other windows from a date on; each side counts its own"),
        "without": Key(String("a calendar"), "another calendar's time does not count here"),
    },
)


class CalendarsShape(Shape):
    """The plan's calendars by name."""

    item = _CALENDAR

    def read(self, node: Node, reader: Reader) -> tuple[tuple[str, CalendarSpec], ...]:
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "calendars are written as name: calendar")
        made: dict[str, CalendarSpec] = {}
        for key, value in node.pairs:
            name = String("a name", CODE).read(key, reader)
            try:
                made[name] = _calendar(name, _CALENDAR.read(value, reader), made, reader)
            except BadValueError as bad:
                reader.error(
                    bad.node,
                    bad.code,
                    Message("calendar {name}: {bad}", name=name, bad=bad.message),
                )
            except CalendarError as error:
                reader.error(value, error.code, CalendarMessage(error))
        return tuple(made.items())

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": _CALENDAR.schema()}


class OfficeHoursShape(Shape):
    """One calendar of a file that has no others."""

    def read(self, node: Node, reader: Reader) -> CalendarSpec:
        reader.shared["timezone"] = DEFAULT_ZONE
        reader.declare("seasons", set())
        try:
            return _calendar("office", _CALENDAR.read(node, reader), {}, reader)
        except CalendarError as error:
            raise BadValueError(node, error.code, CalendarMessage(error)) from None

    def schema(self) -> Schema:
        return _CALENDAR.schema()


def _calendar(
    name: str, values: Values, made: dict[str, CalendarSpec], reader: Reader
) -> CalendarSpec:
    zone = values.get("timezone", reader.shared["timezone"])
    _check_zone(zone, values.at("timezone"))
    holidays = values.get("holidays")
    closed = frozenset(day for days in values.get("closed_on", ()) for day in days)
    closed |= holidays if isinstance(holidays, frozenset) else frozenset()
    worked = frozenset(day for days in values.get("worked_on", ()) for day in days)
    without = None
    if "without" in values:
        without = made.get(values.get("without"))
        if without is None:
            raise BadValueError(
                values.at("without"), "unknown_name", "name a calendar written above this one"
            )
    spec = CalendarSpec(
        name=name,
        zone=zone,
        weekly=values.get("week"),
        holidays=closed - worked,
        makeup=worked,
        seasons=_seasons(values, reader),
        versions=tuple(_version(one, reader) for one in values.get("versions", ())),
        opened=_ranges(values, "opened"),
        closed=_ranges(values, "closed"),
        without=without,
    )
    if holidays == "china":
        spec = with_holidays(spec, reader.statutory)
    if "holiday_hours" in values:
        spec = _with_holiday_hours(spec, values.get("holiday_hours"))
    return spec


def _check_zone(zone: str, node: Node) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise BadValueError(
            node,
            "unknown_zone",
            Message('"{zone}" is no time zone such as Asia/Shanghai', zone=zone[:40]),
        ) from None


def _seasons(values: Values, reader: Reader) -> tuple[CalendarSeason, ...]:
    table: dict[str, Season] = reader.shared.get("seasons", {})
    made = []
    for one in values.get("seasons", ()):
        season = table[one.get("season")]
        made.append(CalendarSeason(season.code, season.first, season.last, one.get("week")))
    return tuple(made)


def _version(values: Values, reader: Reader) -> CalendarVersion:
    try:
        return CalendarVersion(
            values.get("from"),
            values.get("week"),
            _seasons(values, reader),
            bool(values.get("ignore_holidays", False)),
        )
    except CalendarError as error:
        raise BadValueError(values.node, error.code, CalendarMessage(error)) from None


def _ranges(values: Values, key: str) -> tuple[LocalRange, ...]:
    return tuple(
        LocalRange(one.get("from"), one.get("to"), one.get("reason", ""))
        for one in values.get(key, ())
    )


def _with_holiday_hours(spec: CalendarSpec, hours: Week) -> CalendarSpec:
    opened = list(spec.opened)
    for day in sorted(spec.holidays):
        midnight = datetime.combine(day, time())
        opened.extend(
            LocalRange(
                midnight + timedelta(minutes=window.start), midnight + timedelta(minutes=window.end)
            )
            for window in hours[day.weekday()]
        )
    return replace(spec, opened=tuple(opened))


_SEASON = Record(
    "a season",
    {
        "from": Key(DayOfYear(), "first day, every year", True),
        "to": Key(DayOfYear(), "last day, included", True),
        "title": Key(Bilingual(), "its name"),
    },
)


class SeasonsShape(Shape):
    """The plan's seasons by name."""

    item = _SEASON

    def read(self, node: Node, reader: Reader) -> dict[str, Season]:
        if node.kind != "map":
            raise BadValueError(
                node, "wrong_type", "seasons are written as name: {from: 06-01, to: 08-31}"
            )
        made: dict[str, Season] = {}
        for key, value in node.pairs:
            name = String("a name", CODE).read(key, reader)
            values = _SEASON.read(value, reader)
            made[name] = Season(
                name, values.get("from"), values.get("to"), values.get("title", EMPTY)
            )
        return made

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": _SEASON.schema()}


RECORDS = (_CALENDAR, _VERSION, _RANGE, _SEASON_HOURS, _SEASON)
