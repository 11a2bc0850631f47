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
        "is_unknown": False,
    }
    [line] = api.get(f"/exposure/promises/{missed['id']}").json()["items"]
    assert (line["hours"], line["amount"]) == (None, FEE)
    assert line["computation"]["zh"] == "1 % × 486,000.00"


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
