"""The problem as the route engine takes it: seconds from the first midnight, fen in thousandths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from yinuo.domains.dispatch.going import lateness_of
from yinuo.domains.dispatch.planning.gathering import Gathered, Row, midnight
from yinuo.domains.fieldwork.planning import OpenSheet
from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.routes import MUST, Case

# Cost is in thousandths of a fen, so that a second on the road has a whole price.
GRAIN = 1_000
# What an hour on the road is in kilometres, to price the way by its seconds.
KM_AN_HOUR = 30
KEPT_WITHIN = 900
BREAK_BEFORE, BREAK_AFTER = 1_800, 3_600
_NEVER = 1 << 50
_MOST_COST = (1 << 40) - 1
_RULES = ("unit", "skill", "certificate", "unit_certificate", "tools", "held", "break")
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Cased:
    """The case with what its numbers stand for: visits first, then what else holds people.

    ``orders`` is the plan that stands; ``late`` the price of each sheet's lateness.
    """

    gathered: Gathered
    case: Case
    orders: tuple[tuple[int, ...], ...]
    late: tuple[tuple[Lateness, ...], ...]

    def at(self, second: int) -> datetime:
        """The instant of a second of the case."""
        return midnight(self.gathered.days[0]) + timedelta(seconds=int(second))

    def fen_late(self, visit: int, second: int | None) -> int:
        """What a sheet's lateness costs when its visit starts then; None: after the plan."""
        at = self.gathered.ends if second is None else self.at(second)
        return sum(one.fen(int(at.timestamp())) for one in self.late[visit])


def cased(gathered: Gathered, travel: Ints, *, holds: bool) -> Cased:
    """Build the case. `travel` are the seconds between `places_of` it.

    `holds`: planned anew, where giving a visit to somebody else costs what moving costs; otherwise
    the engine is told what each shift has, and beginning later than stands costs that too.
    """
    sheets, rows = gathered.sheets, gathered.rows
    base = midnight(gathered.days[0])
    late = tuple(_lateness(gathered, one) for one in sheets)
    begins, until, overtime, price = _shifts(gathered, base)
    holds_of = _holds(gathered, base, travel, until)
    windows = [_window(gathered, one, base, holds) for one in sheets]
    rest = [one.window for one in holds_of]
    case = Case(
        travel=travel,
        shift_from=_starts(gathered),
        shift_to=np.arange(len(rows), dtype=np.int64),
        begin=begins,
        until=until,
        price=price,
        place=_ints([len(rows) + n for n in range(len(sheets))] + [one.place for one in holds_of]),
        ready=_ints([one[0] for one in windows] + [one[0] for one in rest]),
        due=_ints([one[1] for one in windows] + [one[1] for one in rest]),
        service=_ints(
            [gathered.minutes(one) * 60 for one in sheets]
            + [one.end - one.begin for one in holds_of]
        ),
        penalty=_ints(
            [_penalty(gathered, one, late[n]) for n, one in enumerate(sheets)]
            + [MUST] * len(holds_of)
        ),
        fit=_fit(gathered, [one.row for one in holds_of], holds),
        overtime=overtime,
        lateness=_curves([*map(tuple.__add__, late, _held_times(gathered, holds))], base),
        rules=_RULES,
    )
    return Cased(gathered, case, _orders(gathered, holds_of, base), late)


class _Hold(NamedTuple):
    """What holds somebody beside the visits to be planned, in seconds: a break, which may move, an
    absence, or a visit to which he goes along, at a place of the case."""

    row: int
    begin: int
    end: int
    is_fixed: bool = True
    place: int = -1

    @property
    def window(self) -> tuple[int, int]:
        """Earliest and latest begin."""
        if self.is_fixed:
            return self.begin, self.begin
        return self.begin - BREAK_BEFORE, self.begin + BREAK_AFTER


def _holds(gathered: Gathered, base: datetime, travel: Ints, until: Ints) -> list[_Hold]:
    """What holds people, row by row: breaks, absences, visits to which they go along.

    Whoever cannot be there when such a visit begins comes as early as he can. He may be back from
    it after `until`, which moves.
    """
    found: list[_Hold] = []
    starts = _starts(gathered)
    place = len(gathered.rows) + len(gathered.sheets) + len(_set_out(gathered))
    for number, row in enumerate(gathered.rows):
        breaks = [_second_span(base, span) for span in row.breaks]
        away = [_second_span(base, span) for span in row.absences]
        found += [_Hold(number, *span, is_fixed=False) for span in breaks]
        found += [_Hold(number, *span) for span in away]
        free, _ = _second_span(base, (row.begins, row.ends))
        here = int(starts[number])
        for one in row.along:
            begins, ends = _second_span(base, (one.begins, one.ends))
            free = max([free, *(end for _begin, end in away if end <= begins)])
            comes = max(begins, free + int(travel[here, place]))
            hold = _Hold(number, comes, max(ends, comes), place=place)
            until[number] = max(until[number], hold.end + int(travel[place, number]))
            found.append(hold)
            free, here, place = hold.end, place, place + 1
    return found


