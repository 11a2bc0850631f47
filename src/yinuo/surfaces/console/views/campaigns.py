"""Campaigns: the list, setting one up with its preview, its page with every asset."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.assets.classes import AssetClass
from yinuo.domains.campaigns.selectors import (
    campaign_of,
    get_campaign,
    get_campaign_asset,
    list_campaign_assets,
    list_campaigns,
    preview_campaign,
)
from yinuo.domains.campaigns.services import (
    answer_campaign_asset,
    close_campaign,
    create_campaign,
    extend_campaign,
    open_campaign_requests,
)
from yinuo.domains.campaigns.types import Opened
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.surfaces.console import campaign_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.campaign_columns import CAMPAIGN_ASSETS
from yinuo.surfaces.console.campaign_forms import CampaignForm, ClassForm, CloseForm, StandingForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import is_wanted, workbook
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for
from yinuo.surfaces.console.views.lists import Listing, listing, searched


@require_GET
@page
def campaigns(request: HttpRequest) -> HttpResponse:
    """Recalls and campaigns, newest first, each with its progress."""
    actor = actor_of(request)
    require(actor, Permission.CAMPAIGN_READ)
    found = listing(request, list_campaigns)
    today = timezone.localdate()
    context = {
        "list": found,
        "late": {one.public_id for one in found.rows if one.is_late(today)},
        "may_write": actor.may(Permission.CAMPAIGN_WRITE),
    }
    return render(request, "console/lists/campaigns.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign; what it would be about is shown while it is chosen."""
    actor = actor_of(request)
    require(actor, Permission.CAMPAIGN_WRITE)
    given = {name: request.GET.get(name, "") for name in campaign_words.CHOSEN_BY}
    initial = {"unit_id": own_unit(actor), "kind": "recall", **given}
    form = CampaignForm(
        posted(request), units=units_for(actor, Permission.CAMPAIGN_WRITE), initial=initial
    )

    def save() -> UUID:
        unit_id = form.cleaned_data["unit_id"]
        return create_campaign(
            actor=actor, unit_id=unit_id, data=form.campaign(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("New campaign"),
            form=form,
            route="console.campaigns.new",
            save=save,
            done=address_of_campaign,
            back=Link(reverse("console:campaigns"), _("Campaigns")),
            lead=_("Every asset found gets its place in it; requests are opened afterwards."),
            template="console/campaigns/new.html",
            extra={"class_fields": list(campaign_words.CHOSEN_BY)},
        ),
    )


@require_GET
@page
def preview(request: HttpRequest) -> HttpResponse:
    """What the class chosen so far finds."""
    actor = actor_of(request)
    require(actor, Permission.CAMPAIGN_WRITE)
    form = ClassForm(request.GET)
    context: dict[str, Any] = {"found": None, "problems": ()}
    if form.is_valid():
        which = AssetClass(**form.cleaned_data)
        try:
            context["found"] = None if which.is_empty() else preview_campaign(actor, which)
        except InvalidInput as error:
            context["problems"] = tuple(error.fields.values())
    return render(request, "console/campaigns/preview.html", context)


