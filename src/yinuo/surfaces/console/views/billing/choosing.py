"""Which price lists a form offers, and the one chosen."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from yinuo.domains.billing.pricing import price_list_of
from yinuo.domains.billing.selectors import get_price_list, list_price_lists
from yinuo.domains.network.types import Actor
from yinuo.kernel.pricing import PriceList
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console import words


def lines_address(customer_id: object, request_id: object = "") -> str:
    """Where lines are priced while they are typed; the place of the request gives their zone."""
    query = {"customer": str(customer_id), "request": str(request_id or "")}
    return f"{reverse('console:quotes_lines')}?{urlencode(query)}"


def list_choices(actor: Actor, present: str = "") -> list[tuple[str, str]]:
    """The newest version of each list, and `present` when there is a newer one."""
    rows = list_price_lists(actor)
    if present and all(str(one.public_id) != present for one in rows):
        rows = [*rows, get_price_list(actor, present)]
    return [
        (str(one.public_id), f"{words.in_language(one.title_zh, one.title_en)} v{one.number}")
        for one in rows
    ]


def chosen_list(actor: Actor, public_id: str) -> PriceList | None:
    """The list of that id; None when there is none to be seen."""
    try:
        return price_list_of(get_price_list(actor, public_id).id)
    except NotFound:
        return None