def _lateness(gathered: Gathered, sheet: OpenSheet) -> tuple[Lateness, ...]:
    figures, now = gathered.weighing.figures, gathered.now
    return tuple(lateness_of(each, now, figures) for each in gathered.arrivals[sheet.id])


def _ints(values: object) -> Ints:
    return np.array(values, dtype=np.int64)


def _second_span(base: datetime, span: tuple[datetime, datetime]) -> tuple[int, int]:
    return int((span[0] - base).total_seconds()), int((span[1] - base).total_seconds())


def _shifts(
    gathered: Gathered, base: datetime
) -> tuple[Ints, Ints, dict[int, list[tuple[int, int]]], Ints]:
    figures = gathered.weighing.figures
    extra = figures.overtime_minutes * 60
    begins: list[int] = []
    until: list[int] = []
    price: list[int] = []
    overtime: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(gathered.rows):
        begin, end = _second_span(base, (row.begins, row.ends))
        begins.append(begin)
        until.append(end + extra)
        price.append((row.hour_fen + KM_AN_HOUR * figures.km_fen) * GRAIN // 3600)
        cost = extra * row.hour_fen * figures.overtime_percent * GRAIN // 360_000
        if extra and cost:
            overtime[number] = [(end, 0), (end + extra, cost)]
    return _ints(begins), _ints(until), overtime, _ints(price)


def _window(gathered: Gathered, sheet: OpenSheet, base: datetime, holds: bool) -> tuple[int, int]:
    """Earliest and latest start: an appointment is kept within a quarter of an hour.

    A visit of several people begins when it stands, so that they meet there. What time is kept for
    begins no earlier, unless everything is planned anew.
    """
    if sheet.id in gathered.shared and (meets := standing_at(gathered, sheet)) is not None:
        at = int((meets - base).total_seconds())
        return at, at
    if sheet.agreed_for is not None and sheet.agreed_for >= gathered.now:
        at = int((sheet.agreed_for - base).total_seconds())
        return at - KEPT_WITHIN, at + KEPT_WITHIN
    wanted = sheet.service_at
    earliest = max(wanted, gathered.now) if wanted else gathered.now
    at = int((earliest - base).total_seconds())
    stands = None if holds else standing_at(gathered, sheet)
    if stands is not None:
        at = max(at, int((stands - base).total_seconds()) - KEPT_WITHIN)
    return at, _NEVER


def _penalty(gathered: Gathered, sheet: OpenSheet, late: tuple[Lateness, ...]) -> int:
    """What leaving a visit for after the plan costs; promised or assigned ones are not left."""
    is_due = any(one.due_at < gathered.ends for one in gathered.arrivals[sheet.id])
    if is_due or sheet.person_id is not None or sheet.agreed_for is not None:
        return MUST
    figures = gathered.weighing.figures
    waited = max((gathered.now - sheet.issued_at).days, 0)
    after = sum(one.fen(int(gathered.ends.timestamp())) for one in late)
    return min((figures.undone_fen + waited * figures.waiting_fen + after) * GRAIN, _MOST_COST)


def _held_times(gathered: Gathered, holds: bool) -> list[tuple[Lateness, ...]]:
    """What beginning later than stands costs, as a price of lateness; nothing when planned anew."""
    moved = gathered.weighing.figures.moved_fen
    found: list[tuple[Lateness, ...]] = []
    for sheet in gathered.sheets:
        stands = None if holds else standing_at(gathered, sheet)
        if stands is None:
            found.append(())
            continue
        until = int(stands.timestamp()) + KEPT_WITHIN
        found.append((Lateness(((until, 0), (until + 1, moved))),))
    return found


def _curves(
    late: Sequence[tuple[Lateness, ...]], base: datetime
) -> dict[int, list[tuple[int, int]]]:
    """The prices of a sheet's promises as one: their sum at every point of any of them."""
    zero = int(base.timestamp())
    found: dict[int, list[tuple[int, int]]] = {}
    for visit, lines in enumerate(late):
        at = sorted({point[0] for one in lines for point in one.points})
        # A moment after a promise its first amount is owed: both ends of that step are points.
        at = sorted({each + more for each in at for more in (0, 1)})
        points = [(each - zero, sum(one.fen(each) for one in lines)) for each in at]
        if points and points[-1][1]:
            found[visit] = [(each, min(fen * GRAIN, _MOST_COST)) for each, fen in points]
    return found


def _fit(gathered: Gathered, break_rows: list[int], holds: bool) -> Ints:
    sheets, rows = gathered.sheets, gathered.rows
    figures = gathered.weighing.figures
    fit = np.zeros((len(rows), len(sheets) + len(break_rows)), dtype=np.int64)
    for number, row in enumerate(rows):
        for visit, sheet in enumerate(sheets):
            rule = _forbids(gathered, sheet, row)
            if rule is not None:
                fit[number, visit] = -1 - _RULES.index(rule)
                continue
            person = row.person.person_id
            known = gathered.familiar[sheet.id]
            if known and person not in known:
                fit[number, visit] += figures.familiar_fen * GRAIN
            if holds and sheet.person_id not in (None, person):
                fit[number, visit] += figures.moved_fen * GRAIN
    for place, of_row in enumerate(break_rows, start=len(sheets)):
        fit[:, place] = -1 - _RULES.index("break")
        fit[of_row, place] = 0
    return fit


def _forbids(gathered: Gathered, sheet: OpenSheet, row: Row) -> str | None:
    person = row.person.person_id
    is_kept = (
        sheet.is_held
        or sheet.id in gathered.shared
        or (sheet.person_id is not None and sheet.agreed_for is not None)
    )
    if is_kept and sheet.person_id != person:
        return "held"
    broken = gathered.broken(sheet, person, row.on)
    if broken is None:
        return "unit"
    return broken[0].value if broken else None


def _starts(gathered: Gathered) -> Ints:
    """Everybody sets out from home, or from where he is at work."""
    first = len(gathered.rows) + len(gathered.sheets)
    found = []
    for number, row in enumerate(gathered.rows):
        found.append(number if row.under_way is None else first)
        first += row.under_way is not None
    return _ints(found)


def _set_out(gathered: Gathered) -> list[OpenSheet]:
    """The visits at which people set out who do not from home, by row."""
    return [row.under_way for row in gathered.rows if row.under_way is not None]


def places_of(gathered: Gathered) -> list[tuple[float, float]]:
    """Homes, sites, sites of visits at which people set out, and of those to which they go along,
    in the order of the case; NaN unknown."""
    homes = [row.person.home for row in gathered.rows]
    along = [one.sheet for row in gathered.rows for one in row.along]
    found: list[tuple[Decimal | None, Decimal | None]] = [
        (one.latitude, one.longitude) if one else (None, None) for one in homes
    ]
    found += [
        (one.latitude, one.longitude) for one in (*gathered.sheets, *_set_out(gathered), *along)
    ]
    return [
        (np.nan, np.nan) if north is None or east is None else (float(north), float(east))
        for north, east in found
    ]


def _orders(
    gathered: Gathered, holds: Sequence[_Hold], base: datetime
) -> tuple[tuple[int, ...], ...]:
    """The plan that stands: each row's sheets by the time kept for them, what holds people among
    them."""
    place = {(row.person.person_id, row.on): n for n, row in enumerate(gathered.rows)}
    standing: list[list[tuple[datetime, int]]] = [[] for _ in gathered.rows]
    for visit, sheet in enumerate(gathered.sheets):
        if sheet.person_id is None:
            continue
        at = standing_at(gathered, sheet)
        day = at.astimezone(base.tzinfo).date() if at else gathered.days[0]
        row = place.get((sheet.person_id, day))
        if row is None:
            row = next((place[key] for key in sorted(place) if key[0] == sheet.person_id), None)
        if row is not None:
            standing[row].append((at or gathered.rows[row].ends, visit))
    for visit, one in enumerate(holds, start=len(gathered.sheets)):
        standing[one.row].append((base + timedelta(seconds=one.begin), visit))
    return tuple(tuple(visit for _, visit in sorted(row)) for row in standing)


def standing_at(gathered: Gathered, sheet: OpenSheet) -> datetime | None:
    """When a sheet's visit stands to begin: as agreed, else as time is kept for it."""
    if sheet.agreed_for is not None and sheet.agreed_for >= gathered.now:
        return sheet.agreed_for
    kept = gathered.booked.get(sheet.id)
    is_his = kept is not None and kept.person_id == sheet.person_id and kept.ends > gathered.now
    length = timedelta(minutes=gathered.minutes(sheet))
    return max(kept.ends - length, kept.begins) if kept and is_his else None
