"""The customer's orders of goods: each with its promises and parcels, and ordering once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.goods.services import order_in_portal
from yinuo.domains.goods.services.checking import field_of
from yinuo.domains.goods.types import ItemRow, OrderData, Wanted
from yinuo.domains.goods.visitors import articles_to_order, own_orders
from yinuo.platform.errors import IdempotencyKeyMissing, IdempotencyMismatch, InvalidInput
from yinuo.surfaces.assets.languages import in_language
from yinuo.surfaces.portal.access import visitors_only
from yinuo.surfaces.portal.bars import own_bars
from yinuo.surfaces.portal.forms import ROOM, one_time_key
from yinuo.surfaces.portal.once import sent_once

UNPROCESSABLE = 422
ROUTE = "portal.goods"
# More figures nobody means; how many may be ordered the service says.
MOST_TYPED = 10**9


class GoodsForm(forms.Form):
    """A number for each article, when and where it is wanted."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=128)

    def __init__(self, *args: Any, articles: list[ItemRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", one_time_key())
        self.article_ids = [one.public_id for one in articles]
        for one in articles:
            name = in_language(one.name, one.name_en or one.name)
            self.fields[field_of(one.public_id)] = forms.IntegerField(
                label=f"{name} ({one.measure})",
                required=False,
                max_value=MOST_TYPED,
                min_value=-MOST_TYPED,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
        self.fields["is_urgent"] = forms.BooleanField(label=_("It is urgent"), required=False)
        self.fields["wished_on"] = forms.DateField(
            label=_("Wanted by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["deliver_to"] = forms.CharField(
            label=_("Deliver to"), required=False, max_length=ROOM
        )
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, max_length=ROOM)

    def order(self, visitor: Visitor) -> OrderData:
        """What the service takes. Call it on a valid form."""
        typed = self.cleaned_data
        numbers = ((one, typed[field_of(one)]) for one in self.article_ids)
        lines = tuple(Wanted(one, number) for one, number in numbers if number)
        rest = {name: typed[name] for name in ("is_urgent", "wished_on", "deliver_to", "note")}
        return OrderData(visitor.customer_public_id, lines, **rest)


@require_http_methods(["GET", "POST"])
@visitors_only
def orders(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """His orders, the newest first, and the form of a new one."""
    now = timezone.now()
    articles = articles_to_order()
    form = GoodsForm(request.POST if request.method == "POST" else None, articles=articles)
    if form.is_bound and form.is_valid() and _is_sent(request, visitor, form):
        messages.success(request, _now("We have your order and confirm the day of delivery."))
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


def _is_sent(request: HttpRequest, visitor: Visitor, form: GoodsForm) -> bool:
    """True once the order is taken; what is wrong stands in the form otherwise."""
    now = timezone.now()
    try:
        sent_once(
            request,
            visitor,
            route=ROUTE,
            key=form.cleaned_data["key"],
            act=lambda: (
                order_in_portal(visitor=visitor, data=form.order(visitor), now=now).public_id
            ),
            now=now,
        )
    except InvalidInput as error:
        for name, message in error.fields.items():
            form.add_error(name if name in form.fields else None, str(message))
    except (IdempotencyMismatch, IdempotencyKeyMissing):
        form.add_error(None, _now("This order was sent before. Look at your orders."))
    else:
        return True
    return False
