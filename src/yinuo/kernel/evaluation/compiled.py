"""The plan's calendars, compiled when first asked for and kept by name and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yinuo.kernel.calendars import Calendar
from yinuo.kernel.plan.plan import Plan

ALWAYS = "always"


class CompiledCalendars:
    """Calendars of one plan. ``always`` (and no name) is None: every minute counts."""

    def __init__(self, plan: Plan, given: Mapping[str, Calendar]) -> None:
        self._specs = dict(plan.calendars)
        self._compiled: dict[tuple[str, str], Calendar] = {
            (name, ""): calendar for name, calendar in given.items()
        }

    def of(self, name: str | None, zone: str) -> Calendar | None:
        """The calendar of that name; with a zone, the same hours on the clocks of that zone."""
        if name is None or name == ALWAYS:
            return None
        spec = self._specs.get(name)
        if spec is not None and zone == spec.zone:
            zone = ""  # its own clocks: the calendar as it is
        known = self._compiled.get((name, zone))
        if known is None:
            spec = self._specs[name]
            if zone:
                without = None if spec.without is None else replace(spec.without, zone=zone)
                spec = replace(spec, zone=zone, without=without)
            known = Calendar(spec)
            self._compiled[(name, zone)] = known
        return known
