"""Software versions: the list, one with its assets, publishing, giving it and helping with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.domains.software.selectors import (
    ENTITLED,
    deliveries_of_release,
    get_release,
    get_release_asset,
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
from yinuo.domains.software.types import ReleaseAssetRow, ReleaseRow
from yinuo.platform.files.serving import file_response
from yinuo.surfaces.console import software_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import PhotoForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.software_forms import (
    DeliveryForm,
    HelpForm,
    ReleaseForm,
    WithdrawForm,
)
from yinuo.surfaces.console.views.lists import Listing, listing, searched


@require_GET
@page
def releases(request: HttpRequest) -> HttpResponse:
    """Versions, the newest first."""
    actor = actor_of(request)
    require(actor, Permission.SOFTWARE_READ)
    context = {
        "list": listing(request, list_releases),
        "may_publish": actor.may(Permission.SOFTWARE_PUBLISH),
    }
    return render(request, "console/lists/software.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Publish a version."""
    actor = actor_of(request)
    require(actor, Permission.SOFTWARE_PUBLISH)
    initial = {"released_on": timezone.localdate(), "kind": "update"}
    form = ReleaseForm(posted(request), initial=initial)

    def save() -> UUID:
        return publish_release(actor=actor, data=form.release(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New software version"),
            form=form,
            route="console.software.new",
            save=save,
            done=address_of_release,
            back=Link(reverse("console:software"), _("Software versions")),
            saved=_("The version is published. Add its files."),
        ),
    )


@require_GET
@page
def one(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """One version: its notes and files, and the assets it is for."""
    actor = actor_of(request)
    row = get_release(actor, release_id)
    state, cursor = request.GET.get("state", ENTITLED), request.GET.get("cursor", "")
    state = state if state in software_words.STATES or not state else ENTITLED
    found = list_release_assets(
        actor,
        release_id=release_id,
        now=timezone.now(),
        state=state,
        text=searched(request),
        cursor=cursor,
    )
    is_open = row.withdrawn_at is None
    context = {
        "release": row,
        "list": Listing(
            found.items,
            searched(request),
            cursor,
            found.next_cursor,
            is_narrowed=bool(searched(request)),
        ),
        "state": state,
        "states": software_words.STATES.items(),
        "deliveries": deliveries_of_release(actor, release_id),
        "may_publish": is_open and actor.may(Permission.SOFTWARE_PUBLISH),
        "may_deliver": is_open and actor.may(Permission.SOFTWARE_DELIVER),
        "may_quote": actor.may(Permission.QUOTE_WRITE),
    }
    return render(request, "console/software/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def withdraw(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Take a version back."""
    actor = actor_of(request)
    row = get_release(actor, release_id)
    require(actor, Permission.SOFTWARE_PUBLISH)
    form = WithdrawForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        values = form.values()
        return withdraw_release(
            actor=actor, release_id=release_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Withdraw the version"),
            form=form,
            route=f"console.software.withdraw.{release_id}",
            save=save,
            done=address_of_release,
            back=Link(address_of_release(release_id), row.number),
            lead=_("Nobody gets it any more; what was given stays recorded."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def files_new(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Add a file or document to a version."""
    actor = actor_of(request)
    row = get_release(actor, release_id)
    require(actor, Permission.SOFTWARE_PUBLISH)
    sent = posted(request)
    form = PhotoForm(sent, request.FILES if sent is not None else None)

    def save() -> UUID:
        add_release_file(
            actor=actor,
            release_id=release_id,
            upload=form.upload(),
            caption=form.cleaned_data["caption"],
            now=timezone.now(),
        )
        return release_id

    return form_page(
        request,
        FormPage(
            title=_("Add a file"),
            form=form,
            route=f"console.software.files.{release_id}",
            save=save,
            done=address_of_release,
            back=Link(address_of_release(release_id), row.number),
        ),
    )


@require_GET
@page
def file(request: HttpRequest, release_id: UUID, release_file_id: UUID) -> HttpResponseBase:
    """A file of a version, as a download."""
    return file_response(open_release_file(actor_of(request), release_id, release_file_id))


@require_http_methods(["GET", "POST"])
@page
def deliver(request: HttpRequest, release_id: UUID, release_asset_id: UUID) -> HttpResponse:
    """Record that a version was given for an asset."""
    actor, row, found = _deliverable(request, release_id, release_asset_id)
    form = DeliveryForm(
        posted(request),
        requests=_requests(actor, found),
        is_free=found.entitlement.holds,
        initial={"way": "mail"},
    )

    def save() -> UUID:
        return deliver_release(
            actor=actor,
            release_id=release_id,
            asset_id=release_asset_id,
            data=form.delivery(),
            now=timezone.now(),
        ).public_id

    lead = str(software_words.REFUSALS[found.entitlement.refusal])
    if found.entitlement.holds:
        lead = _("Free by %(cover)s.") % {
            "cover": software_words.COVERS[found.entitlement.cover],
        }
    return _form(request, row, found, form, f"deliver.{release_asset_id}", save, lead)


@require_http_methods(["GET", "POST"])
@page
def help_given(request: HttpRequest, release_id: UUID, release_asset_id: UUID) -> HttpResponse:
    """Record help given with a version."""
    actor, row, found = _deliverable(request, release_id, release_asset_id)
    form = HelpForm(posted(request), initial={"way": "phone"})

    def save() -> UUID:
        return help_with_release(
            actor=actor,
            release_id=release_id,
            asset_id=release_asset_id,
            data=form.help_given(),
            now=timezone.now(),
        ).public_id

    return _form(request, row, found, form, f"help.{release_asset_id}", save, _("Help given"))


def address_of_release(release_id: object) -> str:
    """The page of a version."""
    return reverse("console:software_one", args=[release_id])


def _deliverable(
    request: HttpRequest, release_id: UUID, asset_id: UUID
) -> tuple[Actor, ReleaseRow, ReleaseAssetRow]:
    actor = actor_of(request)
    get_asset(actor, asset_id)
    row, found = get_release_asset(actor, release_id, asset_id, timezone.now())
    require(actor, Permission.SOFTWARE_DELIVER)
    return actor, row, found


def _requests(actor: Actor, found: ReleaseAssetRow) -> list[tuple[str, str]]:
    """The open requests of the customer."""
    rows = list_requests(actor, customer_id=found.asset.customer_public_id, state="open", limit=50)
    return [(str(one.public_id), f"{one.number} · {one.symptom[:40]}") for one in rows.items]


def _form(
    request: HttpRequest,
    row: ReleaseRow,
    found: ReleaseAssetRow,
    form: Any,
    route: str,
    save: Any,
    lead: str,
) -> HttpResponse:
    asset = found.asset
    named = " · ".join(filter(None, (asset.customer_name, asset.name, asset.serial)))
    return form_page(
        request,
        FormPage(
            title=f"{row.number} · {asset.name}",
            form=form,
            route=f"console.software.{row.public_id}.{route}",
            save=save,
            done=lambda _made: reverse("console:assets_one", args=[asset.public_id]),
            back=Link(address_of_release(row.public_id), row.number),
            lead=f"{named} — {lead}",
        ),
    )
