"""Penalties are exact: base, steps, grace, bands, caps, exclusion, and lines that sum to the total."""

from decimal import Decimal

import pytest
from tests.kernel.written import evaluated, fact

CONTRACT = fact(
    "contract:1",
    "signed",
    "2026-01-01 00:00",
    total="486000.00",
    annual_fee=120_000,
    starts_on="2026-01-01",
    ends_on="2029-01-01",
    late_fee=300,
)
CALL = fact("request:1", "reported", "2026-07-11 09:00")
HEAD_EXTRA = """\
plan: trial
title: Trial
version: 1
calendars:
  office: {week: {mon-fri: ["08:30-12:00", "13:30-18:00"]}, holidays: china}
selectors:
  level: {values: [serious, general]}
parameters:
  late_fee: {default: 500}
clauses:
"""


def clause(remedies: str, limit: str = "4 hours", extra: str = "") -> str:
    return f"  - {{id: a, promise: respond, start: reported, end: responded, limit: {limit}{extra}, remedies: [{remedies}]}}\n"


def amounts(remedies: str, done: str, as_of: str = "2026-12-01 00:00", contract=CONTRACT, **more):
    facts = [contract, CALL, fact("request:1", "responded", done)]
    evaluation = evaluated(clause(remedies, **more), facts, as_of, HEAD_EXTRA)
    return [line.amount for line in evaluation.remedies]


DAY = "{penalty: {percent: 1 %, of: contract.total, per_started: 1 day}}"


@pytest.mark.parametrize(
    ("remedy", "done", "amount"),
    [
        ("{penalty: {percent: 1 %, of: contract.total}}", "2026-07-11 14:20", "4860.00"),
        (DAY, "2026-07-11 13:00:01", "4860.00"),
        (DAY, "2026-07-12 13:00", "4860.00"),
        (DAY, "2026-07-12 13:00:01", "9720.00"),
        (DAY.replace("started", "full"), "2026-07-13 12:59", "4860.00"),
        ("{penalty: {amount: 200, per_started: 1 hour}}", "2026-07-11 15:00", "400.00"),
        ("{penalty: {amount: 200, per_started: 30 minutes}, grace: 1 hour}", "2026-07-11 14:01", "600.00"),
        ("{penalty: {parameter: late_fee}}", "2026-07-11 15:00", "300.00"),
        ("{penalty: {amount: 100, per_started: 1 working day}}", "2026-07-14 09:00", "200.00"),
        ("{penalty: {amount: 100, per_started: 1 month}}", "2026-08-11 13:01", "200.00"),
        ("{penalty: {percent: 0.333 %, of: contract.annual_fee}}", "2026-07-11 15:00", "399.60"),
    ],
)  # fmt: skip
def test_amounts(remedy, done, amount):
    extra = ", calendar: office" if "working" in remedy else ""
    if extra:  # due 13:00 natural; with office hours on a Saturday the clock starts on Monday
        assert amounts(remedy, done, limit="{at: '13:00'}", extra=extra) == [Decimal(amount)]
    else:
        assert amounts(remedy, done) == [Decimal(amount)]


def test_within_the_grace_nothing_is_due():
    assert amounts("{penalty: {amount: 200}, grace: 1 hour}", "2026-07-11 14:00") == []


BANDS = """{penalty: {of: contract.annual_fee, bands: [
    {up_to: 4 hours, percent: 1 %}, {above: 4 hours, up_to: 1 day, percent: 3 %}, {above: 1 day, percent: 5 %}]}}"""


@pytest.mark.parametrize(
    ("done", "amount"),
    [("2026-07-11 17:00", "1200.00"), ("2026-07-11 17:00:01", "3600.00"), ("2026-07-12 13:00", "3600.00"), ("2026-07-12 14:00", "6000.00")],
)  # fmt: skip
def test_the_band_reached_prices_all(done, amount):
    assert amounts(BANDS, done) == [Decimal(amount)]


def test_graduated_bands_price_their_own_stretch():
    remedy = """{penalty: {per_started: 1 hour, graduated: yes, bands: [
        {up_to: 4 hours, amount: 100}, {above: 4 hours, amount: 200}]}}"""
    assert amounts(remedy, "2026-07-11 19:30") == [Decimal("1000.00")]  # 4 × 100 + 3 × 200


def test_a_cap_for_one_breach():
    capped = DAY[:-1] + ", cap: {percent: 3 %, of: contract.total}}"
    assert amounts(capped, "2026-08-30 13:00") == [Decimal("14580.00")]


