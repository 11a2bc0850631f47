"""Every way of writing a limit gives the due time the language page promises."""

import pytest
from tests.kernel.written import at, codes, evaluated, fact, only


def due(limit: str, start: str, extra: str = "", **attrs):
    clause = (
        f"  - {{id: a, promise: other, start: reported, end: closed, limit: {limit}, {extra}}}\n"
    )
    found = only(
        evaluated(clause, [fact("request:1", "reported", start, **attrs)], "2026-12-30 00:00")
    )
    return found.due_at


OFFICE = "calendar: office"


@pytest.mark.parametrize(
    ("limit", "extra", "start", "expected"),
    [
        ("90 seconds", "", "2026-05-01 23:59", "2026-05-02 00:00:30"),
        ("4 hours", "", "2026-02-15 23:00", "2026-02-16 03:00"),
        ("4-24 hours", "", "2026-02-15 23:00", "2026-02-16 23:00"),
        ("{range: [4 hours, 24 hours]}", "", "2026-02-15 23:00", "2026-02-16 23:00"),
        ("15 days", "", "2026-02-15 23:00", "2026-03-02 23:00"),
        ("2 weeks", "", "2026-02-15 23:00", "2026-03-01 23:00"),
        ("1 month", "", "2026-01-31 09:00", "2026-03-01 09:00"),
        ("1 year", "", "2024-02-29 09:00", "2025-03-01 09:00"),
        ("4 working hours", OFFICE, "2026-02-14 17:00", "2026-02-24 11:30"),
        ("2 working days", OFFICE, "2026-02-14 02:50", "2026-02-26 00:00"),
        ("2 working days", OFFICE + ", working_day_ends: last_window", "2026-02-14 02:50", "2026-02-25 18:00"),
        ("20 working days", OFFICE, "2026-09-21 10:00", "2026-10-27 00:00"),
        ("{at: '18:00', day: 1, working: yes}", OFFICE, "2026-02-14 09:00", "2026-02-24 18:00"),
        ("{at: '12:00'}", "", "2026-05-01 13:00", "2026-05-02 12:00"),
        ("{at: '24:00'}", "", "2026-05-01 13:00", "2026-05-02 00:00"),
        ("{at: '18:00', weekday: fri}", "", "2026-05-01 18:00", "2026-05-01 18:00"),
        ("{at: '18:00', weekday: fri}", "", "2026-05-01 18:01", "2026-05-08 18:00"),
        ("{sum: [1 day, 2 hours]}", "", "2026-05-01 13:00", "2026-05-02 15:00"),
        ("{earliest: [3 days, {at: '18:00', day: 1}]}", "", "2026-05-01 13:00", "2026-05-02 18:00"),
        ("{latest: [3 days, {at: '18:00', day: 1}]}", "", "2026-05-01 13:00", "2026-05-04 13:00"),
        ("{base: 4 hours, plus: [{when: {working_day: no}, add: 2 hours}]}", "", "2026-05-01 09:00", "2026-05-01 15:00"),
        ("{base: 4 hours, plus: [{when: {working_day: no}, add: 2 hours}]}", "", "2026-05-09 09:00", "2026-05-09 13:00"),
    ],
)  # fmt: skip
def test_due_times(limit, extra, start, expected):
    assert due(limit, start, extra) == at(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-05-06 15:59", "2026-05-07 00:00"),
        ("2026-05-06 16:00", "2026-05-07 16:00"),
        ("2026-05-06 23:00", "2026-05-07 23:00"),
    ],
)
def test_a_cut_off_hour_belongs_to_the_later_case(start, expected):
    limit = "{cases: [{before: '16:00', limit: {at: '24:00'}}, {otherwise: 24 hours}]}"
    assert due(limit, start) == at(expected)


TABLE = """{table: {by: [level, region], rows: {
      serious: {local: 4 hours, "*": 8 hours}, "*": {far: 3 days, "*": 1 day}}}}"""


