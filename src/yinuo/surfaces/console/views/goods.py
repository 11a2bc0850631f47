"""Orders of goods: the list, one with its versions and parcels, and each act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.assets.selectors import list_projects
from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.goods.selectors import (
    OPEN,
    URGENT,
    get_goods_order,
    item_choices,
    list_goods_orders,
    order_of_parcel,
)
from yinuo.domains.goods.services import (
    accept_order,
    answer_change,
    cancel_order,
    change_order,
    close_order,
    deliver_parcel,
    place_order,
    ship_order,
)
from yinuo.domains.goods.services.checking import field_of
from yinuo.domains.goods.services.ordering import promised_contract
from yinuo.domains.goods.types import GoodsOrderView, ItemRow, LineRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import obligations_of_subject
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.errors import NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console import goods_words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.goods_forms import (
    AcceptForm,
    AnswerForm,
    ChangeForm,
    OrderEndForm,
    OrderForm,
    ParcelForm,
    ReceiptForm,
)
from yinuo.surfaces.console.promises import running_bars
from yinuo.surfaces.console.views.lists import Listing, searched


@require_GET
@page
def orders(request: HttpRequest) -> HttpResponse:
    """Orders of goods, those not ended unless another state is asked for."""
    actor = actor_of(request)
    require(actor, Permission.GOODS_READ)
    state, cursor = request.GET.get("state", OPEN), request.GET.get("cursor", "")
    state = state if state in goods_words.STATES or state in ("", OPEN, URGENT) else OPEN
    text = searched(request)
    found = list_goods_orders(actor, state=state, text=text, cursor=cursor)
    context = {
        "list": Listing(found.items, text, cursor, found.next_cursor, is_narrowed=bool(text)),
        "state": state,
        "states": goods_words.STATES.items(),
    }
    return render(request, "console/lists/goods.html", context)


@require_GET
@page
def one(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """An order with its promises, articles, parcels and versions."""
    actor, now = actor_of(request), timezone.now()
    view = get_goods_order(actor, goods_order_id)
    context = {
        "view": view,
        "row": view.row,
        "bars": running_bars(obligations_of_subject(goods_order_id), now),
        "acts": [
            (kind, reverse(f"console:goods_{kind}", args=[goods_order_id]))
            for kind in goods_words.ACTS
            if kind in view.acts
        ],
        "may_deliver": "delivered" in view.acts,
    }
    return render(request, "console/goods/page.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Order goods for a customer; of a request or project when the address names it."""
    actor, now = actor_of(request), timezone.now()
    customer = get_customer(actor, customer_id)
    require(actor, Permission.GOODS_WRITE, customer.unit_id)
    promised = promised_contract(actor, customer_id, timezone.localdate(now))
    request_id = _request_named(actor, request.GET.get("request", ""))
    form = OrderForm(
        posted(request),
        articles=item_choices(actor),
        contracts=_contracts(actor, customer_id),
        projects=_projects(actor, customer_id),
        initial={
            "contract_id": str(promised.public_id) if promised else "",
            "project_id": request.GET.get("project", ""),
        },
    )

    def save() -> UUID:
        data = form.order(customer_id, request_id)
        return place_order(actor=actor, data=data, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("Order goods"),
            form=form,
            route=f"console.goods.new.{customer_id}",
            save=save,
            done=address_of_order,
            back=Link(reverse("console:customers_one", args=[customer_id]), customer.name),
            lead=_("Give a number for each article wanted; leave the others empty."),
            saved=_("The order is taken."),
            button=_("Order goods"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def accept(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Accept an order and promise its day."""
    actor, view = _writable(request, goods_order_id)
    initial = {"version": view.row.version, "promised_on": view.row.wished_on}
    form = AcceptForm(posted(request), initial=initial)

    def save() -> UUID:
        values = form.values()
        return accept_order(
            actor=actor, order_id=goods_order_id, **values, now=timezone.now()
        ).public_id

    lead = _("The promise to deliver runs until the end of this day.")
    return _form(request, view, form, "accepted", save, lead)


@require_http_methods(["GET", "POST"])
@page
def change(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Take in a change that the customer asks for."""
    actor, view = _writable(request, goods_order_id)
    row = view.row
    initial = {"version": row.version, "is_urgent": row.is_urgent, "wished_on": row.wished_on}
    numbers = {field_of(one.public_id): one.quantity for one in view.lines}
    form = ChangeForm(
        posted(request), articles=_articles(actor, view.lines), initial=initial | numbers
    )

    def save() -> UUID:
        return change_order(
            actor=actor,
            order_id=goods_order_id,
            version=form.cleaned_data["version"],
            data=form.change(),
            now=timezone.now(),
        ).public_id

    lead = _("Nothing changes and nothing leaves before the change is answered.")
    return _form(request, view, form, "changed", save, lead)


@require_http_methods(["GET", "POST"])
@page
def answer(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Answer the change that waits."""
    actor, view = _writable(request, goods_order_id)
    promised_on = view.row.promised_on
    form = AnswerForm(
        posted(request),
        is_promised=promised_on is not None,
        initial={"version": view.row.version, "promised_on": promised_on},
    )

    def save() -> UUID:
        return answer_change(
            actor=actor,
            order_id=goods_order_id,
            version=form.cleaned_data["version"],
            data=form.answer(),
            now=timezone.now(),
        ).public_id

    lead = _("Another day counts only when it is agreed before the day promised first is over.")
    return _form(request, view, form, "answered", save, lead)


@require_http_methods(["GET", "POST"])
@page
def ship(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Send a parcel with some or all of what is left."""
    actor, view = _writable(request, goods_order_id)
    form = ParcelForm(posted(request), view=view, initial={"version": view.row.version})

    def save() -> UUID:
        return ship_order(
            actor=actor,
            order_id=goods_order_id,
            version=form.cleaned_data["version"],
            parcel=form.parcel(),
            now=timezone.now(),
        ).public_id

    return _form(request, view, form, "shipped", save, view.deliver_to)


@require_http_methods(["GET", "POST"])
@page
def deliver(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """Record who signed for a parcel."""
    actor = actor_of(request)
    view, parcel = order_of_parcel(actor, parcel_id)
    require(actor, Permission.GOODS_WRITE, view.row.unit_id)
    form = ReceiptForm(posted(request), initial={"version": view.row.version})

    def save() -> UUID:
        return deliver_parcel(
            actor=actor,
            shipment_id=parcel_id,
            version=form.cleaned_data["version"],
            receipt=form.receipt(),
            now=timezone.now(),
        ).public_id

    lead = " ".join(filter(None, (parcel.carrier, parcel.waybill)))
    made = _form_of(view, form, f"delivered.{parcel_id}", save, lead)
    return form_page(request, replace(made, title=_("Signed for")))


@require_http_methods(["GET", "POST"])
@page
def close(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Close a delivered order with how the goods do."""
    actor, view = _writable(request, goods_order_id)
    label = _("How the goods do where they are used")
    form = OrderEndForm(posted(request), label=label, initial={"version": view.row.version})

    def save() -> UUID:
        values = form.values()
        return close_order(
            actor=actor, order_id=goods_order_id, **values, now=timezone.now()
        ).public_id

    return _form(request, view, form, "closed", save)


@require_http_methods(["GET", "POST"])
@page
def cancel(request: HttpRequest, goods_order_id: UUID) -> HttpResponse:
    """Cancel an order of which nothing has left."""
    actor, view = _writable(request, goods_order_id)
    form = OrderEndForm(posted(request), label=_("Reason"), initial={"version": view.row.version})

    def save() -> UUID:
        values = form.values()
        return cancel_order(
            actor=actor, order_id=goods_order_id, **values, now=timezone.now()
        ).public_id

    return _form(request, view, form, "cancelled", save)


def address_of_order(order_id: object) -> str:
    """The page of an order."""
    return reverse("console:goods_one", args=[order_id])


def _writable(request: HttpRequest, order_id: UUID) -> tuple[Actor, GoodsOrderView]:
    actor = actor_of(request)
    view = get_goods_order(actor, order_id)
    require(actor, Permission.GOODS_WRITE, view.row.unit_id)
    return actor, view


def _form(
    request: HttpRequest,
    view: GoodsOrderView,
    form: KeptForm,
    kind: str,
    save: Callable[[], UUID],
    lead: str = "",
) -> HttpResponse:
    return form_page(request, _form_of(view, form, kind, save, lead))


def _form_of(
    view: GoodsOrderView, form: KeptForm, kind: str, save: Callable[[], UUID], lead: str
) -> FormPage:
    return FormPage(
        title=goods_words.ACTS.get(kind, ""),
        form=form,
        route=f"console.goods.{view.row.public_id}.{kind}",
        save=save,
        done=lambda _made: address_of_order(view.row.public_id),
        back=Link(address_of_order(view.row.public_id), view.row.number),
        lead=lead,
    )


def _articles(actor: Actor, lines: tuple[LineRow, ...]) -> list[ItemRow | LineRow]:
    """What the order has, then everything else that may be ordered."""
    known = {one.public_id for one in lines}
    return [*lines, *(one for one in item_choices(actor) if one.public_id not in known)]


def _contracts(actor: Actor, customer_id: UUID) -> list[tuple[str, str]]:
    found = list_contracts(actor, customer_id=customer_id, limit=200)
    return [(str(one.public_id), one.number) for one in found.items]


def _projects(actor: Actor, customer_id: UUID) -> list[tuple[str, str]]:
    found = list_projects(actor, customer_id=customer_id, limit=200)
    return [(str(one.public_id), one.name) for one in found.items]


def _request_named(actor: Actor, public_id: str) -> UUID | None:
    """The request the address names, if this person sees it."""
    wanted = parse_public_id(public_id)
    if wanted is None:
        return None
    try:
        return get_request_page(actor, wanted).request.public_id
    except NotFound:
        return None
