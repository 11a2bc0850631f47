"""`/requests/{id}/files`: attachments of a request with captions, their bytes as base64 text."""

from __future__ import annotations

import binascii
from base64 import b64decode
from functools import partial
from typing import Annotated, Any

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.attachments import (
    attach_file,
    caption_attachment,
    get_attachment,
    list_attachments,
    open_attachment,
)
from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.services import CAPTION_LENGTH
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import edited, listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Name, PathId, Version, text
from yinuo.surfaces.api.resources.request_acts import resource
from yinuo.surfaces.api.shapes import after as shapes

__all__ = ["resource"]


Caption = Annotated[str, text(CAPTION_LENGTH)]


class CaptionEdit(Input):
    """What a file shows."""

    caption: Caption
    version: Version


class FileInput(Input):
    """A file: its name with extension, its bytes as base64. A call carries at most 2.5 MB."""

    name: Name
    content_base64: Annotated[str, text(2_500_000)]
    caption: Caption = ""

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
        kept = attach_file(
            actor=call.actor,
            request_id=request_id,
            upload=data.upload(),
            caption=data.caption,
            now=call.now,
        )
        return shapes.file(kept)

    return written(request, action, status=201)


@resource.writes(
    "PUT",
    "/{request_id}/files/{file_id}",
    name="caption_request_file",
    right=Permission.REQUEST_WORK,
)
def caption_one(
    request: ApiRequest, request_id: PathId, file_id: PathId, data: CaptionEdit
) -> HttpResponse:
    """Say what a file of a request shows."""
    call = request.auth
    act = partial(
        caption_attachment,
        actor=call.actor,
        request_id=request_id,
        file_id=file_id,
        version=data.version,
        caption=data.caption,
        now=call.now,
    )
    present = partial(get_attachment, call.actor, request_id, file_id)
    return edited(request, data, act, lambda: shapes.file(present()))


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
