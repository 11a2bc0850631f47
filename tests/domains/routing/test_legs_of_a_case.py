"""Recorded hand-overs say who had a case: partner, supplier, carrier, each with his minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import make_contract, make_customer, publish
from tests.factories.breaches import ONE_PRICE
from tests.factories.routing import Network, make_network

from yinuo.domains.breaches.models import Breach, Share
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


def minutes(breach: Breach) -> dict[tuple[str, str], int]:
    """The whole minutes each leg held the case, by leg and unit."""
    names = dict(ServiceUnit.objects.values_list("pk", "name"))
    shares = Share.objects.filter(breach=breach)
    return {(one.leg, names.get(one.unit_id or 0, "")): int(one.seconds) // 60 for one in shares}


@pytest.mark.req("B-08", "SV-02", "R42")
def test_partner_supplier_and_carrier_have_their_minutes_on_the_breach(network: Network) -> None:
    customer = make_customer(network.desk, network.company.headquarters)
    make_contract(network.desk, customer, publish(network.company.administrator, ONE_PRICE))
    now = timezone.now()
    reported = now - 300 * MINUTE
    opened = open_request(
        actor=network.desk.actor, intake=Intake(customer.public_id, "不通"), now=reported
    )
    request = Request.objects.get(public_id=opened.public_id)
    unit = {"unit": str(network.beside.public_id), "unit_name": network.beside.name}
    at = {
        "accepted": 60,
        "part_requested": 100,
        "part_shipped": 140,
        "part_delivered": 200,
        "offer_returned": 230,
        "responded": 300,
    }
    for kind, after in at.items():
        attrs = unit if kind in {"accepted", "offer_returned"} else {}
        record_steps(
            actor=network.desk.actor,
            request_id=request.public_id,
            facts=[StepFact(kind, reported + after * MINUTE, attrs)],
            source="test",
            now=reported + after * MINUTE,
        )
    breach = Breach.objects.get(subject_id=request.public_id, clause="respond")
    top = network.company.headquarters.name
    assert minutes(breach) == {
        ("headquarters", top): 60 + 70,
        ("partner", network.beside.name): 40 + 30,
        ("supplier", ""): 40,
        ("carrier", ""): 60,
    }
    assert sum(minutes(breach).values()) == 300
