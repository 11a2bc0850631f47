"""Saying later, or otherwise, what a stored file shows; its bytes and its name stay as they are."""

from __future__ import annotations

from datetime import datetime

from yinuo.platform.files.models import StoredFile
from yinuo.platform.files.selectors import file_view
from yinuo.platform.files.services import checked_caption
from yinuo.platform.files.types import FileView, Owner
from yinuo.platform.journal.work import Actor, stored, writing
from yinuo.platform.scoped import one_of


def caption_file(
    *,
    owner: Owner,
    purpose: str,
    file_id: object,
    version: int,
    caption: str,
    actor: Actor,
    now: datetime,
) -> FileView:
    """Give a file of an owner another caption, whom the caller has allowed the actor to change.

    Raises NotFound for another's file, InvalidInput on `caption` when it is too long, Conflict when
    somebody was faster.
    """
    said = checked_caption(caption)
    rows = StoredFile.objects.filter(
        owner_type=owner.kind, owner_id=owner.public_id, purpose=purpose
    )
    with writing(actor=actor, now=now) as work:
        row = one_of(rows, file_id)
        before = {"caption": row.caption}
        stored(row, expected_version=version, changes={"caption": said})
        work.audit("file.caption", row, before=before, after={"caption": said})
        return file_view(row)
