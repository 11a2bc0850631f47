"""`/articles`, `/goods-orders`, `/goods-parcels`: goods ordered, changed, sent, signed for."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.goods.selectors import (
    get_goods_order,
    get_item,
    list_goods_orders,
    list_items,
    order_of_parcel,
)
from yinuo.domains.goods.services import (
    accept_order,
    answer_change,
    cancel_order,
    change_order,
    close_order,
    create_item,
    deliver_parcel,
    edit_item,
    place_order,
    ship_order,
)
from yinuo.domains.goods.types import (
    AnswerData,
    ChangeData,
    ItemData,
    OrderData,
    Parcel,
    Receipt,
    Wanted,
)
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.goods_states import GoodsState
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Line,
    Paging,
    PathId,
    Version,
    Word,
    text,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import goods as shapes

articles = Resource("articles")
resource = Resource("goods-orders")
parcels = Resource("goods-parcels")

Story = Annotated[str, text(500)]
Flag = Annotated[bool, Field(strict=True)]
Number = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class ArticleFilters(Paging):
    """Which articles, by part of code or name."""

    q: Label = ""


class ArticleInput(Input):
    """An article of the catalogue."""

    code: Word
    name: Annotated[str, text(120)]
    measure: Annotated[str, text(12)]
    name_en: Annotated[str, text(120)] = ""
    life_months: Number | None = None
    price_code: Word = ""
    active: Flag = True


class ArticleEdit(ArticleInput):
    """An article as it is to be; its code stays."""

    version: Version


class WantedInput(Input):
    """So many of an article."""

    item_id: Id
    quantity: Number


Lines = Annotated[list[WantedInput], Field(min_length=1, max_length=30)]


class GoodsOrderFilters(Paging):
    """In which state; `open`: not ended, `urgent`: the urgent ones of these."""

    state: GoodsState | Literal["open", "urgent", ""] = ""
    q: Label = ""


class GoodsOrderInput(Input):
    """What is ordered for a customer; `supplied_on` is when the goods it replaces were supplied."""

    customer_id: Id
    lines: Lines
    urgent: Flag = False
    wished_on: Day | None = None
    supplied_on: Day | None = None
    contract_id: Id | None = None
    project_id: Id | None = None
    request_id: Id | None = None
    deliver_to: Line = ""
    note: Story = ""


class GoodsChangeInput(Input):
    """The whole order as it is wanted from now on, why, and who asked for it."""

    version: Version
    lines: Lines
    why: Story
    asked_by: Label
    urgent: Flag = False
    wished_on: Day | None = None


class GoodsAnswerInput(Input):
    """Our answer to the change that waits; declined, the reason is needed."""

    version: Version
    accepted: Flag
    promised_on: Day | None = None
    text: Story = ""


class GoodsPromiseInput(Input):
    """The day promised."""

    version: Version
    promised_on: Day


class GoodsParcelInput(Input):
    """What leaves now."""

    version: Version
    lines: Lines
    carrier: Label
    waybill: Label = ""
    shipped_at: Instant | None = None


class GoodsReceiptInput(Input):
    """Who signed for a parcel; `version` is the order's."""

    version: Version
    signed_by: Label
    delivered_at: Instant | None = None


class GoodsEndInput(Input):
    """How the goods do, or why the order is cancelled."""

    version: Version
    text: Story


def _wanted(lines: list[WantedInput]) -> tuple[Wanted, ...]:
    return tuple(Wanted(one.item_id, one.quantity) for one in lines)


def _order_data(data: GoodsOrderInput) -> OrderData:
    given = dict(data) | {"lines": _wanted(data.lines), "is_urgent": data.urgent}
    del given["urgent"]
    return OrderData(**given)


def _item_data(data: ArticleInput) -> ItemData:
    return ItemData(**{name: value for name, value in dict(data).items() if name != "version"})


@articles.reads("", name="list_articles", right=Permission.GOODS_READ, gives=shapes.Articles)
def list_catalogue(request: ApiRequest, filters: Query[ArticleFilters]) -> HttpResponse:
    """The catalogue by code."""
    page = list_items(
        request.auth.actor, text=filters.q, cursor=filters.cursor, limit=filters.limit
    )
    return listed(page, shapes.article)


@articles.reads(
    "/{article_id}", name="get_article", right=Permission.GOODS_READ, gives=shapes.ArticleShape
)
def get_article(request: ApiRequest, article_id: PathId) -> HttpResponse:
    """One article."""
    return shown(shapes.article(get_item(request.auth.actor, article_id)))


@articles.writes("POST", "", name="create_article", right=Permission.GOODS_CATALOGUE, status=201)
def create_article(request: ApiRequest, data: ArticleInput) -> HttpResponse:
    """Add an article to the catalogue."""
    call = request.auth
    act = partial(create_item, actor=call.actor, data=_item_data(data), now=call.now)
    return written(request, lambda: saved(act()), status=201)


@articles.writes("PUT", "/{article_id}", name="edit_article", right=Permission.GOODS_CATALOGUE)
def edit_article(request: ApiRequest, article_id: PathId, data: ArticleEdit) -> HttpResponse:
    """Change an article."""
    call = request.auth
    act = partial(
        edit_item,
        actor=call.actor,
        item_id=article_id,
        version=data.version,
        data=_item_data(data),
        now=call.now,
    )
    return edited(request, data, act, lambda: shapes.article(get_item(call.actor, article_id)))


