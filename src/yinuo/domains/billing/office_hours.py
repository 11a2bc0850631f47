"""Outside which hours work is overtime: the contract's, else the price list's (LV-10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.kernel.calendars import Calendar
from yinuo.kernel.pricing import PriceList

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """A calendar and, in words for a line of the bill, whose it is."""

    calendar: Calendar
    said: str

    def outside(self, began: datetime, ended: datetime) -> timedelta:
        """The part of [began, ended) outside office hours."""
        return (ended - began) - self.calendar.elapsed(began, ended)


def office_hours_of(list_: PriceList, request: Any) -> OfficeHours | None:
    """The calendar `office` of the plan that promises for the request, else the list's own hours,
    on the clocks of the site; None when neither says. `request` comes with its site."""
    zone = request.site.zone if request.site else settings.TIME_ZONE
    if request.plan_version_id is not None:
        evaluator = compiled_plan(request.plan_version_id)
        if OFFICE in dict(evaluator.plan.calendars):
            calendar = evaluator.calendars.of(OFFICE, zone)
            if calendar is not None:
                return OfficeHours(calendar, _("outside the office hours of the contract"))
    if list_.office_hours is None:
        return None
    spec = replace(list_.office_hours, zone=zone)
    return OfficeHours(Calendar(spec), _("outside the office hours of the price list"))
