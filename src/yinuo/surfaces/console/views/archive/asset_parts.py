"""What belongs to an asset: its parts, a swap of the unit, its photos."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.components import get_component
from yinuo.domains.assets.photos import (
    add_photo,
    caption_photo,
    get_photo,
    open_photo,
    open_photo_file,
)
from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.assets.services import (
    add_component,
    edit_component,
    remove_component,
    replace_component,
    swap_serial,
)
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Text
from yinuo.platform.files.serving import file_response, picture_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import CaptionForm, PhotoForm
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.views.archive.asset_forms import (
    ComponentForm,
    RemoveForm,
    ReplaceForm,
    SwapForm,
)
from yinuo.surfaces.console.views.archive.assets import address_of_asset
from yinuo.surfaces.console.views.archive.customers import writable_customer


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Enter a part of the asset."""
    actor = actor_of(request)
    asset = writable_asset(actor, asset_id)
    form = ComponentForm(posted(request), initial={"factory": "later" not in request.GET})

    def save() -> UUID:
        data, now = form.component(), timezone.now()
        return add_component(actor=actor, asset_id=asset_id, data=data, now=now).public_id

    return asset_page(request, asset, _("New part"), form, save)


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, component_id: UUID) -> HttpResponse:
    """Correct what was entered about a part."""
    actor = actor_of(request)
    row = get_component(actor, component_id)
    asset = writable_asset(actor, row.asset_public_id)
    names = ("name", "model", "serial", "added_on", "version")
    initial = {name: getattr(row, name) for name in names} | {"factory": row.is_factory}
    form = ComponentForm(posted(request), initial=initial)

    def save() -> UUID:
        return edit_component(
            actor=actor,
            component_id=component_id,
            version=form.cleaned_data["version"],
            data=form.component(),
            now=timezone.now(),
        ).public_id

    return asset_page(request, asset, row.name, form, save)


@require_http_methods(["GET", "POST"])
@page
def replace(request: HttpRequest, component_id: UUID) -> HttpResponse:
    """Put another part in a part's place."""
    actor = actor_of(request)
    row = get_component(actor, component_id)
    asset = writable_asset(actor, row.asset_public_id)
    initial = {"model": row.model, "on": timezone.localdate(), "version": row.version}
    form = ReplaceForm(posted(request), initial=initial)

    def save() -> UUID:
        values = form.values()
        return replace_component(
            actor=actor, component_id=component_id, **values, now=timezone.now()
        ).public_id

    title = _("Replace %(name)s") % {"name": row.name}
    lead = _("Serial number so far: %(serial)s") % {"serial": row.serial or "—"}
    return asset_page(request, asset, title, form, save, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def remove(request: HttpRequest, component_id: UUID) -> HttpResponse:
    """Take a part out for good."""
    actor = actor_of(request)
    row = get_component(actor, component_id)
    asset = writable_asset(actor, row.asset_public_id)
    initial = {"on": timezone.localdate(), "version": row.version}
    form = RemoveForm(posted(request), initial=initial)

    def save() -> UUID:
        values = form.values()
        return remove_component(
            actor=actor, component_id=component_id, **values, now=timezone.now()
        ).public_id

    title = _("Take out %(name)s") % {"name": row.name}
    return asset_page(request, asset, title, form, save)


@require_http_methods(["GET", "POST"])
@page
def swap(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Another unit in the asset's place; the former serial number stays on record."""
    actor = actor_of(request)
    asset = writable_asset(actor, asset_id)
    initial = {"model": asset.model, "on": timezone.localdate(), "version": asset.version}
    form = SwapForm(posted(request), initial=initial)

    def save() -> UUID:
        version = form.cleaned_data["version"]
        return swap_serial(
            actor=actor,
            asset_id=asset_id,
            version=version,
            swap=form.swap(),
            now=timezone.now(),
        ).public_id

    lead = _("Serial number so far: %(serial)s") % {"serial": asset.serial or "—"}
    return asset_page(request, asset, _("Swap the unit"), form, save, lead=lead)


@require_http_methods(["GET", "POST"])
@page
def photos_new(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Keep a photo or document with the asset."""
    actor = actor_of(request)
    asset = writable_asset(actor, asset_id)
    sent = posted(request)
    form = PhotoForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        now, caption = timezone.now(), form.cleaned_data["caption"]
        add_photo(actor=actor, asset_id=asset_id, upload=form.upload(), caption=caption, now=now)
        return asset_id

    return asset_page(request, asset, _("New photo or document"), form, save)


@require_http_methods(["GET", "POST"])
@page
def photos_caption(request: HttpRequest, asset_id: UUID, file_id: UUID) -> HttpResponse:
    """Say what a photo or document of the asset shows."""
    actor = actor_of(request)
    asset = writable_asset(actor, asset_id)
    file = get_photo(actor, asset_id, file_id)
    initial = {"caption": file.caption, "version": file.version}
    form = CaptionForm(posted(request), initial=initial)

    def save() -> UUID:
        now, values = timezone.now(), form.values()
        return caption_photo(
            actor=actor, asset_id=asset_id, file_id=file_id, **values, now=now
        ).public_id

    return asset_page(request, asset, file.name, form, save)


@require_GET
@page
def photos_file(request: HttpRequest, asset_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of an asset, as a download."""
    return file_response(open_photo_file(actor_of(request), asset_id, file_id))


@require_GET
@page
def photos_picture(request: HttpRequest, asset_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A picture of an asset as we made it anew, to be shown."""
    return picture_response(open_photo(actor_of(request), asset_id, file_id))


def writable_asset(actor: Actor, asset_id: UUID) -> AssetRow:
    """The asset, if this person may change it; NotFound or Forbidden otherwise."""
    row = get_asset(actor, asset_id)
    writable_customer(actor, row.customer_public_id, Permission.ASSET_WRITE)
    return row


def asset_page(
    request: HttpRequest,
    asset: AssetRow,
    title: Text,
    form: KeptForm,
    save: Callable[[], UUID],
    lead: Text = "",
) -> HttpResponse:
    """A form about an asset; saved, its page is shown."""
    address = address_of_asset(asset.public_id)
    return form_page(
        request,
        FormPage(
            title=title,
            form=form,
            route=f"console{request.path.replace('/', '.')}",
            save=save,
            done=lambda _made: address,
            back=Link(address, asset.name),
            lead=lead,
        ),
    )