def test_a_cap_over_a_period_takes_from_the_later_lines():
    remedy = "{penalty: {percent: 2 %, of: contract.total}, cap: {percent: 3 %, of: contract.total, over: contract_year}}"
    calls = [fact(f"request:{n}", "reported", f"2026-0{n}-11 09:00") for n in (2, 3, 4)]
    evaluation = evaluated(clause(remedy), [CONTRACT, *calls], "2026-12-01 00:00", HEAD_EXTRA)
    assert [line.amount for line in evaluation.remedies] == [
        Decimal("9720.00"),
        Decimal("4860.00"),
        Decimal("0.00"),
    ]
    assert evaluation.totals == {("contract:1", "vendor"): Decimal("14580.00")}
    assert evaluation.remedies[1].reduced_by == Decimal("4860.00")


def test_a_new_contract_year_has_a_new_cap():
    remedy = "{penalty: {percent: 2 %, of: contract.total}, cap: {percent: 3 %, of: contract.total, over: contract_year}}"
    calls = [
        fact("request:1", "reported", "2026-12-30 09:00"),
        fact("request:2", "reported", "2027-01-02 09:00"),
    ]
    evaluation = evaluated(clause(remedy), [CONTRACT, *calls], "2027-12-01 00:00", HEAD_EXTRA)
    assert [line.amount for line in evaluation.remedies] == [Decimal("9720.00")] * 2


def test_of_exclusive_remedies_only_the_largest_is_paid():
    remedies = "{id: small, penalty: {amount: 100}, exclusive: late}, {id: large, penalty: {amount: 250}, exclusive: late}"
    facts = [CONTRACT, CALL]
    evaluation = evaluated(clause(remedies), facts, "2026-07-12 00:00", HEAD_EXTRA)
    assert {line.remedy_id: line.amount for line in evaluation.remedies} == {
        "small": Decimal("0.00"),
        "large": Decimal("250.00"),
    }


def test_when_and_unless_look_at_the_case():
    remedies = "{id: a, penalty: {amount: 1}, when: {cause: wear}}, {id: b, penalty: {amount: 2}, unless: {cause: customer}}"
    for cause, expected in (("wear", ["a", "b"]), ("customer", []), (None, ["b"])):
        attrs = {} if cause is None else {"cause": cause}
        found = fact("request:1", "cause_found", "2026-07-11 12:00", **attrs)
        evaluation = evaluated(clause(remedies), [CALL, found], "2026-07-12 00:00", HEAD_EXTRA)
        assert [line.remedy_id for line in evaluation.remedies] == expected


def test_from_the_third_breach_in_a_contract_year_the_customer_may_leave():
    remedy = "{grant: end_contract, from_breach: 3, within: contract_year}"
    calls = [fact(f"request:{n}", "reported", f"2026-0{n}-11 09:00") for n in (2, 3, 4)]
    evaluation = evaluated(clause(remedy), [CONTRACT, *calls], "2026-12-01 00:00", HEAD_EXTRA)
    assert [(line.subject, line.kind) for line in evaluation.remedies] == [
        ("request:4", "end_contract")
    ]


def test_a_base_that_is_not_known_is_said_not_guessed():
    evaluation = evaluated(
        clause("{penalty: {percent: 1 %, of: contract.total}}"),
        [CALL],
        "2026-07-12 00:00",
        HEAD_EXTRA,
    )
    [line] = evaluation.remedies
    assert (line.amount, line.base_name) == (None, "contract.total")
    assert "not known" in line.computation.en
    assert evaluation.totals == {}


def test_what_the_customer_owes_is_paid_by_the_customer():
    text = """\
  - {id: a, promise: return_part, owed_by: customer, start: part_delivered, end: part_returned, limit: 15 days,
     remedies: [{penalty: {percent: 100 %, of: subject.part_price}}]}
"""
    sent = fact("request:1", "part_delivered", "2026-07-01 09:00", part_price="1234.50")
    evaluation = evaluated(text, [CONTRACT, sent], "2026-07-20 00:00", HEAD_EXTRA)
    assert evaluation.totals == {("contract:1", "customer"): Decimal("1234.50")}


