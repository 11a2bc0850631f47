"""Orders of goods on pages: their words, and those of a customer, project or request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import template

from yinuo.domains.goods.selectors import goods_of_customer, goods_of_project, goods_of_request
from yinuo.domains.network.permissions import Permission
from yinuo.platform.errors import Text
from yinuo.surfaces.console import goods_words, words
from yinuo.surfaces.console.access import actor_of

register = template.Library()
_WORDS = {"state": goods_words.STATES, "act": goods_words.ACTS}
_OF: Mapping[str, Callable[..., Any]] = {
    "customer": goods_of_customer,
    "project": goods_of_project,
    "request": goods_of_request,
}


@register.filter
def goods_word(code: str, of: str) -> Text:
    """The word on screen of a code: `{{ row.state|goods_word:"state" }}`."""
    return words.word(_WORDS[of], code)


@register.inclusion_tag("console/goods/of.html", takes_context=True)
def goods_of(
    context: dict[str, Any], kind: str, public_id: object, customer_id: object
) -> dict[str, Any]:
    """The orders of a customer, project or request; empty without the right."""
    actor = actor_of(context["request"])
    return {
        "rows": _OF[kind](actor, public_id),
        "may_order": actor.may(Permission.GOODS_WRITE),
        "customer_id": customer_id,
        "narrowed": "" if kind == "customer" else f"?{kind}={public_id}",
    }
