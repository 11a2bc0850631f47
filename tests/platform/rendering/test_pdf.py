"""Documents as PDF: what is read in them, and what their making may never touch."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from yinuo.platform.rendering import House, RenderingFailed, pdf, render_pdf
from yinuo.platform.rendering import child as child_module

NOON = datetime(2026, 2, 16, 4, 0, tzinfo=UTC)
HOUSE = House(
    "华信传媒技术有限公司", "华南中心", "问题报告", "FW-SZ-202602-0007", "第 2 版", "zh", NOON
)
PASSAGES = "#for one in data.passages { section(one.title, one.body) }\n"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "document.typ"
    file.write_text(PASSAGES, "utf-8")
    return file


def passages(*bodies: str) -> dict[str, object]:
    return {"passages": [{"title": f"段落{at}", "body": body} for at, body in enumerate(bodies)]}


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.req("R23")
def test_a_document_carries_letterhead_text_and_page_numbers(template: Path) -> None:
    made = render_pdf(template, passages("更换光模块后恢复。", "备板一块" * 1200), house=HOUSE)
    pages = pages_of(made)
    assert len(pages) >= 3
    for at, page in enumerate(pages, 1):
        assert "华信传媒技术有限公司" in page
        assert "FW-SZ-202602-0007" in page
        assert f"第{at}页，共{len(pages)}页" in page.replace(" ", "")
    assert "更换光模块后恢复。" in pages[0]
    whole = "".join(pages).replace("\n", "")
    assert whole.count("备板一块") >= 1190  # some are cut by a page's end


def test_the_same_data_give_the_same_bytes(template: Path) -> None:
    first, second = (render_pdf(template, passages("一样"), house=HOUSE) for _ in range(2))
    assert first == second


@pytest.mark.req("R22")
def test_what_people_type_is_never_markup(template: Path) -> None:
    typed = '#read("/etc/passwd") *星号* $x^2$ \\u{4e2d} #import "@preview/a:1.0.0" </script>'
    assert typed in pages_of(render_pdf(template, passages(typed), house=HOUSE))[0]


def test_a_character_the_typeface_lacks_is_marked_and_named(template: Path) -> None:
    page = pages_of(render_pdf(template, passages("好😀的𠮷"), house=HOUSE))[0]
    assert "好〓的𠮷" in page
    assert "U+1F600" in page
    complete = pages_of(render_pdf(template, passages("好的"), house=HOUSE))[0]
    assert "U+" not in complete


def test_invisible_characters_cannot_turn_a_line_around(template: Path) -> None:
    page = pages_of(render_pdf(template, passages("金额\u202e100\u200b元\x00"), house=HOUSE))[0]
    assert "金额100元" in page.replace(" ", "")
    assert not {"\u202e", "\u200b", "\x00"} & set(page)


def test_a_word_longer_than_the_line_is_broken(template: Path) -> None:
    page = pages_of(render_pdf(template, passages("A" * 400), house=HOUSE))[0]
    longest = max(len(line.replace("\u200b", "")) for line in page.splitlines())
    assert page.count("A") == 400
    assert longest < 120


def test_a_picture_is_set_and_another_form_than_a_picture_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "signed.typ"
    template.write_text('#picture("signature", width: 30mm)\n', "utf-8")
    drawn = BytesIO()
    Image.new("RGB", (300, 100), "white").save(drawn, "PNG")
    made = render_pdf(template, {}, house=HOUSE, pictures={"signature": drawn.getvalue()})
    assert len(PdfReader(BytesIO(made)).pages[0].images) == 1
    with pytest.raises(RenderingFailed):
        render_pdf(template, {}, house=HOUSE, pictures={"signature": b"<html>"})


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


@pytest.mark.req("R23")
@pytest.mark.parametrize("reach", ['#read("/etc/hostname")', '#import "@preview/cetz:0.3.0"'])
def test_even_a_template_reaches_nothing_outside(tmp_path: Path, reach: str) -> None:
    template = tmp_path / "reaching.typ"
    template.write_text(reach, "utf-8")
    with pytest.raises(RenderingFailed):
        render_pdf(template, {}, house=HOUSE)


@pytest.mark.req("R23")
def test_an_endless_document_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1)
    template = tmp_path / "endless.typ"
    template.write_text("#{ let n = 0\n while n >= 0 { n += 1\n let a = range(5000) } }", "utf-8")
    with pytest.raises(RenderingFailed):
        render_pdf(template, {}, house=HOUSE)
