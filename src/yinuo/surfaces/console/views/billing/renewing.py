"""A quote for the renewal of a contract, begun with the price its rule gives (BP-19)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.contracts.life import life_of
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.network.types import Actor
from yinuo.kernel.cover.renewal import RenewalPrice
from yinuo.kernel.pricing import PercentOf
from yinuo.platform.errors import NotFound
from yinuo.surfaces.console.quote_lines import Values
from yinuo.surfaces.console.views.archive.contract_life import price_words
from yinuo.surfaces.console.views.billing.choosing import chosen_list, list_choices


@dataclass(slots=True)
class RenewalDraft:
    """What the form of a quote begins with."""

    initial: dict[str, Any] = field(default_factory=dict)
    lines: list[Values] = field(default_factory=list)


def renewal_draft(
    actor: Actor, customer_id: UUID, contract_id: object, today: date
) -> RenewalDraft:
    """The title, the contract, how the price comes about, and the line of the list that has the
    same percentage. NotFound for a contract of another customer."""
    row = get_contract(actor, contract_id)
    if row.customer_public_id != customer_id:
        raise NotFound
    title = _("Renewal of contract %(number)s") % {"number": row.number}
    draft = RenewalDraft({"contract_id": str(row.public_id), "title": title})
    price = life_of(actor, contract_id, today).renewal_price
    if price is not None:
        draft.initial["remarks"] = price_words(price)
        _price(draft, actor, price)
    return draft


def _price(draft: RenewalDraft, actor: Actor, price: RenewalPrice) -> None:
    """The first list with an entry of the same percentage prices the quote."""
    for list_id, _title in list_choices(actor) if price.base is not None else ():
        list_ = chosen_list(actor, list_id)
        for entry in list_.entries if list_ else ():
            if isinstance(entry, PercentOf) and entry.percent == price.percent:
                draft.initial["price_list_id"] = list_id
                draft.lines = [{"code": entry.code, "quantity": "1", "base": f"{price.base:f}"}]
                return
