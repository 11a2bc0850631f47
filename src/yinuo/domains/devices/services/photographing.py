"""Photographs in pieces: a cut one goes on where it stopped; a hash proves it whole (R56)."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from yinuo.domains.checklists.selectors import checklist_of
from yinuo.domains.checklists.services import add_photo
from yinuo.domains.devices.models import PhotoPiece, PhotoUpload
from yinuo.domains.devices.policies import own_uploads, person_of
from yinuo.domains.devices.types import PhotoProgress, PhotoSent
from yinuo.domains.fieldwork.policies import require_step, visible_work_orders
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.attachments import keep_attachment
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.services import staff_limits
from yinuo.platform.files.types import FileView
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

PIECE_BYTES = 262_144
# A phone takes no more at once; a broken one must not fill the database (R52).
MOST_ON_THEIR_WAY = 60
ABANDONED_AFTER = timedelta(days=14)


def begin_photo(*, actor: Actor, photo: PhotoSent, now: datetime) -> PhotoProgress:
    """Announce a photograph of a sheet that one carries out, or ask how much of it is here.

    Raises NotFound for a foreign sheet or checklist, Forbidden for another's visit or with too
    many under way, InvalidInput for a size of none or too much, or an id that stands for another
    photograph.
    """
    with writing(actor=actor, now=now):
        order = one_of(visible_work_orders(actor), photo.work_order_id)
        require_step(actor, order, "worked")
        row = own_uploads(actor).filter(public_id=photo.id).first()
        if row is None:
            _check(actor, photo)
            row = PhotoUpload.objects.create(
                public_id=photo.id,
                person_id=person_of(actor),
                work_order=order,
                name=photo.name,
                caption=photo.caption,
                sha256=photo.sha256.lower(),
                size=photo.size,
                taken_at=min(photo.taken_at, now),
                begun_at=now,
                checklist_id=photo.checklist_id,
                item=photo.item,
            )
        elif (row.work_order_id, row.sha256) != (order.pk, photo.sha256.lower()):
            raise InvalidInput({"id": _("This id was already used for another photograph.")})
        return _progress(row)


def add_piece(
    *, actor: Actor, upload_id: object, at: int, content: bytes, now: datetime
) -> PhotoProgress:
    """Add the bytes from `at` on; the last piece makes the photograph an attachment of the request.

    Raises Conflict with `received` when the place is another, InvalidInput for an empty or too
    large piece, and when the whole has another hash: then nothing of it stays.
    """
    with writing(actor=actor, now=now):
        row = one_of(own_uploads(actor).select_for_update(of=("self",)), upload_id)
        if row.file_id is not None:
            return _progress(row)
        if at != row.received:
            raise Conflict(details={"received": row.received})
        if not 0 < len(content) <= min(PIECE_BYTES, row.size - row.received):
            raise InvalidInput(
                {"content_base64": _("Send at most 256 KiB, and not beyond the end.")}
            )
        PhotoPiece.objects.create(upload=row, at=at, content=content)
        row.received += len(content)
        is_whole = row.received < row.size or _finished(actor, row, now)
        row.save(update_fields=["received", "file_id"])
    if not is_whole:
        raise InvalidInput({"sha256": _("The photograph did not arrive whole. It is sent again.")})
    return _progress(row)


def sweep_photos(now: datetime) -> int:
    """Forget photographs that nobody went on sending for two weeks; how many."""
    late = PhotoUpload.objects.filter(file_id__isnull=True, begun_at__lt=now - ABANDONED_AFTER)
    return late.delete()[1].get("devices.PhotoUpload", 0)


def _check(actor: Actor, photo: PhotoSent) -> None:
    if not 0 < photo.size <= staff_limits().file_bytes:
        raise InvalidInput({"size": _("This photograph is too large.")})
    if PhotoUpload.objects.filter(public_id=photo.id).exists():
        raise InvalidInput({"id": _("This id was already used for another photograph.")})
    if own_uploads(actor).filter(file_id__isnull=True).count() >= MOST_ON_THEIR_WAY:
        raise Forbidden(_("Too many photographs are on their way. Let these arrive first."))
    if photo.checklist_id is not None:
        sheet_id, _version = checklist_of(actor, photo.checklist_id)
        if sheet_id != photo.work_order_id:
            raise NotFound


def _finished(actor: Actor, row: PhotoUpload, now: datetime) -> bool:
    """Make the whole an attachment; False, and nothing kept, when its hash is another."""
    pieces = row.pieces.order_by("at").values_list("content", flat=True)
    content = b"".join(bytes(one) for one in pieces)
    row.pieces.all().delete()
    if sha256(content).hexdigest() != row.sha256:
        row.received = 0
        return False
    kept = _kept(actor, row, ContentFile(content, name=row.name), now)
    row.file_id = kept.public_id
    return True


def _kept(actor: Actor, row: PhotoUpload, upload: ContentFile[bytes], now: datetime) -> FileView:
    """With the line that asks for it; with the request when the checklist was closed meanwhile."""
    if row.checklist_id is not None:
        try:
            return add_photo(
                actor=actor, checklist_id=row.checklist_id, item=row.item, upload=upload, now=now
            )
        except (Forbidden, IllegalMove, InvalidInput, NotFound):
            upload.seek(0)
    return keep_attachment(
        actor=actor, request=row.work_order.request, upload=upload, caption=row.caption, now=now
    )


def _progress(row: PhotoUpload) -> PhotoProgress:
    return PhotoProgress(row.public_id, row.received, row.file_id is not None)