@require_GET
@page
def one(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign: how far it is, and every asset with its state."""
    actor = actor_of(request)
    row = get_campaign(actor, campaign_id)
    state, cursor = request.GET.get("state", ""), request.GET.get("cursor", "")
    narrowed: dict[str, Any] = {
        "campaign_id": campaign_id,
        "state": state,
        "text": searched(request),
    }
    if is_wanted(request):
        return workbook(request, row.title, CAMPAIGN_ASSETS, list_campaign_assets, **narrowed)
    found = list_campaign_assets(actor, cursor=cursor, **narrowed)
    is_narrowed = bool(state or narrowed["text"])
    context = {
        "campaign": row,
        "list": Listing(
            found.items,
            searched(request),
            cursor,
            found.next_cursor,
            is_narrowed=is_narrowed,
            can_export=True,
        ),
        "state": state,
        "states": [(code, name, row.tallies.get(code, 0)) for code, name in _states()],
        "chosen": list(campaign_words.chosen(row.which)),
        "is_late": row.is_late(timezone.localdate()),
        "is_open": row.closed_at is None,
        "may_open": row.closed_at is None and actor.may(Permission.REQUEST_OPEN),
        "may_write": row.closed_at is None and actor.may(Permission.CAMPAIGN_WRITE, row.unit_id),
    }
    return render(request, "console/campaigns/page.html", context)


@require_POST
@page
def requests(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Open the requests of the assets ticked."""
    actor, chosen = actor_of(request), request.POST.getlist("asset")
    get_campaign(actor, campaign_id)
    try:
        opened = open_campaign_requests(
            actor=actor,
            campaign_id=campaign_id,
            campaign_asset_ids=chosen,
            now=timezone.now(),
        )
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    else:
        _tell(request, opened)
    return redirect(address_of_campaign(campaign_id))


@require_POST
@page
def extend(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Take in the assets that fit since."""
    actor = actor_of(request)
    before = get_campaign(actor, campaign_id)
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    try:
        extend_campaign(actor=actor, campaign_id=campaign_id, version=version, now=timezone.now())
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    except InvalidInput as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    else:
        more = get_campaign(actor, campaign_id).assets - before.assets
        messages.success(request, _("Assets taken in: %(number)d") % {"number": more})
    return redirect(address_of_campaign(campaign_id))


@require_http_methods(["GET", "POST"])
@page
def close(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """End a campaign."""
    actor = actor_of(request)
    row = get_campaign(actor, campaign_id)
    require(actor, Permission.CAMPAIGN_WRITE, row.unit_id)
    form = CloseForm(posted(request), initial={"version": row.version})

    def save() -> UUID:
        values = form.values()
        return close_campaign(
            actor=actor, campaign_id=campaign_id, **values, now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=_("Close the campaign"),
            form=form,
            route=f"console.campaigns.close.{campaign_id}",
            save=save,
            done=address_of_campaign,
            back=Link(address_of_campaign(campaign_id), row.title),
            lead=_("Assets not settled are no longer shown as called upon."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def answer(request: HttpRequest, campaign_asset_id: UUID) -> HttpResponse:
    """Record how an asset stands."""
    actor = actor_of(request)
    row = get_campaign_asset(actor, campaign_asset_id)
    require(actor, Permission.REQUEST_OPEN, row.unit_id)
    campaign = campaign_of(actor, campaign_asset_id)
    initial = {"version": row.version, "state": row.state, "reason": row.reason}
    form = StandingForm(posted(request), initial=initial)

    def save() -> UUID:
        return answer_campaign_asset(
            actor=actor, campaign_asset_id=campaign_asset_id, **form.values(), now=timezone.now()
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.asset_name,
            form=form,
            route=f"console.campaigns.answer.{campaign_asset_id}",
            save=save,
            done=lambda _made: address_of_campaign(campaign.public_id),
            back=Link(address_of_campaign(campaign.public_id), campaign.title),
            lead=" · ".join(filter(None, (row.customer_name, row.model, row.serial))),
        ),
    )


def address_of_campaign(campaign_id: object) -> str:
    """The page of a campaign."""
    return reverse("console:campaigns_one", args=[campaign_id])


def _states() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in campaign_words.STATES.items()]


def _tell(request: HttpRequest, opened: Opened) -> None:
    if opened.opened:
        text = ngettext(
            "%(number)d request is open.", "%(number)d requests are open.", opened.opened
        )
        messages.success(request, text % {"number": opened.opened})
    if opened.there_already:
        text = _("Left as they are, because they have a request or are settled: %(number)d")
        messages.info(request, text % {"number": opened.there_already})
    for name, problem in opened.refused:
        messages.error(request, f"{name}: {problem}")
