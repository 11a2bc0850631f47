"""`/software-releases`: versions with their files, who is entitled, who got them (SA-06, SA-11)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.software.selectors import (
    get_release,
    list_deliveries,
    list_release_assets,
    list_releases,
    open_release_file,
)
from yinuo.domains.software.services import (
    add_release_file,
    deliver_release,
    help_with_release,
    publish_release,
    withdraw_release,
)
from yinuo.domains.software.types import (
    DeliveryData,
    HelpData,
    HelpWay,
    ReleaseData,
    ReleaseKind,
    Way,
)
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.files import FileInput
from yinuo.surfaces.api.shapes import after as file_shapes
from yinuo.surfaces.api.shapes import software as shapes

resource = Resource("software-releases")

Notes = Annotated[str, text(20_000)]
Flag = Annotated[bool, Field(strict=True)]


class SoftwareFilters(Paging):
    """Which versions, by part of number, model or product line."""

    q: Label = ""


class SoftwareAssetFilters(Paging):
    """Which assets: `waiting` are not on it, `entitled` those of them that may have it, `there`
    the others; by part of serial number or customer."""

    state: Literal["waiting", "entitled", "there", ""] = ""
    q: Label = ""


class ReleaseInput(Input):
    """A version to publish, of a model, of a product line, or of a model within one."""

    number: Word
    released_on: Day
    notes_zh: Notes
    model: Annotated[str, text(120)] = ""
    asset_class: Word = ""
    kind: ReleaseKind = ReleaseKind.UPDATE
    paid_feature: Flag = False
    notes_en: Notes = ""


class ReleaseEnd(Input):
    """Why a version is withdrawn."""

    version: Version
    reason: Annotated[str, text(200)]


class SoftwareDeliveryInput(Input):
    """A version given for an asset; `paid_as` names the accepted quote when it is not free."""

    asset_id: Id
    way: Way
    to_whom: Annotated[str, text(120)]
    delivered_at: Instant | None = None
    installed: Flag = False
    paid_as: Label = ""
    request_id: Id | None = None


class SoftwareHelpInput(Input):
    """Help given with a version for an asset."""

    asset_id: Id
    way: HelpWay
    minutes: Annotated[int, Field(strict=True, ge=1, le=1_440)]
    text: Annotated[str, text(1_000)]
    helped_at: Instant | None = None
    installed: Flag = False


@resource.reads(
    "", name="list_software_releases", right=Permission.SOFTWARE_READ, gives=shapes.SoftwareReleases
)
def list_all(request: ApiRequest, filters: Query[SoftwareFilters]) -> HttpResponse:
    """Versions, the newest first."""
    page = list_releases(
        request.auth.actor, text=filters.q, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.release)


@resource.reads(
    "/{release_id}",
    name="get_software_release",
    right=Permission.SOFTWARE_READ,
    gives=shapes.SoftwareReleaseShape,
)
def get_one(request: ApiRequest, release_id: PathId) -> HttpResponse:
    """One version."""
    return shown(shapes.release(get_release(request.auth.actor, release_id)))


@resource.reads(
    "/{release_id}/assets",
    name="list_software_assets",
    right=Permission.SOFTWARE_READ,
    gives=shapes.SoftwareAssets,
)
def assets(
    request: ApiRequest, release_id: PathId, filters: Query[SoftwareAssetFilters]
) -> HttpResponse:
    """The assets it is for, each with whether it is entitled today."""
    page = list_release_assets(
        request.auth.actor,
        release_id=release_id,
        now=request.auth.now,
        state=filters.state,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.release_asset)


@resource.reads(
    "/{release_id}/deliveries",
    name="list_software_deliveries",
    right=Permission.SOFTWARE_READ,
    gives=shapes.SoftwareDeliveries,
)
def deliveries(request: ApiRequest, release_id: PathId, filters: Query[Paging]) -> HttpResponse:
    """To whom it was given, the newest first."""
    page = list_deliveries(
        request.auth.actor, release_id=release_id, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.delivery)


@resource.writes(
    "POST",
    "/{release_id}/files",
    name="add_software_file",
    right=Permission.SOFTWARE_PUBLISH,
    gives=file_shapes.FileShape,
    status=201,
)
def add_file(request: ApiRequest, release_id: PathId, data: FileInput) -> HttpResponse:
    """Keep a file or document of a version; the same one twice is kept once."""
    call = request.auth
    act = partial(add_release_file, actor=call.actor, release_id=release_id, now=call.now)
    return written(
        request,
        lambda: file_shapes.file(act(upload=data.upload(), caption=data.caption)),
        status=201,
    )


@resource.reads(
    "/{release_id}/files/{release_file_id}",
    name="get_software_file",
    right=Permission.SOFTWARE_READ,
    gives=file_shapes.ContentShape,
)
def get_file(request: ApiRequest, release_id: PathId, release_file_id: PathId) -> HttpResponse:
    """A file of a version with its bytes."""
    opened = open_release_file(request.auth.actor, release_id, release_file_id)
    with opened.content as content:
        data = content.read()
    return shown(file_shapes.content(opened.view.name, opened.view.media_type, data))


@resource.writes("POST", "", name="publish_software", right=Permission.SOFTWARE_PUBLISH, status=201)
def publish(request: ApiRequest, data: ReleaseInput) -> HttpResponse:
    """Publish a version."""
    call, given = request.auth, dict(data)
    given["is_paid_feature"] = given.pop("paid_feature")
    act = partial(publish_release, actor=call.actor, data=ReleaseData(**given), now=call.now)
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST", "/{release_id}/withdrawal", name="withdraw_software", right=Permission.SOFTWARE_PUBLISH
)
def withdraw(request: ApiRequest, release_id: PathId, data: ReleaseEnd) -> HttpResponse:
    """Take a version back."""
    call, given = request.auth, data.model_dump()
    act = partial(withdraw_release, actor=call.actor, release_id=release_id, now=call.now, **given)
    return edited(request, data, act, lambda: shapes.release(get_release(call.actor, release_id)))


@resource.writes(
    "POST",
    "/{release_id}/deliveries",
    name="deliver_software",
    right=Permission.SOFTWARE_DELIVER,
    status=201,
)
def deliver(request: ApiRequest, release_id: PathId, data: SoftwareDeliveryInput) -> HttpResponse:
    """Record that a version was given for an asset."""
    given = dict(data)
    given["is_installed"] = given.pop("installed")
    asset_id = given.pop("asset_id")
    return _given(request, deliver_release, release_id, asset_id, DeliveryData(**given))


@resource.writes(
    "POST",
    "/{release_id}/helps",
    name="help_with_software",
    right=Permission.SOFTWARE_DELIVER,
    status=201,
)
def help_given(request: ApiRequest, release_id: PathId, data: SoftwareHelpInput) -> HttpResponse:
    """Record help given with a version for an asset."""
    given = dict(data)
    given["is_installed"] = given.pop("installed")
    asset_id = given.pop("asset_id")
    return _given(request, help_with_release, release_id, asset_id, HelpData(**given))


def _given(
    request: ApiRequest, act: Callable[..., Any], release_id: str, asset_id: object, data: object
) -> HttpResponse:
    call = request.auth

    def action() -> dict[str, Any]:
        made = act(
            actor=call.actor, release_id=release_id, asset_id=asset_id, data=data, now=call.now
        )
        return {"id": str(made.public_id), "version": 1}

    return written(request, action, status=201)
