"""`/assets/{id}/photos`: photos and documents of an asset, what they show, their bytes."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse

from yinuo.domains.assets.photos import (
    add_photo,
    caption_photo,
    get_photo,
    list_photos,
    open_photo_file,
)
from yinuo.domains.network.permissions import Permission
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import edited, listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import PathId
from yinuo.surfaces.api.resources.asset_parts import resource
from yinuo.surfaces.api.resources.files import CaptionEdit, FileInput
from yinuo.surfaces.api.shapes import after as shapes

__all__ = ["resource"]


@resource.reads(
    "/{asset_id}/photos",
    name="list_asset_photos",
    right=Permission.ASSET_READ,
    gives=shapes.Files,
)
def list_all(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """The photos and documents of an asset, the oldest first."""
    found = list_photos(request.auth.actor, asset_id)
    return listed(Page(tuple(found), ""), shapes.file)


@resource.writes(
    "POST",
    "/{asset_id}/photos",
    name="add_asset_photo",
    right=Permission.ASSET_WRITE,
    gives=shapes.FileShape,
    status=201,
)
def add_one(request: ApiRequest, asset_id: PathId, data: FileInput) -> HttpResponse:
    """Keep a photo or document with an asset; the same one twice is kept once."""
    call = request.auth
    act = partial(add_photo, actor=call.actor, asset_id=asset_id, now=call.now)
    return written(
        request,
        lambda: shapes.file(act(upload=data.upload(), caption=data.caption)),
        status=201,
    )


@resource.reads(
    "/{asset_id}/photos/{photo_id}",
    name="get_asset_photo",
    right=Permission.ASSET_READ,
    gives=shapes.ContentShape,
)
def get_one(request: ApiRequest, asset_id: PathId, photo_id: PathId) -> HttpResponse:
    """A photo or document of an asset with its bytes."""
    opened = open_photo_file(request.auth.actor, asset_id, photo_id)
    with opened.content as content:
        data = content.read()
    return shown(shapes.content(opened.view.name, opened.view.media_type, data))


@resource.writes(
    "PUT",
    "/{asset_id}/photos/{photo_id}",
    name="caption_asset_photo",
    right=Permission.ASSET_WRITE,
)
def caption_one(
    request: ApiRequest, asset_id: PathId, photo_id: PathId, data: CaptionEdit
) -> HttpResponse:
    """Say what a photo or document of an asset shows."""
    call = request.auth
    act = partial(
        caption_photo,
        actor=call.actor,
        asset_id=asset_id,
        file_id=photo_id,
        version=data.version,
        caption=data.caption,
        now=call.now,
    )
    present = partial(get_photo, call.actor, asset_id, photo_id)
    return edited(request, data, act, lambda: shapes.file(present()))
