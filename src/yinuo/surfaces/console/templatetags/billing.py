"""Money of contracts and cases in templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template
from django.template import RequestContext
from django.utils import timezone

from yinuo.domains.billing.costs import margin_of_contract, spent_on_case
from yinuo.domains.billing.damage import damage_of_request
from yinuo.domains.billing.proposals import propose_charges
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.console.access import actor_of

register = template.Library()


@register.inclusion_tag("console/billing/margin.html", takes_context=True)
def margin_of(context: RequestContext, contract_id: UUID) -> dict[str, Any]:
    """Income and cost of a contract; nothing without the right to see charges."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.CHARGE_READ):
        return {"margin": None}
    return {"margin": margin_of_contract(actor, contract_id, timezone.localdate())}


@register.inclusion_tag("console/billing/proposals.html", takes_context=True)
def charges_proposed(context: RequestContext, request_id: UUID) -> dict[str, Any]:
    """Finished sheets of a request that wait to be charged."""
    actor = actor_of(context["request"])
    return {"proposals": propose_charges(actor, request_id), "charges_for": request_id}


@register.inclusion_tag("console/billing/damage.html", takes_context=True)
def damage_by_user(context: RequestContext, request_id: UUID, customer_id: UUID) -> dict[str, Any]:
    """Separate contracts for damage by the user; nothing without the right to see quotes."""
    actor = actor_of(context["request"])
    if not actor.may(Permission.QUOTE_READ):
        return {"damage": None}
    return {
        "damage": damage_of_request(actor, request_id, now=timezone.now()),
        "request_id": request_id,
        "customer_id": customer_id,
        "may_quote": actor.may(Permission.QUOTE_WRITE),
    }


@register.inclusion_tag("console/billing/spent.html", takes_context=True)
def spent_on(context: RequestContext, request_id: UUID, currency: str) -> dict[str, Any]:
    """What a case came to at our cost: labour, parts, travel."""
    actor = actor_of(context["request"])
    return {"spent": spent_on_case(actor, request_id), "currency": currency}
