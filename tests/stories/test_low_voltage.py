"""Story 3: the standby device after 48 hours, and calls outside the duty hours."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, plan_command, shortly

PLAN = PLANS / "lowvoltage.yaml"
FACTS = Path(__file__).parent / "facts" / "lowvoltage.jsonl"
END = "2026-10-03T14:00+08:00"


@pytest.fixture(scope="module")
def holiday() -> Outcome:
    return Outcome(PLAN, FACTS, END)


@pytest.mark.req("LV-14a")
def test_an_annual_customer_gets_a_standby_device_after_48_hours(holiday):
    one = holiday.one("standby", "request:A1")
    assert shortly(one) == ("met", "2026-10-03 15:00")
    assert one["ended_at"] == "2026-10-03T11:30:00+08:00"


@pytest.mark.req("LV-14b")
def test_a_per_visit_customer_is_promised_none(holiday):
    assert "standby" not in holiday.clauses_of("request:B1")


@pytest.mark.req("LV-14a")
def test_the_standby_device_is_missed_one_second_after_48_hours(tmp_path):
    facts = tmp_path / "facts.jsonl"
    for delivered, state in (("15:00:00", "met"), ("15:00:01", "missed")):
        facts.write_text(
            FACTS.read_text().replace("2026-10-03T11:30:00", f"2026-10-03T{delivered}")
        )
        assert (
            Outcome(PLAN, facts, "2026-10-04T00:00+08:00").one("standby", "request:A1")["state"]
            == state
        )


def test_a_call_on_a_holiday_goes_to_the_duty_engineer(holiday):
    assert shortly(holiday.one("respond.on_duty", "request:A1")) == ("met", "2026-10-01 15:30")


def test_a_call_after_the_duty_hours_is_first_at_eight(holiday):
    one = holiday.one("respond.on_duty", "request:A2")
    assert one["started_at"] == "2026-10-03T08:00:00+08:00"
    assert shortly(one) == ("met", "2026-10-03 08:30")


@pytest.mark.req("B-03")
@pytest.mark.parametrize(
    ("reported", "clause", "due"),
    [
        ("2026-10-10T09:00", "respond.ordinary", "2026-10-10 14:30"),  # a make-up Saturday
        ("2026-10-10T12:30", "respond.on_duty", "2026-10-10 13:00"),  # its lunch gap
        ("2026-10-09T17:00", "respond.ordinary", "2026-10-10 11:30"),  # over the night
        ("2026-10-11T10:00", "respond.on_duty", "2026-10-11 10:30"),  # a Sunday
        ("2026-10-11T22:29", "respond.on_duty", "2026-10-11 22:59"),
        ("2026-10-11T22:30", "respond.on_duty", "2026-10-12 08:30"),
        ("2026-10-12T07:59", "respond.on_duty", "2026-10-12 08:30"),
    ],
)
def test_duty_covers_every_minute_from_8_to_22_30_that_is_no_office_hour(reported, clause, due):
    ran = plan_command(
        "due", PLAN, "--select", "level=ordinary", "--from", f"{reported}+08:00", "--json"
    )
    found = {one["clause"]: one["due_at"] for one in ran.data["promises"] if one["due_at"]}
    assert found[clause][:16].replace("T", " ") == due
    assert len({"respond.ordinary", "respond.on_duty"} & set(found)) == 1


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        ("2026-09-30T17:59:00", "2026-10-01 00:00"),
        ("2026-09-30T18:00:00", "2026-10-01 00:00"),
        ("2026-09-30T18:00:01", "2026-10-08 12:00"),
        ("2026-10-03T16:00:00", "2026-10-04 00:00"),
    ],
)
def test_the_call_back_is_the_same_day_or_the_next_working_noon(tmp_path, returned, due):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(
        '{"subject": "work_order:1", "kind": "sheet_returned", '
        f'"occurred_at": "{returned}+08:00"}}\n'
    )
    assert shortly(Outcome(PLAN, facts, "2026-10-09T00:00+08:00").one("call_back"))[1] == due


def test_the_score_of_september_is_28_over_11_sheets(tmp_path):
    sheets = 4 * ["very_satisfied"] + 3 * ["satisfied"] + ["fair"] + 2 * ["none"] + ["dissatisfied"]
    lines = [
        '{"subject": "person:li", "kind": "staffed", "occurred_at": "2026-09-01T00:00:00+08:00"}'
    ]
    lines += [
        f'{{"subject": "person:li", "kind": "surveyed", "occurred_at": "2026-09-{day + 2:02}T10:00:00+08:00", '
        f'"attrs": {{"satisfaction": "{word}"}}}}'
        for day, word in enumerate(sheets)
    ]
    facts = tmp_path / "facts.jsonl"
    facts.write_text("\n".join(lines))
    september = Outcome(PLAN, facts, "2026-10-01T00:00+08:00").all_of("score")[0]
    assert (september["value"]["figure"], september["value"]["cases"]) == ("28", 11)
