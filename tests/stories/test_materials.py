"""The materials supplier: deliveries, order changes and agreements, each with its own promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, facts_in, shortly

PLAN = PLANS / "materials.yaml"


def outcome(tmp_path: Path, at: str, text: str) -> Outcome:
    facts = tmp_path / "facts.jsonl"
    facts.write_text(facts_in(text))
    return Outcome(PLAN, facts, at)


@pytest.mark.req("MS-01a")
@pytest.mark.parametrize(
    ("delivered", "state", "late"), [("10:00", "met", 0), ("10:01", "missed", 60)]
)
def test_an_order_is_delivered_by_its_date(tmp_path, delivered, state, late):
    found = outcome(
        tmp_path,
        "2026-05-20T00:00+08:00",
        f"""
        order:1 ordered 2026-04-28T09:00+08:00 order_kind=normal deliver_by=2026-05-12T10:00+08:00
        order:1 delivered 2026-05-12T{delivered}+08:00
        """,
    ).one("deliver")
    assert (found["state"], found["late_seconds"]) == (state, late)


@pytest.mark.req("MS-01b")
def test_another_date_counts_only_when_agreed_before_the_first(tmp_path):
    for told, due in (("11T09:00", "2026-05-15 10:00"), ("12T10:01", "2026-05-12 10:00")):
        found = outcome(
            tmp_path,
            "2026-05-20T00:00+08:00",
            f"""
            order:1 ordered 2026-04-28T09:00+08:00 order_kind=normal deliver_by=2026-05-12T10:00+08:00
            order:1 delivery_moved 2026-05-{told}+08:00 until=2026-05-15T10:00+08:00
            """,
        ).one("deliver")
        assert shortly(found)[1] == due


@pytest.mark.req("MS-01c")
def test_an_urgent_order_is_delivered_within_24_hours_whatever_its_date(tmp_path):
    found = outcome(
        tmp_path,
        "2026-05-02T00:00+08:00",
        "order:1 ordered 2026-05-01T09:00+08:00 order_kind=urgent deliver_by=2026-05-12T10:00+08:00",
    )
    assert shortly(found.one("deliver.urgent")) == ("running", "2026-05-02 09:00")
    assert not found.all_of("deliver")


@pytest.mark.req("MS-01d")
def test_each_change_of_an_order_is_answered_within_4_office_hours(tmp_path):
    changes = outcome(
        tmp_path,
        "2026-05-12T00:00+08:00",
        """
        order:1 ordered 2026-04-28T09:00+08:00 order_kind=normal deliver_by=2026-05-30T10:00+08:00
        order:1 order_changed 2026-04-30T16:30+08:00
        order:1 change_answered 2026-05-06T11:00+08:00
        order:1 order_changed 2026-05-09T17:00+08:00
        """,
    ).all_of("order_change")
    # 30 April 1.5 h, 6 May 2.5 h; the worked Saturday 9 May 1 h, Monday 11 May 3 h
    assert [shortly(one) for one in changes] == [
        ("met", "2026-05-06 11:00"),
        ("missed", "2026-05-11 11:30"),
    ]


@pytest.mark.req("B-07")
def test_a_quarter_without_the_salespersons_visit_is_a_breach(tmp_path):
    visits = outcome(
        tmp_path,
        "2026-07-02T00:00+08:00",
        """
        contract:1 signed 2026-01-01T00:00+08:00 starts_on=2026-01-01 ends_on=2027-01-01
        contract:1 visited 2026-02-11T10:00+08:00 role=salesperson
        contract:1 visited 2026-05-11T10:00+08:00 role=technician
        """,
    ).all_of("quarterly_visit")
    assert [(one["period"]["name"], one["state"]) for one in visits] == [
        ("2026-Q1", "met"),
        ("2026-Q2", "missed"),
        ("2026-Q3", "running"),
    ]


def test_a_later_agreement_is_tracked_like_any_promise(tmp_path):
    found = outcome(
        tmp_path,
        "2026-03-09T00:00+08:00",
        "agreement:1 agreement_made 2026-03-02T10:00+08:00 until=2026-03-06T18:00+08:00",
    ).one("agreements")
    assert shortly(found) == ("missed", "2026-03-06 18:00")