@pytest.mark.parametrize(
    ("attrs", "expected"),
    [
        ({"level": "serious", "region": "local"}, "2026-05-01 13:00"),
        ({"level": "serious", "region": "far"}, "2026-05-01 17:00"),
        ({"level": "serious"}, "2026-05-01 17:00"),
        ({"level": "general", "region": "far"}, "2026-05-04 09:00"),
        ({}, "2026-05-02 09:00"),
    ],
)
def test_a_table_over_two_selectors(attrs, expected):
    assert due(TABLE, "2026-05-01 09:00", **attrs) == at(expected)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (None, "17:00"),
        (4, "13:00"),
        ("6", "15:00"),
        (1, "11:00"),
        (500, "09:00"),
        ("many", "17:00"),
    ],
)
def test_a_parameter_is_the_contracts_within_the_plans_bounds(hours, expected):
    day = "2026-05-02" if hours == 500 else "2026-05-01"
    attrs = {} if hours is None else {"on_site_hours": hours}
    contract = fact("contract:1", "signed", "2026-01-01 00:00", **attrs)
    clause = "  - {id: a, promise: on_site, start: reported, end: arrived, limit: {parameter: on_site_hours}}\n"
    call = fact("request:1", "reported", "2026-05-01 09:00")
    assert only(evaluated(clause, [contract, call], "2026-05-01 10:00")).due_at == at(
        f"{day} {expected}"
    )


def test_travel_time_plus_an_hour_is_unknown_until_the_travel_time_is():
    clause = """\
  - {id: a, promise: on_site, start: on_site_decided, end: arrived,
     limit: {sum: [{attribute: travel_minutes, of: on_site_decided, unit: minutes}, 1 hour]}}
"""
    bare = fact("request:1", "on_site_decided", "2026-02-14 22:30")
    told = fact("request:1", "on_site_decided", "2026-02-14 22:30", travel_minutes=95)
    assert only(evaluated(clause, [bare], "2026-02-15 09:00")).due_at is None
    assert only(evaluated(clause, [told], "2026-02-15 00:00")).due_at == at("2026-02-15 01:05")


def test_intake_outside_hours_counts_from_the_next_opening():
    extra = "intake: office, calendar: office"
    assert due("1 hour", "2026-02-14 18:00", extra) == at("2026-02-24 09:30")
    assert due("1 hour", "2026-02-14 17:30", extra) == at("2026-02-24 09:00")


def test_due_times_round_up_to_the_grid_and_stay_on_it():
    extra = "rounding: {minutes: 60}"
    assert due("30 minutes", "2026-05-01 09:10", extra) == at("2026-05-01 10:00")
    assert due("30 minutes", "2026-05-01 09:30", extra) == at("2026-05-01 10:00")


def test_local_time_follows_the_customers_clock():
    clause = """\
  - {id: a, promise: on_site, start: reported, end: arrived, limit: 1 working day, calendar: office, local_time: yes}
"""
    site = fact("site:1", "registered", "2026-01-01 00:00", timezone="Europe/London")
    call = fact("request:1", "reported", "2026-03-27 18:00", site="site:1")
    assert (
        only(evaluated(clause, [site, call], "2026-03-28 00:00")).due_at.isoformat()
        == "2026-03-30T23:00:00+00:00"
    )


def test_a_year_without_published_holidays_is_provisional():
    clause = "  - {id: a, promise: other, start: reported, end: closed, limit: 5 working days, calendar: office}\n"
    late = only(
        evaluated(clause, [fact("request:1", "reported", "2026-12-29 09:00")], "2026-12-30 00:00")
    )
    early = only(
        evaluated(clause, [fact("request:1", "reported", "2026-11-02 09:00")], "2026-12-30 00:00")
    )
    assert (early.provisional, late.provisional) == (False, True)