def test_an_open_breach_accrues_and_the_open_promise_is_at_risk():
    text = clause(DAY)
    running = evaluated(text, [CONTRACT, CALL], "2026-07-11 12:00", HEAD_EXTRA)
    assert (running.remedies, [line.amount for line in running.at_risk]) == (
        (),
        [Decimal("4860.00")],
    )
    accrued = evaluated(text, [CONTRACT, CALL], "2026-07-13 12:00", HEAD_EXTRA)
    assert [(line.amount, line.final) for line in accrued.remedies] == [(Decimal("9720.00"), False)]
    assert [line.amount for line in accrued.at_risk] == [Decimal("4860.00")]


def test_lateness_may_count_in_the_clauses_calendar():
    remedy = "{penalty: {amount: 10, per_started: 1 hour}, counted_in_calendar: yes}"
    found = amounts(remedy, "2026-07-14 09:30", limit="1 hour", extra=", calendar: office")
    assert found == [Decimal("80.00")]  # due Mon 09:30: 2.5 h + 4.5 h on Monday, 1 h on Tuesday


def test_a_term_grows_by_days_for_each_started_day():
    evaluation = evaluated(
        clause("{extend: {of: contract, by: 7 days, per_started: 1 day}}"),
        [CALL],
        "2026-07-13 12:00",
        HEAD_EXTRA,
    )
    [line] = evaluation.remedies
    assert (line.extends, line.extends_days, line.extension) == ("contract", 14, "14 days")


def test_points_short_of_a_share_are_paid_for_each_started_point():
    text = """\
  - {id: respond, promise: respond, start: reported, end: responded, limit: 4 hours}
  - {id: share, kind: measure, figure: share, of: respond, period: month, target: {at_least: 95 %},
     remedies: [{penalty: {amount: 1000, per: percent_short}}]}
"""
    calls = [fact(f"request:{n}", "reported", "2026-07-11 09:00") for n in range(30)]
    done = [fact(f"request:{n}", "responded", "2026-07-11 10:00") for n in range(28)]
    evaluation = evaluated(text, [CONTRACT, *calls, *done], "2026-08-01 00:00", HEAD_EXTRA)
    july = [
        one
        for one in evaluation.obligations
        if one.clause_id == "share" and one.period.name == "2026-07"
    ]
    assert str(july[0].value.figure) == "93.333333"
    assert [line.amount for line in evaluation.remedies] == [Decimal("2000.00")]


def test_bands_of_a_measured_value():
    text = """\
  - {id: up, kind: measure, figure: availability, facts: outage_began, until: outage_ended, period: month, target: {at_least: 99.9 %},
     remedies: [{penalty: {of: contract.annual_fee, bands: [{below: 99.9, at_least: 99, percent: 1 %}, {below: 99, percent: 5 %}]}}]}
"""

    def outage(minutes: int):
        hours, rest = divmod(minutes, 60)
        return [
            fact("outage:1", "outage_began", "2026-06-10 00:00"),
            fact("outage:1", "outage_ended", f"2026-06-10 {hours:02}:{rest:02}"),
        ]

    for minutes, amount in ((43, None), (44, "1200.00"), (432, "1200.00"), (433, "6000.00")):
        evaluation = evaluated(text, [CONTRACT, *outage(minutes)], "2026-07-01 00:00", HEAD_EXTRA)
        expected = [] if amount is None else [Decimal(amount)]
        assert [line.amount for line in evaluation.remedies] == expected, minutes


def test_a_remedy_that_must_be_claimed_lapses_without_the_claim():
    text = clause("{penalty: {amount: 500}, claim_within: 30 days}")
    claim = fact("request:1", "claimed", "2026-08-10 13:00")
    late_claim = fact("request:1", "claimed", "2026-08-10 13:00:01")

    def line(as_of, *facts):
        [found] = evaluated(
            text,
            [CONTRACT, CALL, fact("request:1", "responded", "2026-07-11 15:00"), *facts],
            as_of,
            HEAD_EXTRA,
        ).remedies
        return found.amount, found.final

    assert line("2026-07-20 00:00") == (Decimal("500.00"), False)
    assert line("2026-08-11 00:00", claim) == (Decimal("500.00"), True)
    assert line("2026-08-11 00:00", late_claim) == (Decimal("0.00"), True)


