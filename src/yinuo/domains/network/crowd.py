"""Everybody who carries out work in some units, in columns: hard rules asked of thousands at once.

A row is a person, in order of name. What a rule needs to know is read for all demands together, so
that the number of statements depends neither on people nor on demands.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import Count, FloatField, Func, JSONField, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast
from numpy.typing import NDArray

from yinuo.domains.network.models import (
    Absence,
    Assignment,
    Certificate,
    Change,
    Person,
    ServiceUnit,
    Skill,
)
from yinuo.domains.network.permissions import Permission, granted_by
from yinuo.domains.network.qualification_types import Demand, Rule
from yinuo.domains.network.shifts import Window, is_at_work
from yinuo.domains.network.words import folded

ANY_LINE = ""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Away = tuple[int, datetime, datetime]
# Crowds that a process keeps in mind; of 5,000 people each takes about half a megabyte.
MOST_KNOWN = 16
# Certificates that begin within so long are read too: whoever comes later may have one by then.
BEGINS_WITHIN = timedelta(days=3)


class Days(NamedTuple):
    """The local days on which a demand's work begins and ends."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Papers:
    """Certificates in columns; the days as ordinals, the line folded."""

    person: Ints
    unit: Ints
    line: NDArray[Any]
    valid_from: Ints
    valid_until: Ints

    def good(self, holder: Ints, line: str, days: Days) -> Ints:
        """Which of the holders have one for a product line on both days."""
        is_for = (self.line == folded(line)) | (self.line == ANY_LINE)
        is_valid = (self.valid_from <= days.first.toordinal()) & (
            self.valid_until >= days.last.toordinal()
        )
        good: Ints = holder[is_for & is_valid]
        return good


@dataclass(frozen=True)
class Crowd:
    """The people, and what the rules ask of them.

    ``hours`` and ``toolset`` are places in ``shifts`` and ``toolsets``. ``levels`` has the skills
    that any demand wants; ``members`` who performs work in which unit, without it everybody does.
    """

    ids: Ints
    units: Ints
    latitude: Floats
    longitude: Floats
    hours: Ints
    toolset: Ints
    shifts: tuple[tuple[Window, ...], ...]
    toolsets: tuple[frozenset[str], ...]
    levels: Mapping[str, Ints]
    papers: Papers
    away: Sequence[Away]
    members: Mapping[int, Bools] | None

    def __len__(self) -> int:
        """How many people."""
        return len(self.ids)

    @cached_property
    def row_of(self) -> dict[int, int]:
        """The row of each person."""
        return {person: row for row, person in enumerate(self.ids.tolist())}

    def works_in(self, unit_id: int) -> Bools:
        """Who performs work in one of the demands' units."""
        if self.members is None:
            return np.ones(len(self), dtype=np.bool_)
        return self.members[unit_id]

    def keeps(self, demand: Demand, on_call: frozenset[int] = frozenset()) -> dict[Rule, Bools]:
        """For each rule who keeps it. A certificate is good on the first and on the last day."""
        needs, days = demand.needs, days_of(demand)
        skilled = np.ones(len(self), dtype=np.bool_)
        for wanted in needs.skills:
            skilled &= self.levels[folded(wanted.name)] >= wanted.level
        papers, line = self.papers, demand.product_line
        found = {Rule.SKILL: skilled}
        if needs.person_certified:
            good = papers.good(papers.person, line, days)
            found[Rule.CERTIFICATE] = np.isin(self.ids, good)
        if needs.unit_certified:
            good = papers.good(papers.unit, line, days)
            found[Rule.UNIT_CERTIFICATE] = np.isin(self.units, good)
        if needs.tools:
            tools = {folded(one) for one in needs.tools}
            found[Rule.TOOLS] = self._by_kind(
                self.toolset, [tools <= each for each in self.toolsets]
            )
        away = [one[0] for one in self.away if overlaps(one, demand)]
        found[Rule.ABSENCE] = ~np.isin(self.ids, away)
        zone = ZoneInfo(settings.TIME_ZONE)
        works = [is_at_work(windows, demand.starts_at, zone) for windows in self.shifts]
        found[Rule.SHIFT] = self._by_kind(self.hours, works) | np.isin(self.ids, list(on_call))
        return found

    @staticmethod
    def _by_kind(kinds: Ints, answers: Sequence[bool]) -> Bools:
        return np.array(answers, dtype=np.bool_)[kinds] if len(kinds) else kinds.astype(np.bool_)


