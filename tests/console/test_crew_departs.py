"""The emergency chain follows the sheet of its crew: nobody records the departure twice (BP-08)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import Member
from tests.factories.emergency import Vendor, fresh, make_plan, make_vendor
from tests.factories.work import issue, step

from yinuo.domains.emergency.models import ChainAct, EmergencyPlan, Estimate
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services import assign_work_order
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow

pytestmark = pytest.mark.req("BP-08")


@pytest.fixture
def vendor(db: None) -> Vendor:
    return make_vendor()


def sheet_of(vendor: Vendor, person: Member) -> WorkOrder:
    """A sheet of the emergency's request, accepted by this person."""
    order = issue(vendor.service_manager, vendor.request)
    assign_work_order(
        actor=vendor.dispatcher.actor,
        work_order_id=order.public_id,
        assignee_id=person.person.public_id,
        source="test",
        now=datetime.now(UTC),
    )
    step(person, order, "accepted")
    return order


def kinds(vendor: Vendor) -> list[str]:
    rows = FactRow.objects.filter(subject_id=vendor.request.public_id).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_the_crew_s_sheet_departs_and_the_chain_has_departed(vendor: Vendor) -> None:
    row = make_plan(vendor, "released")
    order = sheet_of(vendor, vendor.technician)
    agreed = datetime.now(UTC) + timedelta(hours=3)
    step(vendor.technician, order, "appointed", agreed_for=agreed)
    assert fresh(row).arrival_at == agreed
    told = Estimate.objects.filter(plan=row).order_by("-id")[0]
    assert (told.arrival_at, told.reached) == (agreed, order.contact_name)
    step(vendor.technician, order, "departed")
    act = ChainAct.objects.get(plan=row, act="departed")
    assert (act.person, act.done_by) == (vendor.technician.person, "赵强")
    assert kinds(vendor).count("departed") == 1
    assert kinds(vendor).count("departure_told") == 1
    sms = Notice.objects.filter(topic="emergency.departed", channel="sms")
    assert sms.count() == 1
    assert sms.get().data["arrival_at"] == agreed.isoformat()


def test_somebody_who_is_not_of_the_crew_moves_no_chain(vendor: Vendor) -> None:
    row = make_plan(vendor, "released", crew_ids=())
    order = sheet_of(vendor, vendor.technician)
    step(vendor.technician, order, "appointed")
    step(vendor.technician, order, "departed")
    assert not ChainAct.objects.filter(plan=row, act="departed").exists()
    assert fresh(row).state == "running"


def test_while_parts_are_not_released_the_departure_waits(vendor: Vendor) -> None:
    row = make_plan(vendor, "approved")
    order = sheet_of(vendor, vendor.technician)
    step(vendor.technician, order, "appointed")
    step(vendor.technician, order, "departed")
    assert not ChainAct.objects.filter(plan=row, act="departed").exists()


def test_an_estimate_that_has_passed_is_not_told(vendor: Vendor) -> None:
    row = make_plan(vendor, "released")
    order = sheet_of(vendor, vendor.technician)
    step(vendor.technician, order, "appointed")
    past = datetime.now(UTC) - timedelta(minutes=1)
    WorkOrder.objects.filter(public_id=order.public_id).update(agreed_for=past)
    EmergencyPlan.objects.filter(pk=row.pk).update(arrival_at=past)
    step(vendor.technician, order, "departed")
    assert not ChainAct.objects.filter(plan=row, act="departed").exists()
    assert kinds(vendor).count("departed") == 1


def test_a_departure_recorded_on_the_chain_already_stays(vendor: Vendor) -> None:
    row = make_plan(vendor, "departed")
    order = sheet_of(vendor, vendor.technician)
    step(vendor.technician, order, "appointed")
    step(vendor.technician, order, "departed")
    assert ChainAct.objects.filter(plan=row, act="departed").count() == 1
