"""Where things stand on the board and the map: shares of a lane, points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import cos, radians
from typing import Any

from django.utils import timezone

from yinuo.domains.dispatch.board_types import Board, BoardRow, BoardSheet, Span
from yinuo.surfaces.console.map_tiles import Fit, tiles_of

# The hours a lane shows, unless something stands outside them.
FROM_HOUR, TO_HOUR = 7, 21
WIDTH, HEIGHT, EDGE = 1000.0, 560.0, 46.0
TONES = 8
# Nearer together than this, in degrees, the map would show nothing but its scale.
LEAST_SPAN = 0.02


@dataclass(frozen=True, slots=True)
class Scale:
    """The days and hours of all lanes."""

    first: datetime
    days: int
    from_hour: int
    to_hour: int

    @property
    def minutes(self) -> int:
        """Minutes of a day that are shown."""
        return (self.to_hour - self.from_hour) * 60

    def share(self, at: datetime) -> float:
        """How far along a lane an instant lies, in percent; outside the hours at their edge."""
        local = timezone.localtime(at)
        day = (local.date() - self.first.date()).days
        if not 0 <= day < self.days:
            return 0.0 if day < 0 else 100.0
        minute = local.hour * 60 + local.minute - self.from_hour * 60
        return round((day + min(max(minute / self.minutes, 0), 1)) * 100 / self.days, 3)

    def part(self, span: Span) -> dict[str, str] | None:
        """Left edge and width of a span; None when nothing of it is shown."""
        left, right = self.share(span[0]), self.share(span[1])
        return {"x": f"{left:.3f}%", "width": f"{right - left:.3f}%"} if right > left else None


@dataclass(frozen=True, slots=True)
class Bar:
    """A visit in a lane."""

    sheet: BoardSheet
    x: str
    width: str
    tone: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row as it is drawn."""

    row: BoardRow
    hours: tuple[dict[str, str], ...]
    absences: tuple[dict[str, str], ...]
    bars: tuple[Bar, ...]
    tone: int


def scale_of(board: Board) -> Scale:
    """The hours that hold everything on the board."""
    first = timezone.make_aware(datetime.combine(board.days[0], time(0)))
    days = len(board.days)
    ends = first + timedelta(days=days)
    spans = [
        (timezone.localtime(one.begins), timezone.localtime(one.ends))
        for row in board.rows
        for one in row.sheets
        if one.begins and one.ends and one.begins >= first and one.ends <= ends
    ]
    is_wide = any(
        begin.hour < FROM_HOUR or end.hour >= TO_HOUR or end.date() != begin.date()
        for begin, end in spans
    )
    return Scale(first, days, 0, 24) if is_wide else Scale(first, days, FROM_HOUR, TO_HOUR)


def lanes_of(board: Board, scale: Scale) -> list[Lane]:
    """Every row as it is drawn."""
    return [
        Lane(
            row=row,
            hours=_parts(scale, row.hours),
            absences=_parts(scale, row.absences),
            bars=tuple(_bars(scale, row.sheets)),
            tone=number % TONES,
        )
        for number, row in enumerate(board.rows)
    ]


def marks_of(scale: Scale) -> list[tuple[str, str]]:
    """Place and text of the marks above the lanes: hours of a day, or days."""
    if scale.days > 1:
        days = [scale.first + timedelta(days=number) for number in range(scale.days)]
        return [(f"{n * 100 / scale.days:.3f}%", f"{day:%m-%d}") for n, day in enumerate(days)]
    hours = range(scale.from_hour, scale.to_hour)
    step = 2 if len(hours) > 16 else 1
    return [
        (f"{(hour - scale.from_hour) * 6000 / scale.minutes:.3f}%", f"{hour}")
        for hour in hours[::step]
    ]


def _parts(scale: Scale, spans: Iterable[Span]) -> tuple[dict[str, str], ...]:
    return tuple(part for span in spans if (part := scale.part(span)))


def _bars(scale: Scale, sheets: Iterable[BoardSheet]) -> Iterable[Bar]:
    for one in sheets:
        assert one.begins is not None
        assert one.ends is not None
        part = scale.part((one.begins, one.ends))
        if part is not None:
            tone = "over" if one.is_late else one.state
            yield Bar(one, part["x"], part["width"], tone)


def map_of(lanes: Sequence[Lane], waiting: Sequence[BoardSheet]) -> dict[str, Any] | None:
    """Homes, sites and ways by their positions, fitted into the drawing; None without any.

    Degrees are drawn as they lie, those of longitude shortened by the latitude.
    """
    homes = [(lane, point) for lane in lanes if (point := _point(lane.row))]
    sites = [
        (lane, number, bar.sheet, point)
        for lane in lanes
        for number, bar in enumerate(lane.bars, start=1)
        if (point := _point(bar.sheet))
    ]
    open_sites = [(one, point) for one in waiting if (point := _point(one))]
    points = [point for _lane, point in homes]
    points += [point for *_bar, point in sites] + [point for _sheet, point in open_sites]
    if not points:
        return None
    drawn = _fitted(points)
    fit = drawn.point
    routes = []
    for lane in lanes:
        start = [point for each, point in homes if each is lane]
        way = [*start, *(point for each, _, _, point in sites if each is lane)]
        if len(way) > 1:
            routes.append((lane.tone, " ".join("{:.1f},{:.1f}".format(*fit(one)) for one in way)))
    return {
        "tiles": tiles_of(drawn),
        "homes": [(lane.row.name, lane.tone, *map(_text, fit(point))) for lane, point in homes],
        "sites": [
            (sheet, number, lane.tone, *map(_text, fit(point)))
            for lane, number, sheet, point in sites
        ],
        "waiting": [(sheet, *map(_text, fit(point))) for sheet, point in open_sites],
        "routes": routes,
        "width": int(WIDTH),
        "height": int(HEIGHT),
    }


def _text(number: float) -> str:
    return f"{number:.1f}"


def _point(one: BoardRow | BoardSheet) -> tuple[float, float] | None:
    if one.latitude is None or one.longitude is None:
        return None
    return float(one.latitude), float(one.longitude)


def _fitted(points: Sequence[tuple[float, float]]) -> Fit:
    norths = [one[0] for one in points]
    shrink = cos(radians(sum(norths) / len(norths)))
    easts = [one[1] * shrink for one in points]
    high, wide = max(norths) - min(norths), max(easts) - min(easts)
    scale = min(
        (WIDTH - 2 * EDGE) / max(wide, LEAST_SPAN), (HEIGHT - 2 * EDGE) / max(high, LEAST_SPAN)
    )
    north, east = (min(norths) + max(norths)) / 2, (min(easts) + max(easts)) / 2
    return Fit(north, east, shrink, scale, WIDTH, HEIGHT)
