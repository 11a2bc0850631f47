"""Days of the Chinese lunisolar calendar, from where moon and sun stand (GB/T 33661-2017).

A month starts on the Beijing date of a new moon; the month with the winter solstice is the
eleventh; when thirteen months lie between two of those, the first month without a principal
solar term is a leap month. New moons by the series of Meeus, Astronomical Algorithms, chapter 49
(good to half a minute); the sun's longitude by chapter 25 (good to a quarter of an hour). A moment
too near to midnight for that accuracy is refused rather than guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import floor, radians, sin

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_BEIJING = timedelta(hours=8)
_EARTH_SLOWING = timedelta(seconds=75)  # dynamical time minus UTC, 2000 to 2050, give or take 15 s
_MOON_MARGIN = timedelta(minutes=2)
_SUN_MARGIN = timedelta(minutes=25)

# (days, times eccentricity, multiples of the sun's anomaly, the moon's anomaly, its latitude)
_NEW_MOON_TERMS = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0),
)  # fmt: skip
# (days, degrees at k = 0, degrees per new moon): what the planets do
_PLANET_TERMS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
)  # fmt: skip


class TooCloseError(ValueError):
    """A moment lies so near to midnight in Beijing that its date is not certain."""


def _beijing_dates(days_since_j2000: float, margin: timedelta) -> tuple[date, date]:
    """The earliest and the latest Beijing date the moment may have."""
    moment = _J2000 + timedelta(days=days_since_j2000) - _EARTH_SLOWING + _BEIJING
    return (moment - margin).date(), (moment + margin).date()


def _certain(dates: tuple[date, date]) -> date:
    if dates[0] != dates[1]:
        raise TooCloseError(f"midnight between {dates[0]} and {dates[1]} in Beijing")
    return dates[0]


def _new_moon(k: int) -> date:
    """The Beijing date of the `k`th new moon after that of 6 January 2000."""
    t = k / 1236.85
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    days = 5.09766 + 29.530588861 * k + 0.00015437 * t * t - 0.00017 * sin(node)
    for size, power, a, b, c in _NEW_MOON_TERMS:
        days += size * eccentricity**power * sin(a * sun + b * moon + c * latitude)
    for size, at_zero, rate in _PLANET_TERMS:
        days += size * sin(radians(at_zero + rate * k))
    return _certain(_beijing_dates(days, _MOON_MARGIN))


def _longitude(days: float) -> float:
    """The apparent longitude of the sun in degrees."""
    t = days / 36525
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    node = radians(125.04 - 1934.136 * t)
    return 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * sin(node)


def solar_term(year: int, degrees: int) -> tuple[date, date]:
    """The Beijing date in `year` on which the sun reaches `degrees` (0 is the spring equinox)."""
    march = (datetime(year, 3, 20, tzinfo=UTC) - _J2000) / timedelta(days=1)
    ahead = degrees if degrees < 285 else degrees - 360
    days = march + ahead * 365.2422 / 360
    for _ in range(8):
        miss = (degrees - _longitude(days) + 180) % 360 - 180
        days += miss * 365.2422 / 360
    return _beijing_dates(days, _SUN_MARGIN)


def _not_after(first: date, term: tuple[date, date]) -> bool:
    """Whether a month starts on or before the day of a term; refused when that is not certain."""
    if term[0] < first <= term[1]:
        raise TooCloseError(f"month of {first} and a solar term")
    return first <= term[0]


def _months(year: int) -> dict[int, date]:
    """First days of lunar months, by number, from the 11th of the year before (as -1) on.

    Leap months are left out: no holiday is in one.
    """
    winter, next_winter = solar_term(year - 1, 270), solar_term(year, 270)
    k = floor((winter[1] - date(2000, 1, 6)).days / 29.530588861) + 1
    while not _not_after(_new_moon(k), winter):
        k -= 1
    starts = [_new_moon(k + i) for i in range(15)]
    to_next = sum(_not_after(start, next_winter) for start in starts) - 1
    terms = [winter, *(solar_term(year, (300 + 30 * i) % 360) for i in range(12))]
    months, number, leap_done = {}, -1, to_next == 12
    for first, following in pairwise(starts[: to_next + 1]):
        inside = [t for t in terms if _not_after(first, t) and not _not_after(following, t)]
        if not inside and not leap_done:
            leap_done = True
        else:
            months[number] = first
            number += 1
    return months


def spring_festival(year: int) -> date:
    """The first day of the first month."""
    return _months(year)[1]


def dragon_boat(year: int) -> date:
    """The fifth day of the fifth month."""
    return _months(year)[5] + timedelta(days=4)


def mid_autumn(year: int) -> date:
    """The fifteenth day of the eighth month."""
    return _months(year)[8] + timedelta(days=14)


def tomb_sweeping(year: int) -> date:
    """Pure Brightness: the sun at 15 degrees."""
    return _certain(solar_term(year, 15))
