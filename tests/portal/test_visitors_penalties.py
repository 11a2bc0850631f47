"""What a missed promise brought the customer: shown to him once approved, where his plan says so."""

from __future__ import annotations

import pytest
from tests.factories import breaches as made
from tests.factories import make_company, make_contact, make_member
from tests.portal.conftest import browser, invited

from yinuo.domains.breaches.services import approve_breach

pytestmark = pytest.mark.django_db
ROLES = ["administrator", "service_manager", "account_manager"]
SHOWN = made.ONE_PRICE.replace("currency: CNY", "currency: CNY\nshows_penalties: yes")


@pytest.mark.req("R07", "B-09")
@pytest.mark.parametrize("plan", [made.ONE_PRICE, SHOWN])
def test_approved_penalties_are_shown_where_the_plan_says_so(
    plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "ONE_PRICE", plan)
    company = make_company()
    unit = company.headquarters
    by, busy = (make_member(company.administrator, unit, ROLES) for _ in range(2))
    breach = made.make_breach(by, busy, unit)
    contact = make_contact(by, breach.customer, "13900010003")
    visitor = browser(invited(by, contact, "wang.lei"))

    def page() -> str:
        return " ".join(visitor.get("/my/promises/").content.decode().split())

    assert "200.00" not in page(), "nobody has approved it"
    approve_breach(
        actor=by.actor, breach_id=breach.public_id, version=breach.version, now=breach.posted_at
    )
    assert ("missed by" in page()) is True
    assert ("200.00 CNY" in page()) is (plan is SHOWN)
