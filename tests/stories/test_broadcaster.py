"""Story 1: a night before the holiday. Every clock of the chain, and what is free."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, shortly

PLAN = PLANS / "broadcast.yaml"
FACTS = Path(__file__).parent / "facts" / "broadcast.jsonl"
END = "2026-02-16T10:00+08:00"


@pytest.fixture(scope="module")
def night() -> Outcome:
    return Outcome(PLAN, FACTS, END)


def at(instant: str) -> Outcome:
    return Outcome(PLAN, FACTS, instant)


@pytest.mark.req("B-04", "B-02")
@pytest.mark.parametrize(
    ("clause", "state", "due", "ended"),
    [
        ("respond.emergency", "met", "2026-02-14 22:10", "21:52"),
        ("remote", "met", "2026-02-14 22:40", "22:05"),
        ("chain.plan", "met", "2026-02-14 22:55", "22:28"),
        ("chain.consent", "met", "2026-02-14 22:58", "22:36"),
        ("chain.approve", "met", "2026-02-14 23:06", "22:41"),
        ("chain.depart", "met", "2026-02-14 23:11", "22:50"),
        ("departure.told", "met", "2026-02-14 23:05", "22:51"),
        ("on_site.serious", "met", "2026-02-15 01:05", "00:50"),
        ("part.ship", "met", "2026-02-16 02:50", "05:30"),
        ("part.deliver", "met", "2026-02-26 00:00", "11:20"),
        ("report", "met", "2026-02-16 12:05", "09:00"),
    ],
)
def test_each_clock_of_the_night_is_due_to_the_minute(night, clause, state, due, ended):
    one = night.one(clause, "request:1")
    assert shortly(one) == (state, due)
    assert one["ended_at"][11:16] == ended
    assert one["late_seconds"] == 0


@pytest.mark.req("BP-16a")
def test_on_site_is_due_travel_time_plus_an_hour_after_the_decision(night):
    one = night.one("on_site.serious")
    assert one["started_at"] == "2026-02-14T22:30:00+08:00"
    assert one["due_at"] == "2026-02-15T01:05:00+08:00"
    assert "95" in " ".join(one["explanation"]["en"])


@pytest.mark.req("BP-16b")
@pytest.mark.parametrize(
    ("kilometres", "due"),
    [(50, "02:30"), (51, "06:30"), (150, "06:30"), (400, "10:30"), (401, "22:30"), (None, "22:30")],
)
def test_other_calls_are_on_site_within_4_to_24_hours_by_distance(tmp_path, kilometres, due):
    distance = "" if kilometres is None else f', "distance_km": {kilometres}'
    facts = tmp_path / "facts.jsonl"
    facts.write_text(
        '{"subject": "request:1", "kind": "reported", "occurred_at": "2026-03-02T22:00:00+08:00", '
        f'"attrs": {{"level": "limited"{distance}}}}}\n'
        '{"subject": "request:1", "kind": "on_site_decided", '
        '"occurred_at": "2026-03-02T22:30:00+08:00", "attrs": {"travel_minutes": 200}}\n'
    )
    one = Outcome(PLAN, facts, "2026-03-02T22:31+08:00").one("on_site")
    assert one["due_at"][11:16] == due


@pytest.mark.req("BP-16c")
def test_after_two_hours_without_a_fix_the_part_leaves_and_arrives_by_working_days(night):
    ship, deliver = night.one("part.ship"), night.one("part.deliver")
    assert ship["started_at"] == deliver["started_at"] == "2026-02-15T02:50:00+08:00"
    assert ship["due_at"] == "2026-02-16T02:50:00+08:00"
    # 15 to 23 February are off; working days are the 24th and the 25th, to its end.
    assert deliver["due_at"] == "2026-02-26T00:00:00+08:00"


@pytest.mark.req("BP-16c")
def test_the_part_is_due_even_when_nobody_records_that_the_fix_failed(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(line for line in FACTS.open() if '"not_fixed"' not in line))
    before = Outcome(PLAN, facts, "2026-02-15T02:50+08:00")
    assert not before.all_of("part.ship")
    after = Outcome(PLAN, facts, "2026-02-15T02:51+08:00")
    assert after.one("part.ship")["due_at"] == "2026-02-16T02:50:00+08:00"


@pytest.mark.req("BP-16d")
def test_the_depot_check_lists_each_delivered_model_that_is_not_stocked(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(
        """
{"subject": "contract:1", "kind": "signed", "occurred_at": "2026-01-01T00:00:00+08:00", "attrs": {"starts_on": "2026-01-01"}}
{"subject": "asset:1", "kind": "delivered", "occurred_at": "2026-01-02T00:00:00+08:00", "attrs": {"contract": "contract:1", "model": "NM-4000"}}
{"subject": "asset:2", "kind": "delivered", "occurred_at": "2026-01-02T00:00:00+08:00", "attrs": {"contract": "contract:1", "model": "SW-24"}}
{"subject": "depot:1", "kind": "stocked", "occurred_at": "2026-01-03T00:00:00+08:00", "attrs": {"model": "NM-4000"}}
"""
    )
    one = Outcome(PLAN, facts, "2026-02-01T00:00+08:00").one("depot.stock")
    assert one["state"] == "missed"
    assert one["missing"] == ["SW-24: 0/1"]


@pytest.mark.req("BP-01a")
def test_the_warranty_runs_three_years_from_the_acceptance_and_ends_exclusive(night):
    cover = night.cover("warranty", "request:1")
    assert cover["covered"]
    assert cover["begins_at"] == "2025-03-18T00:00:00+08:00"
    assert cover["ends_at"] == "2028-03-18T00:00:00+08:00"


@pytest.mark.req("BP-01b")
@pytest.mark.parametrize(
    ("attempts", "rung"),
    [
        ([], "repair"),
        (["not_repairable"], "replace_part"),
        (["not_repairable", "not_replaceable"], "replace_unit"),
    ],
)
def test_the_free_rung_climbs_from_repair_to_part_to_unit(tmp_path, attempts, rung):
    facts = tmp_path / "facts.jsonl"
    tried = "".join(
        f'{{"subject": "request:1", "kind": "{kind}", "occurred_at": "2026-02-15T10:00:00+08:00"}}\n'
        for kind in attempts
    )
    facts.write_text(FACTS.read_text() + tried)
    assert Outcome(PLAN, facts, END).cover("warranty", "request:1")["rung"] == rung


@pytest.mark.req("BP-01c")
def test_a_fault_caused_by_people_is_chargeable(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(
        FACTS.read_text() + '{"subject": "request:1", "kind": "cause_found", '
        '"occurred_at": "2026-02-15T12:10:00+08:00", "attrs": {"cause": "people"}}\n'
    )
    cover = Outcome(PLAN, facts, END).cover("warranty", "request:1")
    assert (cover["covered"], cover["rung"]) == (False, "charge")
    assert "人为损坏" in cover["reason"]["zh"]


def test_parts_released_before_the_approval_break_the_chain(tmp_path):
    facts = tmp_path / "facts.jsonl"
    early = '"parts_released", "occurred_at": "2026-02-14T22:35:00+08:00"'
    facts.write_text(
        FACTS.read_text().replace(
            '"parts_released", "occurred_at": "2026-02-14T22:43:00+08:00"', early
        )
    )
    assert Outcome(PLAN, facts, END).one("chain.release")["state"] == "missed"


def test_a_remote_session_without_permission_is_a_breach(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(one for one in FACTS.open() if "remote_authorised" not in one))
    assert Outcome(PLAN, facts, END).one("remote.authorised")["state"] == "missed"


def test_a_step_of_the_chain_that_is_over_due_tells_the_service_director(tmp_path):
    facts = tmp_path / "facts.jsonl"
    kept = [line for line in FACTS.open() if '"2026-02-14T22:3' not in line or "decided" in line]
    facts.write_text("".join(one for one in kept if "plan_approved" not in one))
    one = Outcome(PLAN, facts, "2026-02-14T22:58+08:00").one("chain.consent")
    told = [(rung["at"][11:16], rung["notify"]) for rung in one["escalations"]]
    assert told == [("22:58", ["service_director"])]


@pytest.mark.req("B-02")
def test_while_several_promises_run_the_earliest_due_one_leads():
    open_ones = [
        one["due_at"]
        for one in at("2026-02-14T21:45+08:00").data["obligations"]
        if one["subject"] == "request:1" and one["state"] == "running" and one["due_at"]
    ]
    assert len(open_ones) >= 2
    assert open_ones == sorted(open_ones)
