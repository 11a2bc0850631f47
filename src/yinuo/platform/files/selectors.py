"""Reading files of an owner. The caller has checked that the reader may see the owner."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from yinuo.platform.errors import NotFound
from yinuo.platform.files.models import StoredFile
from yinuo.platform.files.types import FileView, OpenedFile, OpenedPicture, Owner
from yinuo.platform.scoped import one_of


def list_files(owner: Owner, *, purpose: str = "") -> list[FileView]:
    """The owner's files, the oldest first; those of one purpose when it is given."""
    return files_of([owner], purpose=purpose)[owner]


def files_of(owners: Iterable[Owner], *, purpose: str = "") -> dict[Owner, list[FileView]]:
    """The files of several owners of one kind, by owner; one query."""
    found: dict[Owner, list[FileView]] = {owner: [] for owner in owners}
    if not found:
        return found
    kinds = {owner.kind for owner in found}
    ids = [owner.public_id for owner in found]
    rows = StoredFile.objects.filter(owner_type__in=kinds, owner_id__in=ids).order_by("id")
    if purpose:
        rows = rows.filter(purpose=purpose)
    for row in rows:
        owner = Owner(row.owner_type, row.owner_id)
        if owner in found:
            found[owner].append(file_view(row))
    return found


def get_file(owner: Owner, file_id: object) -> FileView:
    """A file of this owner without its bytes; NotFound when another's."""
    return file_view(_of(owner, file_id))


def open_file(owner: Owner, file_id: object) -> OpenedFile:
    """A file of this owner with its content; NotFound when another's, or its bytes are gone."""
    row = _of(owner, file_id)
    try:
        return OpenedFile(file_view(row), default_storage.open(row.place, "rb"))
    except FileNotFoundError as error:
        raise NotFound from error


def open_picture(owner: Owner, file_id: object) -> OpenedPicture:
    """The re-encoded picture of a file of this owner; NotFound when it is no picture."""
    row = _of(owner, file_id)
    if not row.picture_place:
        raise NotFound
    try:
        return OpenedPicture(default_storage.open(row.picture_place, "rb"))
    except FileNotFoundError as error:
        raise NotFound from error


def file_view(row: StoredFile) -> FileView:
    """The frozen form of a row."""
    return FileView(
        public_id=row.public_id,
        purpose=row.purpose,
        name=row.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        is_picture=bool(row.picture_place),
        stored_at=row.stored_at,
        stored_by=row.actor_label,
        caption=row.caption,
        version=row.version,
    )


def _of(owner: Owner, file_id: object) -> StoredFile:
    rows = StoredFile.objects.filter(owner_type=owner.kind, owner_id=owner.public_id)
    return one_of(rows, file_id)
