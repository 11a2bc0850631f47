"""Photos and papers of an asset: who sees the asset sees them."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.files import selectors as files
from yinuo.platform.files.captions import caption_file
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, OpenedFile, OpenedPicture, Upload, owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

PURPOSE = "photo"


def add_photo(
    *, actor: Actor, asset_id: object, upload: Upload, caption: str = "", now: datetime
) -> FileView:
    """Keep a photo or document with an asset, with what it shows; the same one twice is kept once.

    Raises InvalidInput on `file` when it is not taken, on `caption` when too long, NotFound for an
    asset he may not change.
    """
    asset = one_of(visible_assets(actor, Permission.ASSET_WRITE), asset_id)
    with writing(actor=actor, now=now):
        return store_file(
            owner=owner_of(asset),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
            caption=caption,
        )


def caption_photo(
    *, actor: Actor, asset_id: object, file_id: object, version: int, caption: str, now: datetime
) -> FileView:
    """Say what a photo or document of an asset shows. Raises InvalidInput, NotFound, Conflict."""
    asset = one_of(visible_assets(actor, Permission.ASSET_WRITE), asset_id)
    return caption_file(
        owner=owner_of(asset),
        purpose=PURPOSE,
        file_id=file_id,
        version=version,
        caption=caption,
        actor=actor,
        now=now,
    )


def get_photo(actor: Actor, asset_id: object, file_id: object) -> FileView:
    """A file of a visible asset without its bytes; NotFound for another's."""
    return files.get_file(owner_of(_seen(actor, asset_id)), file_id)


def list_photos(actor: Actor, asset_id: object) -> list[FileView]:
    """The files of a visible asset, the oldest first; NotFound otherwise."""
    return files.list_files(owner_of(_seen(actor, asset_id)), purpose=PURPOSE)


def open_photo_file(actor: Actor, asset_id: object, file_id: object) -> OpenedFile:
    """A file of a visible asset as it was sent; NotFound for another's."""
    return files.open_file(owner_of(_seen(actor, asset_id)), file_id)


def open_photo(actor: Actor, asset_id: object, file_id: object) -> OpenedPicture:
    """The picture made anew from a file of a visible asset; NotFound when there is none."""
    return files.open_picture(owner_of(_seen(actor, asset_id)), file_id)


def _seen(actor: Actor, asset_id: object) -> Asset:
    return one_of(visible_assets(actor), asset_id)
