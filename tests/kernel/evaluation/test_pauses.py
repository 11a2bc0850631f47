"""A pause is a claim: it counts only for a reason the clause allows, proven, not objected, in budget."""

import pytest
from tests.kernel.written import at, evaluated, fact, only

from yinuo.kernel.evaluation import State


def clause(stop: str, limit: str = "8 hours", extra: str = "") -> str:
    return f"  - {{id: a, promise: restore, start: reported, end: restored, limit: {limit}, stops: [{stop}]{extra}}}\n"


CALL = fact("request:1", "reported", "2026-05-06 09:00")
BEGIN = fact("request:1", "paused", "2026-05-06 10:00", reason="waiting_for_part", proof="photo")
END = fact("request:1", "resumed", "2026-05-06 13:00", reason="waiting_for_part")


def paused(
    stop: str, *more, as_of: str = "2026-05-06 14:00", limit: str = "8 hours", extra: str = ""
):
    return only(evaluated(clause(stop, limit, extra), [CALL, BEGIN, END, *more], as_of))


def test_an_allowed_pause_moves_the_due_time_by_its_length():
    one = paused("waiting_for_part")
    assert (one.due_at, one.pauses[0].counted) == (at("2026-05-06 20:00"), True)


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        ("waiting_for_customer", "reason_not_allowed"),
        ("{reason: waiting_for_part, acknowledgement: required}", "not_acknowledged"),
    ],
)
def test_a_pause_that_does_not_hold_is_shown_with_the_reason(stop, why):
    one = paused(stop)
    assert (one.due_at, one.pauses[0].counted, one.pauses[0].why) == (
        at("2026-05-06 17:00"),
        False,
        why,
    )


def test_without_proof_a_pause_that_needs_proof_does_not_count():
    bare = BEGIN._replace(attrs={"reason": "waiting_for_part"})
    text = clause("{reason: waiting_for_part, proof: yes}")
    one = only(evaluated(text, [CALL, bare, END], "2026-05-06 14:00"))
    assert (one.due_at, one.pauses[0].why) == (at("2026-05-06 17:00"), "no_proof")
    assert paused("{reason: waiting_for_part, proof: yes}").due_at == at("2026-05-06 20:00")


def test_acknowledged_it_counts():
    told = fact("request:1", "pause_acknowledged", "2026-05-06 13:30")
    assert paused("{reason: waiting_for_part, acknowledgement: required}", told).due_at == at(
        "2026-05-06 20:00"
    )


@pytest.mark.parametrize(
    ("when", "due"), [("2026-05-06 12:00", "17:00"), ("2026-05-06 12:01", "20:00")]
)
def test_an_objection_counts_up_to_the_end_of_its_window(when, due):
    stop = "{reason: waiting_for_part, acknowledgement: unless_objected, objection_window: 2 hours}"
    objection = fact("request:1", "pause_objected", when)
    assert paused(stop, objection).due_at == at(f"2026-05-06 {due}")


def test_a_budget_bounds_all_pauses_of_a_reason():
    again = [
        fact("request:1", "paused", "2026-05-06 15:00", reason="waiting_for_part"),
        fact("request:1", "resumed", "2026-05-06 18:00", reason="waiting_for_part"),
    ]
    one = paused("{reason: waiting_for_part, budget: 4 hours}", *again, as_of="2026-05-06 19:00")
    assert one.due_at == at("2026-05-06 21:00")
    assert [pause.why for pause in one.pauses] == ["", "budget_reached"]


def test_while_the_clock_stands_still_the_promise_is_paused():
    text = clause("waiting_for_part")
    one = only(evaluated(text, [CALL, BEGIN], "2026-05-06 12:00"))
    assert (one.state, one.due_at) == (State.PAUSED, at("2026-05-06 19:00"))
    days_later = only(evaluated(text, [CALL, BEGIN], "2026-05-09 12:00"))
    assert days_later.state is State.PAUSED


def test_pauses_count_in_office_hours_only_what_would_have_counted():
    one = paused("waiting_for_part", extra=", calendar: office")
    # 10:00-13:00 takes away 10:00-12:00: 8 h are 09:00-10:00, 13:30-18:00, and 2.5 h next morning
    assert one.due_at == at("2026-05-07 11:00")


def test_a_working_day_that_ends_inside_a_pause_does_not_count():
    begin = fact("request:1", "paused", "2026-05-07 08:00", reason="waiting_for_part")
    end = fact("request:1", "resumed", "2026-05-08 08:00")
    text = clause("waiting_for_part", "2 working days", ", calendar: office")
    assert only(evaluated(text, [CALL], "2026-05-06 12:00")).due_at == at("2026-05-09 00:00")
    moved = only(evaluated(text, [CALL, begin, end], "2026-05-08 12:00"))
    assert moved.due_at == at("2026-05-10 00:00")  # Saturday 9 May is a make-up working day


def test_other_facts_may_stop_the_clock():
    stop = "{reason: severe_weather, begins: stopped, ends: started}"
    facts = [
        CALL,
        fact("request:1", "stopped", "2026-05-06 10:00"),
        fact("request:1", "started", "2026-05-06 11:00"),
    ]
    assert only(evaluated(clause(stop), facts, "2026-05-06 12:00")).due_at == at("2026-05-06 18:00")