@pytest.mark.parametrize(
    ("remedy", "done", "amount"),
    [
        ("{penalty: {amount: 10, per_started: 1 day, per: unit}}", "2026-07-12 13:00:01", "240.00"),
        ("{penalty: {share: 1/3, of: contract.annual_fee}}", "2026-07-11 15:00", "40000.00"),
        ("{penalty: {share: 2/3, of: contract.late_fee, per_started: 1 hour}}", "2026-07-11 15:00", "400.00"),
        ("{bonus: {amount: 100, per_full: 1 hour}, cap: {amount: 250}}", "2026-07-11 10:30", "200.00"),
        ("{bonus: {amount: 100, per_full: 1 hour}, cap: {amount: 250}}", "2026-07-11 09:30", "250.00"),
        ("{bonus: {percent: 1 %, of: contract.annual_fee}, grace: 2 hours}", "2026-07-11 10:59", "1200.00"),
    ],
)  # fmt: skip
def test_units_fractions_and_bonuses(remedy, done, amount):
    contract = CONTRACT._replace(attrs={**CONTRACT.attrs, "units": 12})
    if "late_fee" in remedy:
        remedy = remedy.replace("contract.late_fee", "contract.deposit")
        contract = contract._replace(attrs={**contract.attrs, "deposit": 300})
    assert amounts(remedy, done, contract=contract) == [Decimal(amount)]


def test_a_bonus_is_paid_by_the_other_side_and_not_for_what_came_just_in_time():
    remedy = "{bonus: {amount: 100, per_full: 1 hour}}"
    facts = [CONTRACT, CALL, fact("request:1", "responded", "2026-07-11 10:00")]
    evaluation = evaluated(clause(remedy), facts, "2026-12-01 00:00", HEAD_EXTRA)
    assert dict(evaluation.totals) == {("contract:1", "customer"): Decimal("300.00")}
    assert amounts(remedy, "2026-07-11 13:00") == []
    assert amounts(remedy, "2026-07-11 14:00") == []


def test_a_figure_beyond_its_target_earns_a_bonus_for_each_full_step():
    text = """\
  - {id: a, kind: measure, promise: availability, figure: availability, facts: outage_began, until: outage_ended,
     period: month, target: {at_least: 99}, remedies: [{bonus: {percent: 0.5 %, of: contract.annual_fee, per_short: 0.1}}]}
"""
    contract = CONTRACT._replace(attrs={**CONTRACT.attrs, "starts_on": "2026-06-01"})
    outages = [
        fact("outage:1", "outage_began", "2026-06-10 00:00"),
        fact("outage:1", "outage_ended", "2026-06-10 02:00"),
    ]
    found = evaluated(text, [contract, *outages], "2026-07-01 00:00", HEAD_EXTRA)
    # 99.722222 is seven full tenths beyond 99
    assert [line.amount for line in found.remedies] == [Decimal("4200.00")]


def test_a_price_of_the_wrong_form_is_refused():
    from tests.kernel.written import codes

    for remedy, code in (
        ("{penalty: {share: 30, of: contract.total}}", "wrong_type"),
        ("{penalty: {share: 1/30}}", "no_base"),
        ("{penalty: {share: 1/30, percent: 1 %, of: contract.total}}", "one_of"),
        ("{penalty: {amount: 1, per: unit, per_started: 1 day, per_full: 1 day}}", "one_of"),
        ("{penalty: {share: 1/10, of: contract.total}, cap: {share: 1/20, of: contract.total}}", "cap_below_step"),
        ("{penalty: {share: 1/10, of: contract.total}, cap: {share: 3/2, of: contract.total}}", "cap_above_base"),
    ):  # fmt: skip
        assert [found[0] for found in codes(clause(remedy), HEAD_EXTRA)] == [code], remedy


def test_of_equal_breaches_the_clause_written_first_leads_and_wins_a_tie():
    text = "".join(
        f"  - {{id: {name}, promise: {name}, start: reported, end: restored, limit: 1 hour,"
        " remedies: [{exclusive: late, penalty: {amount: 100}}]}\n"
        for name in ("update", "depart")
    )
    found = evaluated(text, [CONTRACT, CALL], "2026-07-11 12:00", HEAD_EXTRA)
    assert [(line.clause_id, line.amount) for line in found.remedies] == [
        ("update", Decimal("100.00")),
        ("depart", Decimal("0.00")),
    ]


def test_a_shared_cap_holds_over_one_period():
    from tests.kernel.written import codes

    shared = "{penalty: {amount: 10}, cap: {amount: 50, over: month, shared: pot}}"
    other = shared.replace("month", "quarter")
    assert codes(clause(f"{shared}, {shared}"), HEAD_EXTRA) == []
    assert [one[0] for one in codes(clause(f"{shared}, {other}"), HEAD_EXTRA)] == ["bad_cap"]