# What was read, with the network's changes as they were then.
_known: dict[tuple[object, ...], tuple[tuple[int, int] | None, Crowd]] = {}


def days_of(demand: Demand) -> Days:
    """The local days of a demand."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return Days(demand.starts_at.astimezone(zone).date(), demand.ends_at.astimezone(zone).date())


def overlaps(one: Away, demand: Demand) -> bool:
    """Whether an absence touches the demand's time; at its very end it does not."""
    return one[1] < demand.ends_at and one[2] > demand.starts_at


def crowd_of(demands: Sequence[Demand], away_until: datetime | None = None) -> Crowd:
    """Everybody who performs work in the demands' units. The caller has checked the units.

    Absences are those of the demands' time, and what follows it up to `away_until`.
    At most eight statements, however many people and demands there are. For a single demand what
    this process read before is taken, unless the network was changed since; absences never are.
    """
    key = (connection.settings_dict["NAME"], *(_asked(one) for one in demands))
    found = _known.get(key) if len(demands) == 1 else None
    stamp = _stamp() if len(demands) == 1 else None
    if found is None or found[0] != stamp:
        found = stamp, _read(demands)
        if len(demands) == 1:
            _known[key] = found
            for old in list(_known)[:-MOST_KNOWN]:
                _known.pop(old, None)
    return replace(found[1], away=_away(demands, away_until))


def _asked(demand: Demand) -> tuple[object, ...]:
    """What the columns of a demand's crowd depend on."""
    return demand.unit_id, demand.product_line, demand.needs, days_of(demand)


def _stamp() -> tuple[int, int]:
    """What the network's changes come to: another number after each, whenever it commits."""
    rows = Change.objects.aggregate(number=Count("id"), total=Sum("id"))
    return rows["number"], rows["total"] or 0


def _read(demands: Sequence[Demand]) -> Crowd:
    people, members = _performing({one.unit_id for one in demands})
    tools = any(one.needs.tools for one in demands)
    rows = _columns(people, tools=tools)
    ids = _ints([row[0] for row in rows])
    shifts, hours = _kinds([row[4] for row in rows])
    toolsets, toolset = _kinds([row[5] for row in rows])
    by_unit = {unit: np.isin(ids, list(held)) for unit, held in (members or {}).items()}
    return Crowd(
        ids=ids,
        units=_ints([row[1] for row in rows]),
        latitude=np.array([row[2] for row in rows], dtype=np.float64),
        longitude=np.array([row[3] for row in rows], dtype=np.float64),
        hours=hours,
        toolset=toolset,
        shifts=tuple(tuple(Window(*one) for one in each) for each in shifts),
        toolsets=tuple(frozenset(folded(one) for one in each) for each in toolsets),
        levels=_levels(demands, ids),
        papers=_papers(demands),
        away=(),
        members=None if members is None else by_unit,
    )


def absences_within(begins: datetime, ends: datetime) -> list[Away]:
    """Person, begin and end of every absence that touches a time; the caller knows the people."""
    rows = Absence.objects.filter(cancelled_at__isnull=True, starts_at__lt=ends, ends_at__gt=begins)
    return list(rows.values_list("person_id", "starts_at", "ends_at"))


