"""Series of visits: set up by hand, changed, ended; meters read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.customers.policies import visible_contacts, visible_customers, visible_sites
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import visible_people
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.keeping import keep_own
from yinuo.domains.prevention.models import MOST_DAYS, DueVisit, Reading, Series
from yinuo.domains.prevention.policies import visible_series
from yinuo.domains.prevention.types import (
    Beat,
    Every,
    Keeping,
    Leads,
    Recurrence,
    SeriesData,
    SeriesKind,
    Standing,
)
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

TITLE_LENGTH, WORK_LENGTH, REASON_LENGTH, UNIT_LENGTH = 200, 20_000, 200, 20
MOST_SEASONS, MOST_INTERVAL, MOST_MAKE_UP = 8, 3_660, 366
LONGEST_CODE = 64
_LEAP_YEAR = 2024


def create_series(*, actor: Actor, customer_id: object, data: SeriesData, now: datetime) -> Series:
    """Set up a series for a customer, one of his sites or assets; what is due is listed at once.

    Raises InvalidInput per field, NotFound for what the actor may not plan visits for.
    """
    customers = visible_customers(actor, Permission.PREVENTION_WRITE)
    customer = one_of(customers, customer_id)
    _check(data)
    with writing(actor=actor, now=now) as work:
        assets = visible_assets(actor).filter(customer=customer)
        sites = visible_sites(actor).filter(customer=customer)
        series = Series.objects.create(
            customer=customer,
            unit_id=customer.unit_id,
            site=one_of(sites, data.site_id) if data.site_id else None,
            asset=one_of(assets, data.asset_id) if data.asset_id else None,
            kind=data.kind,
            title_zh=data.title.strip(),
            title_en=data.title.strip(),
            created_at=now,
            created_by=actor.label,
            **_columns(data.beat),
            **_kept(actor, customer, data),
        )
        work.audit("visit_series.create", series, after={"title": series.title_zh})
        work.emit("visit_series.created", series)
        keep_own(series, work)
        return series


def keep_series(
    *, actor: Actor, series_id: object, version: int, keeping: Keeping, now: datetime
) -> Series:
    """Change what is done, by whom, with which checklist and how long ahead people speak.

    Raises InvalidInput per field, IllegalMove once ended, Conflict when stale.
    """
    problems = _problems_of(keeping)
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        series = _running(actor, series_id)
        changes = _kept(actor, series.customer, keeping)
        stored(series, expected_version=version, changes=changes)
        work.audit("visit_series.change", series, after={"leads": asdict(keeping.leads)})
        return series


def end_series(
    *, actor: Actor, series_id: object, version: int, reason: str, now: datetime
) -> Series:
    """End a series; visits nobody has agreed or ordered yet are let off with the reason.

    A promise it came from stays owed. Raises IllegalMove once ended, Conflict when stale.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        series = _running(actor, series_id)
        changes = {"ended_at": now, "end_reason": reason.strip(), "look_at": None}
        stored(series, expected_version=version, changes=changes)
        DueVisit.objects.filter(series=series, state=Standing.DUE).update(
            state=Standing.SKIPPED.value, reason=reason.strip(), let_off_at=now
        )
        work.audit("visit_series.end", series, reason=reason.strip())
        work.emit("visit_series.ended", series)
        return series


def read_meter(
    *, actor: Actor, series_id: object, read_on: date, value: Decimal, now: datetime
) -> Reading:
    """Record what the meter of a series by use showed; a second reading of a day replaces it.

    Raises InvalidInput for less than an earlier day showed, IllegalMove for another rhythm.
    """
    with writing(actor=actor, now=now) as work:
        series = _running(actor, series_id)
        if series.rhythm != Recurrence.USAGE:
            raise IllegalMove(_("This series does not come by use: there is no meter to read."))
        _check_reading(series, read_on, value, now)
        row, _made = Reading.objects.update_or_create(
            series=series,
            read_on=read_on,
            defaults={"value": value, "recorded_at": now, "recorded_by": actor.label},
        )
        work.audit("visit_series.read", series, after={"on": str(read_on), "value": str(value)})
        keep_own(series, work)
        return row


def _running(actor: Actor, series_id: object) -> Series:
    seen = visible_series(actor, Permission.PREVENTION_WRITE).select_for_update(of=("self",))
    series = one_of(seen.select_related("customer", "site", "asset__site"), series_id)
    if series.ended_at is not None:
        raise IllegalMove(_("This series has ended."))
    return series


def _kept(actor: Actor, customer: Any, data: SeriesData | Keeping) -> dict[str, Any]:
    contacts = visible_contacts(actor).filter(customer=customer)
    contact = one_of(contacts, data.contact_id) if data.contact_id else None
    person = one_of(visible_people(actor), data.person_id) if data.person_id else None
    return {
        "work": data.work.strip(),
        "contact": contact,
        "person": person,
        "checklist": data.checklist,
        "tells_customer": data.tells_customer,
        **asdict(data.leads),
    }


