"""Travel estimates without the internet, and the three coordinate systems of Chinese maps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinuo.kernel.dispatch import coordinates
from yinuo.kernel.dispatch.travel import Factors, Roads, Travel, Trip, calibrated

# Well inside the rectangle in which the systems differ.
norths, easts = st.floats(18.5, 53.0), st.floats(74.0, 134.5)
METRE = 1 / 111_000


def metres(first, second) -> float:
    return float(coordinates.distance_km(*first, *second)) * 1000


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
        ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
        ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ],
)
def test_published_points_of_gcj02_are_met_both_ways(wgs84, gcj02):
    assert metres(coordinates.gcj02_of_wgs84(*wgs84), gcj02) < 0.01
    assert metres(coordinates.wgs84_of_gcj02(*gcj02), wgs84) < 0.01


def test_a_published_point_of_bd09_is_met():
    shown = coordinates.bd09_of_gcj02(39.915, 116.404)
    assert metres(shown, (39.92133699351021, 116.41036949371029)) < 0.01


@settings(max_examples=50, deadline=None)
@given(norths, easts)
def test_conversions_there_and_back_give_the_same_place(north, east):
    here = (north, east)
    assert metres(coordinates.wgs84_of_gcj02(*coordinates.gcj02_of_wgs84(*here)), here) < 0.01
    assert metres(coordinates.gcj02_of_bd09(*coordinates.bd09_of_gcj02(*here)), here) < 0.01
    assert metres(coordinates.wgs84_of_bd09(*coordinates.bd09_of_wgs84(*here)), here) < 0.01


@settings(max_examples=50, deadline=None)
@given(norths, easts)
def test_mixing_the_systems_up_is_some_hundred_metres(north, east):
    assert metres(coordinates.gcj02_of_wgs84(north, east), (north, east)) < 1500
    assert 300 < metres(coordinates.bd09_of_gcj02(north, east), (north, east)) < 1500


@pytest.mark.parametrize("place", [(51.5, -0.12), (-33.9, 151.2), (37.77, -122.4)])
def test_outside_china_nothing_is_shifted(place):
    assert coordinates.gcj02_of_wgs84(*place) == place


@settings(max_examples=50, deadline=None)
@given(norths, easts, norths, easts)
def test_distance_is_that_of_the_chord_through_the_earth(north, east, to_north, to_east):
    def point(latitude, longitude):
        phi, lam = math.radians(latitude), math.radians(longitude)
        return (math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))

    chord = math.dist(point(north, east), point(to_north, to_east))
    slow = 2 * coordinates.EARTH_KM * math.asin(chord / 2)
    assert float(coordinates.distance_km(north, east, to_north, to_east)) == pytest.approx(
        slow, abs=1e-4
    )


def slow_seconds(roads: Roads, straight: float, factor: float) -> float:
    """Ten metres by ten, as one would drive."""
    if straight < 0.03:
        return 0
    way, taken, step = straight * roads.detour, 0.0, 0.01
    for number in range(int(way / step)):
        speed = next(kmh for end, kmh in roads.pieces if number * step < end)
        taken += step / speed * 3600
    return taken * factor + roads.parking_seconds


@settings(max_examples=25, deadline=None)
@given(st.floats(0.0, 40.0), st.floats(0.5, 2.0))
def test_the_estimate_is_detour_speed_by_piece_and_parking(straight, factor):
    travel = Travel(Roads(), Factors(overall=factor))
    assert int(travel.seconds_for(straight, 9)) == pytest.approx(
        slow_seconds(travel.roads, straight, factor), abs=5
    )


@given(st.lists(st.floats(0.0, 300.0), min_size=2, max_size=6))
def test_a_longer_way_never_takes_less(lengths):
    taken = Travel().seconds_for(sorted(lengths), 9)
    assert (np.diff(taken) >= 0).all()
    assert (taken >= 0).all()


def test_an_unknown_position_takes_the_usual_trip_of_the_region():
    travel = Travel(Roads(usual_seconds=1500))
    found = travel.matrix(([31.2, np.nan], [121.4, np.nan]), ([31.2, np.nan], [121.4, 121.5]), 9)
    assert found.tolist() == [[0, 1500], [1500, 1500]]


def trips(roads: Roads, factor: float, straight: float, hour: int, count: int) -> list[Trip]:
    driving = float(roads.driving_seconds(roads.kilometres(straight)))
    return [Trip(straight, hour, driving * factor + roads.parking_seconds)] * count


def test_recorded_trips_correct_the_estimate_by_distance_and_hour():
    roads = Roads()
    recorded = (
        trips(roads, 1.8, 5.0, 8, 6) + trips(roads, 1.2, 5.0, 14, 7) + trips(roads, 0.9, 40.0, 8, 5)
    )
    factors = calibrated(roads, recorded)
    travel, plain = Travel(roads, factors), Travel(roads)
    driving = int(plain.seconds_for(5.0, 8)) - roads.parking_seconds
    assert int(travel.seconds_for(5.0, 8)) - roads.parking_seconds == pytest.approx(
        driving * 1.8, abs=2
    )
    assert int(travel.seconds_for(5.0, 14)) - roads.parking_seconds == pytest.approx(
        driving * 1.2, abs=2
    )
    # Of an hour never driven the band is known; of a band never driven, all trips together.
    assert int(travel.seconds_for(5.0, 3)) - roads.parking_seconds == pytest.approx(
        driving * 1.2, abs=2
    )
    assert factors.of_bands(3)[0] == factors.overall


@given(st.lists(st.sampled_from([0.0, -5.0, 1e9, float("nan")]), max_size=4))
def test_absurd_records_move_nothing(absurd):
    roads = Roads()
    recorded = trips(roads, 1.5, 5.0, 8, 6) + [Trip(5.0, 8, seconds) for seconds in absurd]
    recorded += [Trip(float("nan"), 8, 900.0), Trip(0.0, 8, 900.0)]
    assert calibrated(roads, recorded).overall == pytest.approx(1.5)


def test_too_few_trips_give_no_factor():
    roads = Roads()
    assert calibrated(roads, trips(roads, 1.8, 5.0, 8, 4)) == Factors()


@pytest.mark.parametrize(
    "figures",
    [
        {"detour": 0.5},
        {"pieces": ()},
        {"pieces": ((3.0, 22.0),)},
        {"pieces": ((10.0, 22.0), (3.0, 30.0), (float("inf"), 42.0))},
        {"pieces": ((float("inf"), 0.0),)},
        {"parking_seconds": -1},
        {"usual_seconds": 0},
    ],
)
def test_roads_that_make_no_sense_are_refused(figures):
    with pytest.raises(ValueError, match=r"\w"):
        Roads(**figures)
