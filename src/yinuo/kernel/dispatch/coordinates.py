"""The three coordinate systems of Chinese maps, and the distance on earth.

Positions are kept in WGS-84. Maps in China show GCJ-02 (AMap, Tencent) or BD-09 (Baidu), 300 to
600 metres off; what comes from them or goes to them is converted at the border. Latitudes are
degrees north, longitudes degrees east, arrays or numbers; the answers are arrays of their shape.
Outside the rectangle around China WGS-84 and GCJ-02 are one.

Source: the published offset polynomials of GCJ-02 over the Krasovsky ellipsoid, and Baidu's spiral.
Both inverses are found by iteration, to less than a millimetre.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

EARTH_KM = 6371.0088
_AXIS_METRES = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_CHINA = (0.8293, 55.8271, 72.004, 137.8347)
_SPIRAL = np.pi * 3000.0 / 180.0
_ROUNDS = 12


def distance_km(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> Degrees:
    """Great-circle distances in kilometres; the arguments broadcast. NaN where one is NaN.

    >>> round(float(distance_km(31.2304, 121.4737, 39.9042, 116.4074)))
    1067
    """
    north, east = np.radians(latitude), np.radians(longitude)
    to_north, to_east = np.radians(to_latitude), np.radians(to_longitude)
    half = (
        np.sin((to_north - north) / 2) ** 2
        + np.cos(north) * np.cos(to_north) * np.sin((to_east - east) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def gcj02_of_wgs84(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """What AMap and Tencent show for a WGS-84 position.

    >>> [round(float(one), 5) for one in gcj02_of_wgs84(31.1774276, 121.5272106)]
    [31.1753, 121.53154]
    """
    north, east = _degrees(latitude), _degrees(longitude)
    least_north, most_north, least_east, most_east = _CHINA
    is_inside = (
        (north > least_north) & (north < most_north) & (east > least_east) & (east < most_east)
    )
    by_north, by_east = _offset(north, east)
    return np.where(is_inside, north + by_north, north), np.where(is_inside, east + by_east, east)


def wgs84_of_gcj02(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """The WGS-84 position of one that AMap or Tencent gave."""
    return _inverse(gcj02_of_wgs84, _degrees(latitude), _degrees(longitude))


def bd09_of_gcj02(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """What Baidu shows for a GCJ-02 position."""
    north, east = _degrees(latitude), _degrees(longitude)
    length = np.hypot(east, north) + 0.00002 * np.sin(north * _SPIRAL)
    angle = np.arctan2(north, east) + 0.000003 * np.cos(east * _SPIRAL)
    return length * np.sin(angle) + 0.006, length * np.cos(angle) + 0.0065


def gcj02_of_bd09(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """The GCJ-02 position of one that Baidu gave."""
    return _inverse(bd09_of_gcj02, _degrees(latitude), _degrees(longitude))


def bd09_of_wgs84(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """What Baidu shows for a WGS-84 position."""
    return bd09_of_gcj02(*gcj02_of_wgs84(latitude, longitude))


def wgs84_of_bd09(latitude: ArrayLike, longitude: ArrayLike) -> Pair:
    """The WGS-84 position of one that Baidu gave."""
    return wgs84_of_gcj02(*gcj02_of_bd09(latitude, longitude))


def _degrees(value: ArrayLike) -> Degrees:
    return np.asarray(value, dtype=np.float64)


def _offset(north: Degrees, east: Degrees) -> Pair:
    """How far GCJ-02 lies north and east of WGS-84, in degrees."""
    y, x = north - 35.0, east - 105.0
    both = 0.1 * x * y
    root = np.sqrt(np.abs(x))
    fast = _waves(x, (20.0, 6.0), (20.0, 2.0))
    metres_north = (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + both + 0.2 * root + fast
        + _waves(y, (20.0, 1.0), (40.0, 1 / 3)) + _waves(y, (160.0, 1 / 12), (320.0, 1 / 30))
    )  # fmt: skip
    metres_east = (
        300.0 + x + 2.0 * y + 0.1 * x * x + both + 0.1 * root + fast
        + _waves(x, (20.0, 1.0), (40.0, 1 / 3)) + _waves(x, (150.0, 1 / 12), (300.0, 1 / 30))
    )  # fmt: skip
    flat = 1.0 - _ECCENTRICITY_SQUARED * np.sin(np.radians(north)) ** 2
    meridian = _AXIS_METRES * (1.0 - _ECCENTRICITY_SQUARED) / flat**1.5
    parallel = _AXIS_METRES / np.sqrt(flat) * np.cos(np.radians(north))
    return np.degrees(metres_north / meridian), np.degrees(metres_east / parallel)


def _waves(at: Degrees, *waves: tuple[float, float]) -> Degrees:
    """Two thirds of a sum of sines, each with its height and its half-periods per degree."""
    total = sum(height * np.sin(at * np.pi * pace) for height, pace in waves)
    return np.asarray(total) * (2.0 / 3.0)


def _inverse(
    forward: Callable[[ArrayLike, ArrayLike], Pair], north: Degrees, east: Degrees
) -> Pair:
    """The position that `forward` takes to the given one; it moves points only a little."""
    found_north, found_east = north, east
    for _ in range(_ROUNDS):
        shown_north, shown_east = forward(found_north, found_east)
        found_north = found_north + (north - shown_north)
        found_east = found_east + (east - shown_east)
    return found_north, found_east