def _columns(beat: Beat) -> dict[str, Any]:
    return {
        "rhythm": beat.rhythm,
        "starts_on": beat.starts_on,
        "ends_on": beat.ends_on,
        "every": beat.every if beat.rhythm == Recurrence.PERIOD else "",
        "seasons": [list(one) for one in beat.seasons] if beat.rhythm == Recurrence.SEASON else [],
        "every_days": beat.every_days,
        "usage_every": beat.usage_every,
        "usage_unit": beat.usage_unit.strip(),
        "make_up_days": beat.make_up_days,
    }


def _check(data: SeriesData) -> None:
    problems = _problems_of(data)
    if data.kind not in set(SeriesKind):
        problems["kind"] = _("Choose one of the kinds offered.")
    if not data.title.strip() or len(data.title) > TITLE_LENGTH:
        problems["title"] = _("Give a title of at most 200 characters.")
    problems |= _problems_of_beat(data.beat)
    if problems:
        raise InvalidInput(problems)


def _problems_of(data: SeriesData | Keeping) -> dict[str, str]:
    problems: dict[str, str] = {}
    if len(data.work) > WORK_LENGTH:
        problems["work"] = _("Use at most 20,000 characters.")
    if len(data.checklist) > LONGEST_CODE:
        problems["checklist"] = _("Choose one of those offered.")
    problems |= _problems_of_leads(data.leads)
    return problems


def _problems_of_leads(leads: Leads) -> dict[str, str]:
    days = (leads.contact_from, leads.contact_by, leads.remind_from, leads.remind_by)
    falling = all(one >= following for one, following in pairwise(days))
    if falling and days[0] <= MOST_DAYS and days[-1] >= 0:
        return {}
    text = _("Give days that fall from first to last, such as 5, 3, 2 and 1, at most 60.")
    return {"contact_from": text}


def _problems_of_beat(beat: Beat) -> dict[str, str]:
    problems: dict[str, str] = {}
    if beat.rhythm not in set(Recurrence) - {Recurrence.PROMISE}:
        problems["rhythm"] = _("Choose one of those offered.")
    if beat.rhythm == Recurrence.PERIOD and beat.every not in set(Every):
        problems["every"] = _("Choose one of those offered.")
    if beat.rhythm == Recurrence.SEASON and not _are_seasons(beat.seasons):
        problems["seasons"] = _(
            "Write 1 to 8 seasons as first and last day, such as 06-01 to 08-31."
        )
    if beat.rhythm == Recurrence.INTERVAL and beat.every_days is None:
        problems["every_days"] = _("Give a number of days from 1 to 3,660.")
    if beat.every_days is not None and not 1 <= beat.every_days <= MOST_INTERVAL:
        problems["every_days"] = _("Give a number of days from 1 to 3,660.")
    if beat.rhythm == Recurrence.USAGE and not _is_amount(beat.usage_every):
        problems["usage_every"] = _("Give a number above zero.")
    if len(beat.usage_unit) > UNIT_LENGTH:
        problems["usage_unit"] = _("Use at most 20 characters.")
    if not 0 <= beat.make_up_days <= MOST_MAKE_UP:
        problems["make_up_days"] = _("Give a number of days from 0 to 366.")
    if beat.ends_on is not None and beat.ends_on < beat.starts_on:
        problems["ends_on"] = _("The last day comes before the first one.")
    return problems


def _is_amount(value: Decimal | None) -> bool:
    return value is not None and Decimal("0.001") <= value < Decimal(10) ** 12


def _are_seasons(seasons: tuple[tuple[str, str], ...]) -> bool:
    try:
        for pair in seasons:
            for day in pair:
                date.fromisoformat(f"{_LEAP_YEAR}-{day}")
    except ValueError:
        return False
    return 1 <= len(seasons) <= MOST_SEASONS


def _check_reading(series: Series, read_on: date, value: Decimal, now: datetime) -> None:
    problems: dict[str, str] = {}
    # Tomorrow in UTC is today somewhere east of it.
    if read_on > now.date() + timedelta(days=1):
        problems["read_on"] = _("This day is still to come.")
    before = series.readings.filter(read_on__lt=read_on).order_by("-read_on").first()
    after = series.readings.filter(read_on__gt=read_on).order_by("read_on").first()
    if value < 0 or value >= Decimal(10) ** 12:
        problems["value"] = _("Give a number from 0 on.")
    elif (before and value < before.value) or (after and value > after.value):
        problems["value"] = _("A meter does not run back: look at the readings before and after.")
    if problems:
        raise InvalidInput(problems)
