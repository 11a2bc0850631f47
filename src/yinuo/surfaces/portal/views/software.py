"""Software versions that the customer's devices are entitled to, and their download."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.software.visitors import download_release, own_releases
from yinuo.platform.files.serving import file_response
from yinuo.surfaces.portal.access import visitors_only


@require_GET
@visitors_only
def releases(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The newest versions that one of his devices may have, each with its files."""
    context = {
        "visitor": visitor,
        "here": "software",
        "releases": own_releases(visitor, timezone.now()),
    }
    return render(request, "portal/software.html", context)


@require_POST
@visitors_only
def download(
    request: HttpRequest,
    visitor: Visitor,
    release_id: UUID,
    release_asset_id: UUID,
    release_file_id: UUID,
) -> HttpResponseBase:
    """A file of a version for one of his devices, recorded as given to him."""
    opened = download_release(
        visitor=visitor,
        release_id=release_id,
        asset_id=release_asset_id,
        file_id=release_file_id,
        now=timezone.now(),
    )
    return file_response(opened)
