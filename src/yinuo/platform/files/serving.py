"""Giving files out: downloads are never pages, pictures are only those made anew (R10)."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from yinuo.platform.files.types import OpenedFile, OpenedPicture

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def file_response(opened: OpenedFile) -> FileResponse:
    """The file as an attachment under its own name."""
    return FileResponse(
        opened.content,
        as_attachment=True,
        filename=opened.view.name,
        content_type=opened.view.media_type,
        headers=_HEADERS,
    )


def picture_response(opened: OpenedPicture) -> FileResponse:
    """The re-encoded picture, to be shown in a page of ours."""
    return FileResponse(opened.content, content_type="image/jpeg", headers=_HEADERS)


def document_response(
    content: bytes, filename: str, media_type: str = "application/pdf"
) -> HttpResponse:
    """A document that we made, a PDF unless said otherwise, as an attachment."""
    name = content_disposition_header(as_attachment=True, filename=filename)
    headers = _HEADERS | {"Content-Disposition": name or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)
