"""How long a trip takes, without the internet: great circle, detour, speed by piece, parking.

The figures of a region are data (`Roads`). Recorded trips correct them by distance and hour: a
factor is the median of recorded over estimated seconds, so that a few absurd trips move nothing.
Seconds are whole; an unknown position (NaN) gives the region's usual trip. Source of the default
figures: design of dispatch, "Travel time without the internet".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import ArrayLike, NDArray

from yinuo.kernel.dispatch.coordinates import distance_km

Seconds = NDArray[np.int64]

# Upper ends of the distance bands in kilometres by road; the last band has none.
BANDS_KM = (3.0, 10.0, 30.0)
# A factor counts from so many trips on; what lies outside the bounds is a wrong record.
LEAST_TRIPS = 5
FACTOR_BOUNDS = (0.3, 4.0)
# Nearer than this is the same door: no way, no parking.
SAME_DOOR_KM = 0.03


@dataclass(frozen=True, slots=True)
class Roads:
    """A region's roads: detour over the great circle, speed by piece of the way, parking.

    ``pieces`` are (up to so many kilometres by road, km/h), the last without an end (`inf`).
    ``usual_seconds`` stands for a trip of which one end is not known. Raises ValueError when a
    figure makes no sense.
    """

    detour: float = 1.35
    pieces: tuple[tuple[float, float], ...] = ((3.0, 22.0), (10.0, 30.0), (float("inf"), 42.0))
    parking_seconds: int = 300
    usual_seconds: int = 2400

    def __post_init__(self) -> None:
        """Refuse figures that make no sense."""
        ends = [end for end, _ in self.pieces]
        if not 1.0 <= self.detour <= 5.0:
            raise ValueError("a detour is a factor from 1 to 5")
        if not ends or ends[-1] != float("inf") or any(a >= b for a, b in pairwise([0.0, *ends])):
            raise ValueError("pieces of the way follow each other, the last without an end")
        if any(not 1.0 <= speed <= 300.0 for _, speed in self.pieces):
            raise ValueError("a speed lies between 1 and 300 km/h")
        if not (0 <= self.parking_seconds <= 7200 and 0 < self.usual_seconds <= 86400):
            raise ValueError("parking takes at most two hours, a usual trip at most a day")

    def kilometres(self, straight_km: ArrayLike) -> NDArray[np.float64]:
        """Kilometres by road for great-circle kilometres."""
        return np.asarray(straight_km, dtype=np.float64) * self.detour

    def driving_seconds(self, road_km: ArrayLike) -> NDArray[np.float64]:
        """Seconds of driving for kilometres by road, parking not counted; NaN stays NaN.

        >>> round(float(Roads().driving_seconds(3.0)))
        491
        """
        way = np.asarray(road_km, dtype=np.float64)
        total, begin = np.zeros_like(way), 0.0
        for end, speed in self.pieces:
            total = total + np.clip(way - begin, 0.0, end - begin) * (3600.0 / speed)
            begin = end
        return total


@dataclass(frozen=True, slots=True)
class Trip:
    """A recorded trip: great-circle km, local hour of departure (0–23), seconds door to door."""

    straight_km: float
    hour: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Factors:
    """Recorded over estimated driving time: overall, by band, by band and hour; 1 where unknown."""

    overall: float = 1.0
    by_band: Mapping[int, float] = field(default_factory=dict)
    by_hour: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def of_bands(self, hour: int) -> NDArray[np.float64]:
        """The factor of each band at a local hour, the nearest known one."""
        bands = range(len(BANDS_KM) + 1)
        known = [self.by_hour.get((b, hour), self.by_band.get(b, self.overall)) for b in bands]
        return np.array(known, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Travel:
    """The estimate of one region."""

    roads: Roads = field(default_factory=Roads)
    factors: Factors = field(default_factory=Factors)

    def seconds(
        self,
        latitude: ArrayLike,
        longitude: ArrayLike,
        to_latitude: ArrayLike,
        to_longitude: ArrayLike,
        hour: int,
    ) -> Seconds:
        """Seconds from each place to each other as the arguments broadcast, leaving at `hour`.

        WGS-84 degrees; `hour` is the local hour 0–23. Never negative; the same door is 0.
        """
        straight = distance_km(latitude, longitude, to_latitude, to_longitude)
        return self.seconds_for(straight, hour)

    def seconds_for(self, straight_km: ArrayLike, hour: int) -> Seconds:
        """Seconds for great-circle kilometres, leaving at the local `hour`."""
        straight = np.asarray(straight_km, dtype=np.float64)
        way = self.roads.kilometres(straight)
        factor = self.factors.of_bands(hour)[np.searchsorted(BANDS_KM, way, side="right") % 4]
        taken = self.roads.driving_seconds(way) * factor + self.roads.parking_seconds
        taken = np.where(straight < SAME_DOOR_KM, 0.0, taken)
        taken = np.where(np.isnan(straight), self.roads.usual_seconds, taken)
        return np.rint(taken).astype(np.int64)

    def matrix(
        self, origins: tuple[ArrayLike, ArrayLike], ends: tuple[ArrayLike, ArrayLike], hour: int
    ) -> Seconds:
        """Seconds from each origin (row) to each end (column); (latitudes, longitudes) each."""
        north, east = (np.asarray(one, dtype=np.float64)[:, None] for one in origins)
        to_north, to_east = (np.asarray(one, dtype=np.float64)[None, :] for one in ends)
        return self.seconds(north, east, to_north, to_east, hour)


def calibrated(roads: Roads, trips: Iterable[Trip]) -> Factors:
    """The factors that recorded trips give, by the median of recorded over estimated driving.

    Parking is taken off first. Trips at the same door, without a length, or off by more than
    `FACTOR_BOUNDS` are wrong records and left out; fewer than `LEAST_TRIPS` give no factor.
    """
    ratios: dict[tuple[int, int], list[float]] = {}
    for trip in trips:
        ratio, band = _ratio(roads, trip)
        if ratio is not None:
            ratios.setdefault((band, trip.hour), []).append(ratio)
    bands: dict[int, list[float]] = {}
    for (band, _), found in ratios.items():
        bands.setdefault(band, []).extend(found)
    everything = [ratio for found in bands.values() for ratio in found]
    return Factors(
        overall=median(everything) if len(everything) >= LEAST_TRIPS else 1.0,
        by_band={key: median(found) for key, found in bands.items() if len(found) >= LEAST_TRIPS},
        by_hour={key: median(found) for key, found in ratios.items() if len(found) >= LEAST_TRIPS},
    )


def _ratio(roads: Roads, trip: Trip) -> tuple[float | None, int]:
    way = float(roads.kilometres(trip.straight_km))
    band = int(np.searchsorted(BANDS_KM, way, side="right"))
    driving = trip.seconds - roads.parking_seconds
    if not trip.straight_km >= SAME_DOOR_KM or not driving > 0 or not 0 <= trip.hour <= 23:
        return None, band
    ratio = driving / float(roads.driving_seconds(way))
    return (ratio if FACTOR_BOUNDS[0] <= ratio <= FACTOR_BOUNDS[1] else None), band
