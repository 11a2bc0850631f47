"""Whose hands a promise was in: no minute is lost, none counts twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinuo.kernel.attribution import (
    Change,
    Correction,
    Holder,
    Interruption,
    Leg,
    happenings_of,
    held,
    named_in,
    stretches,
)
from yinuo.kernel.facts import Fact

DAY = datetime(2026, 7, 11, tzinfo=UTC)
HQ, CENTRE = Holder(Leg.HEADQUARTERS, "1"), Holder(Leg.CENTRE, "7")


def at(hour: int, minute: int = 0) -> datetime:
    return DAY + timedelta(hours=hour, minutes=minute)


instants = st.integers(-600, 1_200).map(lambda minutes: at(9) + timedelta(minutes=minutes))
holders = st.builds(Holder, st.sampled_from(list(Leg)), st.sampled_from(["", "1", "7"]))
changes = st.lists(st.builds(Change, instants, holders, st.just("handed_over")), max_size=5)
interruptions = st.lists(
    st.builds(Interruption, instants, st.none() | instants, holders, st.just("paused")), max_size=5
)
corrections = st.lists(st.builds(Correction, instants, instants, holders), max_size=3)


@pytest.mark.req("B-09")
@given(instants, st.integers(0, 900), instants, changes, interruptions, corrections)
def test_the_legs_add_up_to_the_running_time_and_to_the_time_late(
    begins_at, minutes, late_from, moved, lying, said
):
    ends_at = begins_at + timedelta(minutes=minutes)
    found = stretches(begins_at, ends_at, HQ, changes=moved, interruptions=lying, corrections=said)
    assert [one.begins_at for one in found[1:]] == [one.ends_at for one in found[:-1]]
    shares = held(found, late_from)
    assert sum((one.time for one in shares), timedelta()) == ends_at - begins_at
    late = max(ends_at - max(begins_at, late_from), timedelta())
    assert sum((one.late for one in shares), timedelta()) == late
    assert len({one.holder for one in shares}) == len(shares)


@pytest.mark.req("B-09")
def test_a_person_counts_before_a_pause_and_a_pause_before_a_hand_over():
    found = stretches(
        at(9),
        at(17),
        HQ,
        changes=[Change(at(10), CENTRE, "handed_over")],
        interruptions=[Interruption(at(11), at(15), Holder(Leg.CUSTOMER), "paused")],
        corrections=[Correction(at(12), at(13), Holder(Leg.CARRIER))],
    )
    legs = [
        (one.holder.leg.value, (one.ends_at - one.begins_at) // timedelta(hours=1)) for one in found
    ]
    assert legs == [
        ("headquarters", 1),
        ("centre", 1),
        ("customer", 1),
        ("carrier", 1),
        ("customer", 2),
        ("centre", 2),
    ]
    late = {one.holder.leg: one.late for one in held(found, at(12, 30)) if one.late}
    assert late == {
        Leg.CARRIER: timedelta(minutes=30),
        Leg.CUSTOMER: timedelta(hours=2),
        Leg.CENTRE: timedelta(hours=2),
    }


def fact(kind: str, hour: int, **attrs: str) -> Fact:
    return Fact("request:1", kind, at(hour), at(hour), attrs, f"{kind}-{hour}")


@pytest.mark.req("B-09")
def test_facts_tell_of_hand_overs_waiting_and_parts_on_their_way():
    facts = [
        fact("reported", 9),
        fact("handed_over", 10, to_unit="c"),
        fact("handed_over", 11, to_unit="nobody knows"),
        fact("part_requested", 12),
        fact("part_shipped", 13),
        fact("part_delivered", 14),
        fact("paused", 15, reason="waiting_for_customer"),
        fact("resumed", 16),
        fact("paused", 16, reason="severe_traffic"),
    ]
    assert named_in(facts) == {"c", "nobody knows"}
    moved, lying = happenings_of(facts, {"c": CENTRE})
    found = stretches(at(9), at(18), HQ, changes=moved, interruptions=lying)
    hours = {one.holder.leg.value: one.time // timedelta(hours=1) for one in held(found, None)}
    assert hours == {"headquarters": 1, "centre": 5, "supplier": 1, "carrier": 1, "customer": 1}


def test_what_the_customer_objected_to_is_not_held_against_him():
    pause = fact("paused", 10, reason="waiting_for_customer")
    objected = fact("pause_objected", 11, reason="waiting_for_customer")
    _, lying = happenings_of([pause, objected, fact("resumed", 12)], {})
    assert lying == ()
    _, lying = happenings_of([pause, fact("resumed", 12)], {})
    assert [(one.begins_at, one.ends_at) for one in lying] == [(at(10), at(12))]
    again = fact("paused", 13, reason="waiting_for_customer")
    _, lying = happenings_of([pause, fact("resumed", 12), again, fact("pause_objected", 14)], {})
    assert [one.begins_at for one in lying] == [at(10)]


def test_a_hand_over_that_was_taken_back_moves_nothing():
    wrong = fact("handed_over", 10, to_unit="c")
    back = Fact("request:1", "withdrawn", at(11), at(11), {"supersedes": wrong.id}, "back")
    moved, _ = happenings_of([wrong, back], {"c": CENTRE})
    assert moved == ()
