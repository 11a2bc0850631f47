"""The child process that writes one DOCX: JSON on standard input, the document on standard output.

Run as a script in isolated mode. Before it looks at the document it gives up the right to open
any file or socket and limits its own time and memory.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

CPU_SECONDS = 20
ADDRESS_SPACE_BYTES = 1024**3
# What Windows and its office programs have; others put their own Chinese face in its place.
LATIN_FACE, CHINESE_FACE = "Arial", "微软雅黑"
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
INK, FAINT = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x5B, 0x6B, 0x7B)
HAIR, LABEL_FILL = "C9D2DA", "F3F6F8"
WIDTH_MM, LABEL_MM = 170, 25
LOGO, LOGO_MM, LOGO_HIGH_MM = "house-logo", 45, 14
TICKED, OPEN = "☑", "☐"
# A fixed date in the archive, so that the same input gives the same bytes.
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)


class Sheet:
    """One document while it is being written; each block of a template is a method of its name."""

    def __init__(self, made: Made, pictures: Mapping[str, bytes]) -> None:
        self.made = made
        self.pictures = pictures
        self.form: Table | None = None

    def write(self, template: str, data: Any) -> None:
        """Every line of the template: a block's name and where its content is in the data."""
        blocks: dict[str, Callable[[Any], None]] = {
            "fields": self.fields,
            "boxes": self.boxes,
            "text": self.text,
            "heading": self.heading,
            "passages": self.passages,
            "table": self.table,
            "paragraph": self.paragraph,
            "small": self.small,
            "signatures": self.signatures,
        }
        for line in template.splitlines():
            words = line.split("#")[0].split()
            if not words:
                continue
            name, path = words
            content = data
            for key in path.split("."):
                content = content[key]
            if name not in ("boxes", "text"):
                self.form = None
            if content:
                blocks[name](content)

    def fields(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Rows of (label, value), two pairs side by side; a wide one takes the whole width."""
        half = WIDTH_MM / 2 - LABEL_MM
        table = self._table((LABEL_MM, half, LABEL_MM, half))
        free: tuple[_Cell, ...] = ()
        for row in rows:
            wide = row.get("wide", False)
            if wide or not free:
                free = _added(table)
            label, value, *rest = free
            _put(label, row["label"], faint=True, fill=LABEL_FILL)
            _put(value.merge(rest[-1]) if wide else value, row["value"])
            free = () if wide else tuple(rest)
        for empty in free[:1]:
            _put(empty, "", fill=LABEL_FILL)

    def boxes(self, rows: Any) -> None:
        """A label and boxes to tick, the chosen ones ticked; or a list of such rows."""
        for row in rows if isinstance(rows, list) else [rows]:
            ticks = (f"{TICKED if one['ticked'] else OPEN} {one['word']}" for one in row["boxes"])
            _put(self._form_row(row["label"]), "    ".join(ticks))

    def text(self, rows: Any) -> None:
        """A label and what was written; lines for a pen where nothing was. Or a list of such."""
        for row in rows if isinstance(rows, list) else [rows]:
            _put(self._form_row(row["label"]), row["value"] or "\n" * (row["lines"] - 1))

    def heading(self, words: str) -> None:
        """A bold line that never stands alone at a page's end."""
        paragraph = self._paragraph(words, bold=True)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True

    def passages(self, passages: Iterable[Mapping[str, str]]) -> None:
        """Titled passages, their line ends kept."""
        for one in passages:
            self.heading(one["title"])
            self._paragraph(one["body"])

    def table(self, content: Mapping[str, Any]) -> None:
        """Columns with a title and a width in parts of the whole; rows of texts below them."""
        columns = content["columns"]
        whole = sum(one["width"] for one in columns)
        table = self._table([WIDTH_MM * one["width"] / whole for one in columns])
        titles = _added(table)
        for cell, column in zip(titles, columns, strict=True):
            _put(cell, column["title"], faint=True, fill=LABEL_FILL, right=column["right"])
        for row in content["rows"]:
            for cell, column, value in zip(_added(table), columns, row, strict=True):
                _put(cell, value, right=column["right"])

    def paragraph(self, words: str) -> None:
        """A plain paragraph."""
        self._paragraph(words)

    def small(self, words: str) -> None:
        """A remark in small print."""
        self._paragraph(words, size=7.5, faint=True)

    def signatures(self, people: Iterable[Mapping[str, str]]) -> None:
        """Who signs, side by side: label, name, a drawn signature where there is one."""
        signing = list(people)
        self._paragraph("")
        table = self._table([WIDTH_MM / len(signing)] * len(signing))
        for cell, one in zip(_added(table), signing, strict=True):
            _put(cell, one["label"], faint=True)
            drawn = self.pictures.get(one.get("picture", ""))
            run = cell.add_paragraph().add_run()
            if drawn:
                run.add_picture(BytesIO(drawn), height=Mm(15))
            cell.add_paragraph(one["value"] or "\n")

    def _paragraph(
        self, words: str, *, bold: bool = False, faint: bool = False, size: float = 10.5
    ) -> Paragraph:
        paragraph = self.made.add_paragraph()
        run = paragraph.add_run(words)
        run.bold, run.font.size = bold, Pt(size)
        run.font.color.rgb = FAINT if faint else INK
        return paragraph

    def _form_row(self, label: str) -> _Cell:
        if self.form is None:
            self.form = self._table((LABEL_MM, WIDTH_MM - LABEL_MM))
        left, right = _added(self.form)
        _put(left, label, faint=True, fill=LABEL_FILL)
        return right

    def _table(self, widths_mm: Iterable[float]) -> Table:
        widths = [Mm(one) for one in widths_mm]
        table: Table = self.made.add_table(0, len(widths), "Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("color", HAIR)):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
        table._tbl.tblPr.append(borders)
        return table


def _added(table: Any) -> tuple[_Cell, ...]:
    """The cells of one more row."""
    return tuple(table.add_row().cells)


def _put(
    cell: _Cell, words: str, *, faint: bool = False, fill: str = "", right: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(9 if faint else 10.5), FAINT if faint else INK
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _dress(made: Made, house: Mapping[str, str], made_at: int) -> None:
    """Paper, faces, language, what stands on every page, and who made it when."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH_MM) / 2)
    section.top_margin, section.bottom_margin = Mm(32), Mm(22)
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = LATIN_FACE, Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    properties = normal.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE_FACE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[house["lang"]])
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    head = section.header.paragraphs[0]
    first, second = head.add_run(house["company"]), head.add_run(f"\t\t{house['number']}")
    first.bold = True
    below = section.header.add_paragraph(f"{house['unit']}\t\t{house['note']}")
    for run in (second, *below.runs):
        run.font.size, run.font.color.rgb = Pt(9), FAINT
    _number_pages(section.footer.paragraphs[0], house["pages"])
    if house["footer"]:
        own = section.footer.add_paragraph().add_run(house["footer"])
        own.font.size, own.font.color.rgb = Pt(8.5), FAINT
    about, instant = made.core_properties, datetime.fromtimestamp(made_at, UTC)
    about.author, about.title, about.comments = house["company"], house["title"], ""
    about.last_modified_by, about.created, about.modified = "", instant, instant


def _open(made: Made, house: Mapping[str, str], logo: bytes) -> None:
    """The company's own head with its picture, the title, the words before the content."""
    if house["head"] or logo:
        left, right = made.add_table(1, 2).rows[0].cells
        left.width, right.width = Mm(WIDTH_MM - LOGO_MM), Mm(LOGO_MM)
        _put(left, house["head"], faint=True)
        if logo:
            _set_logo(right.paragraphs[0], logo)
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    big = title.add_run(house["title"])
    big.bold, big.font.size = True, Pt(17)
    if house["introduction"]:
        made.add_paragraph().add_run(house["introduction"]).font.size = Pt(10.5)


def _set_logo(paragraph: Paragraph, logo: bytes) -> None:
    """The picture within its frame, its sides in proportion."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape: Any = paragraph.add_run().add_picture(BytesIO(logo), height=Mm(LOGO_HIGH_MM))
    if shape.width > Mm(LOGO_MM):
        shape.height = int(shape.height * Mm(LOGO_MM) / shape.width)
        shape.width = Mm(LOGO_MM)


def _number_pages(footer: Paragraph, words: str) -> None:
    """«Page {page} of {pages}» with the two numbers as fields that the reader's program fills."""
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in words.replace("{page}", "\0PAGE\0").replace("{pages}", "\0NUMPAGES\0").split("\0"):
        if part in ("PAGE", "NUMPAGES"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), part)
            footer._p.append(field)
        elif part:
            footer.add_run(part).font.size = Pt(8.5)


def _even(made: Made) -> bytes:
    """The archive with one date throughout."""
    loose, even = BytesIO(), BytesIO()
    made.save(loose)
    with zipfile.ZipFile(loose) as read, zipfile.ZipFile(even, "w") as written:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, ARCHIVE_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, read.read(name))
    return even.getvalue()


def _shut_the_doors() -> None:
    """No further file or socket, from here on, for anything in this process (R23)."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def main() -> None:
    """Read the order, write the document."""
    order = json.load(sys.stdin)
    made = Document()
    # Their empty forms are files of the library.
    made.sections[0].header.is_linked_to_previous = False
    made.sections[0].footer.is_linked_to_previous = False
    _shut_the_doors()
    _dress(made, order["house"], order["made_at"])
    pictures = {name: bytes(content) for name, content in order["pictures"].items()}
    _open(made, order["house"], pictures.get(LOGO, b""))
    Sheet(made, pictures).write(order["source"], order["data"] | {"house": order["house"]})
    sys.stdout.buffer.write(_even(made))


if __name__ == "__main__":
    main()