def test_beyond_the_calendars_horizon_there_is_an_answer_without_a_due_time():
    clause = "  - {id: a, promise: other, start: reported, end: closed, limit: 150 years, calendar: office}\n"
    hours = clause.replace("150 years", "900000 hours")
    found = only(
        evaluated(hours, [fact("request:1", "reported", "2026-12-29 09:00")], "2026-12-30 00:00")
    )
    assert (found.due_at, found.note) == (None, "beyond_horizon")


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (40, "2026-05-01 10:00"),
        (50, "2026-05-01 10:00"),
        (50.1, "2026-05-01 10:30"),
        (100, "2026-05-01 10:30"),
        (160, "2026-05-01 11:30"),
    ],
)
def test_so_long_for_each_started_stretch_of_the_way(distance, expected):
    limit = (
        "{sum: [1 hour, {attribute: distance_km, each: 30 minutes, per_started: 50, beyond: 50}]}"
    )
    assert due(limit, "2026-05-01 09:00", distance_km=distance) == at(expected)


def test_so_long_for_each_one_of_a_number():
    limit = "{attribute: devices, each: 1.5 hours}"
    assert due(limit, "2026-05-01 09:00", devices=3) == at("2026-05-01 13:30")


@pytest.mark.parametrize(
    ("distance", "clause"),
    [(9.9, "far"), (10, "near"), (49.9, "near"), (50, "far")],
)
def test_a_range_may_hold_its_lower_end_and_leave_out_its_upper(distance, clause):
    clauses = (
        "  - {id: far, promise: other, start: reported, end: closed, limit: 8 hours}\n"
        "  - {id: near, promise: other, applies_to: {distance_km: {at_least: 10, below: 50}},"
        " start: reported, end: closed, limit: 2 hours}\n"
    )
    call = fact("request:1", "reported", "2026-05-01 09:00", distance_km=distance)
    assert only(evaluated(clauses, [call], "2026-05-02 00:00")).clause_id == clause


@pytest.mark.parametrize(
    ("one", "other", "tie"),
    [
        ("{up_to: 50}", "{above: 50}", False),
        ("{below: 50}", "{at_least: 50}", False),
        ("{up_to: 50, above: 20}", "{at_least: 50, below: 90}", True),
        ("{below: 50}", "{at_least: 10}", True),
    ],
)
def test_ranges_that_share_a_number_tie(one, other, tie):
    clauses = "".join(
        f"  - {{id: {name}, promise: other, applies_to: {{distance_km: {test}}}, start: reported,"
        " end: closed, limit: 2 hours}\n"
        for name, test in (("a", one), ("b", other))
    )
    assert [code for code, _, _ in codes(clauses)] == (["tie"] if tie else [])


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("{at: '24:00', month_day: last, months: 1}", "2026-01-15 09:00", "2026-03-01 00:00"),
        ("{at: '24:00', month_day: last}", "2026-02-28 09:00", "2026-03-01 00:00"),
        ("{at: '18:00', month_day: 10}", "2026-05-09 09:00", "2026-05-10 18:00"),
        ("{at: '18:00', month_day: 10}", "2026-05-10 18:00", "2026-05-10 18:00"),
        ("{at: '18:00', month_day: 10}", "2026-12-10 18:01", "2027-01-10 18:00"),
        ("{at: '12:00', month_day: 31, months: 13}", "2027-01-31 09:00", "2028-02-29 12:00"),
    ],
)
def test_a_day_of_the_month(limit, start, expected):
    clause = f"  - {{id: a, promise: pay, start: reported, end: paid, limit: {limit}}}\n"
    one = only(evaluated(clause, [fact("request:1", "reported", start)], "2029-01-01 00:00"))
    assert one.due_at == at(expected)


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("{at: '12:00', months: 1}", "missing_key"),
        ("{at: '12:00', month_day: 32}", "bad_value"),
        ("{at: '12:00', month_day: 3, weekday: fri}", "one_of"),
        ("{attribute: km, per_started: 50}", "missing_key"),
        ("{attribute: km, each: 1 hour, unit: hours}", "one_of"),
    ],
)
def test_limits_that_say_two_things_are_refused(limit, code):
    clause = f"  - {{id: a, promise: pay, start: reported, end: paid, limit: {limit}}}\n"
    assert [found for found, _, _ in codes(clause)] == [code]
