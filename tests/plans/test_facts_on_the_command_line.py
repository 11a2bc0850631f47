"""Facts as they come: late, twice, corrected, contradictory, of the future; pauses with evidence."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, facts_in, plan_command, shortly

APPLIANCE = PLANS / "appliance.yaml"
SIGNAGE = PLANS / "signage.yaml"
STORY = Path(__file__).parents[1] / "stories" / "facts" / "signage.jsonl"
END = "2026-07-16T18:00+08:00"
CALL = "request:1 reported 2026-05-06T09:00+08:00 level=serious\n"


def written(tmp_path: Path, text: str, name: str = "facts.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


@pytest.mark.req("B-04")
@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_lines_and_lines_sent_twice_change_nothing(tmp_path, seed):
    lines = STORY.read_text().splitlines()
    shuffled = lines + lines[::3]
    random.Random(seed).shuffle(shuffled)
    one = Outcome(SIGNAGE, STORY, END).data
    other = Outcome(SIGNAGE, written(tmp_path, "\n".join(shuffled)), END).data
    for part in ("obligations", "remedies", "totals", "covers"):
        assert other[part] == one[part]


@pytest.mark.req("B-04")
def test_a_paper_slip_heard_of_years_late_turns_a_breach_into_a_promise_kept(tmp_path):
    slip = json.dumps(
        {
            "subject": "request:1",
            "kind": "responded",
            "occurred_at": "2026-05-06T09:10:00+08:00",
            "received_at": "2029-01-01T00:00:00+08:00",
        }
    )
    facts = written(tmp_path, facts_in(CALL) + "\n" + slip)
    now = Outcome(APPLIANCE, facts, "2029-06-01T00:00+08:00").one("respond")
    before = Outcome(
        APPLIANCE, facts, "2029-06-01T00:00+08:00", "--known-at", "2028-12-31T00:00+08:00"
    ).one("respond")
    assert (now["state"], before["state"]) == ("met", "missed")


@pytest.mark.req("B-04")
def test_a_correction_supersedes_and_a_withdrawal_takes_back(tmp_path):
    wrong = '{"id": "a", "subject": "request:1", "kind": "arrived", "occurred_at": "2026-05-06T13:30+08:00"}'
    right = (
        '{"id": "b", "supersedes": "a", "subject": "request:1", "kind": "arrived", '
        '"occurred_at": "2026-05-06T12:30+08:00", "received_at": "2026-05-07T08:00+08:00"}'
    )
    back = (
        '{"supersedes": "b", "subject": "request:1", "kind": "withdrawn", '
        '"occurred_at": "2026-05-07T09:00+08:00"}'
    )
    states = []
    for lines in ([wrong], [wrong, right], [wrong, right, back]):
        facts = written(tmp_path, "\n".join([facts_in(CALL), *lines]))
        outcome = Outcome(APPLIANCE, facts, "2026-05-08T00:00+08:00")
        states.append(outcome.one("local_engineer.serious")["state"])
    assert states == ["missed", "met", "missed"]


@pytest.mark.req("B-04")
def test_a_fact_of_the_future_counts_when_its_time_has_come_and_is_noted(tmp_path):
    facts = written(tmp_path, facts_in(CALL + "request:1 responded 2026-05-06T09:20+08:00"))
    early = Outcome(APPLIANCE, facts, "2026-05-06T09:10+08:00")
    assert early.one("respond")["state"] == "running"
    assert [one["code"] for one in early.data["notes"]] == ["future"]


@pytest.mark.req("B-04")
def test_a_change_of_level_keeps_what_has_elapsed(tmp_path):
    facts = written(
        tmp_path,
        facts_in(
            """
            request:1 reported 2026-05-06T09:00+08:00 level=general
            request:1 classified 2026-05-06T10:00+08:00 level=serious
            request:2 reported 2026-05-06T09:00+08:00 level=general
            request:2 classified 2026-05-06T15:00+08:00 level=serious
            """
        ),
    )
    outcome = Outcome(APPLIANCE, facts, "2026-05-06T15:00+08:00")
    # an hour of the 4 is used up; six hours are more than 4: due at the change, never before it
    assert shortly(outcome.one("local_engineer.serious", "request:1"))[1] == "2026-05-06 13:00"
    assert shortly(outcome.one("local_engineer.serious", "request:2"))[1] == "2026-05-06 15:00"


PAUSED = """
plan: pauses
title: Pauses
version: "1"
clauses:
  - id: repair
    promise: restore
    start: reported
    end: restored
    limit: 4 hours
    stops:
      - {reason: waiting_for_customer, acknowledgement: required}
      - {reason: waiting_for_part, proof: yes, budget: 2 hours}
      - {reason: severe_weather, acknowledgement: unless_objected, objection_window: 1 hour}
