"""What a row of each kind finds, changes and refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.domains.imports.conftest import counts, problems, tried, written
from tests.factories import (
    Company,
    Member,
    make_asset,
    make_contact,
    make_customer,
    make_member,
    make_project,
    make_site,
    make_unit,
    publish,
)

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.imports.types import Kind
from yinuo.domains.network.models import Person
from yinuo.platform.journal.models import AuditEntry

SPELLINGS = [
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "+86 138 0013 8000",
    "+8613800138000",
    "0086-138-0013-8000",
    "（138）00138000",
    "１３８００１３８０００",
    "＋８６ 138.0013.8000",
    "138/0013/8000 转 802",
]


@pytest.mark.req("B-20")
def test_only_given_cells_of_a_known_customer_change(company: Company, importer: Member) -> None:
    make_customer(importer, company.headquarters, "云帆数据")
    Customer.objects.update(notes="老客户", short_name="云帆")
    run = written(
        importer,
        Kind.CUSTOMERS,
        [["Customer", "Short name", "Notes"], ["云帆数据", "云帆科技", None]],
    )
    assert counts(run) == {"changed": 1, "written": 1}
    found = Customer.objects.get()
    assert (found.short_name, found.notes, found.version) == ("云帆科技", "老客户", 2)


@pytest.mark.req("B-20")
def test_rows_alike_unknown_units_and_texts_too_long_are_named(
    company: Company, importer: Member
) -> None:
    run = tried(
        importer,
        Kind.CUSTOMERS,
        [
            ["客户名称", "简称", "服务网点", "上级客户", "在用"],
            ["甲", None, None, None, "也许"],
            ["乙", "长" * 81],
            ["丙", None, "没有"],
            ["丁", None, None, "不存在"],
            [None, "无名"],
            ["戊"],
            [" 戊 "],
        ],
    )
    assert {number: [column for column, _ in found] for number, found in problems(run).items()} == {
        2: ["active"],
        3: ["short_name"],
        4: ["unit"],
        5: ["parent"],
        6: ["name"],
        8: [""],
    }
    assert "row 7" in problems(run)[8][0][1]
    assert counts(run) == {"new": 1, "wrong": 6}


@pytest.mark.req("R01", "R02", "B-20")
def test_nobody_imports_into_units_he_may_not_write(company: Company) -> None:
    east = make_unit(company.administrator, company.headquarters, "EAST", "东部")
    west = make_unit(company.administrator, company.headquarters, "WEST", "西部")
    by = make_member(company.administrator, east, ["account_manager"])
    other = make_member(company.administrator, west, ["account_manager"])
    theirs = make_customer(other, west, "西部客户")
    rows = [
        ["客户名称", "服务网点", "客户系统编号"],
        ["新客户", "WEST", None],
        ["西部客户", None, str(theirs.public_id)],
        ["东部客户", "东部", None],
    ]
    run = written(by, Kind.CUSTOMERS, rows)
    assert list(problems(run)) == [2, 3]
    assert Customer.objects.get(name="东部客户").unit == east
    site = tried(by, Kind.SITES, [["客户", "场地"], ["西部客户", "机房"]])
    assert problems(site)[2][0][0] == "customer"


@pytest.mark.req("B-20")
def test_sites_take_position_and_zone(company: Company, importer: Member) -> None:
    customer = make_customer(importer, company.headquarters, "云帆")
    rows = [
        ["客户", "场地", "地址", "纬度", "经度", "时区", "价格区域"],
        ["云帆", "机房", "南山区科技园", "２２.5431", 114.0579, "Asia/Shanghai", "inner"],
        ["云帆", "二楼", None, 22.5, None, "Nowhere/X", None],
        ["没有", "三楼", None, None, None, None, None],
    ]
    run = written(importer, Kind.SITES, rows)
    site = Site.objects.get(customer=customer)
    assert (site.name, site.latitude, site.price_zone) == ("机房", Decimal("22.543100"), "inner")
    assert sorted(column for column, _ in problems(run)[3]) == ["longitude"]
    assert problems(run)[4][0][0] == "customer"
    assert counts(tried(importer, Kind.SITES, rows[:2])) == {"unchanged": 1}


@pytest.mark.req("B-20")
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_in_any_spelling_finds_its_contact(
    company: Company, importer: Member, spelling: str
) -> None:
    customer = make_customer(importer, company.headquarters, "云帆")
    make_contact(importer, customer, phone="138 0013 8000")
    rows = [["客户", "联系人", "电话", "职务"], ["云帆", "李工", spelling, "主管"]]
    run = written(importer, Kind.CONTACTS, rows)
    assert counts(run) == {"changed": 1, "written": 1}
    contact = Contact.objects.get()
    assert [phone.digits for phone in contact.phones.all()] == ["13800138000"]
    assert counts(tried(importer, Kind.CONTACTS, rows)) == {"unchanged": 1}


def test_people_of_one_name_are_told_apart_by_number(company: Company, importer: Member) -> None:
    make_customer(importer, company.headquarters, "云帆")
    rows = [
        ["客户", "联系人", "电话", "角色"],
        ["云帆", "李工", "13900010001；0755-23456789", "操作使用人; decision_maker"],
        ["云帆", "李工", "13900010002", None],
        ["云帆", "王工", "打我电话", None],
        ["云帆", "赵工", "", "门卫"],
    ]
    run = written(importer, Kind.CONTACTS, rows)
    assert Contact.objects.filter(name="李工").count() == 2
    assert [column for column, _ in problems(run)[4]] == ["phones"]
    assert [column for column, _ in problems(run)[5]] == ["roles"]
    again = tried(importer, Kind.CONTACTS, [rows[0], ["云帆", "李工", None, None]])
    assert problems(again)[2][0][0] == "name"


@pytest.mark.req("B-20")
def test_serials_find_assets_and_clash_across_customers(company: Company, importer: Member) -> None:
    ours = make_customer(importer, company.headquarters, "云帆")
    make_customer(importer, company.headquarters, "海图")
    make_site(importer, ours)
    Site.objects.update(name="机房")
    make_project(importer, ours)
    rows = [
        ["客户", "设备", "型号", "序列号", "场地", "购买日期", "项目"],
        ["云帆", "防火墙", "ＳＧ-1", "ＳＮ001", "机房", "2025年3月1日", None],
        ["云帆", "交换机", "SW-2", "0013", "机房", "45717", None],
        ["海图", "防火墙", "SG-1", "SN001", None, None, None],
        ["海图", "路由器", "R-1", "SN9", "机房", "2025-02-30", None],
        ["海图", "路由器", "R-1", 2014207718000123456, None, None, None],
    ]
    run = written(importer, Kind.ASSETS, rows)
    found = Asset.objects.get(serial="SN001")
    assert (found.model, found.purchased_on) == ("SG-1", date(2025, 3, 1))
    assert Asset.objects.get(serial="0013").purchased_on == date(2025, 3, 1)
    # The same serial twice in a file, a day that is none, a number that Excel cut.
    assert [found[0][0] for found in problems(run).values()] == ["", "purchased_on", "serial"]
    clash = tried(importer, Kind.ASSETS, [rows[0], rows[3]])
    assert problems(clash)[2][0] == (
        "serial",
        "This serial number belongs to an asset of 云帆.",
    )


@pytest.mark.req("B-20")
def test_assets_without_serial_are_found_by_name(company: Company, importer: Member) -> None:
    make_customer(importer, company.headquarters, "云帆")
    rows = [["客户", "设备", "型号"], ["云帆", "音箱", "Y1"]]
    assert counts(written(importer, Kind.ASSETS, rows)) == {"new": 1, "written": 1}
    assert counts(tried(importer, Kind.ASSETS, rows)) == {"unchanged": 1}


@pytest.mark.req("B-20")
def test_contracts_name_plan_sites_and_assets(company: Company, importer: Member) -> None:
    customer = make_customer(importer, company.headquarters, "云帆")
    site = make_site(importer, customer)
    asset = make_asset(importer, customer, site)
    version = publish(company.administrator)
    rows = [
        ["客户", "合同编号", "服务方案", "起", "止", "总额", "覆盖场地", "覆盖设备", "参数"],
        [
            "云帆",
            "HT-1",
            version.code,
            "2026.1.1",
            "2026/12/31",
            "￥286,000.50",
            site.name,
            None,
            None,
        ],
        ["云帆", "HT-2", version.code, "2026-01-01", "2025-12-30", -5, None, asset.serial, None],
        ["云帆", "HT-3", "no-such-plan", "2026-01-01", None, 1.005, "没有", "SN-?", "x"],
        [
            "云帆",
            "HT-4",
            version.code,
            "2026-01-01",
            None,
            None,
            None,
            asset.serial,
            "on_site_hours=4",
        ],
    ]
    run = written(importer, Kind.CONTRACTS, rows)
    first = Contract.objects.get(number="HT-1")
    assert (first.ends_on, first.total) == (date(2027, 1, 1), Decimal("286000.50"))
    assert [one.site_id for one in first.coverage.all()] == [site.pk]
    assert Contract.objects.get(number="HT-4").parameters == {"on_site_hours": 4}
    wrong = {number: {column for column, _ in found} for number, found in problems(run).items()}
    assert wrong == {3: {"last_day", "total"}, 4: {"total", "parameters"}}
    assert counts(tried(importer, Kind.CONTRACTS, [rows[0], rows[1], rows[4]])) == {"unchanged": 2}
    Contract.objects.update(remind_days=45, covers=["labour"])
    changed = [["客户", "合同编号", "总额"], ["云帆", "HT-4", "5000"]]
    assert counts(written(importer, Kind.CONTRACTS, changed)) == {"changed": 1, "written": 1}
    kept = Contract.objects.get(number="HT-4")
    assert (kept.total, kept.parameters) == (Decimal(5000), {"on_site_hours": 4})
    assert (kept.remind_days, kept.covers) == (45, ["labour"])
    assert [one.asset_id for one in kept.coverage.all()] == [asset.pk]


@pytest.mark.req("B-20")
def test_contracts_name_who_is_in_charge_of_them(company: Company, importer: Member) -> None:
    make_customer(importer, company.headquarters, "云帆")
    code = publish(company.administrator).code
    others = [make_member(company.administrator, company.headquarters, []) for _ in range(2)]
    Person.objects.filter(pk__in=[one.person.pk for one in others]).update(name="张伟")
    head = ["客户", "合同编号", "服务方案", "起", "合同负责人"]
    start = "2026-01-01"
    rows = [
        head,
        ["云帆", "HT-1", code, start, importer.person.name],
        ["云帆", "HT-2", code, start, "查无此人"],
        ["云帆", "HT-3", code, start, "张伟"],
    ]
    run = written(importer, Kind.CONTRACTS, rows)
    wrong = {number: {column for column, _ in found} for number, found in problems(run).items()}
    assert wrong == {3: {"responsible"}, 4: {"responsible"}}
    contract = Contract.objects.get()
    assert contract.responsible == importer.person
    Person.objects.filter(pk=importer.person.pk).update(name="李娜")
    without = [["客户", "合同编号", "合同负责人"], ["云帆", "HT-1", None]]
    assert counts(tried(importer, Kind.CONTRACTS, without)) == {"unchanged": 1}


@pytest.mark.req("B-20")
def test_every_written_row_leaves_its_audit_entry(company: Company, importer: Member) -> None:
    rows = [["客户名称"], *([f"客户{number}"] for number in range(30))]
    written(importer, Kind.CUSTOMERS, rows)
    entries = AuditEntry.objects.filter(action="customer.create", user_id=importer.user.pk)
    assert entries.count() == 30
