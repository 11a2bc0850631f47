"""The forms in which quotes and statements are handed out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from yinuo.domains.billing.charge_types import StatementView
from yinuo.domains.billing.documents import quote_docx, quote_pdf
from yinuo.domains.billing.statement_document import statement_docx, statement_pdf
from yinuo.domains.billing.types import QuoteView
from yinuo.domains.billing.workbooks import quote_xlsx, statement_xlsx
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.platform.spreadsheets import XLSX

PDF = "application/pdf"


class PaperForm(StrEnum):
    """What kind of file."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class Paper(NamedTuple):
    """A file to be handed out."""

    name: str
    media_type: str
    content: bytes


def quote_paper(quote: QuoteView, form: PaperForm, language: str, now: datetime) -> Paper:
    """The quote in a form and in `zh` or `en`. Raises RenderingFailed."""
    name = f"{quote.row.number}-{language}.{form.value}"
    if form is PaperForm.XLSX:
        return Paper(name, XLSX, quote_xlsx(quote, language))
    if form is PaperForm.DOCX:
        return Paper(name, DOCX, quote_docx(quote, language, now))
    return Paper(name, PDF, quote_pdf(quote, language, now))


def statement_paper(statement: StatementView, form: PaperForm, language: str) -> Paper:
    """The statement in a form and in `zh` or `en`. Raises RenderingFailed."""
    name = f"{statement.row.number}-{language}.{form.value}"
    if form is PaperForm.XLSX:
        return Paper(name, XLSX, statement_xlsx(statement, language))
    if form is PaperForm.DOCX:
        return Paper(name, DOCX, statement_docx(statement, language))
    return Paper(name, PDF, statement_pdf(statement, language))