def _performing(
    unit_ids: Collection[int],
) -> tuple[QuerySet[Person], dict[int, set[int]] | None]:
    """Who performs work in any of the units, and, when there are several, who in which."""
    paths = dict(ServiceUnit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    above = {unit: {int(part) for part in path.split("/") if part} for unit, path in paths.items()}
    every = Assignment.objects.filter(unit_id__in=set().union(*above.values()), unit__active=True)
    roles = every.values_list("role_id", "role__permissions").distinct()
    performing = {
        role for role, rights in roles if Permission.WORK_ORDER_PERFORM in granted_by(rights)
    }
    held = every.filter(role_id__in=performing)
    people = Person.objects.filter(
        pk__in=held.values("person_id"), active=True, user__is_active=True
    )
    if len(unit_ids) == 1:
        return people, None
    by_unit: dict[int, set[int]] = defaultdict(set)
    for unit, person in held.values_list("unit_id", "person_id"):
        by_unit[unit].add(person)
    return people, {
        unit: set().union(*(by_unit[each] for each in above.get(unit, ()))) for unit in unit_ids
    }


def _columns(people: QuerySet[Person], *, tools: bool) -> list[tuple[Any, ...]]:
    """Id, unit, place of the home, hours and tools as texts, by name."""
    carried = Func("tools", function="to_jsonb", output_field=JSONField())
    rows = people.annotate(
        north=Cast("home_latitude", FloatField()),
        east=Cast("home_longitude", FloatField()),
        hours=Cast("shift", TextField()),
        carried=Cast(carried, TextField()) if tools else Value("[]"),
    )
    named = rows.order_by("name_key", "id")
    return list(named.values_list("pk", "unit_id", "north", "east", "hours", "carried"))


def _kinds(texts: Sequence[str]) -> tuple[list[Any], Ints]:
    """The different values among JSON texts, and for each text which it is."""
    places: dict[str, int] = {}
    kinds = _ints([places.setdefault(text, len(places)) for text in texts])
    return [json.loads(text) for text in places], kinds


def _levels(demands: Iterable[Demand], ids: Ints) -> dict[str, Ints]:
    names = {folded(one.name) for demand in demands for one in demand.needs.skills}
    found = {name: np.zeros(len(ids), dtype=np.int64) for name in names}
    if not names or not len(ids):
        return found
    rows = Skill.objects.filter(name_key__in=names)
    by_name: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, person, level in rows.values_list("name_key", "person_id", "level"):
        by_name[name].append((person, level))
    order = np.argsort(ids)
    for name, pairs in by_name.items():
        people, levels = np.array(pairs, dtype=np.int64).T
        place = np.minimum(np.searchsorted(ids[order], people), len(ids) - 1)
        row = order[place]
        is_here = ids[row] == people
        found[name][row[is_here]] = levels[is_here]
    return found


def _papers(demands: Sequence[Demand]) -> Papers:
    asking = [one for one in demands if one.needs.person_certified or one.needs.unit_certified]
    rows: list[tuple[Any, ...]] = []
    if asking:
        days = [days_of(one) for one in asking]
        lines = {folded(one.product_line) for one in asking} | {ANY_LINE}
        held = Certificate.objects.filter(
            withdrawn_at__isnull=True,
            line_key__in=lines,
            valid_from__lte=max(one.first for one in days) + BEGINS_WITHIN,
            valid_until__gte=min(one.last for one in days),
        )
        if not any(one.needs.person_certified for one in asking):
            held = held.filter(unit__isnull=False)
        columns = ("person_id", "unit_id", "line_key", "valid_from", "valid_until")
        rows = list(held.values_list(*columns))
    return Papers(
        person=_ints([row[0] or 0 for row in rows]),
        unit=_ints([row[1] or 0 for row in rows]),
        line=np.array([row[2] for row in rows], dtype=np.str_),
        valid_from=_ints([row[3].toordinal() for row in rows]),
        valid_until=_ints([row[4].toordinal() for row in rows]),
    )


def _away(demands: Sequence[Demand], until: datetime | None) -> list[Away]:
    begins, ends = min(one.starts_at for one in demands), max(one.ends_at for one in demands)
    return absences_within(begins, max(ends, until or ends))


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
