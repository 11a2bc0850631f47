"""The price list that counts, and what can be bought by it, in templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.urls import reverse

from yinuo.domains.billing.agreed import (
    chosen_prices,
    prices_of_contract,
    prices_of_request,
)
from yinuo.domains.billing.pricing import price_list_of
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.pricing.showing import entry_rows
from yinuo.surfaces.console.access import actor_of

register = template.Library()
_PAID = "paid"


@register.inclusion_tag("console/billing/agreed.html", takes_context=True)
def contract_prices(context: RequestContext, contract_id: UUID, may_agree: bool) -> dict[str, Any]:
    """The list that counts for a contract; nothing without the right to read prices."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.PRICE_READ):
        return {"may_see": False}
    agree_at = reverse("console:contracts_prices", args=[contract_id]) if may_agree else ""
    chosen = prices_of_contract(actor, contract_id)
    return {"may_see": True, "chosen": chosen, "agree_at": agree_at, "whole": True}


@register.inclusion_tag("console/billing/agreed.html", takes_context=True)
def customer_prices(
    context: RequestContext, customer: CustomerRow, may_agree: bool
) -> dict[str, Any]:
    """The same for a customer of the actor's scope."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.PRICE_READ):
        return {"may_see": False}
    agree_at = reverse("console:customers_prices", args=[customer.public_id]) if may_agree else ""
    chosen = chosen_prices(actor, customer.id, None)
    return {"may_see": True, "chosen": chosen, "agree_at": agree_at}


@register.inclusion_tag("console/billing/paid_services.html", takes_context=True)
def paid_services(
    context: RequestContext, request_id: UUID, customer_id: UUID, cover_kind: str
) -> dict[str, Any]:
    """What the customer of a request without cover can buy, with price and terms (SA-16)."""
    actor = actor_of(context["request"])
    if cover_kind != _PAID or not actor.may(Permission.PRICE_READ):
        return {"chosen": None}
    chosen = prices_of_request(actor, request_id)
    if chosen is None:
        return {"chosen": None}
    list_ = price_list_of(chosen.price_list.id)
    return {
        "chosen": chosen,
        "rows": entry_rows(list_),
        "currency": list_.currency,
        "request_id": request_id,
        "customer_id": customer_id,
        "may_quote": actor.may(Permission.QUOTE_WRITE),
    }
