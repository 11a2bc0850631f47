"""Downtimes of an asset: enter one, say when it worked again, take an entry back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.assets.downtimes import get_downtime
from yinuo.domains.assets.services import end_downtime, record_downtime, void_downtime
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import posted
from yinuo.surfaces.console.views.archive.asset_forms import DowntimeForm, EndForm, ReasonForm
from yinuo.surfaces.console.views.archive.asset_parts import asset_page, writable_asset


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Enter when the asset did not work."""
    actor = actor_of(request)
    asset = writable_asset(actor, asset_id)
    form = DowntimeForm(posted(request), initial={})

    def save() -> UUID:
        now, values = timezone.now(), form.values()
        values["began_at"] = values["began_at"] or now
        return record_downtime(actor=actor, asset_id=asset_id, **values, now=now).public_id

    return asset_page(request, asset, _("New downtime"), form, save)


@require_http_methods(["GET", "POST"])
@page
def end(request: HttpRequest, downtime_id: UUID) -> HttpResponse:
    """Say when it worked again."""
    actor = actor_of(request)
    row = get_downtime(actor, downtime_id)
    asset = writable_asset(actor, row.asset_public_id)
    form = EndForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        now, values = timezone.now(), form.values()
        values["ended_at"] = values["ended_at"] or now
        return end_downtime(actor=actor, downtime_id=downtime_id, **values, now=now).public_id

    return asset_page(request, asset, _("Works again"), form, save, lead=row.cause)


@require_http_methods(["GET", "POST"])
@page
def void(request: HttpRequest, downtime_id: UUID) -> HttpResponse:
    """Take back an entry that was wrong."""
    actor = actor_of(request)
    row = get_downtime(actor, downtime_id)
    asset = writable_asset(actor, row.asset_public_id)
    form = ReasonForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        values = form.values()
        return void_downtime(
            actor=actor, downtime_id=downtime_id, **values, now=timezone.now()
        ).public_id

    return asset_page(request, asset, _("Take the entry back"), form, save, lead=row.cause)
