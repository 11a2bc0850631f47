"""Pictures of the ground under the map of the board, where the deployer names a server of tiles."""

from __future__ import annotations

from dataclasses import dataclass
from math import asinh, atan, ceil, degrees, floor, log2, pi, radians, sinh, tan

from django.conf import settings

DEEPEST = 18
# The side of a tile in the units of the drawing, about; and how many there are at most.
SIDE, MOST = 256.0, 80
# The page is wider than the drawing: by this share of its width there is room at each side.
ROOM = 0.4
# Web Mercator ends here.
HIGHEST = 85.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How degrees lie in the drawing: those of longitude are shortened by the latitude.

    ``north`` and ``east`` (shortened) are in the middle; ``scale`` units a degree.
    """

    north: float
    east: float
    shrink: float
    scale: float
    width: float
    height: float

    def point(self, place: tuple[float, float]) -> tuple[float, float]:
        """Where a latitude and longitude lies."""
        east = (place[1] * self.shrink - self.east) * self.scale + self.width / 2
        return east, self.height / 2 - (place[0] - self.north) * self.scale

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """The latitude and longitude of a point."""
        east = ((point[0] - self.width / 2) / self.scale + self.east) / self.shrink
        return self.north + (self.height / 2 - point[1]) / self.scale, east


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture and where it lies in the drawing."""

    address: str
    x: str
    y: str
    width: str
    height: str


def tiles_of(fit: Fit) -> list[Tile]:
    """The tiles that cover the drawing; none without a server."""
    if not settings.MAP_TILES:
        return []
    room = fit.width * ROOM
    top, west = fit.place((-room, 0.0))
    bottom, east = fit.place((fit.width + room, fit.height))
    around = 360.0 * fit.shrink * fit.scale
    zoom = min(max(round(log2(max(around / SIDE, 1.0))), 0), DEEPEST)
    number = 1 << zoom
    columns = range(floor((west + 180) / 360 * number), ceil((east + 180) / 360 * number))
    rows = range(floor(_row(top, number)), ceil(_row(bottom, number)))
    if len(columns) * len(rows) > MOST:
        return []
    return [
        _tile(fit, zoom, column, row)
        for row in rows
        for column in columns
        if 0 <= row < number and 0 <= column < number
    ]


def _tile(fit: Fit, zoom: int, column: int, row: int) -> Tile:
    number = 1 << zoom
    left, top = fit.point((_latitude(row, number), column / number * 360 - 180))
    right, bottom = fit.point((_latitude(row + 1, number), (column + 1) / number * 360 - 180))
    address = settings.MAP_TILES
    for name, value in (("{z}", zoom), ("{x}", column), ("{y}", row)):
        address = address.replace(name, str(value))
    sides = (left, top, right - left, bottom - top)
    return Tile(address, *(f"{each:.1f}" for each in sides))


def _row(latitude: float, number: int) -> float:
    """How many rows from the top a latitude lies."""
    bounded = min(max(latitude, -HIGHEST), HIGHEST)
    return (1 - asinh(tan(radians(bounded))) / pi) / 2 * number


def _latitude(row: int, number: int) -> float:
    """The latitude of the upper edge of a row."""
    return degrees(atan(sinh(pi * (1 - 2 * row / number))))
