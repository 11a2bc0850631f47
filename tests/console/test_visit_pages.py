"""A visit from its series to the sheet, and what stands beside customer and contract."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    open_fault,
    publish,
)
from tests.factories.contract_promises import look_around
from tests.factories.prevention import (
    make_metered_series,
    make_series,
    open_visit,
    work_on_visits,
)

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.prevention.models import DueVisit, Series
from yinuo.domains.prevention.suggestions import suggestions
from yinuo.platform.accounts.models import User

ROLES = ["service_manager", "account_manager"]


def _stage() -> tuple[object, object, Browser]:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES)
    customer = make_customer(member, company.headquarters)
    return (company, member), customer, browser_of(User.objects.get(pk=member.user.pk))


@pytest.mark.req("BP-10", "SG-03", "LV-04", "SV-12")
def test_a_series_is_set_up_agreed_moved_told_again_and_becomes_a_sheet(db: None) -> None:
    _who, customer, browser = _stage()
    typed = {
        "title": "夏冬两季巡访",
        "kind": "seasonal",
        "work": "检查固定与照明",
        "rhythm": "season",
        "seasons": "01-01–06-30，07-01–12-31",
        "starts_on": date(2026, 1, 1).isoformat(),
        "make_up_days": 10,
        "contact_from": 6,
        "contact_by": 4,
        "remind_from": 2,
        "remind_by": 1,
    }
    new = f"/customers/{customer.public_id}/series/new/"
    refused = browser.fill(new, **(typed | {"contact_by": 7}))
    assert refused.status_code == 422
    assert "Give days that fall" in refused.content.decode()
    made = browser.fill(new, **typed)
    assert made.status_code == 302, made.content.decode()
    series = Series.objects.get()
    visit = open_visit(series)
    address = f"/visits/{visit.public_id}/"
    for page in ("/visits/", f"/customers/{customer.public_id}/", made.headers["Location"]):
        assert address in browser.read(page)
    at = timezone.localtime() + timedelta(days=4)
    agreed = {"agreed_with": "王工", "agreed_for": f"{at:%Y-%m-%dT%H:%M}", "words": "三处灯箱"}
    assert browser.fill(address + "agree/", **agreed).status_code == 302
    moved = agreed | {"reason": "客户盘点", "words": ""}
    assert browser.fill(address + "move/", **moved).status_code == 302
    assert browser.fill(address + "remind/", channel="phone", told="").status_code == 422
    assert browser.fill(address + "remind/", channel="phone", told="王工").status_code == 302
    assert browser.fill(address + "order/").status_code == 302
    sheet = WorkOrder.objects.get()
    assert (sheet.work_wanted, sheet.handling_plan) == ("夏冬两季巡访\n检查固定与照明", "三处灯箱")
    page = browser.read(address)
    assert f"/work/{sheet.public_id}/" in page
    assert "客户盘点" in page
    assert browser.get(address + "skip/").status_code == 200
    late = browser.fill(address + "skip/", reason="不去了")
    assert late.status_code == 409


@pytest.mark.req("MS-05", "BP-12")
def test_a_contracts_visit_is_on_its_page_and_held_without_a_sheet_its_promise_counts(
    db: None,
) -> None:
    (company, member), customer, browser = _stage()
    now = datetime.now(UTC)
    contract = make_contract(member, customer, publish(company.administrator))
    look_around(now)
    work_on_visits(now)
    visit = DueVisit.objects.filter(series__contract=contract, series__clause="visits").get()
    address = f"/visits/{visit.public_id}/"
    assert address in browser.read(f"/contracts/{contract.public_id}/")
    held = {"held_on": timezone.localdate().isoformat(), "visitors": "赵经理", "outcome": "正常"}
    assert browser.fill(address + "hold/", **held).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "held"
    assert "正常" in browser.read(f"/customers/{customer.public_id}/")
    assert address not in browser.read("/visits/")
    assert address in browser.read("/visits/?view=held")
    series = make_metered_series(member, customer)
    meter = f"/visits/series/{series.public_id}/reading/"
    assert browser.fill(meter, read_on="2026-01-01", value="99999").status_code == 422
    today = timezone.localdate().isoformat()
    assert browser.fill(meter, read_on=today, value="610.5").status_code == 302
    assert open_visit(series).due_on == timezone.localdate()
    end = f"/visits/series/{series.public_id}/end/"
    assert browser.fill(end, reason="设备退役").status_code == 302
    assert browser.get("/visits/?format=xlsx&view=all").status_code == 200


@pytest.mark.req("BP-10")
def test_a_suggestion_is_taken_up_or_declined_on_its_page(db: None) -> None:
    (_company, member), customer, browser = _stage()
    asset = make_asset(member, customer)
    for _ in range(2):
        open_fault(member, customer, asset=asset, level="")
    [one] = suggestions(member.actor, datetime.now(UTC))
    page = browser.read("/visits/suggested/")
    assert "2 faults within 90 days" in page
    take = f"/visits/suggested/take/?key={quote(one.key)}"
    made = browser.fill(take, title="查明原因", due_on=timezone.localdate().isoformat())
    assert made.status_code == 302
    assert "查明原因" in browser.read(made.headers["Location"])
    assert browser.get(take).status_code == 404
    assert browser.get("/visits/suggested/decline/?key=nothing").status_code == 404


@pytest.mark.req("MS-04", "MS-05")
def test_what_is_heard_on_a_sales_visit_and_at_the_machine_is_kept_with_it(db: None) -> None:
    (_company, member), customer, browser = _stage()
    held = {"held_on": timezone.localdate().isoformat(), "visitors": "赵经理"}
    sales = open_visit(make_series(member, customer, kind="sales"))
    address = f"/visits/{sales.public_id}/hold/"
    assert browser.fill(address, **held).status_code == 422
    heard = {"quality": "一批扣件色差", "departments": "质量部"}
    assert browser.fill(address, **held, **heard).status_code == 302
    sales.refresh_from_db()
    assert sales.outcome == "Quality of the goods: 一批扣件色差\nDepartments to act: 质量部"
    delivery = open_visit(make_series(member, customer, kind="delivery"))
    address = f"/visits/{delivery.public_id}/hold/"
    assert browser.fill(address, **held, runs="运行平稳").status_code == 302
    assert "运行平稳" in browser.read(f"/customers/{customer.public_id}/")
