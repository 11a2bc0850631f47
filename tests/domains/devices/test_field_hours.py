"""Whoever goes along writes his own hours on his phone, without network too (B-30, B-40)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.factories.centre import Centre, make_centre
from tests.factories.devices import Phone, make_phone
from tests.factories.devices import step as said
from tests.factories.work import advance, make_companion, make_work_order, step

from yinuo.domains.devices.models import Operation
from yinuo.domains.fieldwork.models import Companion, WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def sheet(centre: Centre) -> WorkOrder:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "appointed")
    make_companion(order, centre.colleague)
    return order


@pytest.fixture
def phone(centre: Centre) -> Phone:
    return make_phone(centre.colleague)


def hours(phone: Phone, sheet: WorkOrder, ended: datetime, **more: Any) -> dict[str, Any]:
    """Two minutes of work, as the phone keeps them."""
    began = ended - timedelta(minutes=2)
    body = {"began_at": began.isoformat(), "ended_at": ended.isoformat(), **more}
    return phone.operation(sheet, "hours", body)


@pytest.mark.req("B-30", "B-40")
def test_hours_of_a_companion_wait_for_the_lead_s_arrival_and_count_once(centre, sheet, phone):
    early = hours(phone, sheet, datetime.now(UTC))
    assert phone.send(early)[0]["state"] == "waiting"
    assert not Operation.objects.exists()
    advance(centre.technician, sheet, "arrived")
    WorkOrder.objects.filter(pk=sheet.pk).update(departed_at=datetime.now(UTC) - timedelta(hours=1))
    sent = phone.send(early)[0]
    assert (sent["state"], phone.send(early)[0]) == ("applied", sent)
    row = Companion.objects.get()
    assert (row.ended_at.isoformat(), row.version) == (early["body"]["ended_at"], 2)


@pytest.mark.req("B-30", "R53")
def test_hours_written_elsewhere_meanwhile_are_kept_and_the_companion_decides(centre, sheet, phone):
    advance(centre.technician, sheet, "arrived")
    now = datetime.now(UTC)
    WorkOrder.objects.filter(pk=sheet.pk).update(departed_at=now - timedelta(hours=1))
    later = now - timedelta(minutes=5)
    first = phone.send(hours(phone, sheet, now, version=1))[0]
    stale = hours(phone, sheet, later, version=1)
    assert (first["state"], phone.send(stale)[0]["state"]) == ("applied", "conflict")
    assert Companion.objects.get().ended_at == now
    again = hours(phone, sheet, later) | {"instead_of": stale["id"]}
    assert phone.send(again)[0]["state"] == "applied"
    assert Companion.objects.get().ended_at == later
    assert Operation.objects.get(public_id=stale["id"]).state == "dropped"


@pytest.mark.req("B-30", "R03")
def test_a_companion_sends_nothing_but_his_hours_and_the_lead_has_none_of_his_own(
    centre, sheet, phone
):
    assert phone.send(phone.operation(sheet, "step", said("departed")))[0]["state"] == "conflict"
    advance(centre.technician, sheet, "arrived")
    lead = make_phone(centre.technician)
    assert lead.send(hours(lead, sheet, datetime.now(UTC)))[0]["state"] == "conflict"
    assert Companion.objects.get().began_at is None
    step(centre.technician, sheet, "worked")
    future = hours(phone, sheet, datetime.now(UTC) + timedelta(hours=2))
    refused = phone.send(future)[0]
    assert (refused["state"], list(refused["fields"])) == ("refused", ["began_at"])
