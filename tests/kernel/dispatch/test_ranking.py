"""One urgent visit over a fleet: rules with reasons, a score in money, days worked out exactly."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kernel.dispatch.slow_ranking import Person, best_day, broken_rule, terms_of, trip

from yinuo.kernel.dispatch.lateness import Lateness
from yinuo.kernel.dispatch.ranking import (
    RULES,
    TERMS,
    Busy,
    Fleet,
    Need,
    Stop,
    Weights,
    explain,
    rank,
)
from yinuo.kernel.dispatch.travel import Travel

NOW = 1_795_000_000
HOUR = 3600
HOW = (Travel(), Weights())
NAN = float("nan")

near = st.integers(-300, 300).map(lambda step: step / 1000)
hours = st.integers(-4, 12).map(lambda number: NOW + number * HOUR + 77)


@st.composite
def stops(draw) -> list[Stop]:
    found, at = [], NOW
    for _ in range(draw(st.integers(0, 4))):
        at += draw(st.integers(1, 3)) * HOUR
        placed = draw(st.booleans())
        lateness = (Lateness(((at, 100), (at + HOUR, 9000))),) if draw(st.booleans()) else ()
        found.append(
            Stop(
                31.2 + draw(near) if placed else NAN,
                121.4 + draw(near) if placed else NAN,
                draw(st.integers(1, 4)) * 1200,
                at,
                at + draw(st.sampled_from([HOUR, 20 * HOUR])),
                lateness,
            )
        )
    return found


@st.composite
def people(draw) -> list[Person]:
    found = []
    for number in range(draw(st.integers(1, 7))):
        begin = draw(hours)
        free = [
            (at, at + HOUR * draw(st.integers(1, 3)), draw(st.booleans()))
            for at in sorted(draw(st.sets(st.integers(0, 8), max_size=2)))
            for at in [NOW + at * HOUR]
        ]
        found.append(
            Person(
                id=100 + number,
                latitude=draw(st.one_of(near.map(lambda d: 31.2 + d), st.just(NAN))),
                longitude=121.4 + draw(near),
                shift=(begin, begin + 9 * HOUR),
                free_from=draw(hours),
                load=draw(st.integers(0, 600)),
                hour_fen=draw(st.integers(0, 20_000)),
                nights=draw(st.integers(0, 9)),
                first_fix=draw(st.sampled_from([0.0, 0.5, 1.0, NAN])),
                skills={"laser": draw(st.integers(0, 3))},
                certificates={"live": (NOW - 9, draw(hours))} if draw(st.booleans()) else {},
                tools=draw(st.sets(st.sampled_from(["crane"]))),
                parts={"fan": draw(st.integers(0, 2))},
                busy=free,
                stops=draw(st.none() | stops()),
            )
        )
    return found


@st.composite
def needs(draw) -> Need:
    ids = st.frozensets(st.integers(100, 106), max_size=2)
    due = draw(hours)
    return Need(
        latitude=31.2 + draw(near),
        longitude=121.4 + draw(near),
        duration=draw(st.integers(1, 8)) * 1800,
        earliest=draw(hours),
        latest=draw(st.none() | hours),
        lateness=(Lateness(((due, 500), (due + 5 * HOUR, 80_000))),) if draw(st.booleans()) else (),
        skills={"laser": draw(st.integers(1, 3))} if draw(st.booleans()) else {},
        certificates=draw(st.sampled_from([frozenset(), frozenset({"live"})])),
        tools=draw(st.sampled_from([frozenset(), frozenset({"crane"})])),
        parts={"fan": draw(st.integers(1, 2))} if draw(st.booleans()) else {},
        blocked=draw(ids),
        allowed=draw(st.sampled_from([frozenset(), frozenset(range(100, 104))])),
        preferred=draw(ids),
        familiar=draw(ids),
        is_night=draw(st.booleans()),
    )


def fleet_of(everybody: list[Person]) -> Fleet:
    def ints(values) -> np.ndarray:
        return np.array(list(values), dtype=np.int64)

    spans = [(row, *busy) for row, one in enumerate(everybody) for busy in sorted(one.busy)]
    columns = [ints(span[number] for span in spans) for number in range(3)]
    live = [one.certificates.get("live", (0, 0)) for one in everybody]
    return Fleet(
        ids=ints(one.id for one in everybody),
        latitude=np.array([one.latitude for one in everybody]),
        longitude=np.array([one.longitude for one in everybody]),
        shift_begin=ints(one.shift[0] for one in everybody),
        shift_end=ints(one.shift[1] for one in everybody),
        free_from=ints(one.free_from for one in everybody),
        load_minutes=ints(one.load for one in everybody),
        hour_fen=ints(one.hour_fen for one in everybody),
        nights=ints(one.nights for one in everybody),
        first_fix=np.array([one.first_fix for one in everybody]),
        busy=Busy(*columns, np.array([span[3] for span in spans], dtype=np.bool_)),
        skills={"laser": np.array([one.skills["laser"] for one in everybody], dtype=np.int8)},
        certificates={"live": (ints(one[0] for one in live), ints(one[1] for one in live))},
        tools={"crane": np.array(["crane" in one.tools for one in everybody])},
        parts={"fan": np.array([one.parts["fan"] for one in everybody], dtype=np.int16)},
    )


def ranked(everybody: list[Person], need: Need, **more):
    days = {row: one.stops for row, one in enumerate(everybody) if one.stops is not None}
    return rank(
        fleet_of(everybody), need, travel=HOW[0], weights=HOW[1], now=NOW, hour=9, days=days, **more
    )


@settings(deadline=None, max_examples=60)
@given(people(), needs())
def test_arrays_agree_with_one_engineer_after_the_other(everybody, need):
    ranking = ranked(everybody, need)
    rejected: Counter[str] = Counter()
    expected = []
    for one in everybody:
        seconds, _ = trip(HOW[0], (one.latitude, one.longitude), (need.latitude, need.longitude))
        rule = broken_rule(one, need, seconds, NOW, HOW[1])
        terms = None if rule else terms_of(one, everybody, need, NOW, HOW)
        position = None
        if terms is not None and one.stops is not None:
            day = best_day(one, need, NOW, HOW)
            if day is None:
                rule = "overlap"
            else:
                position, terms = day[0], {**terms, **day[1]}
        if rule:
            rejected[rule] += 1
            assert explain(ranking, one.id).broken[0] == rule
        else:
            expected.append((sum(terms.values()), one.id, terms, position))
            assert explain(ranking, one.id).broken == ()
    assert {name: count for name, count in ranking.rejected.items() if count} == rejected
    found = [(one.total, one.engineer, dict(one.terms), one.position) for one in ranking.candidates]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert [one.total for one in ranking.candidates] == sorted(
        one.total for one in ranking.candidates
    )
    assert ranking.considered == len(everybody) == len(found) + sum(rejected.values())


def person(number: int, **given) -> Person:
    plain = {
        "latitude": 31.2, "longitude": 121.4 + number / 100, "shift": (NOW - HOUR, NOW + 8 * HOUR), "free_from": NOW,
        "load": 0, "hour_fen": 6000, "nights": 0, "first_fix": 1.0, "skills": {"laser": 2},
        "certificates": {"live": (0, NOW + 90 * HOUR)}, "tools": {"crane"}, "parts": {"fan": 1},
    }  # fmt: skip
    return Person(id=number, **{**plain, **given})


def need(**given) -> Need:
    plain = {"latitude": 31.2, "longitude": 121.4, "duration": HOUR, "earliest": NOW}
    return Need(**{**plain, **given})


@pytest.mark.req("B-31")
def test_everybody_is_ranked_and_the_nearest_free_one_goes_first():
    ranking = ranked([person(3), person(1), person(2)], need())
    assert [one.engineer for one in ranking.candidates] == [1, 2, 3]
    assert all(set(one.terms) == set(TERMS) for one in ranking.candidates)
    assert (
        explain(ranking, 3).extra_fen == ranking.candidates[2].total - ranking.candidates[0].total
    )


@pytest.mark.req("B-31")
@pytest.mark.parametrize(
    ("given", "wanted", "rule"),
    [
        ({}, {"blocked": frozenset({1})}, "blocked"),
        ({}, {"allowed": frozenset({2})}, "allowed"),
        ({"skills": {"laser": 1}}, {"skills": {"laser": 2}}, "skill"),
        ({"tools": set()}, {"tools": frozenset({"crane"})}, "tool"),
        ({"certificates": {}}, {"certificates": frozenset({"live"})}, "certificate"),
        ({"shift": (NOW - 9 * HOUR, NOW - 2 * HOUR)}, {}, "shift"),
        ({"free_from": NOW + 3 * HOUR}, {"latest": NOW + HOUR}, "limit"),
        ({"busy": [(NOW, NOW + 11 * HOUR, True)]}, {}, "absence"),
        ({"busy": [(NOW, NOW + 11 * HOUR, False)]}, {}, "overlap"),
    ],
)
def test_each_hard_rule_removes_and_is_named(given, wanted, rule):
    ranking = ranked([person(1, **given), person(2)], need(**wanted))
    assert [one.engineer for one in ranking.candidates] == [2]
    assert {name for name, count in ranking.rejected.items() if count} == {rule}
    assert explain(ranking, 1).broken[0] == rule
    assert tuple(ranking.rejected) == RULES


@pytest.mark.req("B-34")
def test_a_certificate_that_expires_during_the_visit_is_no_certificate():
    wanted = need(certificates=frozenset({"live"}))
    until = NOW + int(HOW[0].seconds(31.2, 121.41, 31.2, 121.4, 9)) + HOUR
    assert ranked([person(1, certificates={"live": (0, until)})], wanted).candidates
    assert not ranked([person(1, certificates={"live": (0, until - 1)})], wanted).candidates


def test_what_nobody_has_removes_everybody():
    ranking = ranked([person(1), person(2)], need(skills={"never heard of": 1}))
    assert ranking.rejected["skill"] == 2


def test_nobody_qualified_gives_no_candidate_and_all_the_reasons():
    ranking = ranked(
        [person(1, skills={"laser": 0}), person(2, tools=set())],
        need(skills={"laser": 1}, tools=frozenset({"crane"})),
    )
    assert ranking.candidates == ()
    assert (ranking.rejected["skill"], ranking.rejected["tool"]) == (1, 1)
    assert explain(ranking, 99) is None


def test_an_empty_fleet_is_ranked_too():
    assert ranked([], need(is_night=True)).candidates == ()


def test_money_decides_a_penalty_outweighs_a_longer_way():
    busy, far = person(1, free_from=NOW + 2 * HOUR), person(2, longitude=121.6)
    cheap = ranked([busy, far], need())
    assert cheap.candidates[0].engineer == 1
    dear = need(lateness=(Lateness(((NOW + 2 * HOUR, 486_000),)),))
    assert ranked([busy, far], dear).candidates[0].engineer == 2


def test_the_callers_own_rules_are_named_first():
    ranking = ranked(
        [person(1, skills={"laser": 0}), person(2)],
        need(skills={"laser": 1}),
        further={"unit": np.array([False, True])},
    )
    assert ranking.rejected["unit"] == 1
    assert next(iter(ranking.rejected)) == "unit"
    assert explain(ranking, 1).broken == ("unit", "skill")


def test_of_two_shifts_the_better_one_goes():
    early, late = person(1, shift=(NOW - 9 * HOUR, NOW - HOUR)), person(1)
    ranking = ranked([early, late], need())
    assert [(one.engineer, one.row) for one in ranking.candidates] == [(1, 1)]
    assert ranking.considered == 1
    assert sum(ranking.rejected.values()) == 0


def test_an_accepted_appointment_is_not_put_off():
    fixed = Stop(31.2, 121.41, HOUR, NOW + HOUR, NOW + HOUR)
    one = ranked([person(1, stops=[fixed])], need()).candidates[0]
    assert one.position == 1
    assert one.start >= NOW + 2 * HOUR


@pytest.mark.parametrize(
    "given",
    [
        {"km_fen": -1},
        {"version": ""},
        {"spread": ((1.0, 99),)},
        {"spread": ((0.0, 100),)},
        {"spread": ((1.0, 150), (2.0, -50))},
    ],
)
def test_weights_that_make_no_sense_are_refused(given):
    with pytest.raises(ValueError, match=r"\w"):
        Weights(**given)


def test_columns_of_different_length_are_refused():
    whole = fleet_of([person(1), person(2)])
    with pytest.raises(ValueError, match="column"):
        Fleet(**{**whole.__dict__, "nights": np.zeros(1, np.int64)})
    with pytest.raises(ValueError, match="takes some time"):
        need(duration=0)
    assert math.isclose(whole.mean_first_fix, 1.0)
