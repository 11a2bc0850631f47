"""The customer's file through the pages: group, visits, parts, papers, health, in few statements."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.conftest import Company
from tests.factories.sessions import count_as_seen

from yinuo.domains.assets.models import Asset, Component, Project
from yinuo.domains.contracts.models import Paper
from yinuo.domains.customers.models import Customer

# A section of a page costs statements that do not grow with its rows.
MOST_ON_CUSTOMER, MOST_ON_ASSET = 31, 31


def statements(company: Company, address: str) -> int:
    count_as_seen(company.browser)
    with CaptureQueriesContext(connection) as queries:
        company.browser.read(address)
    return len(queries)


@pytest.fixture
def file(company: Company, customer: Customer) -> str:
    return f"/customers/{customer.public_id}/"


@pytest.mark.req("B-20")
def test_company_is_put_under_another_by_search_and_never_under_itself(
    company: Company, customer: Customer, file: str
) -> None:
    unit_id = company.headquarters.public_id
    company.browser.fill("/customers/new/", name="长风集团", unit_id=unit_id)
    group = Customer.objects.get(name="长风集团")
    assert str(group.public_id) in company.browser.read(f"{file}parent/?q=长风")
    company.browser.fill(f"{file}parent/", parent_id=group.public_id)
    assert "长风集团" in company.browser.read(file)
    # The file's own form leaves it where it is.
    company.browser.fill(f"{file}edit/", name=customer.name, active="on")
    customer.refresh_from_db()
    assert customer.parent == group
    refused = company.browser.fill(
        f"/customers/{group.public_id}/parent/", parent_id=customer.public_id
    )
    assert refused.status_code == 422
    assert "belongs to the customer itself" in refused.content.decode()


@pytest.mark.req("B-20")
@pytest.mark.parametrize(
    ("latitude", "longitude", "says"),
    [("91", "10", "between -90"), ("22.5", "", "or neither"), ("abc", "1", "not a number")],
)
def test_bad_position_is_explained_at_its_field(
    company: Company, file: str, latitude: str, longitude: str, says: str
) -> None:
    answer = company.browser.fill(
        f"{file}sites/new/",
        name="前海机房",
        zone="Asia/Shanghai",
        latitude=latitude,
        longitude=longitude,
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()


@pytest.mark.req("SA-04", "B-20")
def test_parts_and_swap_stand_on_the_asset_s_page(company: Company, file: str) -> None:
    company.browser.fill(f"{file}assets/new/", name="防火墙", model="FW-1", serial="SN-1")
    address = f"/assets/{Asset.objects.get().public_id}/"
    company.browser.fill(f"{address}components/new/", name="电源", serial="P-1", factory="on")
    part = Component.objects.get()
    company.browser.fill(
        f"/components/{part.public_id}/replace/", serial="P-2", on="2026-01-05", reason="返修"
    )
    company.browser.fill(f"{address}swap/", serial="SN-2", on="2026-01-06", reason="整机更换")
    page = company.browser.read(address)
    for shown in ("P-1", "P-2", "SN-1", "SN-2", "factory configuration"):
        assert shown in page
    assert statements(company, address) <= MOST_ON_ASSET


@pytest.mark.req("SG-08")
def test_paper_goes_from_promise_to_hand_over(company: Company, file: str) -> None:
    company.browser.fill(f"{file}projects/new/", name="一期", accepted_on="2026-01-05")
    project = Project.objects.get().public_id
    company.browser.fill(
        f"/projects/{project}/papers/new/", title="用户手册", due_after="accepted", due_days="10"
    )
    paper = Paper.objects.get()
    address = f"/papers/{paper.public_id}/"
    assert "late" in company.browser.read(file)
    assert company.browser.fill(f"{address}check/").status_code == 409
    upload = SimpleUploadedFile("手册.pdf", b"%PDF-1.7\n", "application/pdf")
    company.browser.fill(f"{address}version/", file=upload)
    assert company.browser.fill(f"{address}check/").status_code == 302
    handed = {"taken_by": "李晓明", "handed_on": date(2026, 1, 20), "how": "courier"}
    assert company.browser.fill(f"{address}hand-over/", **handed).status_code == 302
    page = company.browser.read(address)
    assert "李晓明" in page
    assert "by courier" in page
    assert "All 1 promised papers were handed over." in company.browser.read(file)


@pytest.mark.req("BP-12")
def test_health_leads_the_file_and_its_windows_are_set_on_screen(
    company: Company, file: str
) -> None:
    company.browser.fill(
        f"{file}visits/new/", visited_on="2026-01-05", visitors="陈敏", purpose="首访"
    )
    page = company.browser.read(file)
    assert "First visit on 5 Jan 2026, 0 return visits" in page
    days = ("repeat", "satisfaction", "expiring", "due", "availability")
    values = {f"{one}_days": "30" for one in days} | {"repeat_count": "3"}
    assert company.browser.fill("/settings/health/", **values).status_code == 302
    assert "No fault came back within 30 days." in company.browser.read(file)
    bad = values | {"due_days": "0"}
    assert company.browser.fill("/settings/health/", **bad).status_code == 422
    assert statements(company, file) <= MOST_ON_CUSTOMER
