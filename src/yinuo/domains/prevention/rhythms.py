"""When a series of our own is due: its rhythm as a clause, worked out by the promise kernel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from yinuo.domains.prevention.types import Beat, Due, Recurrence
from yinuo.kernel.evaluation import Evaluator, Obligation, State
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.anchors import DateAnchor, FactAnchor
from yinuo.kernel.plan.clauses import Recurring, UsageEvery
from yinuo.kernel.plan.limits import Amount, Unit
from yinuo.kernel.plan.periods import Partial, Period, PeriodKind, Season
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.text import EMPTY

VISITED, METERED, METER = "visited", "metered", "meter"
_CLAUSE, _SUBJECT = "visits", "contract:series"
_MOMENT = timedelta(microseconds=1)
_NOON = time(12)
MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in a series: days on which its visit was held or let off, meter readings."""

    settled_on: tuple[date, ...] = ()
    readings: tuple[tuple[date, Decimal], ...] = ()


def dues_of(beat: Beat, past: Past, zone: str, now: datetime) -> list[Due]:
    """Each time the series asked for a visit so far, in order.

    >>> from datetime import UTC
    >>> quarterly = Beat("period", date(2026, 1, 1), every="quarter")
    >>> held = Past((date(2026, 2, 3),))
    >>> dues = dues_of(quarterly, held, "Asia/Shanghai", datetime(2026, 5, 4, tzinfo=UTC))
    >>> [(str(one.due_on), one.is_met) for one in dues]
    [('2026-03-31', True), ('2026-06-30', False)]
    """
    local, today = ZoneInfo(zone), now.astimezone(ZoneInfo(zone)).date()
    if beat.rhythm == Recurrence.ONCE:
        first = min(past.settled_on, default=None)
        due_on = beat.ends_on or beat.starts_on
        return [Due("0", 1, "", beat.starts_on, due_on, first, is_met=first is not None)]
    evaluation = _evaluator(beat, zone).evaluate(_facts(beat, past, local), now)
    found = evaluation.of_subject(_SUBJECT)
    return [_due(one, beat, local, today) for one in found if one.state is not State.VOID]


def _due(one: Obligation, beat: Beat, zone: ZoneInfo, today: date) -> Due:
    assert one.due_at is not None
    assert one.started_at is not None
    in_periods = beat.rhythm in (Recurrence.PERIOD, Recurrence.SEASON)
    due_at = one.due_at.astimezone(zone)
    # A period is half-open: its last day is the one before the instant it ends.
    due_on = (due_at - _MOMENT).date() if in_periods else due_at.date()
    until = due_on + timedelta(days=beat.make_up_days)
    is_met = one.ended_at is not None
    is_lost = in_periods and one.state is State.MISSED and not is_met and today > until
    return Due(
        key=str(one.number),
        number=1,
        period=one.period.name if one.period else "",
        begins_on=one.started_at.astimezone(zone).date(),
        due_on=due_on,
        ended_on=one.ended_at.astimezone(zone).date() if one.ended_at else None,
        is_met=is_met,
        is_lost=is_lost,
        make_good_until=until if in_periods and until > due_on else None,
    )


def _facts(beat: Beat, past: Past, zone: ZoneInfo) -> Iterable[Fact]:
    begin = datetime.combine(beat.starts_on, time(), zone)
    terms = {"starts_on": beat.starts_on.isoformat()}
    if beat.ends_on:
        terms["ends_on"] = (beat.ends_on + timedelta(days=1)).isoformat()
    yield Fact(_SUBJECT, "signed", begin, begin, terms)
    for day in past.settled_on:
        at = datetime.combine(day, _NOON, zone)
        yield Fact(_SUBJECT, VISITED, at, at)
    for day, value in past.readings:
        # Read in the morning: a visit of the same day begins the count anew.
        at = datetime.combine(day, time(), zone)
        yield Fact(_SUBJECT, METERED, at, at, {METER: value})


@lru_cache(maxsize=MOST_KEPT)
def _evaluator(beat: Beat, zone: str) -> Evaluator:
    return Evaluator(
        Plan(
            code="series",
            title=EMPTY,
            version="1",
            currency="CNY",
            zone=zone,
            clauses=(_clause(beat),),
            positions={_CLAUSE: 0},
        )
    )


def _clause(beat: Beat) -> Recurring:
    usage = UsageEvery(METER, beat.usage_every) if beat.usage_every else None
    interval = Amount(Decimal(beat.every_days), Unit.DAY) if beat.every_days else None
    return Recurring(
        id=_CLAUSE,
        promise="visit",
        subject="contract",
        done=FactAnchor((VISITED,)),
        begins=DateAnchor("starts_on", "contract"),
        ends=DateAnchor("ends_on", "contract"),
        period=_period(beat),
        interval=interval if beat.rhythm in (Recurrence.INTERVAL, Recurrence.USAGE) else None,
        usage=usage if beat.rhythm == Recurrence.USAGE else None,
        make_up=Amount(Decimal(beat.make_up_days), Unit.DAY) if beat.make_up_days else None,
        partial=Partial.FULL,
    )


def _period(beat: Beat) -> Period | None:
    if beat.rhythm == Recurrence.PERIOD:
        return Period(PeriodKind(beat.every))
    if beat.rhythm == Recurrence.SEASON:
        seasons = tuple(
            Season(f"season{place}", _day(first), _day(last))
            for place, (first, last) in enumerate(beat.seasons, 1)
        )
        return Period(PeriodKind.SEASON, seasons=seasons)
    return None


def _day(text: str) -> tuple[int, int]:
    month, _, day = text.partition("-")
    return int(month), int(day)
