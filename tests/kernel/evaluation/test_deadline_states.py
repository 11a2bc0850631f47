"""When a promise is running, met, missed or void, and from which instant it counts."""

from datetime import timedelta

import pytest
from tests.kernel.written import at, evaluated, fact, only

from yinuo.kernel.evaluation import State

RESPOND = "  - {id: a, promise: respond, start: reported, end: responded, limit: 30 minutes}\n"
CALL = fact("request:1", "reported", "2026-05-01 23:10")


@pytest.mark.parametrize(
    ("answered", "state", "late"),
    [
        ("2026-05-01 23:10", State.MET, 0),
        ("2026-05-01 23:40", State.MET, 0),
        ("2026-05-01 23:40:01", State.MISSED, 1),
        ("2026-05-03 23:40", State.MISSED, 172_800),
    ],
)
def test_an_event_exactly_at_the_due_instant_is_in_time(answered, state, late):
    done = fact("request:1", "responded", answered)
    one = only(evaluated(RESPOND, [CALL, done], "2026-06-01 00:00"))
    assert (one.state, one.late_by) == (state, timedelta(seconds=late))
    assert one.ended_at == at(answered)


def test_at_the_due_instant_an_open_promise_still_runs():
    assert only(evaluated(RESPOND, [CALL], "2026-05-01 23:40")).state is State.RUNNING
    missed = only(evaluated(RESPOND, [CALL], "2026-05-01 23:41"))
    assert (missed.state, missed.late_by) == (State.MISSED, timedelta(minutes=1))


def test_an_end_before_the_start_does_not_count():
    early = fact("request:1", "responded", "2026-05-01 23:09")
    assert only(evaluated(RESPOND, [CALL, early], "2026-05-01 23:20")).state is State.RUNNING


def test_cancelling_voids_a_promise_but_not_a_breach():
    before = fact("request:1", "cancelled", "2026-05-01 23:30")
    after = fact("request:1", "cancelled", "2026-05-01 23:50")
    assert only(evaluated(RESPOND, [CALL, before], "2026-05-02 09:00")).state is State.VOID
    late = only(evaluated(RESPOND, [CALL, after], "2026-05-02 09:00"))
    assert (late.state, late.late_by) == (State.MISSED, timedelta(minutes=10))


def test_a_cause_the_clause_excepts_excuses_a_breach():
    clause = RESPOND.replace(
        "limit: 30 minutes", "limit: 30 minutes, excused_by: {cause: customer}"
    )
    found = fact("request:1", "cause_found", "2026-05-02 08:00", cause="customer")
    one = only(evaluated(clause, [CALL, found], "2026-05-02 09:00"))
    assert (one.state, one.note) == (State.VOID, "excused")


def test_leaving_before_the_fix_breaks_the_promise_to_stay():
    clause = "  - {id: a, promise: stay, start: arrived, end: restored, broken_by: left_site}\n"
    came = fact("request:1", "arrived", "2026-05-01 09:00")
    left = fact("request:1", "left_site", "2026-05-01 12:00")
    fixed = fact("request:1", "restored", "2026-05-01 11:00")
    broken = only(evaluated(clause, [came, left], "2026-05-01 13:00"))
    assert (broken.state, broken.due_at) == (State.MISSED, at("2026-05-01 12:00"))
    assert only(evaluated(clause, [came, left, fixed], "2026-05-01 13:00")).state is State.MET


NOTICE = """\
  - {id: a, promise: notice, subject: maintenance, start: {fact: work_planned, attribute: planned_at},
     direction: before, end: notice_given, limit: 48 hours}
"""


def planned(until: str, when: str = "2026-08-01 12:00"):
    return fact("maintenance:1", "work_planned", when, planned_at=at(until).isoformat())


def test_a_notice_is_due_before_the_event_it_announces():
    given = fact("maintenance:1", "notice_given", "2026-08-03 01:00")
    late = fact("maintenance:1", "notice_given", "2026-08-04 01:00")
    kept = only(evaluated(NOTICE, [planned("2026-08-05 01:00"), given], "2026-08-09 00:00"))
    assert (kept.state, kept.due_at) == (State.MET, at("2026-08-03 01:00"))
    missed = only(evaluated(NOTICE, [planned("2026-08-05 01:00"), late], "2026-08-09 00:00"))
    assert (missed.state, missed.late_by) == (State.MISSED, timedelta(days=1))


def test_a_notice_that_never_came_is_late_until_the_event_and_no_longer():
    one = only(evaluated(NOTICE, [planned("2026-08-05 01:00")], "2026-09-09 00:00"))
    assert (one.state, one.late_by) == (State.MISSED, timedelta(hours=48))
    assert one.ended_at == at("2026-08-05 01:00")


def test_moving_the_event_moves_the_notice():
    facts = [planned("2026-08-05 01:00"), planned("2026-08-10 01:00", "2026-08-02 12:00")]
    assert only(evaluated(NOTICE, facts, "2026-08-03 00:00")).due_at == at("2026-08-08 01:00")


UPDATE = """\
  - {id: a, promise: update, start: reported, end: update_sent, limit: 2 hours, repeat: {until: [restored]}}
"""


