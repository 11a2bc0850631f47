"""Service events from earlier records: sent as a file, told in history and health record, counted
nowhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from tests.factories import make_asset, make_company, make_customer, make_member
from tests.factories.archive import make_past_event

from yinuo.domains.assets.models import CaseTrace, Downtime, PastEvent
from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.services import advance_run, start_import
from yinuo.domains.obligations.models import FactRow, ObligationRow

HEADS = "设备序列号,发生日期,类型,故障现象,处理措施,处理人,更换配件,处理结果,停机时间（分钟）"


def work(run: ImportRun) -> ImportRun:
    while advance_run(run.public_id, now=datetime.now(UTC)):
        pass
    run.refresh_from_db()
    return run


@pytest.mark.django_db
@pytest.mark.req("B-20", "B-71")
def test_a_customers_old_records_are_told_as_imported_and_count_for_nothing() -> None:
    company = make_company()
    by = make_member(company.administrator, company.headquarters, ["account_manager"])
    customer = make_customer(by, company.headquarters)
    asset = make_asset(by, customer)
    rows = [
        f"{asset.serial},2023-04-18,故障维修,开机无显示,更换电源模块,王工,电源模块 1 个,恢复正常,180",
        f"{asset.serial},2023/4/18,故障维修,开机无显示,更换电源模块,王工,电源模块 1 个,恢复正常,180",
        f"{asset.serial},2999-01-01,保养,年度保养,,,,,",
        f"{asset.serial},2022-03-01,保养,年度保养,,,,,1.5",
        "NO-SUCH,2022-03-01,保养,年度保养,,,,,",
        f"{asset.serial},2021年6月1日,巡检,夏季巡检,除尘,李工,,正常,",
    ]
    content = "\n".join([HEADS, *rows]).encode()
    client = Client(headers={"Accept-Language": "zh-hans"})
    by.user.refresh_from_db()
    client.force_login(by.user)
    page = client.get("/imports/new/?kind=events").content.decode()
    assert "历史服务事件" in page
    sent = client.post(
        "/imports/new/?kind=events",
        {
            "kind": "events",
            "unit_id": str(company.headquarters.public_id),
            "file": SimpleUploadedFile("历史.csv", content),
            "key": re.search(r'name="key" value="([^"]*)"', page).group(1),
        },
    )
    assert sent.status_code == 302, sent.content.decode()[-2000:]
    run = work(ImportRun.objects.get())
    assert run.state == "checked", run.refusal
    wrong = {row.number: row.problems[0]["column"] for row in run.lines.filter(verdict="wrong")}
    assert wrong == {3: "", 4: "happened_on", 5: "minutes_down", 6: "asset_serial"}
    start_import(actor=by.actor, run_id=run.public_id, now=datetime.now(UTC))
    work(run)
    assert PastEvent.objects.filter(asset=asset).count() == 2
    history = client.get(f"/assets/{asset.public_id}/history/").content.decode()
    assert "历史导入" in history
    assert "开机无显示" in history
    assert "电源模块 1 个" in history
    assert "夏季巡检" in client.get(f"/assets/{asset.public_id}/").content.decode()
    told = client.get(f"/customers/{customer.public_id}/history/?format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(told.content)).active
    assert "夏季巡检" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    for counted in (ObligationRow, FactRow, Downtime, CaseTrace):
        assert not counted.objects.exists(), counted


@pytest.mark.django_db
@pytest.mark.req("B-20")
def test_two_files_read_at_the_same_moment_bring_an_event_in_once() -> None:
    company = make_company()
    by = make_member(company.administrator, company.headquarters, ["account_manager"])
    asset = make_asset(by, make_customer(by, company.headquarters))
    make_past_event(by, asset)
    make_past_event(by, asset, "风扇异响")
    # The other one has looked before the first had written: only the database can tell.
    with pytest.raises(IntegrityError), transaction.atomic():
        make_past_event(by, asset)
    assert PastEvent.objects.count() == 2
