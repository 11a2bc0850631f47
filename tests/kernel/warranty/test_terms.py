"""Warranty terms: when they begin and end, what they cover and which rung applies."""

import pytest
from tests.kernel.written import at, evaluated, fact

HARDWARE = """\
  - {id: hw, kind: warranty, covers: [parts, labour], start: {first_known: [{date: accepted_on, of: contract}, {date: purchased_on}, {date: factory_on, plus: 90 days}]},
     term: 3 years, rungs: [repair, replace_part, replace_unit], excludes: {cause: customer}%s}
"""


def cover(facts, as_of="2026-05-01 12:00", extra="", subject="asset:1"):
    evaluation = evaluated(HARDWARE % extra, facts, as_of)
    [found] = [one for one in evaluation.covers if one.subject == subject]
    return found


def asset(**attrs):
    return fact("asset:1", "sold", "2023-08-15 00:00", **attrs)


@pytest.mark.parametrize(
    ("attrs", "begins", "ends"),
    [
        ({"purchased_on": "2023-08-15"}, "2023-08-15 00:00", "2026-08-15 00:00"),
        ({"factory_on": "2023-05-17"}, "2023-08-15 00:00", "2026-08-15 00:00"),
        ({"purchased_on": "2024-02-29"}, "2024-02-29 00:00", "2027-03-01 00:00"),
    ],
)
def test_three_years_end_on_the_same_date_exclusive(attrs, begins, ends):
    found = cover([asset(**attrs)])
    assert (found.begins_at, found.ends_at) == (at(begins), at(ends))


@pytest.mark.req("BP-01")
def test_the_acceptance_of_the_contract_comes_first():
    contract = fact(
        "contract:1", "accepted_by_customer", "2025-03-18 10:00", accepted_on="2025-03-18"
    )
    found = cover([contract, asset(purchased_on="2023-08-15", contract="contract:1")])
    assert found.ends_at == at("2028-03-18 00:00")


def test_the_last_instant_of_the_term_is_covered_and_the_next_is_not():
    bought = asset(purchased_on="2023-08-15")
    assert cover([bought], "2026-08-14 23:59:59").is_covered
    assert not cover([bought], "2026-08-15 00:00").is_covered


def test_without_any_date_the_start_is_not_known():
    found = cover([asset()])
    assert (found.is_covered, found.reason.en) == (False, "the start is not known")


@pytest.mark.req("BP-01")
@pytest.mark.parametrize(
    ("tried", "rung"),
    [
        ([], "repair"),
        (["repair_failed"], "replace_part"),
        (["not_repairable"], "replace_part"),
        (["not_repairable", "not_replaceable"], "replace_unit"),
    ],
)
def test_the_rungs_follow_each_other(tried, rung):
    facts = [
        asset(purchased_on="2024-08-15"),
        fact("request:1", "reported", "2026-05-01 09:00", asset="asset:1"),
    ]
    facts += [fact("request:1", kind, "2026-05-01 10:00") for kind in tried]
    assert cover(facts, subject="request:1").rung == rung


@pytest.mark.req("BP-01")
def test_what_people_caused_is_charged():
    facts = [
        asset(purchased_on="2024-08-15"),
        fact("request:1", "reported", "2026-05-01 09:00", asset="asset:1", cause="customer"),
    ]
    found = cover(facts, subject="request:1")
    assert (found.is_covered, found.rung) == (False, "charge")


def test_a_request_is_judged_at_the_time_it_was_reported():
    facts = [
        asset(purchased_on="2023-08-15"),
        fact("request:1", "reported", "2026-08-14 23:00", asset="asset:1"),
    ]
    evaluation = evaluated(HARDWARE % "", facts, "2026-09-01 00:00")
    assert {one.subject: one.is_covered for one in evaluation.covers} == {
        "asset:1": False,
        "request:1": True,
    }


@pytest.mark.req("SA-04")
def test_after_a_repair_the_original_term_goes_on():
    facts = [asset(purchased_on="2023-08-15"), fact("asset:1", "repaired", "2026-08-01 00:00")]
    assert cover(facts).ends_at == at("2026-08-15 00:00")


@pytest.mark.parametrize(
    ("rule", "repaired", "ends"),
    [
        ("longer", "2026-08-01 00:00", "2026-10-30 00:00"),
        ("longer", "2024-08-01 00:00", "2026-08-15 00:00"),
        ("own", "2024-08-01 00:00", "2024-10-30 00:00"),
    ],
)
def test_a_repair_may_have_its_own_term(rule, repaired, ends):
    facts = [asset(purchased_on="2023-08-15"), fact("asset:1", "repaired", repaired)]
    found = cover(facts, "2026-08-10 00:00", f", after_repair: {{rule: {rule}, term: 90 days}}")
    assert found.ends_at == at(ends)


