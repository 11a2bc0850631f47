"""What a document says, read by another program than the one that wrote it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader


def words_of_pdf(content: bytes) -> str:
    """The text of all pages."""
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def words_of_docx(content: bytes) -> str:
    """Paragraphs and cells, a line each."""
    made = Document(BytesIO(content))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def table_of_docx(content: bytes, heads: int) -> list[list[str]]:
    """The rows of the last table with so many columns, its head row left out."""
    tables = Document(BytesIO(content)).tables
    table = [one for one in tables if len(one.columns) == heads][-1]
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def rows_of_xlsx(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the first sheet, its head row left out."""
    return list(load_workbook(BytesIO(content)).active.values)[1:]
