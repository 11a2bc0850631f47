"""Story 5: a serious fault, what the warranty covers, and a return repair."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plans.commands import PLANS, Outcome, plan_command, shortly

PLAN = PLANS / "appliance.yaml"
FACTS = Path(__file__).parent / "facts"
APPLIANCE = FACTS / "appliance.jsonl"
REPAIR = FACTS / "repair.jsonl"


@pytest.fixture(scope="module")
def may() -> Outcome:
    return Outcome(PLAN, APPLIANCE, "2026-05-02T12:00+08:00")


def repaired(tmp_path: Path, *lines: str, at: str = "2026-12-01T00:00+08:00") -> Outcome:
    facts = tmp_path / "facts.jsonl"
    facts.write_text(REPAIR.read_text() + "".join(line + "\n" for line in lines))
    return Outcome(PLAN, facts, at)


@pytest.mark.req("SA-14a")
@pytest.mark.parametrize(
    ("clause", "due"),
    [
        ("respond", "2026-05-01 23:40"),
        ("local_engineer.serious", "2026-05-02 03:10"),
        ("development_engineer.serious", "2026-05-03 06:00"),
    ],
)
def test_the_clocks_of_a_serious_fault(may, clause, due):
    assert shortly(may.one(clause, "request:serious"))[1] == due


@pytest.mark.req("SA-14b")
@pytest.mark.parametrize(
    ("clause", "due"),
    [("respond", "2026-05-01 23:40"), ("local_engineer.general", "2026-05-02 23:10")],
)
def test_the_clocks_of_a_general_fault(may, clause, due):
    assert shortly(may.one(clause, "request:general"))[1] == due


@pytest.mark.req("SA-14c")
def test_for_a_general_fault_the_development_engineer_helps_remotely_only(may):
    on_request = may.clauses_of("request:general")
    assert "development_engineer.general" in on_request
    assert "development_engineer.serious" not in on_request
    assert may.one("development_engineer.general")["promise"] == "remote_help"


@pytest.mark.req("SA-14d")
def test_the_development_engineer_is_due_only_where_he_is_asked_for(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(one for one in APPLIANCE.open() if "development_requested" not in one))
    outcome = Outcome(PLAN, facts, "2026-05-05T12:00+08:00")
    assert not any("development" in one for one in outcome.clauses_of("request:serious"))


@pytest.mark.req("SA-04a")
def test_hardware_is_covered_for_three_years_and_software_for_one(may):
    hardware = may.cover("warranty.hardware", "request:serious")
    software = may.cover("warranty.software", "request:upgrade")
    assert (hardware["covered"], hardware["ends_at"][:10]) == (True, "2026-08-15")
    assert (software["covered"], software["ends_at"][:10]) == (False, "2024-08-15")
    assert not may.cover("warranty.hardware", "request:upgrade")["covered"]


@pytest.mark.req("SA-04b")
def test_a_component_outside_the_factory_configuration_is_not_covered(may):
    cover = may.cover("warranty.hardware", "request:memory")
    assert not cover["covered"]
    assert cover["reason"]["zh"] == "不属于出厂配置"


@pytest.mark.req("SA-04c")
def test_after_a_repair_the_original_term_stays():
    cover = Outcome(PLAN, APPLIANCE, "2026-06-01T00:00+08:00").cover(
        "warranty.hardware", "asset:fw-1"
    )
    assert cover["ends_at"] == "2026-08-15T00:00:00+08:00"


@pytest.mark.req("B-21", "SA-04d")
@pytest.mark.parametrize(
    ("at", "covered"),
    [("2026-08-14T23:59:59+08:00", True), ("2026-08-15T00:00:00+08:00", False)],
)
def test_the_last_day_of_the_term_is_exclusive(at, covered):
    assert (
        Outcome(PLAN, APPLIANCE, at).cover("warranty.hardware", "asset:fw-1")["covered"] is covered
    )


@pytest.mark.req("B-21")
def test_parts_labour_travel_and_software_are_split(may):
    assert may.cover("warranty.hardware", "asset:fw-1")["covers"] == ["parts", "labour", "travel"]
    assert may.cover("warranty.software", "asset:fw-1")["covers"] == ["software"]


@pytest.mark.req("SA-08a")
def test_a_serious_fault_in_warranty_is_entitled_to_a_standby_unit(may):
    assert shortly(may.one("standby", "request:serious")) == ("running", "2026-05-03 06:10")


@pytest.mark.req("SA-08b")
@pytest.mark.parametrize("change", [('"serious"', '"general"'), ("2023-08-15", "2020-08-15")])
def test_a_general_fault_or_one_after_warranty_is_not_entitled(tmp_path, change):
    facts = tmp_path / "facts.jsonl"
    old, new = change
    facts.write_text(
        APPLIANCE.read_text().replace(f'"level": {old}', f'"level": {new}')
        if old.startswith('"')
        else APPLIANCE.read_text().replace(f'"purchased_on": "{old}"', f'"purchased_on": "{new}"')
    )
    assert not Outcome(PLAN, facts, "2026-05-02T12:00+08:00").all_of("standby")


@pytest.mark.req("SA-08c")
def test_a_loan_is_late_after_the_day_agreed(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_text(
        '{"subject": "loan:1", "kind": "standby_delivered", "occurred_at": "2026-05-02T15:30:00+08:00", '
        '"attrs": {"return_by": "2026-06-01T18:00:00+08:00"}}\n'
    )
    loan = Outcome(PLAN, facts, "2026-06-01T18:01+08:00").one("standby.return")
    assert (loan["state"], loan["owed_by"], loan["late_seconds"]) == ("missed", "customer", 60)


@pytest.mark.req("SA-10a")
def test_a_return_repair_ends_with_the_20th_working_day(tmp_path):
    # 21 Sep is the day of the start; 25-27 Sep and 1-7 Oct are off, 10 Oct is worked.
    one = repaired(tmp_path).one("return_repair")
    assert one["due_at"] == "2026-10-27T00:00:00+08:00"


@pytest.mark.req("SA-10b")
@pytest.mark.parametrize(
    ("told", "due", "state"),
    [
        ("2026-10-20T10:00:00", "2026-11-06 18:00", "met"),
        ("2026-10-27T00:00:00", "2026-11-06 18:00", "met"),
        ("2026-10-27T00:00:01", "2026-10-27 00:00", "missed"),
    ],
)
def test_an_extension_counts_only_when_told_before_it_is_due(tmp_path, told, due, state):
    outcome = repaired(
        tmp_path,
        f'{{"subject": "repair:1", "kind": "extension_told", "occurred_at": "{told}+08:00", '
        '"attrs": {"until": "2026-11-06T18:00:00+08:00"}}',
        '{"subject": "repair:1", "kind": "repaired", "occurred_at": "2026-11-05T16:00:00+08:00"}',
    )
    assert shortly(outcome.one("return_repair")) == (state, due)


@pytest.mark.req("SA-10c")
def test_opening_the_unit_before_the_backup_is_confirmed_is_a_breach(tmp_path):
    assert repaired(tmp_path).one("backup")["state"] == "met"
    facts = tmp_path / "late.jsonl"
    facts.write_text(REPAIR.read_text().replace("2026-09-22T09:00:00", "2026-09-22T15:00:00"))
    assert Outcome(PLAN, facts, "2026-09-23T00:00+08:00").one("backup")["state"] == "missed"


@pytest.mark.req("B-03")
def test_seven_days_a_week_for_a_response_and_office_days_for_a_report():
    ran = plan_command(
        "due", PLAN, "--select", "level=serious", "--from", "2026-05-01T23:10+08:00", "--json"
    )
    respond = next(one for one in ran.data["promises"] if one["clause"] == "respond")
    assert respond["due_at"] == "2026-05-01T23:40:00+08:00"
