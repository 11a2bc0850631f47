"""`/sites`: list, read, create, edit."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.customers.selectors import get_site, list_sites
from yinuo.domains.customers.services import create_site, edit_site
from yinuo.domains.network.permissions import Permission
from yinuo.platform.positions import position_of
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Degrees,
    Id,
    Input,
    Line,
    Name,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import customers as shapes

resource = Resource("sites")


class SiteFilters(Paging):
    """Which sites to list."""

    customer_id: Id | None = None


class SiteInput(Input):
    """A new site; `zone` is an IANA name, latitude and longitude degrees as text, both or none."""

    customer_id: Id
    name: Name
    address: Line = ""
    zone: Word = "Asia/Shanghai"
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    price_zone: Annotated[str, text(20)] = ""


class SiteEdit(Input):
    """A site, all of it; it stays with its customer."""

    version: Version
    name: Name
    address: Line
    zone: Word
    latitude: Degrees | None
    longitude: Degrees | None
    price_zone: Annotated[str, text(20)]
    active: bool


@resource.reads("", name="list_sites", right=Permission.CUSTOMER_READ, gives=shapes.Sites)
def list_all(request: ApiRequest, filters: Query[SiteFilters]) -> HttpResponse:
    """Visible sites."""
    page = list_sites(
        request.auth.actor,
        customer_id=filters.customer_id,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.site)


@resource.writes("POST", "", name="create_site", right=Permission.CUSTOMER_WRITE, status=201)
def create_one(request: ApiRequest, data: SiteInput) -> HttpResponse:
    """Add a site to a customer."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            create_site(
                actor=call.actor,
                customer_id=data.customer_id,
                name=data.name,
                address=data.address,
                zone=data.zone,
                position=position_of(data.latitude, data.longitude),
                price_zone=data.price_zone,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{site_id}", name="get_site", right=Permission.CUSTOMER_READ, gives=shapes.SiteShape
)
def get_one(request: ApiRequest, site_id: PathId) -> HttpResponse:
    """One site."""
    return shown(shapes.site(get_site(request.auth.actor, site_id)))


@resource.writes("PUT", "/{site_id}", name="edit_site", right=Permission.CUSTOMER_WRITE)
def edit_one(request: ApiRequest, site_id: PathId, data: SiteEdit) -> HttpResponse:
    """Replace a site's data; running promises keep their zone."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_site(
            actor=call.actor,
            site_id=site_id,
            version=data.version,
            name=data.name,
            address=data.address,
            zone=data.zone,
            active=data.active,
            position=position_of(data.latitude, data.longitude),
            price_zone=data.price_zone,
            now=call.now,
        ),
        lambda: shapes.site(get_site(call.actor, site_id)),
    )
