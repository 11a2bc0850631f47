"""A site leads to a map by a link of the deployer's choice; photos say what they show."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.console.conftest import Browser, Company
from tests.console.test_quotes import plain

from yinuo.config.settings.places import map_link
from yinuo.domains.assets.models import Asset
from yinuo.domains.customers.models import Customer, Site
from yinuo.platform.files.models import StoredFile
from yinuo.platform.journal.models import AuditEntry


def png() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return SimpleUploadedFile("label.png", out.getvalue(), "image/png")


@pytest.mark.django_db
@pytest.mark.req("B-20")
def test_a_site_with_a_position_leads_to_the_map_that_is_set(
    company: Company, customer: Customer, settings: object
) -> None:
    Site.objects.create(
        customer=customer,
        name='南山 A&B" 机房',
        latitude=Decimal("22.540503"),
        longitude=Decimal("113.934528"),
    )
    address = f"/customers/{customer.public_id}/"
    page = company.browser.read(address)
    assert "https://uri.amap.com/marker?position=113.934528,22.540503&amp;coordinate" in page
    settings.MAP_LINK = "geo:{latitude},{longitude}?q={name}"  # type: ignore[attr-defined]
    page = company.browser.read(address)
    assert 'href="geo:22.540503,113.934528?q=%E5%8D%97%E5%B1%B1%20A%26B%22' in page
    settings.MAP_LINK = ""  # type: ignore[attr-defined]
    page = company.browser.read(address)
    assert "113.934528" in page
    assert 'target="_blank"' not in page


@pytest.mark.req("B-20")
@pytest.mark.parametrize(
    "written",
    ["javascript:alert({latitude},{longitude})", "https://x/{latitude}", "geo:{x}", "geo:{", ""],
)
def test_what_is_no_link_to_a_map_is_refused_at_the_start(written: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        map_link(written)
    assert map_link("none") == ""


@pytest.mark.django_db
@pytest.mark.req("B-20", "B-23")
def test_a_photo_says_what_it_shows(company: Company, customer: Customer) -> None:
    browser: Browser = company.browser
    browser.fill(f"/customers/{customer.public_id}/assets/new/", name="防火墙", serial="SN-1")
    asset = Asset.objects.get()
    address = f"/assets/{asset.public_id}/photos/new/"
    long = browser.fill(address, file=png(), caption="长" * 201)
    assert long.status_code == 422
    assert "at most 200 characters" in plain(long)
    assert browser.fill(address, file=png(), caption=" 背面铭牌 <b> ").status_code == 302
    page = browser.read(f"/assets/{asset.public_id}/")
    assert "<strong>背面铭牌 &lt;b&gt;</strong>" in page
    assert 'alt="背面铭牌 &lt;b&gt;"' in page


@pytest.mark.django_db
@pytest.mark.req("B-23", "R38")
def test_what_a_photo_shows_is_said_later_and_kept_in_the_audit(
    company: Company, customer: Customer
) -> None:
    browser: Browser = company.browser
    browser.fill(f"/customers/{customer.public_id}/assets/new/", name="防火墙", serial="SN-1")
    asset = Asset.objects.get()
    browser.fill(f"/assets/{asset.public_id}/photos/new/", file=png(), caption="正面")
    kept = StoredFile.objects.get(owner_id=asset.public_id)
    address = f"/assets/{asset.public_id}/photos/{kept.public_id}/caption/"
    assert browser.fill(address, caption="长" * 201).status_code == 422
    assert browser.fill(address, caption="背面铭牌").status_code == 302
    assert "<strong>背面铭牌</strong>" in browser.read(f"/assets/{asset.public_id}/")
    stale = browser.fill(address, caption="机柜", version="1")
    assert stale.status_code == 409
    assert "背面铭牌" in plain(stale)
    entry = AuditEntry.objects.get(action="file.caption")
    assert (entry.before, entry.after) == ({"caption": "正面"}, {"caption": "背面铭牌"})
