"""The customer's orders of goods: each with its promises and parcels, ordering once more, and
changing or cancelling an order of which nothing has left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.services import cancel_in_portal, change_in_portal, order_in_portal
from yinuo.domains.goods.services.checking import field_of
from yinuo.domains.goods.visitors import OwnOrder, articles_to_order, own_order, own_orders
from yinuo.platform.errors import (
    Conflict,
    IdempotencyKeyMissing,
    IdempotencyMismatch,
    IllegalMove,
    InvalidInput,
)
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.bars import own_bars
from yinuo.surfaces.portal.goods_forms import (
    GoodsCancelForm,
    GoodsChangeForm,
    GoodsForm,
    is_finding,
    kept,
)
from yinuo.surfaces.portal.once import sent_once

UNPROCESSABLE = 422
ROUTE = "portal.goods"


@require_http_methods(["GET", "POST"])
@visitors_only
def orders(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """His orders, the newest first, and the form of a new one."""
    now = timezone.now()
    articles = articles_to_order()
    if is_finding(request.POST):
        form = GoodsForm(initial=kept(request.POST), articles=articles)
    else:
        form = GoodsForm(request.POST if request.method == "POST" else None, articles=articles)

    def act() -> UUID:
        return order_in_portal(visitor=visitor, data=form.order(visitor), now=now).public_id

    if form.is_bound and form.is_valid() and _is_sent(request, visitor, form, ROUTE, act):
        messages.success(request, _("We have your order and confirm the day of delivery."))
        return redirect("portal:goods")
    context = {
        "visitor": visitor,
        "here": "goods",
        "form": form,
        "has_articles": bool(articles),
        "orders": [(one, own_bars(one.promises, now)) for one in own_orders(visitor)],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "portal/goods.html", context, status=status)


@require_http_methods(["GET", "POST"])
@visitors_only
def change(request: HttpRequest, visitor: Visitor, goods_order_id: UUID) -> HttpResponse:
    """Another number, another day, another article: asked here, answered by us."""
    one = own_order(visitor, goods_order_id)
    if is_finding(request.POST):
        form = _change_form(one, initial=kept(request.POST))
    else:
        form = _change_form(one, data=request.POST if request.method == "POST" else None)

    def act() -> UUID:
        return change_in_portal(
            visitor=visitor,
            order_id=goods_order_id,
            version=form.cleaned_data["version"],
            data=form.change(visitor),
            now=timezone.now(),
        ).public_id

    route = f"{ROUTE}.change.{goods_order_id}"
    if form.is_bound and form.is_valid() and _is_sent(request, visitor, form, route, act):
        messages.success(request, _("Your change is with us; we answer whether it can be done."))
        return redirect("portal:goods")
    return _change_page(request, visitor, one, form, GoodsCancelForm(initial=_of(one)))


@require_http_methods(["POST"])
@visitors_only
def cancel(request: HttpRequest, visitor: Visitor, goods_order_id: UUID) -> HttpResponse:
    """Not wanted any more: cancelled at once until we accepted it, asked for afterwards."""
    one = own_order(visitor, goods_order_id)
    form = GoodsCancelForm(request.POST)

    def act() -> UUID:
        typed = form.cleaned_data
        return cancel_in_portal(
            visitor=visitor,
            order_id=goods_order_id,
            version=typed["version"],
            why=typed["text"],
            now=timezone.now(),
        ).public_id

    if form.is_valid() and _is_sent(
        request, visitor, form, f"{ROUTE}.cancel.{goods_order_id}", act
    ):
        is_over = own_order(visitor, goods_order_id).row.state == "cancelled"
        said = _("Your order is cancelled.") if is_over else _("We have your wish and answer it.")
        messages.success(request, said)
        return redirect("portal:goods")
    return _change_page(request, visitor, one, _change_form(one), form)


def _change_page(
    request: HttpRequest,
    visitor: Visitor,
    one: OwnOrder,
    form: GoodsChangeForm,
    cancel_form: GoodsCancelForm,
) -> HttpResponse:
    context = {
        "visitor": visitor,
        "here": "goods",
        "one": one,
        "form": form,
        "cancel_form": cancel_form,
    }
    status = UNPROCESSABLE if form.is_bound or cancel_form.is_bound else 200
    return render(request, "portal/goods_change.html", context, status=status)


def _change_form(one: OwnOrder, *, data: Any = None, initial: Any = None) -> GoodsChangeForm:
    """The form filled with the order as it stands."""
    present = {field_of(line.public_id): line.quantity for line in one.lines}
    row = one.row
    standing = present | {"is_urgent": row.is_urgent, "wished_on": row.wished_on} | _of(one)
    articles = articles_to_order()
    return GoodsChangeForm(data, initial=initial or standing, articles=articles)


def _of(one: OwnOrder) -> dict[str, Any]:
    return {"version": one.row.version}


def _is_sent(
    request: HttpRequest, visitor: Visitor, form: forms.Form, route: str, act: Callable[[], UUID]
) -> bool:
    """True once it is taken; what is wrong stands in the form otherwise."""
    key, now = form.cleaned_data["key"], timezone.now()
    try:
        sent_once(request, visitor, route=route, key=key, act=act, now=now)
    except InvalidInput as error:
        take_problems(form, error)
    except (IdempotencyMismatch, IdempotencyKeyMissing):
        form.add_error(None, _("This order was sent before. Look at your orders."))
    except Conflict:
        form.add_error(None, _("This order changed meanwhile. Open it again and look."))
    except IllegalMove as error:
        form.add_error(None, str(error.message))
    else:
        return True
    return False
