"""`/requests/{id}/files`: attachments of a request, their bytes as base64 text."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.attachments import attach_file, list_attachments, open_attachment
from yinuo.platform.errors import InvalidInput
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Name, PathId, text
from yinuo.surfaces.api.resources.request_acts import resource
from yinuo.surfaces.api.shapes import after as shapes

__all__ = ["resource"]


class FileInput(Input):
    """A file: its name with extension, its bytes as base64. A call carries at most 2.5 MB."""

    name: Name
    content_base64: Annotated[str, text(2_500_000)]

    def upload(self) -> ContentFile[bytes]:
        """The same for the service. Raises InvalidInput when it is no base64."""
        try:
            content = b64decode(self.content_base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidInput({"content_base64": _("This is not base64.")}) from error
        return ContentFile(content, name=self.name)


@resource.reads(
    "/{request_id}/files",
    name="list_request_files",
    right=Permission.REQUEST_READ,
    gives=shapes.Files,
)
def list_files(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The files of a request, the oldest first."""
    found = list_attachments(request.auth.actor, request_id)
    return listed(Page(tuple(found), ""), shapes.file)


@resource.writes(
    "POST",
    "/{request_id}/files",
    name="attach_request_file",
    right=Permission.REQUEST_WORK,
    gives=shapes.FileShape,
    status=201,
)
def attach_one(request: ApiRequest, request_id: PathId, data: FileInput) -> HttpResponse:
    """Attach a file; the same one twice is kept once."""

    def action() -> dict[str, Any]:
        call = request.auth
        upload = data.upload()
        return shapes.file(
            attach_file(actor=call.actor, request_id=request_id, upload=upload, now=call.now)
        )

    return written(request, action, status=201)


@resource.reads(
    "/{request_id}/files/{file_id}",
    name="get_request_file",
    right=Permission.REQUEST_READ,
    gives=shapes.ContentShape,
)
def get_file(request: ApiRequest, request_id: PathId, file_id: PathId) -> HttpResponse:
    """A file of a request with its bytes."""
    opened = open_attachment(request.auth.actor, request_id, file_id)
    with opened.content as content:
        data = content.read()
    return shown(shapes.content(opened.view.name, opened.view.media_type, data))
