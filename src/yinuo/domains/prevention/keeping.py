"""Bringing the due visits of a series up to what the kernel says; within a running step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.obligations.visit_periods import VisitPeriod
from yinuo.domains.prevention.models import DueVisit, Series
from yinuo.domains.prevention.rhythms import Past, dues_of
from yinuo.domains.prevention.types import OPEN, Beat, Due, Recurrence, Standing
from yinuo.platform.days import day_of
from yinuo.platform.journal.work import Work

_MOMENT = timedelta(microseconds=1)
_SETTLED = [Standing.HELD.value, Standing.SKIPPED.value]
_BY_CALENDAR = frozenset({Recurrence.PERIOD.value, Recurrence.SEASON.value})
# A series of our own is looked at again after so long: a period begins at midnight somewhere.
LOOK_EVERY = timedelta(hours=2)
MOST_TIMES = 60


def zone_of(series: Series) -> str:
    """Where its days are counted: at its site, else at the asset's, else at the company's."""
    site = series.site or (series.asset.site if series.asset else None)
    return site.zone if site else settings.TIME_ZONE


def beat_of(series: Series) -> Beat:
    """How a stored series comes again."""
    return Beat(
        rhythm=series.rhythm,
        starts_on=series.starts_on,
        ends_on=series.ends_on,
        every=series.every,
        seasons=tuple((first, last) for first, last in series.seasons),
        every_days=series.every_days,
        usage_every=series.usage_every,
        usage_unit=series.usage_unit,
        make_up_days=series.make_up_days,
    )


def keep_own(series: Series, work: Work) -> None:
    """Bring the visits of a series of our own up to date, and say when to look again."""
    if series.rhythm == Recurrence.PROMISE or series.ended_at is not None:
        return
    keep_dues(series, dues_of(beat_of(series), _past(series), zone_of(series), work.now), work)
    series.look_at = work.now + LOOK_EVERY
    Series.objects.filter(pk=series.pk).update(look_at=series.look_at)


def keep_dues(series: Series, dues: Iterable[Due], work: Work) -> None:
    """Store each time a visit is due that nobody knew of, and how the known ones stand.

    What was settled before anybody followed it stays the promise's alone.
    """
    known = {(one.key, one.number): one for one in DueVisit.objects.filter(series=series)}
    for due in dues:
        visit = known.get((due.key, due.number))
        if visit is not None:
            _renew(visit, due, work)
        elif not (due.is_met or due.is_lost):
            DueVisit.objects.create(
                series=series,
                unit_id=series.unit_id,
                customer_id=series.customer_id,
                key=due.key,
                number=due.number,
                looked_at=work.now,
                **_let_off(series, work),
                **_columns(due),
            )


def drop_unasked(series: Series, work: Work) -> None:
    """Forget visits of a series of our own that nobody spoke about and that are not asked for yet:
    the one before turned out not to be held."""
    if series.rhythm == Recurrence.PROMISE:
        return
    dues = dues_of(beat_of(series), _past(series), zone_of(series), work.now)
    untouched = series.visits.filter(state=Standing.DUE, talks__isnull=True)
    untouched.exclude(key__in=[due.key for due in dues]).delete()


def dues_of_period(period: VisitPeriod, zone: str) -> list[Due]:
    """What a promise asks for in one period: as many visits as it names, evenly apart."""
    local = ZoneInfo(zone)
    begins_on = period.begins_at.astimezone(local).date()
    last_on = (period.due_at.astimezone(local) - _MOMENT).date()
    until = period.make_good_until
    times = min(period.times, MOST_TIMES)
    length = (last_on - begins_on).days
    return [
        Due(
            key=str(period.obligation_id),
            number=number,
            period=period.name,
            begins_on=begins_on,
            due_on=begins_on + timedelta(days=length * number // times),
            ended_on=period.ended_at.astimezone(local).date() if period.ended_at else None,
            is_met=number <= period.done,
            is_lost=period.is_lost,
            make_good_until=until.astimezone(local).date() if until else None,
            stake=period.stake,
            obligation_id=period.obligation_id,
        )
        for number in range(1, times + 1)
    ]


def _renew(visit: DueVisit, due: Due, work: Work) -> None:
    if visit.state not in OPEN:
        return
    changes = {
        name: value for name, value in _columns(due).items() if getattr(visit, name) != value
    }
    if due.is_met:
        held_on = due.ended_on or day_of(work.now)
        changes |= {"state": Standing.HELD.value, "held_on": held_on}
    elif due.is_lost:
        changes |= {"state": Standing.MISSED.value}
        work.emit("visit.missed", visit)
    shown = changes.keys() - {"stake"}
    version = visit.version + 1 if shown else visit.version
    DueVisit.objects.filter(pk=visit.pk).update(looked_at=work.now, version=version, **changes)


def _let_off(series: Series, work: Work) -> dict[str, object]:
    """A promise goes on though somebody ended its series: its visits are let off at once."""
    if series.ended_at is None:
        return {}
    return {
        "state": Standing.SKIPPED.value,
        "reason": series.end_reason,
        "let_off_at": work.now,
    }


def _columns(due: Due) -> dict[str, object]:
    return {
        "period": due.period[:80],
        "begins_on": due.begins_on,
        "due_on": due.due_on,
        "make_good_until": due.make_good_until,
        "stake": due.stake,
        "obligation_id": due.obligation_id,
    }


def _past(series: Series) -> Past:
    """Days on which a visit was held; one let off counts as of the day somebody said so.

    The calendar asks for the next one whatever was held: there each visit is settled by itself,
    and its day never counts for the period before or after.
    """
    local = ZoneInfo(zone_of(series))
    days: list[date] = []
    if series.rhythm not in _BY_CALENDAR:
        days = [
            _day(one, local)
            for one in series.visits.filter(state__in=_SETTLED).only("held_on", "let_off_at")
        ]
    readings = series.readings.order_by("read_on").values_list("read_on", "value")
    return Past(tuple(sorted(days)), tuple(readings))


def _day(visit: DueVisit, zone: ZoneInfo) -> date:
    """The day on which a visit was settled; the database holds one of the two."""
    if visit.held_on is not None:
        return visit.held_on
    assert visit.let_off_at is not None
    return visit.let_off_at.astimezone(zone).date()
