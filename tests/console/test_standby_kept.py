"""A standby unit that the customer keeps after all: his asset, and a charge that lies ready."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.console.test_proposals import desk, paid_request, sent_of
from tests.factories import make_member
from tests.factories.billing import publish_prices
from tests.factories.centre import make_centre
from tests.factories.standby import make_loan

from yinuo.domains.assets.models import Asset
from yinuo.domains.billing.models import Charge
from yinuo.domains.repairs.loan_types import LoanDoing
from yinuo.domains.repairs.services import handle_loan


@pytest.mark.req("SA-08", "B-51")
def test_a_unit_that_the_customer_keeps_is_his_asset_and_its_sale_lies_ready(db: None) -> None:
    centre = make_centre()
    publish_prices(centre.company.administrator)
    manager = make_member(centre.company.administrator, centre.unit, ["service_manager"])
    request = paid_request(centre)
    loan = make_loan(centre.specialist, centre.unit, request)
    kept = LoanDoing("kept", "过保后购买", amount=Decimal("3200.00"))
    now = datetime.now(UTC)
    handle_loan(
        actor=centre.specialist.actor, loan_id=loan.public_id, version=1, doing=kept, now=now
    )
    asset = Asset.objects.get(serial=loan.standby.serial)
    assert (asset.customer_id, asset.site_id) == (loan.customer_id, loan.request.site_id)
    browser = desk(manager)
    page = browser.read(f"/standby/loans/{loan.public_id}/")
    assert f"/assets/{asset.public_id}/" in page
    address = f"/requests/{request.public_id}/charges/new/?loan={loan.public_id}"
    assert address in page
    sent = sent_of(browser.read(address))
    assert (sent["line-0-cost"], sent["line-0-code"]) == ("3200.00", "part")
    assert loan.standby.serial in sent["line-0-note"]
    assert browser.send(address, sent).status_code == 302
    assert Charge.objects.get().amount == Decimal("3200.00")
