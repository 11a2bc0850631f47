"""`/assets/{id}/software`: what an asset runs, what it may have, what was given and helped."""

from __future__ import annotations

from django.http import HttpResponse

from yinuo.domains.network.permissions import Permission
from yinuo.domains.software.selectors import software_of_asset
from yinuo.platform.errors import Forbidden
from yinuo.surfaces.api.answers import shown
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import PathId
from yinuo.surfaces.api.resources.photos import resource
from yinuo.surfaces.api.shapes import software as shapes

__all__ = ["resource"]


@resource.reads(
    "/{asset_id}/software",
    name="get_asset_software",
    right=Permission.SOFTWARE_READ,
    gives=shapes.AssetSoftwareShape,
)
def get_one(request: ApiRequest, asset_id: PathId) -> HttpResponse:
    """What an asset runs, and the newest versions for it."""
    found = software_of_asset(request.auth.actor, asset_id, request.auth.now)
    if found is None:
        raise Forbidden
    return shown(shapes.asset_software(found))
