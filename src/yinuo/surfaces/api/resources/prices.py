"""`/price-lists`: list, read, publish a file, price items."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from yinuo.domains.billing.keeping import shown_line
from yinuo.domains.billing.pricing import price_items
from yinuo.domains.billing.selectors import (
    get_price_list,
    get_price_list_source,
    page_price_lists,
)
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.capitals import chinese_capitals
from yinuo.kernel.pricing import Item
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Input, Name, Paging, PathId, Word, refusal, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.shapes import billing as shapes

MOST_ITEMS = 200
_FIGURE = r"-?[0-9]{1,15}(\.[0-9]{1,6})?"

resource = Resource("price lists")


def _figure(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(_FIGURE, value):
        raise refusal(_('Give the figure as text, such as "2.5".'))
    return value


Figure = Annotated[
    Decimal,
    BeforeValidator(_figure),
    WithJsonSchema({"type": "string", "pattern": f"^{_FIGURE}$"}),
    PlainSerializer(str),
]


class ItemInput(Input):
    """What is asked for by the code of an entry; which fields count depends on its kind."""

    code: Word
    quantity: Figure
    persons: Annotated[int, Field(strict=True, ge=1, le=9_999)] = 1
    zone: Word = ""
    hours: Figure | None = None
    size: Figure | None = None
    cost: Figure | None = None
    ceiling: Figure | None = None
    base: Figure | None = None
    note: Name = ""

    def item(self) -> Item:
        """What the kernel prices."""
        return Item(**{name: getattr(self, name) for name in type(self).model_fields})


Items = Annotated[list[ItemInput], Field(min_length=1, max_length=MOST_ITEMS)]


class PriceListInput(Input):
    """A price list file in YAML."""

    source: Annotated[str, text(500_000, shortest=1)]


class ItemsInput(Input):
    """Items to be priced."""

    items: Items


@resource.reads("", name="list_price_lists", right=Permission.PRICE_READ, gives=shapes.PriceLists)
def list_all(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Published versions, newest first."""
    page = page_price_lists(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.price_list)


@resource.writes(
    "POST",
    "",
    name="publish_price_list",
    right=Permission.PRICE_PUBLISH,
    gives=shapes.PublishedPriceList,
    status=201,
)
def publish_one(request: ApiRequest, data: PriceListInput) -> HttpResponse:
    """Publish a price list file; the same content again gives the version it already is."""

    def action() -> dict[str, Any]:
        call = request.auth
        version = publish_price_list(
            actor=call.actor, source=data.source, source_name="prices.yaml", now=call.now
        )
        return {"id": str(version.public_id), "code": version.code, "number": version.number}

    return written(request, action, status=201)


@resource.reads(
    "/{price_list_id}",
    name="get_price_list",
    right=Permission.PRICE_READ,
    gives=shapes.PriceListShape,
)
def get_one(request: ApiRequest, price_list_id: PathId) -> HttpResponse:
    """One published version."""
    return shown(shapes.price_list(get_price_list(request.auth.actor, price_list_id)))


@resource.reads(
    "/{price_list_id}/source",
    name="get_price_list_source",
    right=Permission.PRICE_READ,
    gives=shapes.PriceListSource,
)
def get_source(request: ApiRequest, price_list_id: PathId) -> HttpResponse:
    """The file a version was published from."""
    return shown({"source": get_price_list_source(request.auth.actor, price_list_id)})


@resource.computes(
    "/{price_list_id}/price",
    name="price_items",
    right=Permission.PRICE_READ,
    gives=shapes.PricedShape,
)
def price(request: ApiRequest, price_list_id: PathId, data: ItemsInput) -> HttpResponse:
    """What items would cost by this version; nothing is written."""
    items = [one.item() for one in data.items]
    priced = price_items(request.auth.actor, price_list_id, items)
    total = priced.total
    return shown(
        {
            "lines": [shapes.line(shown_line(one)) for one in priced.lines],
            "total": f"{total.amount:.2f}",
            "currency": total.currency,
            "capitals": chinese_capitals(total.amount) if total.currency == "CNY" else "",
        }
    )
