"""Exposure: what has accrued and what an hour, a day, a week late would cost, as a table."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from tests.kernel.remedies.test_penalties import CALL, CONTRACT, DAY, HEAD_EXTRA, clause
from tests.kernel.written import at, evaluator, fact

from yinuo.kernel.exposure import exposures

DUE = "2026-07-11 13:00"


def exposed(remedies: str, as_of: str | datetime, facts=(CONTRACT, CALL), **more):
    instant = at(as_of) if isinstance(as_of, str) else as_of
    plan = evaluator(clause(remedies, **more), HEAD_EXTRA)
    evaluation = plan.evaluate([*facts], instant)
    return exposures(evaluation, "request:1").get(("a", 0))


def money(*amounts: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(one) for one in amounts)


HOURLY = "{penalty: {amount: 200, per_started: 1 hour}}"
ONCE = "{penalty: {percent: 1 %, of: contract.total}}"


@pytest.mark.req("B-08")
@pytest.mark.parametrize(
    ("remedy", "as_of", "accrued", "late"),
    [
        (ONCE, "2026-07-11 12:00", "0", money("4860", "4860", "4860")),
        (ONCE, "2026-07-11 13:00", "0", money("4860", "4860", "4860")),
        (ONCE, "2026-07-11 14:00", "4860", money("0", "0", "0")),
        (DAY, "2026-07-11 12:00", "0", money("4860", "4860", "34020")),
        (DAY, "2026-07-11 14:00", "4860", money("0", "4860", "34020")),
        (DAY, "2026-07-12 12:30", "4860", money("4860", "4860", "34020")),
        (HOURLY, "2026-07-11 12:00", "0", money("200", "4800", "33600")),
        (HOURLY, "2026-07-11 14:20", "400", money("200", "4800", "33600")),
        (HOURLY[:-1] + ", grace: 1 hour}", "2026-07-11 12:00", "0", money("0", "4800", "33600")),
        (HOURLY[:-1] + ", cap: {amount: 5000}}", "2026-07-11 12:00", "0", money("200", "4800", "5000")),
        (HOURLY[:-1] + ", cap: {amount: 500}}", "2026-07-11 14:20", "400", money("100", "100", "100")),
    ],
)  # fmt: skip
def test_what_an_open_promise_costs(remedy, as_of, accrued, late):
    found = exposed(remedy, as_of)
    assert (found.accrued, found.late, found.is_unknown) == (Decimal(accrued), late, False)


@pytest.mark.req("B-08")
@pytest.mark.parametrize(
    ("remedy", "as_of", "next_at"),
    [
        (HOURLY, "2026-07-11 14:20", "2026-07-11 15:00:00.000001"),
        (HOURLY, "2026-07-11 15:00", "2026-07-11 15:00:00.000001"),
        # Within the day's last hour one hour more is one block more: the figure changes there too.
        (DAY, "2026-07-11 14:00", "2026-07-12 12:00:00.000001"),
        (DAY, "2026-07-12 12:30", "2026-07-12 13:00:00.000001"),
        (HOURLY[:-1] + ", cap: {amount: 400}}", "2026-07-11 14:20", None),
        (ONCE, "2026-07-11 14:00", None),
        (ONCE[:-1] + ", grace: 1 day}", "2026-07-11 14:00", "2026-07-12 12:00:00.000001"),
        ("{penalty: {amount: 9, per_started: 1 second}}", "2026-07-11 13:00:30", "2026-07-11 13:01:00.000001"),
    ],
)  # fmt: skip
def test_the_figures_hold_until_the_next_unit_starts(remedy, as_of, next_at):
    found = exposed(remedy, as_of)
    assert found.next_at == (None if next_at is None else at(next_at))


def test_a_promise_without_a_price_has_no_exposure():
    assert exposed("{penalty: {amount: 5}, paid_by: supplier}", DUE) is None
    assert exposed("{penalty: {amount: 5}, when: {level: serious}}", DUE) is None


def test_an_unknown_base_is_said():
    nameless = fact("contract:1", "signed", "2026-01-01 00:00", starts_on="2026-01-01")
    found = exposed(ONCE, "2026-07-11 12:00", (nameless, CALL))
    assert found.is_unknown
    assert found.late == money("0", "0", "0")
    found = exposed(ONCE, "2026-07-11 14:00", (nameless, CALL))
    assert (found.accrued, found.is_unknown) == (Decimal(0), True)


def test_a_miss_made_good_keeps_what_it_brought_and_risks_nothing():
    done = fact("request:1", "responded", "2026-07-11 14:20")
    found = exposed(ONCE, "2026-07-13 12:00", (CONTRACT, CALL, done))
    assert (found.accrued, found.late, found.next_at) == (Decimal("4860.00"), None, None)


def test_kept_promises_have_none():
    assert exposed(ONCE, "2026-07-13 12:00", (CONTRACT, CALL, fact("request:1", "responded", "2026-07-11 12:20"))) is None  # fmt: skip


TWO = """\
  - {id: a, promise: respond, start: reported, end: responded, limit: 4 hours, remedies: [{penalty: {amount: 100}, exclusive: one}]}
  - {id: b, promise: restore, start: reported, end: restored, limit: 8 hours, remedies: [{penalty: {amount: 250}, exclusive: one}]}
"""


def test_of_exclusive_remedies_only_the_difference_is_at_risk():
    evaluation = evaluator(TWO, HEAD_EXTRA).evaluate([CONTRACT, CALL], at("2026-07-11 14:00"))
    found = exposures(evaluation, "request:1")
    assert found["a", 0].accrued == Decimal(100)
    assert found["b", 0].late == money("150", "150", "150")


def test_a_cap_shared_by_two_clauses_leaves_the_rest_at_risk():
    shared = "cap: {amount: 300, over: contract_year, shared: all}"
    clauses = TWO.replace("exclusive: one", shared)
    evaluation = evaluator(clauses, HEAD_EXTRA).evaluate([CONTRACT, CALL], at("2026-07-11 14:00"))
    assert exposures(evaluation, "request:1")["b", 0].late == money("200", "200", "200")


@pytest.mark.parametrize(("remedy", "most"), [(DAY, 14), (HOURLY, 168), (ONCE, 0)])
def test_a_miss_wakes_nobody_more_often_than_its_figures_change(remedy, most):
    now, wakes = at(DUE) + timedelta(seconds=1), 0
    while (found := exposed(remedy, now)).next_at is not None:
        if found.next_at > at(DUE) + timedelta(days=7, microseconds=1):
            break
        now, wakes = found.next_at, wakes + 1
    assert wakes == most