"""


@pytest.mark.req("B-05")
@pytest.mark.parametrize(
    ("pause", "due", "why"),
    [
        ("reason=waiting_for_customer", "13:00", "not_acknowledged"),
        ("reason=waiting_for_customer|pause_acknowledged 2026-05-06T10:10", "16:00", ""),
        ("reason=waiting_for_part", "13:00", "no_proof"),
        ("reason=waiting_for_part proof=waybill", "15:00", "budget_reached"),
        ("reason=severe_weather", "16:00", ""),
        ("reason=severe_weather|pause_objected 2026-05-06T10:59", "13:00", "objected"),
        ("reason=severe_weather|pause_objected 2026-05-06T11:01", "16:00", ""),
        ("reason=lunch", "13:00", "reason_not_allowed"),
    ],
)
def test_a_pause_is_a_claim_that_needs_its_evidence(tmp_path, pause, due, why):
    plan = written(tmp_path, PAUSED, "plan.yaml")
    claim, _, answer = pause.partition("|")
    lines = [
        "request:1 reported 2026-05-06T09:00+08:00",
        f"request:1 paused 2026-05-06T10:00+08:00 {claim}",
        "request:1 resumed 2026-05-06T13:00+08:00",
        f"request:1 {answer}+08:00" if answer else "",
    ]
    facts = written(tmp_path, facts_in("\n".join(lines)))
    found = Outcome(plan, facts, "2026-05-06T13:00+08:00").one("repair")
    assert found["due_at"][11:16] == due
    assert [one["why"] for one in found["pauses"]] == [why]


@pytest.mark.req("B-06")
def test_a_due_time_explains_clause_start_windows_pauses_and_travel(tmp_path):
    plan = written(
        tmp_path,
        PAUSED.replace("4 hours", "{sum: [{attribute: travel_minutes}, 3 working hours]}")
        .replace(
            "clauses:",
            'calendars: {office: {week: {mon-fri: ["09:00-12:00", "13:00-17:00"]}}}\nclauses:',
        )
        .replace("promise: restore", "promise: restore\n    number: 7.2\n    calendar: office"),
        "plan.yaml",
    )
    facts = written(
        tmp_path,
        facts_in(
            """
            request:1 reported 2026-05-06T10:00+08:00 travel_minutes=30
            request:1 paused 2026-05-06T10:30+08:00 reason=waiting_for_part proof=waybill
            request:1 resumed 2026-05-06T11:30+08:00
            """
        ),
    )
    found = Outcome(plan, facts, "2026-05-06T12:00+08:00").one("repair")
    # 10:00-10:30, 11:30-12:00, 13:00-15:30 are the 30 min and 3 h
    assert found["due_at"][11:16] == "15:30"
    for language, words in (("en", ("7.2", "10:00", "office", "30", "waiting for a part", "15:30")),
                            ("zh", ("7.2", "10:00", "路途时间", "30", "等待备件", "15:30"))):  # fmt: skip
        told = "\n".join(found["explanation"][language])
        assert all(one in told for one in words), told


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a JSON object"),
        ("[]", "one JSON object"),
        ('{"subject": "request:1", "kind": "reported"}', "occurred_at"),
        ('{"subject": "request:1", "kind": "reported", "occurred_at": "2026-05-06T09:00"}', "zone"),
        (
            '{"subject": "request", "kind": "reported", "occurred_at": "2026-05-06T09:00Z"}',
            "request:1",
        ),
        ('{"subject": "request:1", "kind": "reported", "at": "2026-05-06T09:00Z"}', '"at"'),
        (
            '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-02-30T09:00Z"}',
            "instant",
        ),
    ],
)
def test_a_line_that_is_no_fact_is_refused_with_its_number(tmp_path, line, says):
    facts = written(tmp_path, facts_in(CALL) + "\n\n" + line)
    ran = plan_command(
        "evaluate", APPLIANCE, "--facts", facts, "--at", "2026-05-06T10:00Z", "--language", "en"
    )
    assert ran.status == 1
    assert f"{facts}:3:1: error:" in ran.out
    assert says in ran.out


def test_a_misspelled_fact_kind_is_read_and_warned_of(tmp_path):
    facts = written(tmp_path, facts_in(CALL + "request:1 respondd 2026-05-06T09:20+08:00"))
    ran = plan_command(
        "evaluate", APPLIANCE, "--facts", facts, "--at", "2026-05-06T10:00Z", "--language", "en"
    )
    assert ran.status == 0
    assert 'did you mean "responded"' in ran.err


def noted(outcome: Outcome) -> list[tuple[str, str]]:
    return [(one["code"], one["en"]) for one in outcome.data["notes"]]


@pytest.mark.req("B-04")
def test_contradictory_and_repeated_facts_have_one_result_and_are_told(tmp_path):
    facts = written(
        tmp_path,
        facts_in(
            CALL
            + "request:1 responded 2026-05-06T09:40+08:00\n"
            + "request:1 responded 2026-05-06T09:20+08:00\n"
            + "request:1 responded 2026-05-06T09:20+08:00\n"
        ),
    )
    outcome = Outcome(APPLIANCE, facts, "2026-05-06T10:00+08:00")
    one = outcome.one("respond")
    assert (one["state"], one["ended_at"]) == ("met", "2026-05-06T09:20:00+08:00")
    assert noted(outcome) == [
        ("contradictory", 'several "responded"; the earliest counts'),
        ("left_out", '"responded" of 2026-05-06 09:20 is repeated; not counted'),
    ]


@pytest.mark.req("B-04")
def test_what_a_correction_takes_back_is_told_in_both_languages(tmp_path):
    wrong = '{"id": "a", "subject": "request:1", "kind": "responded", "occurred_at": "2026-05-06T09:50+08:00"}'
    right = (
        '{"id": "b", "supersedes": "a", "subject": "request:1", "kind": "responded", '
        '"occurred_at": "2026-05-06T09:20+08:00", "received_at": "2026-05-07T08:00+08:00"}'
    )
    facts = written(tmp_path, "\n".join([right, facts_in(CALL), wrong]))
    outcome = Outcome(APPLIANCE, facts, "2026-05-08T00:00+08:00")
    assert outcome.one("respond")["state"] == "met"
    (note,) = outcome.data["notes"]
    assert note["en"] == '"responded" of 2026-05-06 09:50 was corrected or withdrawn; not counted'
    assert note["zh"] == "2026-05-06 09:50 的“responded”已被更正或撤销，未计入"


@pytest.mark.req("B-04")
def test_an_explanation_says_when_a_late_fact_was_heard_of(tmp_path):
    slip = (
        '{"subject": "request:1", "kind": "responded", "occurred_at": "2026-05-06T09:10+08:00", '
        '"received_at": "2029-01-01T00:00+08:00"}'
    )
    facts = written(tmp_path, facts_in(CALL) + "\n" + slip)
    one = Outcome(APPLIANCE, facts, "2029-06-01T00:00+08:00").one("respond")
    assert one["explanation"]["en"][-1] == (
        "State: met; responded at 2026-05-06 09:10 (heard of at 2029-01-01 00:00)."
    )


def test_an_end_before_its_start_counts_for_nothing(tmp_path):
    facts = written(tmp_path, facts_in(CALL + "request:1 responded 2026-05-06T08:59+08:00"))
    one = Outcome(APPLIANCE, facts, "2026-05-06T09:10+08:00").one("respond")
    assert (one["state"], one["ended_at"]) == ("running", None)