def test_updates_come_again_until_the_fix():
    facts = [
        fact("request:1", "reported", "2026-05-01 08:00"),
        fact("request:1", "update_sent", "2026-05-01 09:30"),
        fact("request:1", "update_sent", "2026-05-01 12:00"),
        fact("request:1", "restored", "2026-05-01 13:00"),
    ]
    found = evaluated(UPDATE, facts, "2026-05-02 00:00").obligations
    assert [(one.state, one.due_at) for one in found] == [
        (State.MET, at("2026-05-01 10:00")),
        (State.MISSED, at("2026-05-01 11:30")),
        (State.VOID, at("2026-05-01 14:00")),
    ]


def test_each_start_makes_a_promise_of_its_own():
    clause = "  - {id: a, promise: call_back, start: {fact: left_site, which: each}, end: called_back, limit: 1 day}\n"
    facts = [fact("request:1", "left_site", f"2026-05-0{day} 10:00") for day in (1, 3)]
    done = fact("request:1", "called_back", "2026-05-03 12:00")
    found = evaluated(clause, [*facts, done], "2026-05-04 00:00").obligations
    assert [one.state for one in found] == [State.MISSED, State.MET]


def test_a_missed_promise_starts_its_fallback_at_the_due_time():
    clauses = """\
  - {id: fix, promise: fix_on_site, start: arrived, end: restored, limit: 2 hours}
  - {id: part, promise: ship_part, start: {clause: fix_on_site, outcome: missed}, end: part_shipped, limit: 24 hours}
"""
    came = fact("request:1", "arrived", "2026-02-15 00:50")
    before = evaluated(clauses, [came], "2026-02-15 02:00")
    after = evaluated(clauses, [came], "2026-02-15 03:00")
    assert [one.clause_id for one in before.obligations] == ["fix"]
    assert only(after, "part").due_at == at("2026-02-16 02:50")


def test_an_extension_counts_only_when_told_before_the_due_time():
    clause = """\
  - {id: a, promise: repair, subject: repair, start: repair_received, end: shipped, limit: 20 working days,
     calendar: office, extended_by: extension_told}
"""
    came = fact("repair:1", "repair_received", "2026-09-21 10:00")
    told = fact("repair:1", "extension_told", "2026-10-20 10:00", until="2026-11-05T00:00:00+08:00")
    late = told._replace(occurred_at=at("2026-10-27 10:00"), received_at=at("2026-10-27 10:00"))
    assert only(evaluated(clause, [came], "2026-10-01 00:00")).due_at == at("2026-10-27 00:00")
    assert only(evaluated(clause, [came, told], "2026-10-28 00:00")).due_at == at(
        "2026-11-05 00:00"
    )
    assert only(evaluated(clause, [came, late], "2026-10-28 00:00")).state is State.MISSED


def test_a_later_agreement_does_not_wash_away_a_breach():
    clause = "  - {id: a, promise: restore, start: restoration_agreed, end: restored, limit: {agreed: restoration_agreed}}\n"
    first = fact(
        "request:1", "restoration_agreed", "2026-07-11 16:40", until="2026-07-13T18:00:00+08:00"
    )
    in_time = fact(
        "request:1", "restoration_agreed", "2026-07-12 09:00", until="2026-07-14T18:00:00+08:00"
    )
    too_late = fact(
        "request:1", "restoration_agreed", "2026-07-13 19:00", until="2026-07-20T18:00:00+08:00"
    )
    assert only(evaluated(clause, [first, in_time], "2026-07-14 00:00")).due_at == at(
        "2026-07-14 18:00"
    )
    assert only(evaluated(clause, [first, too_late], "2026-07-14 00:00")).state is State.MISSED


REOPENED = """\
  - {id: a, promise: restore, start: reported, end: restored, limit: 4 hours, reopened_by: reopened}
"""


def test_a_reopened_request_goes_on_with_the_time_that_was_left():
    facts = [
        fact("request:1", "reported", "2026-05-01 09:00"),
        fact("request:1", "restored", "2026-05-01 11:00"),
        fact("request:1", "reopened", "2026-05-02 08:00"),
    ]
    assert only(evaluated(REOPENED, facts, "2026-05-01 23:00")).state is State.MET
    again = only(evaluated(REOPENED, facts, "2026-05-02 09:00"))
    assert (again.state, again.due_at) == (State.RUNNING, at("2026-05-02 10:00"))
    fixed = fact("request:1", "restored", "2026-05-02 10:00")
    assert only(evaluated(REOPENED, [*facts, fixed], "2026-05-03 09:00")).state is State.MET


UPDATES = "  - {id: a, promise: update, start: reported, end: update_sent, limit: 2 hours, repeat: {until: restored, from: FROM}}\n"


def repeated(begins: str, *later, as_of: str = "2026-05-01 18:00"):
    facts = [fact("request:1", "reported", "2026-05-01 09:00"), *later]
    found = evaluated(UPDATES.replace("FROM", begins), facts, as_of).obligations
    return [(one.state, one.due_at, one.ended_at) for one in found]


def test_what_repeats_from_its_due_times_ends_with_what_it_waits_for():
    restored = fact("request:1", "restored", "2026-05-01 10:00")
    sent = fact("request:1", "update_sent", "2026-05-01 09:30")
    assert repeated("due", sent, restored) == [
        (State.MET, at("2026-05-01 11:00"), at("2026-05-01 09:30"))
    ]


def test_nothing_repeats_after_a_late_cancelling():
    cancelled = fact("request:1", "cancelled", "2026-05-01 12:00")
    assert repeated("done", cancelled) == [
        (State.MISSED, at("2026-05-01 11:00"), at("2026-05-01 12:00"))
    ]
