"""A sheet as a PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from yinuo.domains.fieldwork.documents import work_order_pdf
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page


@require_GET
@page
def work_pdf(request: HttpRequest, work_order_id: UUID) -> HttpResponseBase:
    """The sheet in the reader's language, to be printed or sent."""
    language = "zh" if words.is_chinese() else "en"
    content, number = work_order_pdf(
        actor_of(request), work_order_id, language=language, now=timezone.now()
    )
    return document_response(content, f"{number}.pdf")
