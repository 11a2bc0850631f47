"""Assets, contracts and service plans through the pages of the console."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.console.conftest import PLAN_FILE, Browser, Company

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.customers.models import Customer, Site

WITH_FIGURE = """
plan: figures
title: {zh: 有参数的方案, en: Plan with a figure}
version: "1"
currency: CNY
timezone: Asia/Shanghai
parameters:
  on_site_hours:
    title: {zh: 到场时限, en: Time to be on site}
    unit: hours
    default: 24
    lowest: 2
    highest: 72
clauses:
  - id: on_site
    number: "1.1"
    title: {zh: 到场, en: On site}
    text: {zh: 按合同约定到场。, en: On site as the contract says.}
    promise: on_site
    start: reported
    end: arrived
    limit: {parameter: on_site_hours}
"""


@pytest.fixture
def asset(company: Company, customer: Customer) -> Asset:
    """An asset of the customer at a site."""
    base = f"/customers/{customer.public_id}/"
    company.browser.fill(base + "sites/new/", name="前海机房 B2", zone="Asia/Shanghai")
    company.browser.fill(
        base + "assets/new/",
        name="下一代防火墙",
        model="NGFW-8800",
        serial="SA2023-0815-0042",
        site_id=Site.objects.get().public_id,
        purchased_on="2023-08-15",
    )
    return Asset.objects.get()


@pytest.mark.req("B-06")
def test_plan_is_published_and_read_as_a_table(company: Company, plan: PlanVersion) -> None:
    page = company.browser.read(f"/plans/{plan.public_id}/")
    assert "A response within 30 minutes at any hour." in page
    assert "30 minutes" in page
    assert "level: Serious" in page
    zh = company.browser.get(f"/plans/{plan.public_id}/", headers={"Accept-Language": "zh-hans"})
    assert "30 分钟内响应" in zh.content.decode()
    source = company.browser.get(f"/plans/{plan.public_id}/file/")
    assert source.content.decode() == PLAN_FILE.read_text()


def test_plan_with_mistakes_shows_their_places_and_keeps_the_text(company: Company) -> None:
    wrong = PLAN_FILE.read_text().replace("limit: 30 minutes", "limit: 30 parsecs")
    line = next(n for n, text in enumerate(wrong.split("\n"), 1) if "parsecs" in text)
    answer = company.browser.fill("/plans/publish/", source=wrong, do="publish")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Line {line}, column" in page
    assert "limit: 30 parsecs" in page
    assert not PlanVersion.objects.exists()


def test_uploaded_file_that_is_not_utf8_can_be_sent_again_as_text(company: Company) -> None:
    text = PLAN_FILE.read_text()
    upload = SimpleUploadedFile("plan.yaml", text.encode("gb18030"))
    refused = company.browser.fill("/plans/publish/", file=upload, do="publish")
    assert refused.status_code == 422
    assert "安全设备售后服务方案" in refused.content.decode()
    company.browser.fill(
        "/plans/publish/", file=SimpleUploadedFile("p.yaml", text.encode()), do="publish"
    )
    assert PlanVersion.objects.get().source == text


def test_only_checking_publishes_nothing(company: Company) -> None:
    answer = company.browser.fill("/plans/publish/", source=PLAN_FILE.read_text(), do="check")
    assert answer.status_code == 200
    assert "No mistakes" in answer.content.decode()
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("source", ["", "\x00", "a: [", "x" * 600_000, "{}"])
def test_any_text_is_answered_with_findings(company: Company, source: str) -> None:
    answer = company.browser.fill("/plans/publish/", source=source, do="publish")
    assert answer.status_code == 422
    assert not PlanVersion.objects.exists()


def test_publishing_needs_the_right(colleague: Callable[..., Browser], plan: PlanVersion) -> None:
    reader = colleague("account_manager")
    assert reader.get("/plans/publish/").status_code == 403
    assert "/plans/publish/" not in reader.read(f"/plans/{plan.public_id}/")


@pytest.mark.req("B-02")
def test_asset_is_registered_and_found_by_serial(company: Company, asset: Asset) -> None:
    assert asset.purchased_on == date(2023, 8, 15)
    assert asset.serial in company.browser.read("/assets/?q=sa2023")
    assert "there is no contract" in company.browser.read(f"/assets/{asset.public_id}/")


def test_serial_of_another_asset_is_explained_and_kept(
    company: Company, customer: Customer, asset: Asset
) -> None:
    answer = company.browser.fill(
        f"/customers/{customer.public_id}/assets/new/",
        name="另一台",
        model=asset.model,
        serial=asset.serial,
    )
    assert answer.status_code == 422
    assert 'id="id_serial_error"' in answer.content.decode()
    assert "另一台" in answer.content.decode()


@pytest.mark.req("B-06")
def test_contract_of_an_asset_gives_it_cover(
    company: Company, customer: Customer, asset: Asset, plan: PlanVersion
) -> None:
    answer = company.browser.fill(
        f"/customers/{customer.public_id}/contracts/new/",
        number="YF-2026-018",
        plan_version_id=plan.public_id,
        starts_on="2026-01-01",
        ends_on="",
        total="１２，８００．５０",
        annual_fee="￥6,400",
        asset_ids=[asset.public_id],
    )
    assert answer.status_code == 302
    contract = Contract.objects.get()
    assert (contract.total, contract.annual_fee) == (Decimal("12800.50"), Decimal(6400))
    assert [row.asset for row in contract.coverage.all()] == [asset]
    page = company.browser.read(f"/customers/{customer.public_id}/")
    assert "the contract is in force" in page
    assert "YF-2026-018" in page
    assert "12,800.50" in company.browser.read(f"/contracts/{contract.public_id}/")
    assert 'value="12800.50"' in company.browser.read(f"/contracts/{contract.public_id}/edit/")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("total", "十二万"),
        ("total", "1.234"),
        ("total", "-5"),
        ("total", "NaN"),
        ("total", "1e999999"),
        ("total", "9" * 13),
        ("ends_on", "2025-12-31"),
        ("starts_on", "soon"),
        ("number", ""),
        ("plan_version_id", ""),
    ],
)
def test_wrong_entry_is_explained_at_its_field_and_kept(
    company: Company, customer: Customer, plan: PlanVersion, name: str, typed: str
) -> None:
    entries = {
        "number": "YF-1",
        "plan_version_id": str(plan.public_id),
        "starts_on": "2026-01-01",
        "ends_on": "2027-01-01",
        "total": "100",
    }
    answer = company.browser.fill(
        f"/customers/{customer.public_id}/contracts/new/", **(entries | {name: typed})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in page
    assert typed in page
    assert not Contract.objects.exists()


def test_figure_of_the_plan_is_asked_and_stays_within_its_bounds(
    company: Company, customer: Customer
) -> None:
    company.browser.fill("/plans/publish/", source=WITH_FIGURE, do="publish")
    plan = PlanVersion.objects.get()
    address = f"/customers/{customer.public_id}/contracts/new/"
    assert "Time to be on site (hours)" in company.browser.read(
        f"/contracts/terms/?plan_version_id={plan.public_id}"
    )
    entries = {"number": "P-1", "plan_version_id": plan.public_id, "starts_on": "2026-01-01"}
    refused = company.browser.fill(address, **entries, parameter_on_site_hours="1")
    assert refused.status_code == 422
    assert not Contract.objects.exists()
    company.browser.fill(address, **entries, parameter_on_site_hours="４.5")
    assert Contract.objects.get().parameters == {"on_site_hours": "4.5"}


@pytest.mark.req("R02")
def test_asset_of_another_customer_cannot_be_covered(
    company: Company, customer: Customer, asset: Asset, plan: PlanVersion
) -> None:
    unit_id = str(company.headquarters.public_id)
    company.browser.fill("/customers/new/", name="另一家", unit_id=unit_id)
    other = Customer.objects.get(name="另一家")
    answer = company.browser.fill(
        f"/customers/{other.public_id}/contracts/new/",
        number="X-1",
        plan_version_id=plan.public_id,
        starts_on="2026-01-01",
        asset_ids=[asset.public_id],
    )
    assert answer.status_code == 404
    assert not Contract.objects.exists()


@pytest.mark.req("R38")
def test_two_people_on_one_contract_compare_their_versions(
    company: Company, customer: Customer, plan: PlanVersion, colleague: Callable[..., Browser]
) -> None:
    entries = {
        "number": "YF-1",
        "plan_version_id": str(plan.public_id),
        "starts_on": "2026-01-01",
        "total": "100.00",
    }
    company.browser.fill(f"/customers/{customer.public_id}/contracts/new/", **entries)
    address = f"/contracts/{Contract.objects.get().public_id}/edit/"
    mine = company.browser.hidden(address) | entries | {"total": "200"}
    colleague("account_manager").fill(address, **(entries | {"total": "300"}))
    refused = company.browser.send(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    conflict = page.partition('id="conflict"')[2].partition("</section>")[0]
    assert "200" in conflict
    assert "300" in conflict
    assert "2026-01-01" not in conflict
    hidden = dict(
        re.findall(r'name="(key|version)" value="([^"]*)"', page.partition('id="editor"')[2])
    )
    assert company.browser.send(address, mine | hidden).status_code == 302
    assert Contract.objects.get().total == Decimal(200)
