"""`/exposure`: sums, groups and the computation, by rights and scope."""

from __future__ import annotations

import pytest
from tests.api.conftest import Api
from tests.factories import make_company, make_member
from tests.factories.breaches import ANSWERED, Signs, clock, make_signs

from yinuo.domains.requests.types import StepFact

pytestmark = pytest.mark.django_db
FEE = "4860.00"

ABSENT = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def signs() -> Signs:
    """Story 2 until restoration is agreed; all that is stored is as of 16:40 of that day."""
    signs = make_signs(make_company())
    request = signs.open()
    signs.record(request, StepFact("responded", ANSWERED), now=ANSWERED)
    agreed = clock("07-11 16:40")
    until = {"until": clock("07-13 18:00").isoformat()}
    signs.record(request, StepFact("restoration_agreed", agreed, until), now=agreed)
    return signs


@pytest.mark.req("B-08")
def test_sums_groups_promises_and_their_computation(signs):
    api = Api(signs.director.token("*"))
    answer = api.get("/exposure?by=customer").json()
    sums = {"accrued": FEE, "late_hour": FEE, "late_day": FEE, "late_week": "34020.00"}
    assert answer["sums"] == {**sums, "open": 1, "missed": 1, "unknown": 0}
    assert [(one["name"], one["sums"]) for one in answer["items"]] == [
        (signs.customer.name, answer["sums"])
    ]
    assert answer["unpriced"] > 0
    narrowed = f"contract_id={signs.contract.public_id}"
    [restore] = api.get(f"/exposure/promises?{narrowed}").json()["items"]
    assert (restore["clause"], restore["money"]["late_day"]) == ("restore", FEE)
    [missed] = api.get(f"/exposure/missed?{narrowed}").json()["items"]
    assert missed["money"] == {
        "accrued": FEE,
        "late_hour": None,
        "late_day": None,
        "late_week": None,
        "adds_hour": None,
        "adds_day": None,
        "adds_week": None,
        "is_unknown": False,
    }
    [line] = api.get(f"/exposure/promises/{missed['id']}").json()["items"]
    assert (line["hours"], line["amount"]) == (None, FEE)
    assert line["computation"]["zh"] == "1 % × 486,000.00"


@pytest.mark.req("BP-14")
def test_quality_counts_what_was_due_in_the_period_down_to_each_miss(signs):
    api = Api(signs.director.token("*"))
    july = "since=2026-07-01&until=2026-07-31"
    answer = api.get(f"/quality?{july}&by=unit").json()
    [unit] = answer["items"]
    assert unit["kept"] == answer["total"]
    assert (answer["total"]["missed"], answer["total"]["cost"]) == (2, FEE)
    missed = api.get(f"/quality/missed?{july}").json()["items"]
    assert sorted(str(one["cost"]) for one in missed) == [FEE, "None"]
    groups = api.get(f"/quality?{july}&by=promise").json()["items"]
    assert sum(one["kept"]["missed"] for one in groups) == 2
    for one in groups:
        found = api.get(f"/quality?{july}&by=promise&promise={one['code']}").json()["items"]
        assert found == [one]
    assert api.get("/quality?since=2026-06-01&until=2026-06-30").json()["items"] == []
    assert api.get("/quality?by=planet").status_code == 422
    assert api.get(f"/quality?unit_id={ABSENT}").status_code == 404
    assert api.get("/quality?since=2026-07-32").status_code == 422
    assert api.get("/quality?until=9999-12-31").status_code == 422
    assert api.get("/quality?since=0001-01-01").status_code in {200, 422}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("by=planet", 422),
        ("contract_id=x", 422),
        (f"contract_id={ABSENT}", 404),
        (f"unit_id={ABSENT}", 404),
        ("limit=0", 422),
    ],
)
def test_wrong_questions_are_refused(signs, query, status):
    assert Api(signs.director.token("*")).get(f"/exposure?{query}").status_code == status


def test_a_technician_sees_no_yuan(signs):
    technician = make_member(
        signs.company.administrator, signs.company.headquarters, ["technician"]
    )
    api = Api(technician.token("*"))
    for path in ("", "/promises", "/missed", f"/promises/{ABSENT}"):
        assert api.get(f"/exposure{path}").status_code == 403
    for path in ("", "/missed"):
        assert api.get(f"/quality{path}").status_code == 403
