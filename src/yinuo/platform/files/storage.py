"""The folder that holds attachments by default: what it reports as kept is on the disk (R49)."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

FOLDER_MODE, FILE_MODE = 0o700, 0o600


class FolderStorage(FileSystemStorage):
    """Django's folder storage (`MEDIA_ROOT`), written to a side file, synced, then renamed."""

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        place = Path(self.path(name))
        _make_private(place.parent)
        beside = place.with_name(place.name + ".part")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                os.fsync(file.fileno())
            beside.rename(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return name


def _make_private(folder: Path) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=FOLDER_MODE, exist_ok=True)
        _sync_folder(one.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
