"""An import in a real browser: a workbook with mistakes, tried, corrected where it says, written."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect
from tests.browser.conftest import Console
from tests.browser.test_appearance import overflow, violations

ADMINISTRATOR = "chen.min"
# The worker of a crowded machine takes its time.
PATIENCE = 60_000


def workbook(folder: Path) -> Path:
    """Two good rows, and one of every common mistake."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2026 年客户清单", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["客户名称*", "简称", "上级单位", "注册资本"])
    sheet.append(
        ["导入的云帆数据服务有限公司（华南区域运营管理中心筹建办公室）", "云帆", None, "500 万"]
    )
    sheet.append(
        [
            "导入的云帆营业部",
            "营业部",
            "导入的云帆数据服务有限公司（华南区域运营管理中心筹建办公室）",
        ]
    )
    sheet.append(["导入的云帆营业部", "重复"])
    sheet.append(["公式客户", "=A1"])
    sheet.append(["合并客户", "一"])
    sheet.append([None, "二"])
    sheet.merge_cells("A7:A8")
    sheet.append(["无此上级", None, "不存在的公司"])
    place = folder / "客户清单.xlsx"
    book.save(place)
    return place


@pytest.mark.req("B-20")
@pytest.mark.parametrize("width", [1440, 360])
def test_a_workbook_with_mistakes_is_tried_and_its_good_rows_written(
    console: Console, tmp_path: Path, width: int
) -> None:
    visitor = console.visit(ADMINISTRATOR)
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/imports/")
    assert not violations(visitor)
    page.goto("/imports/new/?kind=customers")
    page.set_input_files("[name=file]", workbook(tmp_path))
    with page.expect_navigation():
        page.click("#editor button.btn-primary")
    # The page moves on by itself, as the worker does.
    expect(page.locator("h1")).to_contain_text("待确认", timeout=PATIENCE)
    wrong = page.locator(".wrong-rows tbody")
    expect(wrong).to_contain_text("与本文件第 4 行重复")
    expect(wrong).to_contain_text("公式没有计算结果")
    expect(wrong).to_contain_text("请取消合并")
    expect(wrong).to_contain_text("系统和本文件中都没有这个客户")
    expect(page.locator("#run")).to_contain_text("注册资本")
    assert overflow(visitor) <= 0
    assert not violations(visitor)
    with page.expect_download() as download:
        page.click("#run a[download]")
    rows = list(
        load_workbook(BytesIO(download.value.path().read_bytes())).active.iter_rows(
            values_only=True
        )
    )
    assert [row[0] for row in rows[1:]] == [5, 6, 7, 8, 9]
    good = page.locator("#run form button.btn-primary")
    if good.count():
        good.click()
        expect(page.locator("h1")).to_contain_text("已完成", timeout=PATIENCE)
        page.goto("/customers/?q=导入的云帆营业部")
        expect(page.locator("table.list tbody tr")).to_have_count(1)
    else:
        # The narrow screen comes second: what was written is there and would change nothing.
        expect(page.locator(".tallies")).to_contain_text(re.compile(r"不变\s*2"))
