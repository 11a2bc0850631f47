"""The sheet as PDF and DOCX has every line of the form, filled or left for a pen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader
from tests.factories.centre import Centre
from tests.factories.work import HEAD, PART, REPORT, advance, issue, step, take

from yinuo.domains.fieldwork.documents import work_order_docx, work_order_pdf
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.platform.errors import NotFound

pytestmark = pytest.mark.django_db

LINES = {
    "zh": [
        *("服务联络单", "客户", "联系人", "电话", "地址", "服务时间", "约定方式", "工程师"),
        *("客户类别", "质保期内", "年度合同", "按次", "联络函", "服务内容", "目前状况", "处理方案"),
        *("检查情况", "处理过程", "使用配件", "处理结果", "已完成", "设备送修或更换"),
        *("需再次联系", "其他原因", "未完成原因", "备注", "系统测试", "正常", "不正常", "附件"),
        *("已交接", "未交接", "无", "满意度", "非常满意", "满意", "一般", "不满意", "态度"),
        *("技术", "速度", "意见和建议", "签字", "日期"),
    ],
    "en": [
        *("Service contact sheet", "Customer kind", "In warranty", "Annual contract", "Per visit"),
        *("By letter of contact", "Work asked for", "Handling plan", "Parts used", "Result"),
        *("goes to repair or exchange", "must be contacted again", "Remarks", "System tested"),
        *("Accessories", "Very satisfied", "Dissatisfied", "Attitude", "Skill", "Speed"),
        *("Signature", "Date"),
    ],
}


def text_of(centre: Centre, order: WorkOrder, language: str = "zh") -> tuple[str, int]:
    """The words of the document and its number of pages."""
    content, number = work_order_pdf(
        centre.specialist.actor, order.public_id, language=language, now=datetime.now(UTC)
    )
    assert number == order.number
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)), len(pages)


@pytest.mark.req("LV-15")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_sheet_fits_one_page_with_every_line_of_the_form(
    centre: Centre, language: str
) -> None:
    order = issue(centre.specialist, centre.request)
    text, pages = text_of(centre, order, language)
    assert [line for line in LINES[language] if line not in text] == []
    assert HEAD.contact_phone in text
    assert "✓" in text, "the customer kind follows from the cover"
    assert pages == 1


def words_of(content: bytes) -> str:
    """The words of a DOCX, those of its tables and its head too."""
    document = Document(BytesIO(content))
    tables = [cell for table in document.tables for row in table.rows for cell in row.cells]
    places = [document.sections[0].header, document, *tables]
    return "\n".join(line.text for place in places for line in place.paragraphs)


@pytest.mark.req("LV-15", "B-71")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_docx_has_every_line_of_the_form_too(centre: Centre, language: str) -> None:
    order = issue(centre.specialist, centre.request)
    now = datetime.now(UTC)
    content, number = work_order_docx(
        centre.specialist.actor, order.public_id, language=language, now=now
    )
    text = words_of(content)
    assert [line for line in LINES[language] if line not in text] == []
    assert (number, text.count(number)) == (order.number, 1)
    assert HEAD.contact_phone in text
    assert text.count("☑") == 1, "the customer kind follows from the cover"


@pytest.mark.req("LV-15", "R55")
def test_a_signed_docx_says_what_was_done_and_shows_the_signature(centre: Centre) -> None:
    order = issue(centre.specialist, centre.request)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    step(centre.technician, order, "worked", report=replace(REPORT, work_done="更换电源模块。"))
    step(centre.technician, order, "signed", part=replace(PART, suggestions="希望更早到场"))
    content, _ = work_order_docx(
        centre.specialist.actor, order.public_id, language="zh", now=datetime.now(UTC)
    )
    text = words_of(content)
    for words in ("更换电源模块。", "赵强", "李晓明", "希望更早到场", "SHA-256", "☑ 已完成"):
        assert words in text
    pictures = list(Document(BytesIO(content)).part.package.image_parts)
    assert len(pictures) == 1
    assert Image.open(BytesIO(pictures[0].blob)).convert("L").getextrema()[0] < 64


@pytest.mark.req("LV-15", "R55", "R23")
def test_a_signed_sheet_says_what_was_done_and_by_whom_it_was_signed(centre: Centre) -> None:
    order = issue(centre.specialist, centre.request)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    long = replace(REPORT, work_done="逐台更换电源模块并测试。" * 300, remarks="#let x = 1 *粗*")
    step(centre.technician, order, "worked", report=long)
    step(centre.technician, order, "signed", part=replace(PART, suggestions="希望更早到场"))
    text, pages = text_of(centre, order)
    assert pages > 1, "a long text goes on on the next page"
    for words in ("赵强", "李晓明", "希望更早到场", "#let x = 1 *粗*", "SHA-256"):
        assert words in text
    assert text.count("逐台更换电源模块并测试。") > 200


@pytest.mark.req("R03")
def test_the_document_of_a_foreign_sheet_is_absent(centre: Centre) -> None:
    order = issue(centre.specialist, centre.request)
    with pytest.raises(NotFound):
        work_order_pdf(centre.stranger.actor, order.public_id, language="zh", now=datetime.now(UTC))
    with pytest.raises(NotFound):
        work_order_docx(
            centre.stranger.actor, order.public_id, language="zh", now=datetime.now(UTC)
        )
