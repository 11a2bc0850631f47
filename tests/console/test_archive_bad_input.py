"""Any address and any entry gets a clear answer, never a broken page (R30)."""

from __future__ import annotations

import pytest
from tests.console.conftest import Company

from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import Person


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    "address",
    [
        "/customers/?q=%00",
        "/customers/?cursor=mine",
        "/settings/?q=%00",
        "/contracts/?customer=%00",
        "/customers/new/?name=%00",
        "/plans/publish/?from=mine",
        "/welcome/?invitation=%00",
        "/welcome/",
        "/settings/units/new/?parent=%00",
    ],
)
def test_bad_addresses_are_refused(company: Company, address: str) -> None:
    assert company.browser.get(address).status_code in {400, 404, 422}


@pytest.mark.req("R30")
def test_bad_cursor_of_a_part_is_refused(company: Company, customer: Customer) -> None:
    base = f"/customers/{customer.public_id}/"
    for part in ("sites", "contacts", "projects", "assets", "contracts"):
        assert company.browser.get(f"{base}?{part}=mine").status_code == 422


@pytest.mark.req("R30")
def test_bad_entries_are_refused(company: Company) -> None:
    person = Person.objects.get()
    address = f"/settings/people/{person.public_id}/"
    unit_id = str(company.headquarters.public_id)
    entries: list[tuple[str, dict[str, object]]] = [
        (f"{address}roles/end/", {"role_code": "\x00", "unit_id": unit_id}),
        (f"{address}roles/end/", {"role_code": "administrator", "unit_id": "\x00"}),
        (f"{address}roles/", {"role_code": "\x00", "unit_id": unit_id}),
        (f"{address}end/", {"version": "９"}),
        (f"{address}end/", {}),
        (f"{address}account/", {"username": "\x00"}),
        (f"{address}invitation/x", {}),
        ("/customers/new/", {"key": "short", "name": "x", "unit_id": unit_id}),
    ]
    for place, content in entries:
        assert 400 <= company.browser.send(place, content).status_code < 500, place
    for typed in ({"name": "a\x00b"}, {"name": "x", "unit_id": "\x00"}, {"name": "x" * 50_000}):
        answer = company.browser.fill("/customers/new/", **({"unit_id": unit_id} | typed))
        assert answer.status_code in {404, 422}
    assert not Customer.objects.exists()


@pytest.mark.req("R30")
def test_long_notes_and_emoji_are_kept(company: Company) -> None:
    unit_id = str(company.headquarters.public_id)
    notes = "夜间🔧" * 12_500
    company.browser.fill("/customers/new/", name="🏭 工厂", notes=notes, unit_id=unit_id)
    assert Customer.objects.get().notes == notes
    assert Customer.objects.get().name == "🏭 工厂"
