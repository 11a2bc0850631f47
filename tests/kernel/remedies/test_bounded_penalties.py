"""Least amounts, several caps, breaches in a row, steps in proportion, and figures by their bands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.kernel.written import HEAD, codes, evaluated, fact

from yinuo.planfile import check_text

CONTRACT = fact(
    "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01", ends_on="2027-01-01",
    monthly_fee=2400,
)  # fmt: skip


def late(remedy: str, *ended: str) -> list[Decimal]:
    """What a promise due at 14:00 costs that was kept at these times of the same day."""
    clause = (
        "  - {id: a, promise: restore, start: reported, end: restored, limit: 4 hours,"
        f" remedies: [{remedy}]}}\n"
    )
    facts = [CONTRACT]
    for number, time in enumerate(ended):
        facts.append(fact(f"request:{number}", "reported", "2026-03-01 10:00"))
        facts.append(fact(f"request:{number}", "restored", f"2026-03-01 {time}"))
    return [line.amount for line in evaluated(clause, facts, "2026-04-01 00:00").remedies]


HOURLY = "{penalty: {amount: 100, per_started: 1 hour}"


@pytest.mark.parametrize(
    ("remedy", "ended", "amounts"),
    [
        (HOURLY + ", at_least: {amount: 250}}", ["15:00"], ["250.00"]),
        (HOURLY + ", at_least: {amount: 250}}", ["17:00"], ["300.00"]),
        (HOURLY + ", at_least: {percent: 10 %, of: contract.monthly_fee}}", ["15:00"], ["240.00"]),
        (HOURLY + ", cap: [{amount: 500}, {amount: 400}]}", ["20:00"], ["400.00"]),
        (
            HOURLY + ", cap: [{amount: 300}, {amount: 450, over: month}]}",
            ["20:00", "20:00", "20:00"],
            ["300.00", "150.00", "0.00"],
        ),
        (
            HOURLY + ", cap: [{amount: 900, over: year}, {amount: 250, over: month}]}",
            ["16:00", "16:00"],
            ["200.00", "50.00"],
        ),
        ("{penalty: {amount: 100, per_started: 1 hour, pro_rata: yes}}", ["16:30"], ["250.00"]),
        (
            "{penalty: {share: 1/24, of: contract.monthly_fee, per_full: 1 hour, pro_rata: yes}}",
            ["14:20"],
            ["33.33"],
        ),
        ("{penalty: {amount: 100, per_started: 1 hour, pro_rata: yes}}", ["14:00"], []),
    ],
)
def test_least_amounts_several_caps_and_parts_of_steps(remedy, ended, amounts):
    assert late(remedy, *ended) == [Decimal(one) for one in amounts]


def months(remedy: str, hours: dict[int, int], target: str = "{at_least: 99}"):
    """A month's availability: so many hours down in each of the first months of 2026."""
    clause = (
        "  - {id: a, kind: measure, promise: availability, figure: availability,"
        " facts: outage_began, until: outage_ended, period: month,"
        f" round: {{places: 1}}, target: {target}, remedies: [{remedy}]}}\n"
    )
    facts = [CONTRACT]
    for month, down in hours.items():
        days, rest = divmod(down, 24)
        facts.append(fact(f"outage:{month}", "outage_began", f"2026-{month:02}-01 00:00"))
        ended = f"2026-{month:02}-{1 + days:02} {rest:02}:00"
        facts.append(fact(f"outage:{month}", "outage_ended", ended))
    return evaluated(clause, facts, "2026-07-01 00:00").remedies


@pytest.mark.parametrize(
    ("down", "granted"),
    [
        ({1: 50, 2: 50}, ["2026-02"]),
        ({1: 50, 3: 50}, []),
        ({1: 50, 2: 50, 3: 50, 5: 50}, ["2026-02", "2026-03"]),
    ],
)
def test_only_breaches_in_a_row_bring_the_right_to_end(down, granted):
    lines = months("{grant: end_contract, in_a_row: 2}", down)
    assert [line.period.name for line in lines] == granted


GRADUATED = (
    "{penalty: {of: contract.monthly_fee, per: unit_short, graduated: yes, bands:"
    " [{below: 99, at_least: 97, percent: 1 %}, {below: 97, percent: 3 %}]}}"
)


@pytest.mark.parametrize(
    ("hours", "amount"),
    [
        (15, "24.00"),  # 98.0 %: one point below 99
        (18, "48.00"),  # 97.6 %: 1.4 points, the second one started
        (36, "192.00"),  # 95.2 %: two points at 1 %, 1.8 at 3 %: 2 × 24 + 2 × 72
        (7, None),  # 99.1 %
    ],
)
def test_graduated_bands_price_the_way_from_the_target(hours, amount):
    lines = months(GRADUATED, {1: hours})
    assert [line.amount for line in lines] == ([] if amount is None else [Decimal(amount)])


