"""A signature made without network counts for the sheet the customer saw, and no other (R55)."""

from __future__ import annotations

import pytest
from tests.factories.centre import Centre, make_centre
from tests.factories.devices import REPORT, SIGNATURE, Phone, make_phone, step
from tests.factories.work import change_work, fresh, make_work_order

from yinuo.domains.devices.selectors import list_unapplied
from yinuo.domains.fieldwork.models import WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def sheet(centre: Centre) -> WorkOrder:
    return make_work_order(centre.specialist, centre.technician, centre.request, "departed")


@pytest.fixture
def phone(centre: Centre) -> Phone:
    return make_phone(centre.technician)


@pytest.mark.req("R53", "R55")
def test_a_signature_counts_when_an_older_report_of_the_same_phone_comes_first(sheet, phone):
    arrival = step("arrived", arrival={"way": "skipped", "reason": "地下室无信号"})
    arrived = phone.operation(sheet, "step", arrival)
    report = phone.operation(sheet, "report", REPORT, after=arrived["id"])
    [answered] = phone.send(arrived)
    # The phone counts on with each answer; the report lay there before.
    signed = phone.operation(fresh(sheet), "sign", SIGNATURE, after=report["id"])
    assert signed["base_version"] == answered["version"] > report["base_version"]
    assert [one["state"] for one in phone.send(report, signed)] == ["applied", "applied"]
    assert fresh(sheet).state == "signed"


@pytest.mark.req("R53", "R55")
def test_a_drawing_never_counts_for_a_sheet_that_the_customer_did_not_see(centre, sheet, phone):
    arrival = step("arrived", arrival={"way": "skipped", "reason": "地下室无信号"})
    phone.send(phone.operation(sheet, "step", arrival))
    phone.send(phone.operation(fresh(sheet), "report", REPORT))
    signed = phone.operation(fresh(sheet), "sign", SIGNATURE)
    change_work(centre.specialist, sheet, "改查门禁电源")
    assert phone.send(signed)[0]["state"] == "conflict"
    there = fresh(sheet)
    same = phone.operation(there, "sign", SIGNATURE, instead_of=signed["id"])
    refused = phone.send(same)[0]
    assert (refused["state"], list(refused["fields"])) == ("refused", ["strokes"])
    assert not there.sign_offs.exists()
    drawn = {**SIGNATURE, "strokes": [[[10, 20], [400, 210]]]}
    anew = phone.operation(there, "sign", drawn, instead_of=same["id"])
    assert phone.send(anew)[0]["state"] == "applied"
    assert not list_unapplied(centre.manager.actor).items
