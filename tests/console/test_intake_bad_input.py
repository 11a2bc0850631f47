"""Whatever is sent to the intake and the request page, the answer is clear and never a 5xx."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.console.conftest import Browser, Company

from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request

ABSENT = "019d0000-0000-7000-8000-000000000000"


@pytest.fixture
def consultant(colleague: Callable[..., Browser]) -> Browser:
    """A consultant at headquarters."""
    return colleague("service_consultant")


def call(customer: Customer, **typed: str) -> dict[str, str]:
    """A filled-in intake; `typed` changes or adds fields."""
    filled = {
        "key": "k" * 20,
        "customer_id": str(customer.public_id),
        "symptom": "设备不通",
        "kind": "fault",
        "channel": "hotline",
    }
    return filled | typed


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"customer_id": ""}, 422),
        ({"symptom": " \n "}, 422),
        ({"symptom": "a\x00b"}, 422),
        ({"symptom": "长" * 60_001}, 422),
        ({"kind": "nothing"}, 422),
        ({"channel": "pigeon"}, 422),
        ({"category": "nothing"}, 422),
        ({"level": "nothing"}, 422),
        ({"reported_at": "soon"}, 422),
        ({"reported_at": "9999-12-31T23:59"}, 422),
        ({"caller_phone": "1" * 41}, 422),
        ({"key": "short"}, 400),
        ({"customer_id": "nothing"}, 404),
        ({"asset_id": "nothing"}, 404),
        ({"site_id": ABSENT}, 404),
        ({"contact_id": ABSENT}, 404),
    ],
)
def test_a_wrong_call_opens_nothing(
    consultant: Browser, customer: Customer, typed: dict[str, str], status: int
) -> None:
    answer = consultant.send("/intake/", call(customer, **typed))
    assert answer.status_code == status
    assert not Request.objects.exists()


@pytest.mark.req("R37")
def test_the_same_form_opens_one_request_and_another_content_asks_first(
    consultant: Browser, customer: Customer
) -> None:
    first = consultant.send("/intake/", call(customer))
    again = consultant.send("/intake/", call(customer))
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    other = consultant.send("/intake/", call(customer, symptom="别的"))
    assert other.status_code == 422
    assert "Save again to open a second request." in other.content.decode()
    assert Request.objects.count() == 1


@pytest.mark.req("R01", "R02", "R03")
def test_a_foreign_customer_is_as_absent_as_none(
    company: Company, colleague: Callable[..., Browser], branch: ServiceUnit, customer: Customer
) -> None:
    stranger = colleague("service_consultant", branch)
    foreign = stranger.send("/intake/", call(customer))
    absent = stranger.send("/intake/", call(customer, customer_id=ABSENT))
    assert foreign.status_code == absent.status_code == 404
    for path in ("/intake/?customer={}", "/intake/follows/?customer_id={}"):
        for identity in (customer.public_id, ABSENT):
            assert stranger.get(path.format(identity)).status_code == 404
    assert customer.name not in stranger.read(f"/intake/find/?q={customer.name[:6]}")
    assert not Request.objects.exists()


@pytest.mark.req("R01", "R39")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "nothing"}, 422),
        ({"kind": "archived"}, 409),
        ({"kind": "responded", "version": "7"}, 409),
        ({"kind": "responded", "version": "one"}, 422),
        ({"kind": "responded", "occurred_at": "2001-01-01T00:00"}, 422),
        ({"kind": "cancelled"}, 422),
    ],
)
def test_a_wrong_step_changes_nothing(
    consultant: Browser, customer: Customer, sent: dict[str, str], status: int
) -> None:
    opened = consultant.send("/intake/", call(customer))
    step = {"key": "s" * 20, "version": "1"} | sent
    assert consultant.send(f"{opened['Location']}steps/", step).status_code == status
    request = Request.objects.get()
    assert (request.state, request.version) == ("new", 1)


@pytest.mark.req("R01")
def test_a_technician_neither_opens_nor_cancels(
    consultant: Browser, colleague: Callable[..., Browser], customer: Customer
) -> None:
    opened = consultant.send("/intake/", call(customer))
    technician = colleague("technician")
    assert technician.get("/intake/").status_code == 403
    assert technician.send("/intake/", call(customer, key="t" * 20)).status_code == 403
    step = {"key": "s" * 20, "version": "1", "kind": "cancelled", "reason": "x"}
    assert technician.send(f"{opened['Location']}steps/", step).status_code == 403
    assert Request.objects.get().state == "new"


def test_signed_out_people_come_back_to_where_they_were(company: Company) -> None:
    nobody = Browser()
    page = nobody.get("/requests/?q=1")
    assert (page.status_code, page["Location"]) == (302, "/accounts/login/?next=/requests/%3Fq%3D1")
    part = nobody.get("/intake/find/?q=1", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Refresh"]) == (401, "true")
    assert nobody.post("/intake/", {}).status_code == 401