def test_a_shortfall_is_priced_in_proportion():
    # 52 hours of 744: 93.0 %, six points short of 99
    (line,) = months("{penalty: {amount: 12.5, per: unit_short, pro_rata: yes}}", {1: 52})
    assert line.amount == Decimal("75.00")


def test_steps_above_a_bound_are_written_as_over():
    clause = (
        "  - {id: a, kind: measure, promise: fault_count, figure: count, facts: stopped,"
        " period: month, target: {at_most: 2}, remedies: [{penalty: {amount: 80, per: unit_over}}]}\n"
    )
    stops = [fact("asset:1", "stopped", f"2026-03-0{day} 10:00") for day in (1, 2, 3, 4, 5)]
    (line,) = evaluated(clause, [CONTRACT, *stops], "2026-04-01 00:00").remedies
    assert line.amount == Decimal("240.00")


@pytest.mark.parametrize(
    ("remedy", "code"),
    [
        ("{penalty: {amount: 5, per_started: 1 month, pro_rata: yes}}", "one_of"),
        ("{penalty: {amount: 5, pro_rata: yes}}", "one_of"),
        ("{grant: voucher, at_least: {amount: 5}}", "bad_cap"),
        ("{penalty: {amount: 5}, at_least: {percent: 5 %}}", "no_base"),
        ("{penalty: {amount: 500}, cap: [{amount: 900}, {amount: 100}]}", "cap_below_step"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(remedy, code):
    clause = (
        "  - {id: a, promise: restore, start: reported, end: restored, limit: 4 hours,"
        f" remedies: [{remedy}]}}\n"
    )
    assert [found[0] for found in codes(clause, HEAD)] == [code]


PEAK = HEAD.replace(
    "selectors:\n", "selectors:\n  at_peak: {type: within, calendar: peak}\n"
).replace("calendars:\n", "calendars:\n  peak: {week: {mon-fri: 07:00-09:00}}\n")
CALLS = [
    CONTRACT,
    fact("request:1", "reported", "2026-03-03 08:00"),
    fact("request:2", "reported", "2026-03-03 12:00"),
]


def test_a_remedy_may_ask_when_its_promise_began():
    clause = (
        "  - {id: a, promise: on_site, start: reported, end: arrived, limit: 1 hour, remedies:"
        " [{penalty: {amount: 100}, unless: {at_peak: yes}},"
        " {penalty: {amount: 200}, when: {at_peak: yes}}]}\n"
    )
    lines = evaluated(clause, CALLS, "2026-03-04 00:00", PEAK).remedies
    assert [(line.subject, line.amount) for line in lines] == [
        ("request:1", Decimal("200.00")),
        ("request:2", Decimal("100.00")),
    ]


def test_a_measure_may_leave_out_what_happened_at_certain_hours():
    clause = (
        "  - {id: a, kind: measure, promise: fault_count, figure: count, facts: reported,"
        " exempt: {at_peak: yes}, period: month, target: {at_most: 5}}\n"
    )
    one = evaluated(clause, CALLS, "2026-03-04 00:00", PEAK).obligations[-1]
    assert one.value.figure == 1


@pytest.mark.parametrize(
    "clause",
    [
        "{id: a, promise: on_site, start: {fact: reported, where: {at_peak: yes}}, end: arrived, limit: 1 hour}",
        "{id: a, promise: on_site, start: reported, end: arrived, limit: 1 hour, excused_by: {at_peak: yes}}",
        "{id: a, kind: recurring, done: visited, period: month, applies_to: {at_peak: yes}}",
        "{id: a, kind: measure, figure: count, facts: reported, period: month, target: {at_most: 1}, applies_to: {at_peak: no}}",
        "{id: a, kind: warranty, covers: parts, start: {date: sold_on}, term: 1 year, excludes: {at_peak: yes}}",
    ],
)
def test_what_is_worked_out_for_an_instant_is_refused_where_there_is_none(clause):
    assert [code for code, _, _ in codes(f"  - {clause}\n", PEAK)] == ["bad_condition"]


@pytest.mark.parametrize(
    ("bands", "found"),
    [
        ("{up_to: 4 hours, amount: 5}, {above: 4 hours, amount: 9}", []),
        ("{above: 4 hours, amount: 9}, {up_to: 4 hours, amount: 5}", []),
        ("{up_to: 4 hours, amount: 5}, {at_least: 4 hours, amount: 9}", ["overlap"]),
        ("{above: 1 hour, amount: 5}, {above: 4 hours, amount: 9}", ["overlap"]),
        ("{up_to: 4 hours, amount: 5}, {above: 6 hours, amount: 9}", ["gap"]),
    ],
)
def test_bands_that_overlap_are_refused_and_gaps_warned_of(bands, found):
    clause = (
        "  - {id: a, promise: restore, start: reported, end: restored, limit: 4 hours,"
        f" remedies: [{{penalty: {{bands: [{bands}]}}}}]}}\n"
    )
    assert [one.code for one in check_text(HEAD + clause).problems] == found
