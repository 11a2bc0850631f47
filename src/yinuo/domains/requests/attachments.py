"""Attachments of a request: photos, logs, paper slips. Who sees the request sees them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.states import RequestState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.files import selectors as files
from yinuo.platform.files.captions import caption_file
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, OpenedFile, OpenedPicture, Upload, owner_of
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

PURPOSE = "attachment"


def attach_file(
    *, actor: Actor, request_id: object, upload: Upload, caption: str = "", now: datetime
) -> FileView:
    """Keep a file with a visible request, with what it shows; the same file twice is kept once.

    Raises InvalidInput on `file` when it is not taken, on `caption` when too long, IllegalMove on a
    merged request.
    """
    with writing(actor=actor, now=now):
        request = one_of(visible_requests(actor), request_id)
        require(actor, Permission.REQUEST_WORK, request.unit_id)
        return keep_attachment(
            actor=actor, request=request, upload=upload, caption=caption, now=now
        )


def caption_attachment(
    *,
    actor: Actor,
    request_id: object,
    file_id: object,
    version: int,
    caption: str,
    now: datetime,
) -> FileView:
    """Say what a file of a visible request shows. Raises InvalidInput, NotFound, Conflict."""
    with writing(actor=actor, now=now):
        seen = one_of(visible_requests(actor), request_id)
        require(actor, Permission.REQUEST_WORK, seen.unit_id)
        request = Request.objects.select_for_update(of=("self",)).get(pk=seen.pk)
        kept = caption_file(
            owner=owner_of(request),
            purpose=PURPOSE,
            file_id=file_id,
            version=version,
            caption=caption,
            actor=actor,
            now=now,
        )
        # Live pages of the request see it.
        stored(request, expected_version=None, changes={})
        return kept


def get_attachment(actor: Actor, request_id: object, file_id: object) -> FileView:
    """A file of a visible request without its bytes; NotFound for another's."""
    return files.get_file(owner_of(_seen(actor, request_id)), file_id)


def keep_attachment(
    *, actor: Actor, request: Request, upload: Upload, caption: str = "", now: datetime
) -> FileView:
    """Keep a file with a request that the caller has allowed the actor to add to.

    Raises like `attach_file`.
    """
    with writing(actor=actor, now=now):
        request = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.state == RequestState.MERGED:
            raise IllegalMove(_("This request was merged. Attach the file there."))
        kept = store_file(
            owner=owner_of(request),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
            caption=caption,
        )
        # Live pages of the request see it.
        stored(request, expected_version=None, changes={})
        return kept


def list_attachments(actor: Actor, request_id: object) -> list[FileView]:
    """The files of a visible request, the oldest first; NotFound otherwise."""
    return files.list_files(owner_of(_seen(actor, request_id)), purpose=PURPOSE)


def open_attachment(actor: Actor, request_id: object, file_id: object) -> OpenedFile:
    """A file of a visible request; NotFound for another's."""
    return files.open_file(owner_of(_seen(actor, request_id)), file_id)


def open_attached_picture(actor: Actor, request_id: object, file_id: object) -> OpenedPicture:
    """The picture made anew from a file of a visible request; NotFound when there is none."""
    return files.open_picture(owner_of(_seen(actor, request_id)), file_id)


def _seen(actor: Actor, request_id: object) -> Request:
    return one_of(visible_requests(actor), request_id)
