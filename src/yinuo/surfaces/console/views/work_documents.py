"""A sheet as a PDF and as a DOCX."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.fieldwork.documents import work_order_docx, work_order_pdf
from yinuo.platform.files.serving import document_response
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page


@require_GET
@page
def work_pdf(request: HttpRequest, work_order_id: UUID) -> HttpResponseBase:
    """The sheet in the reader's language, to be printed or sent."""
    content, number = work_order_pdf(
        actor_of(request), work_order_id, language=_language(), now=timezone.now()
    )
    return document_response(content, f"{number}.pdf")


@require_GET
@page
def work_docx(request: HttpRequest, work_order_id: UUID) -> HttpResponseBase:
    """The same as a DOCX."""
    content, number = work_order_docx(
        actor_of(request), work_order_id, language=_language(), now=timezone.now()
    )
    return document_response(content, f"{number}.docx", DOCX)


def _language() -> str:
    return "zh" if words.is_chinese() else "en"
