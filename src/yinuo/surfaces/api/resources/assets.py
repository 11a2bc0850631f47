"""`/assets`: list, read, create, edit."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.assets.selectors import get_asset, list_assets
from yinuo.domains.assets.services import create_asset, edit_asset
from yinuo.domains.assets.services.assets import AssetData
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Label,
    Line,
    Name,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import assets as shapes

resource = Resource("assets")


class AssetFilters(Paging):
    """Which assets to list: `text` narrows by name, model or start of the serial number."""

    customer_id: Id | None = None
    text: Line = ""


class AssetFields(Input):
    """What a person enters about an asset. Site and project must be the customer's own."""

    name: Name
    model: Annotated[str, text(120)] = ""
    asset_class: Word = ""
    serial: Label = ""
    site_id: Id | None = None
    project_id: Id | None = None
    purchased_on: Day | None = None
    location: Name = ""

    def data(self) -> AssetData:
        """The same for the service."""
        return AssetData(
            name=self.name,
            model=self.model,
            asset_class=self.asset_class,
            serial=self.serial,
            site_id=self.site_id,
            project_id=self.project_id,
            purchased_on=self.purchased_on,
            location=self.location,
        )


class AssetInput(AssetFields):
    """A new asset of a customer."""

    customer_id: Id


class AssetEdit(AssetFields):
    """An asset; a field left out becomes empty. It stays with its customer."""

    version: Version
    active: bool


@resource.reads("", name="list_assets", right=Permission.ASSET_READ, gives=shapes.Assets)
def list_all(request: ApiRequest, filters: Query[AssetFilters]) -> HttpResponse:
    """Visible assets, newest first."""
    page = list_assets(
        request.auth.actor,
        customer_id=filters.customer_id,
        text=filters.text,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.asset)


@resource.writes("POST", "", name="create_asset", right=Permission.ASSET_WRITE, status=201)
def create_one(request: ApiRequest, data: AssetInput) -> HttpResponse:
    """Register an asset."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_asset(
                actor=call.actor,
                customer_id=data.customer_id,
                data=data.data(),
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{asset_id}", name="get_asset", right=Permission.ASSET_READ, gives=shapes.AssetShape
)
def get_one(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """One asset."""
    return shown(shapes.asset(get_asset(request.auth.actor, asset_id)))


@resource.writes("PUT", "/{asset_id}", name="edit_asset", right=Permission.ASSET_WRITE)
def edit_one(request: ApiRequest, asset_id: PathId, data: AssetEdit) -> HttpResponse:
    """Replace an asset's data."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_asset(
            actor=call.actor,
            asset_id=asset_id,
            version=data.version,
            data=data.data(),
            active=data.active,
            now=call.now,
        ),
        lambda: shapes.asset(get_asset(call.actor, asset_id)),
    )