@resource.reads("", name="list_goods_orders", right=Permission.GOODS_READ, gives=shapes.GoodsOrders)
def list_all(request: ApiRequest, filters: Query[GoodsOrderFilters]) -> HttpResponse:
    """Orders of goods, the newest first."""
    page = list_goods_orders(
        request.auth.actor,
        state=filters.state,
        text=filters.q,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.goods_order)


@resource.reads(
    "/{goods_order_id}",
    name="get_goods_order",
    right=Permission.GOODS_READ,
    gives=shapes.WholeGoodsOrder,
)
def get_one(request: ApiRequest, goods_order_id: PathId) -> HttpResponse:
    """One order with everything done."""
    return shown(_present(request, goods_order_id))


@resource.writes("POST", "", name="place_goods_order", right=Permission.GOODS_WRITE, status=201)
def place(request: ApiRequest, data: GoodsOrderInput) -> HttpResponse:
    """Order goods for a customer."""
    call = request.auth
    act = partial(place_order, actor=call.actor, data=_order_data(data), now=call.now)
    return written(request, lambda: saved(act()), status=201)


@resource.writes(
    "POST", "/{goods_order_id}/changes", name="change_goods_order", right=Permission.GOODS_WRITE
)
def change(request: ApiRequest, goods_order_id: PathId, data: GoodsChangeInput) -> HttpResponse:
    """Take in a change that the customer asks for."""
    call = request.auth
    wanted = ChangeData(_wanted(data.lines), data.why, data.asked_by, data.urgent, data.wished_on)
    act = partial(
        change_order,
        actor=call.actor,
        order_id=goods_order_id,
        version=data.version,
        data=wanted,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, goods_order_id))


@resource.writes(
    "POST", "/{asked_order_id}/answer", name="answer_goods_change", right=Permission.GOODS_WRITE
)
def answer(request: ApiRequest, asked_order_id: PathId, data: GoodsAnswerInput) -> HttpResponse:
    """Answer the change that waits."""
    call = request.auth
    act = partial(
        answer_change,
        actor=call.actor,
        order_id=asked_order_id,
        version=data.version,
        data=AnswerData(data.accepted, data.promised_on, data.text),
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, asked_order_id))


@resource.writes(
    "POST", "/{goods_order_id}/acceptance", name="accept_goods_order", right=Permission.GOODS_WRITE
)
def accept(request: ApiRequest, goods_order_id: PathId, data: GoodsPromiseInput) -> HttpResponse:
    """Accept an order and promise its day."""
    call = request.auth
    given = data.model_dump()
    act = partial(accept_order, actor=call.actor, order_id=goods_order_id, now=call.now, **given)
    return edited(request, data, act, lambda: _present(request, goods_order_id))


@resource.writes(
    "POST", "/{sent_order_id}/parcels", name="ship_goods_order", right=Permission.GOODS_WRITE
)
def ship(request: ApiRequest, sent_order_id: PathId, data: GoodsParcelInput) -> HttpResponse:
    """Send a parcel."""
    call = request.auth
    parcel = Parcel(_wanted(data.lines), data.carrier, data.waybill, data.shipped_at)
    act = partial(
        ship_order,
        actor=call.actor,
        order_id=sent_order_id,
        version=data.version,
        parcel=parcel,
        now=call.now,
    )
    return edited(request, data, act, lambda: _present(request, sent_order_id))


@parcels.writes(
    "POST", "/{parcel_id}/receipt", name="deliver_goods_parcel", right=Permission.GOODS_WRITE
)
def deliver(request: ApiRequest, parcel_id: PathId, data: GoodsReceiptInput) -> HttpResponse:
    """Record who signed for a parcel."""
    call = request.auth
    act = partial(
        deliver_parcel,
        actor=call.actor,
        shipment_id=parcel_id,
        version=data.version,
        receipt=Receipt(data.signed_by, data.delivered_at),
        now=call.now,
    )
    return edited(
        request, data, act, lambda: shapes.whole(order_of_parcel(call.actor, parcel_id)[0])
    )


@resource.writes(
    "POST", "/{done_order_id}/closing", name="close_goods_order", right=Permission.GOODS_WRITE
)
def close(request: ApiRequest, done_order_id: PathId, data: GoodsEndInput) -> HttpResponse:
    """Close a delivered order."""
    call, given = request.auth, data.model_dump()
    act = partial(close_order, actor=call.actor, order_id=done_order_id, now=call.now, **given)
    return edited(request, data, act, lambda: _present(request, done_order_id))


@resource.writes(
    "POST",
    "/{goods_order_id}/cancellation",
    name="cancel_goods_order",
    right=Permission.GOODS_WRITE,
)
def cancel(request: ApiRequest, goods_order_id: PathId, data: GoodsEndInput) -> HttpResponse:
    """Cancel an order of which nothing has left."""
    call, given = request.auth, data.model_dump()
    act = partial(cancel_order, actor=call.actor, order_id=goods_order_id, now=call.now, **given)
    return edited(request, data, act, lambda: _present(request, goods_order_id))


def _present(request: ApiRequest, goods_order_id: str) -> dict[str, object]:
    return shapes.whole(get_goods_order(request.auth.actor, goods_order_id))
