"""Story 2: a breach that costs money. Every clock and every fen of the penalties."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, plan_command, shortly

PLAN = PLANS / "signage.yaml"
FACTS = Path(__file__).parent / "facts" / "signage.jsonl"
END = "2026-07-16T18:00+08:00"
ONE_PER_CENT = Decimal("4860.00")


@pytest.fixture(scope="module")
def story() -> Outcome:
    return Outcome(PLAN, FACTS, END)


def without(tmp_path: Path, word: str, added: str = "") -> Path:
    facts = tmp_path / "facts.jsonl"
    kept = "".join(line for line in FACTS.open() if word not in line)
    facts.write_text(kept + added)
    return facts


@pytest.mark.req("SG-09")
@pytest.mark.parametrize(
    ("clause", "state", "due", "late_minutes"),
    [
        ("respond", "missed", "2026-07-11 13:00", 80),
        ("measures", "missed", "2026-07-11 13:00", 80),
        ("on_site", "met", "2026-07-11 17:00", 0),
        ("restore", "missed", "2026-07-13 18:00", 40 * 60 + 30),
        ("complaint.answer", "met", "2026-07-17 09:20", 0),
    ],
)
def test_each_clock_is_due_to_the_minute(story, clause, state, due, late_minutes):
    one = story.one(clause)
    assert shortly(one) == (state, due)
    assert one["late_seconds"] == late_minutes * 60


@pytest.mark.req("SG-09a")
@pytest.mark.parametrize(("hours", "due"), [(8, "17:00"), (2, "11:00"), (24, "09:00")])
def test_on_site_hours_are_those_of_the_contract(tmp_path, hours, due):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(FACTS.read_text().replace('"on_site_hours": 8', f'"on_site_hours": {hours}'))
    assert Outcome(PLAN, facts, END).one("on_site")["due_at"][11:16] == due


@pytest.mark.req("SG-09b")
def test_measures_within_four_hours_are_promised_for_major_problems_only(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(FACTS.read_text().replace('"level": "major"', '"level": "ordinary"'))
    assert not Outcome(PLAN, facts, END).all_of("measures")


@pytest.mark.req("SG-10a")
def test_each_response_missed_costs_one_per_cent_of_the_contract_total(story):
    (line,) = story.remedies("respond")
    assert line["base"] == "486000.00"
    assert Decimal(line["amount"]) == ONE_PER_CENT
    assert line["paid_by"] == "vendor"


@pytest.mark.req("SG-10b")
def test_each_started_day_beyond_the_agreed_time_costs_one_per_cent(story):
    (line,) = story.remedies("restore")
    assert Decimal(line["amount"]) == 2 * ONE_PER_CENT == Decimal("9720.00")


@pytest.mark.req("SG-10b")
@pytest.mark.parametrize(
    ("restored", "blocks"),
    [
        ("2026-07-13T18:00:00", 0),
        ("2026-07-13T18:00:01", 1),
        ("2026-07-14T18:00:00", 1),
        ("2026-07-14T18:00:01", 2),
        ("2026-07-15T18:00:00", 2),
    ],
)
def test_a_started_day_is_a_block_of_24_hours_from_the_due_instant(tmp_path, restored, blocks):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(FACTS.read_text().replace("2026-07-15T10:30:00", restored))
    assert sum(Outcome(PLAN, facts, END).amounts("restore")) == blocks * ONE_PER_CENT


@pytest.mark.req("SG-10c")
def test_an_outage_the_missing_visit_should_have_prevented_costs_one_per_cent_more(tmp_path, story):
    assert not story.all_of("prevented")
    missing = Outcome(PLAN, without(tmp_path, "summer-visit"), END)
    assert missing.amounts("prevented") == [ONE_PER_CENT]
    assert missing.total() - story.total() == ONE_PER_CENT


@pytest.mark.req("SG-10c")
def test_no_third_penalty_when_the_visit_would_not_have_helped(tmp_path):
    found = (
        '{"subject": "request:1", "kind": "cause_found", "occurred_at": '
        '"2026-07-15T11:00:00+08:00", "attrs": {"preventable": false}}\n'
    )
    missing = Outcome(PLAN, without(tmp_path, "summer-visit", found), END)
    assert not missing.remedies("prevented")


@pytest.mark.req("SG-10d")
def test_the_customers_loss_comes_on_top_and_only_once(tmp_path, story):
    found = (
        '{"subject": "request:1", "kind": "cause_found", "occurred_at": '
        '"2026-07-15T11:00:00+08:00", "attrs": {"loss": "3250.50"}}\n'
    )
    with_loss = Outcome(PLAN, without(tmp_path, "no such line", found), END)
    assert with_loss.total() - story.total() == Decimal("3250.50")


@pytest.mark.req("SG-10e", "B-08")
def test_the_penalties_together_are_14580_and_are_the_sum_of_their_lines(story):
    assert story.amounts() == [ONE_PER_CENT, 2 * ONE_PER_CENT]
    assert story.total() == Decimal("14580.00") == sum(story.amounts())


@pytest.mark.req("SG-10e")
def test_each_line_names_clause_computation_and_evidence_in_words():
    ran = plan_command("evaluate", PLAN, "--facts", FACTS, "--at", END, "--language", "en")
    assert "1 % × 486,000.00 × 2 (started 1 day) 9720.00 CNY" in ran.out
    assert "responded at 2026-07-11 14:20; late by 1 h 20 min" in ran.out


@pytest.mark.req("B-08")
def test_before_the_agreed_time_4860_is_accrued_and_4860_at_risk():
    before = Outcome(PLAN, FACTS, "2026-07-13T17:59+08:00")
    assert before.total() == ONE_PER_CENT
    risk = [one for one in before.data["at_risk"] if one["clause"] == "restore"]
    assert [Decimal(one["amount"]) for one in risk] == [ONE_PER_CENT]


@pytest.mark.req("B-08")
def test_while_late_the_next_day_is_at_risk_beside_what_has_accrued():
    late = Outcome(PLAN, FACTS, "2026-07-14T09:00+08:00")
    assert late.total() == 2 * ONE_PER_CENT
    risk = [one for one in late.data["at_risk"] if one["clause"] == "restore"]
    assert [Decimal(one["amount"]) for one in risk] == [ONE_PER_CENT]


@pytest.mark.req("SG-01a")
def test_faults_of_making_or_installing_are_free_within_the_term(story):
    cover = story.cover("warranty", "request:1")
    assert (cover["covered"], cover["rung"]) == (True, "repair")


@pytest.mark.req("SG-01b")
def test_a_loss_caused_by_making_is_recorded_as_ours(tmp_path):
    found = (
        '{"subject": "request:1", "kind": "cause_found", "occurred_at": '
        '"2026-07-15T11:00:00+08:00", "attrs": {"cause": "making", "loss": "3250.50"}}\n'
    )
    outcome = Outcome(PLAN, without(tmp_path, "no such line", found), END)
    july = outcome.all_of("own_loss")[-1]
    assert july["value"]["figure"] == "3250.50"


@pytest.mark.req("SG-01c")
def test_damage_by_the_user_is_not_free(tmp_path):
    found = (
        '{"subject": "request:1", "kind": "cause_found", "occurred_at": '
        '"2026-07-15T11:00:00+08:00", "attrs": {"cause": "user"}}\n'
    )
    outcome = Outcome(PLAN, without(tmp_path, "no such line", found), END)
    assert not outcome.cover("warranty", "request:1")["covered"]


@pytest.mark.req("SG-02")
@pytest.mark.parametrize(("years", "end"), [(2, "2028-03-02"), (5, "2031-03-02")])
def test_the_free_years_are_the_contracts_and_run_from_hand_over(tmp_path, years, end):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(FACTS.read_text().replace('"free_years": 2', f'"free_years": {years}'))
    cover = Outcome(PLAN, facts, END).cover("warranty", "request:1")
    assert cover["begins_at"][:10] == "2026-03-02"
    assert cover["ends_at"] == f"{end}T00:00:00+08:00"


@pytest.mark.req("SG-02")
def test_without_years_in_the_contract_no_term_is_made_up(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(FACTS.read_text().replace('"free_years": 2, ', ""))
    cover = Outcome(PLAN, facts, END).cover("warranty", "request:1")
    assert (cover["covered"], cover["ends_at"]) == (False, None)


def test_a_season_visit_and_the_missing_document_show(story):
    visits = {one["period"]["name"]: one["state"] for one in story.all_of("visits")}
    assert visits == {"2025-winter": "met", "2026-summer": "met"}
    missing = [name for one in story.all_of("documents") for name in one["missing"]]
    assert missing == ["development_documents"]
