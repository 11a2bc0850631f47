"""A sheet is a subject of the plan by itself: the call before leaving, the signature, the call-back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.factories import make_contract, make_customer, make_member, open_fault, publish
from tests.factories.centre import Centre
from tests.factories.work import HEAD, issue, step, take

from yinuo.domains.contracts.services import ContractData, create_contract
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.obligations.selectors import obligations_of_subject

pytestmark = pytest.mark.django_db

PLAN = Path(__file__).resolve().parents[3] / "plans" / "lowvoltage.yaml"


@pytest.fixture
def order(centre: Centre) -> WorkOrder:
    """A sheet of a customer whose plan speaks of contact sheets."""
    customer = make_customer(centre.specialist, centre.unit)
    seller = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    version = publish(centre.company.administrator, PLAN.read_text(encoding="utf-8"))
    make_contract(seller, customer, version)
    request = open_fault(centre.specialist, customer, level="ordinary")
    return issue(centre.specialist, request)


def promises(order: WorkOrder) -> dict[str, str]:
    """The state of each promise of the sheet, by its number in the plan."""
    return {one.number: one.state for one in obligations_of_subject(order.public_id)}


@pytest.mark.req("LV-04", "LV-05", "LV-06")
def test_the_sheets_promises_follow_its_steps(centre: Centre, order: WorkOrder) -> None:
    assert "LV-06" not in promises(order)
    take(centre.technician, order)
    assert promises(order)["LV-04"] == "running"
    step(centre.technician, order, "appointed")
    assert promises(order)["LV-04"] == "met"
    step(centre.technician, order, "departed")
    step(centre.technician, order, "arrived")
    assert promises(order)["LV-05"] == "running"
    step(centre.technician, order, "worked")
    step(centre.technician, order, "signed")
    assert promises(order)["LV-05"] == "met"
    step(centre.technician, order, "returned")
    [call_back] = [one for one in obligations_of_subject(order.public_id) if one.number == "LV-06"]
    assert call_back.state == "running"
    assert call_back.due_at is not None
    assert call_back.due_at > datetime.now(UTC)


@pytest.mark.req("LV-02", "LV-15")
@pytest.mark.parametrize(
    ("kind", "shown"),
    [("annual", "annual_contract"), ("per_visit", "per_visit"), ("letter", "by_letter")],
)
def test_the_customer_kind_follows_from_the_contract(centre: Centre, kind: str, shown: str) -> None:
    customer = make_customer(centre.specialist, centre.unit)
    seller = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    data = ContractData(
        number=f"HT-{kind}",
        plan_version_id=centre.version.public_id,
        starts_on=date(2026, 1, 1),
        kind=kind,
    )
    now = datetime.now(UTC)
    create_contract(actor=seller.actor, customer_id=customer.public_id, data=data, now=now)
    request = open_fault(centre.specialist, customer)
    assert issue(centre.specialist, request, HEAD).customer_kind == shown
