"""Which prices, quotes, charges and statements an actor sees, and his steps on a quote."""

from __future__ import annotations

from django.db.models import QuerySet

from yinuo.domains.billing.charge_back_models import ChargeBack
from yinuo.domains.billing.charge_models import Charge, Statement, StatementLine
from yinuo.domains.billing.models import PriceListVersion, Quote
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.offer_states import OFFER_STEPS, OfferState

# Taken by the product itself when the last day is over.
_BY_CLOCK = frozenset({"expired"})


def visible_price_lists(actor: Actor) -> QuerySet[PriceListVersion]:
    """Prices belong to the whole company: who may read them anywhere reads all of them, and who
    writes letters of contact picks their cost from them."""
    if actor.may(Permission.PRICE_READ) or actor.may(Permission.LETTER_WRITE):
        return PriceListVersion.objects.all()
    return PriceListVersion.objects.none()


def visible_quotes(actor: Actor, permission: Permission = Permission.QUOTE_READ) -> QuerySet[Quote]:
    """Quotes of the units where the actor holds the right."""
    return Quote.objects.filter(unit_id__any=actor.units_for(permission))


def visible_charges(
    actor: Actor, permission: Permission = Permission.CHARGE_READ
) -> QuerySet[Charge]:
    """Rows of the ledger of the units where the actor holds the right."""
    return Charge.objects.filter(unit_id__any=actor.units_for(permission))


def open_charges(actor: Actor, permission: Permission = Permission.CHARGE_READ) -> QuerySet[Charge]:
    """Those that stand on no statement yet."""
    stated = StatementLine.objects.values("charge_id")
    return visible_charges(actor, permission).exclude(pk__in=stated)


def visible_statements(
    actor: Actor, permission: Permission = Permission.CHARGE_READ
) -> QuerySet[Statement]:
    """Statements of the units where the actor holds the right."""
    return Statement.objects.filter(unit_id__any=actor.units_for(permission))


def visible_charge_backs(actor: Actor) -> QuerySet[ChargeBack]:
    """Charge-backs of the units whose breaches the actor may see; a unit sees its own."""
    return ChargeBack.objects.filter(unit_id__any=actor.units_for(Permission.BREACH_READ))


def charges_on(statement: Statement) -> QuerySet[Charge]:
    """The charges on a statement that the caller has found visible, whichever unit did the work."""
    lines = StatementLine.objects.filter(statement=statement).values("charge_id")
    return Charge.objects.filter(pk__in=lines)


def next_steps(actor: Actor, quote: Quote) -> tuple[str, ...]:
    """The steps that are possible in the quote's state and allowed to the actor."""
    if not actor.may(Permission.QUOTE_WRITE, quote.unit_id):
        return ()
    state = OfferState(quote.state)
    return tuple(
        kind for kind, step in OFFER_STEPS.items() if kind not in _BY_CLOCK and step.after(state)
    )
