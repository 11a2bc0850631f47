"""Keeping a file, and clearing away bytes that no row names."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput
from yinuo.platform.files.kinds import EXTENSIONS, kind_of
from yinuo.platform.files.models import StoredFile
from yinuo.platform.files.names import extension_of, safe_name
from yinuo.platform.files.pictures import remade
from yinuo.platform.files.selectors import file_view
from yinuo.platform.files.types import FileView, Limits, Owner, Upload
from yinuo.platform.journal.work import Actor, writing

DAY = timedelta(hours=24)
FIELD = "file"


def staff_limits() -> Limits:
    """What people who work here may send."""
    return Limits(settings.UPLOAD_FILE_BYTES, settings.UPLOAD_DAILY_BYTES)


CAPTION_LENGTH = 200


def store_file(
    *,
    owner: Owner,
    purpose: str,
    upload: Upload,
    limits: Limits,
    actor: Actor,
    now: datetime,
    caption: str = "",
) -> FileView:
    """Keep an uploaded file for an owner the actor has been allowed to add to.

    The same content kept before for the same owner and purpose is given again. Raises InvalidInput
    on `file` for an empty, too large, unknown or unsound file, and beyond the day's allowance; on
    `caption` when it is too long.
    """
    name, said = safe_name(upload.name or ""), checked_caption(caption)
    size = _checked_size(upload, limits, actor, now)
    media_type, picture = _examined(name, upload)
    digest = _digest(upload)
    with writing(actor=actor, now=now) as work:
        same = StoredFile.objects.filter(
            owner_type=owner.kind, owner_id=owner.public_id, purpose=purpose, sha256=digest
        ).first()
        if same is not None:
            return file_view(same)
        row = StoredFile(
            owner_type=owner.kind,
            owner_id=owner.public_id,
            purpose=purpose,
            name=name,
            caption=said,
            media_type=media_type,
            size_bytes=size,
            sha256=digest,
            place=default_storage.save(_random_place(), upload),
            picture_place=_kept_picture(picture),
            stored_at=now,
            user_id=actor.user_id,
            actor_label=actor.label,
        )
        work.add(row)
        work.audit("file.store", row, after={"owner": str(owner.public_id), "sha256": digest})
        return file_view(row)


def checked_caption(caption: str) -> str:
    """A caption as it is kept. Raises InvalidInput on `caption` when it is too long."""
    said = caption.strip()
    if len(said) > CAPTION_LENGTH:
        message = _("Use at most %(most)d characters.")
        raise InvalidInput({"caption": message % {"most": CAPTION_LENGTH}})
    return said


def _examined(name: str, upload: Upload) -> tuple[str, bytes]:
    """The media type that name and content agree on, and a picture made anew (empty for others)."""
    kind = kind_of(extension_of(name), upload)
    if kind is None:
        known = ", ".join(EXTENSIONS)
        raise _refused(
            _("This kind of file is not taken, or it is not what its name says. Taken: %(kinds)s")
            % {"kinds": known}
        )
    picture = remade(upload) if kind.is_picture else b""
    if picture is None:
        raise _refused(_("This picture cannot be read, or it is too large to be shown."))
    return kind.media_type, picture


def sweep_orphans(now: datetime) -> int:
    """Delete stored bytes older than a day that no row names; gives how many.

    A step that is rolled back after its file was written leaves such bytes.
    """
    swept = 0
    for folder in default_storage.listdir("")[0]:
        places = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        named = set(StoredFile.objects.filter(place__in=places).values_list("place", flat=True))
        named |= set(
            StoredFile.objects.filter(picture_place__in=places).values_list(
                "picture_place", flat=True
            )
        )
        for place in set(places) - named:
            if default_storage.get_modified_time(place) < now - DAY:
                default_storage.delete(place)
                swept += 1
    return swept


def _checked_size(upload: Upload, limits: Limits, actor: Actor, now: datetime) -> int:
    size = upload.size or 0
    if size == 0:
        raise _refused(_("This file is empty."))
    if size > limits.file_bytes:
        raise _refused(
            _("This file is too large. At most %(megabytes)s MB are taken.")
            % {"megabytes": limits.file_bytes // 1_000_000}
        )
    if actor.user_id is None:
        return size
    today = StoredFile.objects.filter(user_id=actor.user_id, stored_at__gt=now - DAY)
    if (today.aggregate(sum=Sum("size_bytes"))["sum"] or 0) + size > limits.daily_bytes:
        raise _refused(_("You have sent as much as one day allows. Send the rest tomorrow."))
    return size


def _digest(upload: Upload) -> str:
    digest = sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _kept_picture(content: bytes) -> str:
    return default_storage.save(_random_place(), ContentFile(content)) if content else ""


def _random_place() -> str:
    """A name that says nothing and cannot be guessed, in one of 256 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def _refused(message: str) -> InvalidInput:
    return InvalidInput({FIELD: message})
