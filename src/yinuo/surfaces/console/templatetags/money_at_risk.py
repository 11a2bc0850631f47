"""Money of promises on pages: amounts, and where the details are."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yinuo.domains.goods.heads import GoodsHead
from yinuo.domains.obligations.exposure_types import PromiseMoney
from yinuo.domains.obligations.types import ObligationView
from yinuo.surfaces.assets.bars import duration

register = template.Library()
_PAGES = {
    "work_order": "console:work_one",
    "contract": "console:contracts_one",
    "order": "console:quotes_one",
    "complaint": "console:complaints_one",
    "repair": "console:repairs_one",
    "loan": "console:standby_loan",
}


@register.simple_tag
def at_risk(money: PromiseMoney | None, column: str) -> SafeString:
    """One amount of a promise; says so when there is no price, when its base is not known, or when
    a cap over the contract's cases leaves less of it."""
    if money is None:
        return format_html('<span class="soft">{}</span>', _("no price"))
    amount = getattr(money, column)
    if amount is None:
        return format_html('<span class="soft">{}</span>', "—")
    if money.is_unknown and not amount:
        return format_html('<span class="tag">{}</span>', _("amount not known"))
    if (left := money.cut_to(column)) is not None:
        words = (
            _("at most, within the contract's cap") if left else _("the contract's cap is used up")
        )
        return format_html(
            '{} <small class="soft">{}</small> <small class="soft"><s>{}</s></small>',
            yuan(left),
            words,
            f"{amount:,.2f}",
        )
    least = _("at least") + " " if money.is_unknown else ""
    return format_html("{}{}", least, yuan(amount))


@register.simple_tag
def yuan(amount: Decimal) -> SafeString:
    """An amount in yuan with two places, where the page says that amounts are in yuan."""
    return format_html('<span class="figures">{}</span>', f"{amount:,.2f}")


@register.simple_tag
def how_long(span: timedelta) -> str:
    """A length of time as it is told of promises; a dash for none."""
    return duration(int(span.total_seconds())) if span else "—"


@register.simple_tag
def subject_address(promise: ObligationView, head: object = None) -> str:
    """The page of what a promise is about: a request, a work order or a contract. `head` tells
    orders of goods from quotes."""
    name = _PAGES.get(promise.subject_type, "console:requests_one")
    if isinstance(head, GoodsHead):
        name = "console:goods_one"
    return reverse(name, args=[promise.subject_id])


@register.simple_tag
def narrowed_exposure(by: str, public_id: UUID, still_open: int) -> str:
    """The promises of one contract, customer or unit: the open ones, else those missed."""
    rows = "promise" if still_open else "accrued"
    return f"{reverse('console:exposure')}?by={rows}&{by}={public_id}"
