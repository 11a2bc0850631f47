"""Documents as DOCX: what is read in them, and what their making may never touch."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from yinuo.platform.rendering import House, RenderingFailed, render_docx
from yinuo.platform.rendering import docx_child as child_module

NOON = datetime(2026, 2, 16, 4, 0, tzinfo=UTC)
HOUSE = House(
    "华信传媒技术有限公司", "华南中心", "问题报告", "FW-SZ-202602-0007", "第 2 版", "zh", NOON
)
DATA = {
    "head": [
        {"label": "客户", "value": "A"},
        {"label": "电话", "value": "B"},
        {"label": "设备", "value": "宽", "wide": True},
        {"label": "末", "value": "C"},
    ],
    "kind": {
        "label": "类别",
        "boxes": [{"word": "保内", "ticked": True}, {"word": "年度", "ticked": False}],
    },
    "texts": [
        {"label": "现象", "value": "一行\n二行", "lines": 2},
        {"label": "空", "value": "", "lines": 3},
    ],
    "passages": [{"title": "原因", "body": "更换光模块后恢复。"}],
    "sums": {
        "columns": [
            {"title": "项目", "width": 3, "right": False},
            {"title": "金额", "width": 1, "right": True},
        ],
        "rows": [["上门", "400.00"], ["二次", "320.00"]],
    },
    "signatures": [
        {"label": "签字", "value": "吴佳怡", "picture": "signature"},
        {"label": "日期", "value": ""},
    ],
    "nothing": "",
}
TEMPLATE = """# what stands where
fields head
boxes kind
text texts   # a remark

passages passages
table sums
small nothing
signatures signatures
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "document.blocks"
    file.write_text(TEMPLATE, "utf-8")
    return file


def one_block(tmp_path: Path, line: str) -> Path:
    file = tmp_path / "one.blocks"
    file.write_text(line, "utf-8")
    return file


def read(content: bytes) -> list[str]:
    """Every text of a document, paragraph by paragraph, those of its tables and its head too."""
    document = Document(BytesIO(content))
    section = document.sections[0]
    tables = [cell for table in document.tables for row in table.rows for cell in row.cells]
    places = [section.header, document, *tables, section.footer]
    return [line.text for place in places for line in place.paragraphs]


@pytest.mark.req("R23", "B-71")
def test_a_document_carries_letterhead_and_every_block(template: Path) -> None:
    texts = read(render_docx(template, DATA, house=HOUSE))
    whole = "\n".join(texts)
    for wanted in (
        "华信传媒技术有限公司",
        "FW-SZ-202602-0007",
        "第 2 版",
        "问题报告",
        "客户",
        "宽",
        "C",
    ):
        assert wanted in whole
    for wanted in ("☑ 保内    ☐ 年度", "一行\n二行", "更换光模块后恢复。", "320.00", "吴佳怡"):
        assert wanted in whole
    assert texts.count("上门") == 1


def test_the_faces_are_named_for_both_scripts_and_the_language_set(template: Path) -> None:
    with zipfile.ZipFile(BytesIO(render_docx(template, DATA, house=HOUSE))) as parts:
        styles = parts.read("word/styles.xml").decode()
        footer = parts.read("word/footer1.xml").decode()
    assert 'w:eastAsia="微软雅黑"' in styles
    assert '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>' in styles
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_the_same_data_give_the_same_bytes(template: Path) -> None:
    first, second = (render_docx(template, DATA, house=HOUSE) for _ in range(2))
    assert first == second


@pytest.mark.req("R22")
def test_what_people_type_is_never_evaluated_or_markup(tmp_path: Path) -> None:
    typed = "{{ 7*7 }} {% for x in y %} </w:t><w:br/> &amp; =1+1 ]]>"
    made = render_docx(one_block(tmp_path, "paragraph typed"), {"typed": typed}, house=HOUSE)
    assert typed in read(made)


def test_characters_that_xml_or_a_line_does_not_bear_are_left_out(tmp_path: Path) -> None:
    typed = "金额\u202e100\u200b元\x00\x0b\ufffe\ud800😀"
    made = render_docx(one_block(tmp_path, "paragraph typed"), {"typed": typed}, house=HOUSE)
    assert "金额100元😀" in read(made)


def test_a_picture_is_set_and_another_form_than_a_picture_is_refused(template: Path) -> None:
    drawn = BytesIO()
    Image.new("RGB", (300, 100), "white").save(drawn, "PNG")
    made = render_docx(template, DATA, house=HOUSE, pictures={"signature": drawn.getvalue()})
    with zipfile.ZipFile(BytesIO(made)) as parts:
        assert [name for name in parts.namelist() if name.startswith("word/media/")]
    with pytest.raises(RenderingFailed):
        render_docx(template, DATA, house=HOUSE, pictures={"signature": b"<svg/>"})


@pytest.mark.parametrize("line", ["script head", "fields absent", "fields", "write head"])
def test_a_template_can_name_blocks_and_contents_and_nothing_else(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(RenderingFailed):
        render_docx(one_block(tmp_path, line), DATA, house=HOUSE)


@pytest.mark.req("R23")
@pytest.mark.parametrize("act", ["open('/etc/hostname')", "socket.socket()"])
def test_the_child_can_open_neither_file_nor_socket(act: str) -> None:
    code = (
        "import socket, runpy\n"
        f"child = runpy.run_path({child_module.__file__!r})\n"
        "child['_shut_the_doors']()\n"
        f"try:\n    {act}\n"
        "except OSError as error:\n    print(error.errno)\n"
        "else:\n    print('open')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "24"  # EMFILE
