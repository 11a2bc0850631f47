"""The catalogue of goods: the list, and the form of an article."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.goods.selectors import get_item, list_items
from yinuo.domains.goods.services import create_item, edit_item
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.goods_forms import ItemForm
from yinuo.surfaces.console.views.lists import listing

NAMES = ("code", "name", "name_en", "measure", "life_months", "price_code", "active", "version")


@require_GET
@page
def items(request: HttpRequest) -> HttpResponse:
    """Every article by its code."""
    actor = actor_of(request)
    require(actor, Permission.GOODS_READ)
    context = {
        "list": listing(request, list_items),
        "may_write": actor.may(Permission.GOODS_CATALOGUE),
    }
    return render(request, "console/lists/goods_catalogue.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Add an article."""
    actor = actor_of(request)
    require(actor, Permission.GOODS_CATALOGUE)
    form = ItemForm(posted(request), initial={"active": True})

    def save() -> UUID:
        return create_item(actor=actor, data=form.item(), now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("New article"),
            form=form,
            route="console.goods.catalogue.new",
            save=save,
            done=_list_address,
            back=Link(_list_address(), _("Catalogue of goods")),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def edit(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Change an article."""
    actor = actor_of(request)
    row = get_item(actor, article_id)
    require(actor, Permission.GOODS_CATALOGUE)
    form = ItemForm(posted(request), initial={name: getattr(row, name) for name in NAMES})

    def save() -> UUID:
        return edit_item(
            actor=actor,
            item_id=article_id,
            version=form.cleaned_data["version"],
            data=form.item(),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=row.name,
            form=form,
            route=f"console.goods.catalogue.{article_id}",
            save=save,
            done=_list_address,
            back=Link(_list_address(), _("Catalogue of goods")),
        ),
    )


def _list_address(_item_id: object = None) -> str:
    return reverse("console:goods_catalogue")