def test_use_beyond_the_limit_ends_the_term():
    facts = [
        asset(purchased_on="2025-08-15"),
        *[
            fact("asset:1", "metered", f"2026-0{month}-01 00:00", hours=hours)
            for month, hours in ((1, 1500), (2, 2000), (3, 2001))
        ],
    ]
    found = cover(facts, extra=", usage: {attribute: hours, up_to: 2000}")
    assert (found.ends_at, found.is_covered) == (at("2026-03-01 00:00"), False)


def test_downtime_lengthens_the_term():
    facts = [
        asset(purchased_on="2023-08-15"),
        fact("asset:1", "outage_began", "2026-01-01 00:00"),
        fact("asset:1", "outage_ended", "2026-01-11 00:00"),
    ]
    assert cover(facts, extra=", extended_by_downtime: yes").ends_at == at("2026-08-25 00:00")


def test_modifying_or_selling_the_unit_may_end_the_cover():
    bought = asset(purchased_on="2025-08-15")
    changed = fact("asset:1", "modified", "2026-02-01 00:00")
    sold = fact("asset:1", "transferred", "2026-03-01 00:00")
    assert cover([bought, changed], extra=", voided_by: [modified]").ends_at == at(
        "2026-02-01 00:00"
    )
    assert cover([bought, sold], extra=", transferable: no").ends_at == at("2026-03-01 00:00")
    assert cover([bought, sold]).is_covered
    earlier = fact("asset:1", "transferred", "2025-08-01 00:00")  # before the term began
    assert cover([bought, earlier, sold], extra=", transferable: no").ends_at == at(
        "2026-03-01 00:00"
    )


def test_an_unregistered_unit_has_the_shorter_term():
    rule = ", register_within: 30 days, unregistered_term: 1 year"
    registered = fact("asset:1", "warranty_registered", "2025-09-14 00:00")
    bought = asset(purchased_on="2025-08-15")
    assert cover([bought, registered], extra=rule).ends_at == at("2028-08-15 00:00")
    assert cover([bought], extra=rule).ends_at == at("2026-08-15 00:00")


@pytest.mark.req("SA-04")
def test_only_parts_of_the_factory_configuration_are_covered():
    bought = asset(purchased_on="2025-08-15", factory_serials=["P-1", "M-1"])
    for serial, covered in (("M-1", True), ("M-9", False)):
        call = fact(
            "request:1", "reported", "2026-05-01 09:00", asset="asset:1", component_serial=serial
        )
        assert (
            cover([bought, call], extra=", factory_parts_only: yes", subject="request:1").is_covered
            is covered
        )


def test_a_late_repair_lengthens_the_warranty_by_its_remedy():
    late = """\
  - {id: fix, promise: restore, start: reported, end: restored, limit: 1 day,
     remedies: [{extend: {of: warranty, by: 7 days, per_started: 1 day}}]}
"""
    facts = [
        asset(purchased_on="2023-08-15"),
        fact("request:1", "reported", "2026-05-01 09:00", asset="asset:1"),
        fact("request:1", "restored", "2026-05-04 09:00"),
    ]
    evaluation = evaluated(HARDWARE % "" + late, facts, "2026-05-10 00:00")
    assert evaluation.covers[0].ends_at == at("2026-08-29 00:00")


def test_paid_support_lasts_so_long_after_the_end_of_production():
    facts = [
        asset(purchased_on="2020-08-15"),
        fact("asset:1", "production_ended", "2024-01-01 00:00"),
    ]
    assert cover(facts, extra=", support_until: 5 years").support_until == at("2029-01-01 00:00")


@pytest.mark.parametrize(
    ("accepted", "ends"),
    [
        ("2025-06-01", "2026-06-01 00:00"),  # twelve months from acceptance
        ("2026-01-10", "2026-07-15 00:00"),  # eighteen from shipment come first
    ],
)
def test_a_term_ends_at_the_latest_so_long_after_shipment(accepted, ends):
    clause = (
        "  - {id: hw, kind: warranty, covers: parts, start: {date: accepted_on}, term: 12 months,"
        " no_later_than: {date: shipped_on, plus: 18 months}}\n"
    )
    machine = asset(accepted_on=accepted, shipped_on="2025-01-15")
    [found] = evaluated(clause, [machine], "2026-05-01 12:00").covers
    assert found.ends_at == at(ends)
