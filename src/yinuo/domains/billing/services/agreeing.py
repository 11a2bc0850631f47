"""Agreeing with a customer, or in one of his contracts, by which price list he pays."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.billing.agreed_models import AgreedPrices
from yinuo.domains.billing.policies import visible_price_lists
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 4_000


def agree_prices(
    *,
    actor: Actor,
    customer_id: object = None,
    contract_id: object = None,
    price_list_id: object = None,
    reason: str = "",
    now: datetime,
) -> AgreedPrices:
    """From now on this list counts for the contract, or for the customer when none is named;
    without a list what was agreed before ends, with the reason.

    Needs the right to write contracts at the customer's unit. Raises NotFound, Forbidden,
    InvalidInput by field, also when there is nothing to end.
    """
    said = reason.strip()
    with writing(actor=actor, now=now) as work:
        contract = one_of(visible_contracts(actor), contract_id) if contract_id else None
        owner = contract.customer.public_id if contract else customer_id
        customer = one_of(visible_customers(actor).select_for_update(), owner)
        require(actor, Permission.CONTRACT_WRITE, customer.unit_id)
        version = one_of(visible_price_lists(actor), price_list_id) if price_list_id else None
        rows = AgreedPrices.objects.filter(customer=customer, contract=contract)
        last = rows.order_by("-id").first()
        if len(said) > REASON_LENGTH or (version is None and not said):
            raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})
        if version is None and (last is None or last.price_list_id is None):
            raise InvalidInput({"price_list_id": _("No list is agreed here.")})
        row = AgreedPrices.objects.create(
            customer=customer,
            contract=contract,
            price_list=version,
            reason=said,
            agreed_at=now,
            agreed_by=actor.label,
        )
        after = {"price_list": str(version.public_id) if version else None}
        about = contract or customer
        kind = "contract" if contract else "customer"
        work.audit(f"{kind}.agree_prices", about, after=after, reason=said)
        work.emit(f"{kind}.prices_agreed", about)
        return row
