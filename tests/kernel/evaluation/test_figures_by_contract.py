"""Figures other trades agree on: bounds of the contract, ratios, meters, short outages, rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.kernel.written import HEAD, codes, evaluated, fact

from yinuo.kernel.evaluation import State

HEAD_MORE = HEAD.replace(
    "clauses:\n", "  uptime: {default: 99, lowest: 90, highest: 99.99}\nclauses:\n"
)
CONTRACT = fact(
    "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-04-01", ends_on="2026-05-01",
    units=250,
)  # fmt: skip
END = "2026-05-01 00:00"
TIMED = "promise: availability, facts: outage_began, until: outage_ended"


def outage(number: int, begin: str, end: str, **attrs):
    name = f"outage:{number}"
    return [fact(name, "outage_began", begin, **attrs), fact(name, "outage_ended", end)]


def measured(keys: str, facts: list, contract=CONTRACT, as_of: str = END, more: str = ""):
    clause = f"  - {{id: a, kind: measure, period: month, {keys}}}\n{more}"
    evaluation = evaluated(clause, [contract, *facts], as_of, HEAD_MORE)
    return [one for one in evaluation.obligations if one.clause_id == "a"]


FOUR_MINUTES = outage(1, "2026-04-10 00:00", "2026-04-10 00:04:59")
FIVE_MINUTES = outage(2, "2026-04-11 00:00", "2026-04-11 00:05")


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        (FOUR_MINUTES, "0"),
        (FIVE_MINUTES, "5"),
        ([*FOUR_MINUTES, *FIVE_MINUTES], "5"),
        # begun before the period: its whole length decides, its part in the period counts
        (outage(3, "2026-03-31 23:56", "2026-04-01 00:02"), "2"),
    ],
)
def test_outages_shorter_than_the_shortest_do_not_count(facts, minutes):
    keys = f"figure: downtime, {TIMED}, shortest: 5 minutes, unit: minutes, target: {{at_most: 60}}"
    (one,) = measured(keys, facts)
    assert one.value.figure == Decimal(minutes)


@pytest.mark.parametrize(
    ("end", "days"),
    [("2026-04-10 00:01", "1"), ("2026-04-11 00:00", "1"), ("2026-04-11 00:01", "2")],
)
def test_every_outage_counts_in_started_days(end, days):
    keys = f"figure: downtime, {TIMED}, each_started: 1 day, unit: days, target: {{at_most: 1}}"
    (one,) = measured(keys, outage(1, "2026-04-10 00:00", end))
    assert one.value.figure == Decimal(days)
    assert one.state is (State.MET if days == "1" else State.MISSED)


@pytest.mark.parametrize(
    ("places", "mode", "figure", "state"),
    [
        (2, "half_up", "99.90", State.MET),
        (2, "down", "99.89", State.MISSED),
        (3, "half_up", "99.896", State.MISSED),
    ],
)
def test_a_figure_is_rounded_before_it_is_judged(places, mode, figure, state):
    # 45 minutes of 43,200: 99.895833… %
    keys = (
        f"figure: availability, {TIMED}, target: {{at_least: 99.9 %}},"
        f" round: {{places: {places}, mode: {mode}}}"
    )
    (one,) = measured(keys, outage(1, "2026-04-10 00:00", "2026-04-10 00:45"))
    assert (one.value.figure, one.state) == (Decimal(figure), state)


def signed(**attrs):
    return fact(
        "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-04-01", ends_on="2026-05-01",
        **attrs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "target"),
    [
        (signed(), "≥ 99"),
        (signed(uptime=98.5), "≥ 98.5"),
        (signed(uptime=50), "≥ 90"),  # not below what the plan allows
        (signed(uptime=100), "≥ 99.99"),
    ],
)
def test_a_bound_set_by_the_contract_stays_inside_the_plans(contract, target):
    keys = f"figure: availability, {TIMED}, target: {{at_least: {{parameter: uptime}}}}"
    (one,) = measured(keys, outage(1, "2026-04-10 00:00", "2026-04-10 00:45"), contract)
    assert one.value.target == target


def test_a_bound_changed_later_leaves_earlier_periods_alone():
    contract = fact(
        "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-03-01", ends_on="2026-05-01",
        uptime=95,
    )  # fmt: skip
    changed = fact("contract:1", "contract_changed", "2026-04-10 00:00", uptime=99)
    keys = f"figure: availability, {TIMED}, target: {{at_least: {{parameter: uptime}}}}"
    march, april = measured(keys, [changed], contract)
    assert (march.value.target, april.value.target) == ("≥ 95", "≥ 99")


def metered(when: str, copies: int, asset: str = "asset:1"):
    return fact(asset, "metered", when, copies=copies, contract="contract:1")


READINGS = [
    metered("2026-03-20 00:00", 1000),
    metered("2026-04-15 00:00", 4000),
    metered("2026-04-30 00:00", 7000),
    metered("2026-05-02 00:00", 9000),
    metered("2026-04-02 00:00", 500, "asset:2"),  # its first reading
    metered("2026-04-29 00:00", 900, "asset:2"),
]
CALLS = [
    fact("request:1", "reported", "2026-04-05 00:00"),
    fact("request:2", "reported", "2026-04-20 00:00"),
]


@pytest.mark.parametrize(
    ("keys", "facts", "figure"),
    [
        ("figure: growth, growth: copies, target: {at_most: 10000}", READINGS, "6400"),
        (
            "figure: ratio, growth: copies, out_of: {facts: reported}, target: {at_least: 3000}",
            [*READINGS, *CALLS],
            "3200",
        ),
        (
            "figure: ratio, facts: reported, out_of: {attribute: units, of: contract}, scale: 100,"
            " target: {at_most: 3}",
            CALLS,
            "0.8",
        ),
        (
            "figure: ratio, facts: sampled, attribute: rejected, out_of: {facts: delivered,"
            " attribute: quantity}, target: {at_most: 0.02}",
            [
                fact("delivery:1", "delivered", "2026-04-03 00:00", quantity=150),
                fact("delivery:2", "delivered", "2026-04-04 00:00", quantity=50),
                fact("delivery:1", "sampled", "2026-04-05 00:00", rejected=3),
            ],
            "0.015",
        ),
        (
            "figure: ratio, facts: measured, attribute: energy, out_of: possible,"
            " target: {at_least: 0.8}",
            [
                fact("inspection:1", "measured", "2026-04-05 00:00", energy=700, possible=1000),
                fact("inspection:2", "measured", "2026-04-06 00:00", energy=500, possible=500),
            ],
            "0.8",
        ),
    ],
)
def test_ratios_and_meters(keys, facts, figure):
    (one,) = measured(keys, facts)
    assert one.value.figure == Decimal(figure)


def test_nothing_to_divide_by_makes_a_ratio_void():
    keys = "figure: ratio, growth: copies, out_of: {facts: reported}, target: {at_least: 3000}"
    (one,) = measured(keys, READINGS)
    assert one.state is State.VOID


def test_a_share_of_clauses_is_judged_for_each_group():
    more = "  - {id: b, promise: respond, start: reported, end: responded, limit: 1 hour}\n"
    facts = []
    for number, (region, minutes) in enumerate([("local", 30), ("local", 61), ("near", 60)]):
        name = f"request:{number}"
        facts.append(fact(name, "reported", "2026-04-05 00:00", region=region))
        ended = f"2026-04-05 {minutes // 60:02}:{minutes % 60:02}"
        facts.append(fact(name, "responded", ended))
    keys = "figure: share, of: b, group_by: region, target: {at_least: 95 %}"
    found = measured(keys, facts, more=more)
    assert [(one.period.name, one.value.figure, one.state) for one in found] == [
        ("2026-04 local", Decimal(50), State.MISSED),
        ("2026-04 near", Decimal(100), State.MET),
    ]


def test_a_duty_of_a_month_counts_in_that_months_quarter():
    """The duty of June is due at the first instant of July, but it is June's."""
    contract = fact(
        "contract:1", "signed", "2026-01-01 00:00", starts_on="2026-04-01", ends_on="2026-10-01"
    )
    more = "  - {id: b, kind: recurring, promise: inspect, done: inspected, period: month}\n"
    done = [
        fact("inspection:1", "inspected", f"2026-{month:02}-10 00:00") for month in (4, 5, 7, 8, 9)
    ]
    clause = "  - {id: a, kind: measure, figure: share, of: b, period: quarter, target: {at_least: 95}}\n"
    evaluation = evaluated(clause + more, [contract, *done], "2026-10-01 00:00")
    figures = [one.value.figure for one in evaluation.obligations if one.clause_id == "a"]
    assert figures == [Decimal("66.666667"), Decimal(100)]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("figure: ratio, facts: reported, target: {at_most: 3}", "unmeasurable"),
        ("figure: growth, target: {at_most: 3}", "unmeasurable"),
        ("figure: count, facts: reported, scale: 100, target: {at_most: 3}", "one_of"),
        ("figure: count, facts: reported, target: {at_most: {parameter: on_site_hours}}", "wrong_type"),
        ("figure: count, facts: reported, target: {at_most: {parameter: uptme}}", "unknown_name"),
        (f"figure: downtime, {TIMED}, unit: fortnights, target: {{at_most: 3}}", "unknown_word"),
        (f"figure: downtime, {TIMED}, shortest: 1 month, target: {{at_most: 3}}", "bad_amount"),
        ("figure: ratio, facts: reported, out_of: {of: contract}, target: {at_most: 3}", "one_of"),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_worked_out_are_refused(keys, code):
    assert [
        found[0]
        for found in codes(f"  - {{id: a, kind: measure, period: month, {keys}}}\n", HEAD_MORE)
    ] == [code]


SCORE = (
    "  - {id: score, kind: measure, promise: score, figure: points, start_points: 100, period: month,"
    " points: [{clause: a, points: -10}], target: {at_least: 95}}\n"
)
UPTIME = (
    "  - {id: a, kind: measure, figure: availability, promise: availability, facts: outage_began,"
    " until: outage_ended, period: month, target: {at_least: 99.9}}\n"
)


@pytest.mark.parametrize("clauses", [SCORE + UPTIME, UPTIME + SCORE])
def test_a_score_counts_missed_measures_wherever_they_stand(clauses):
    facts = [CONTRACT, *outage(1, "2026-04-10 00:00", "2026-04-11 00:00")]
    found = evaluated(clauses, facts, END).obligations
    assert [one.value.figure for one in found if one.clause_id == "score"] == [Decimal(90)]


def test_measures_that_wait_for_each_other_are_refused():
    other = SCORE.replace("id: score", "id: a").replace("clause: a", "clause: score")
    other = other.replace("promise: score", "promise: quality")
    assert [code for code, _, _ in codes(SCORE + other)] == ["circular", "circular"]
