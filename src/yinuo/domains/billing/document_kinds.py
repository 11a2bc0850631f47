"""The documents of billing: quotes, letters, statements, charge-backs, with every label of each."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.billing.block_data import block_data
from yinuo.domains.document_templates.kinds import DocumentKind, declared

_HERE = Path(__file__).parent
_SAMPLES = _HERE / "samples"

_PRICED = {
    "customer": _("Customer"),
    "contract": _("Contract"),
    "item": _("Item"),
    "quantity": _("Quantity"),
    "unit_price": _("Unit price"),
    "amount": _("Amount"),
    "total": pgettext_lazy("sum", "Total"),
    "capitals": _("In capitals"),
    "for_us": _("For us (signature, date)"),
}
_QUOTE = {
    **_PRICED,
    "subject": _("Subject"),
    "contact": _("Contact"),
    "date": _("Date"),
    "valid_until": _("Valid until"),
    "drawn_up_by": _("Drawn up by"),
    "delivered_by": _("Delivered by"),
    "request": _("Request"),
    "source": _("Prices by %(list)s, version %(number)s"),
    "remarks": _("Remarks"),
    "accepted": _("Accepted by the customer (signature, date)"),
    "draft": _("Draft, not sent"),
}
_SOURCE = {"source": _("Which price list the prices are by")}

QUOTE = declared(
    DocumentKind(
        code="quote",
        name=_("Quote"),
        words=_QUOTE,
        template=_HERE / "quote.typ",
        blocks=_HERE / "quote.blocks",
        block_data=block_data,
        sample=_SAMPLES / "quote.json",
        passages=_SOURCE,
    )
)
DAMAGE = declared(
    DocumentKind(
        code="damage",
        name=_("Separate contract for damage"),
        words={
            **_QUOTE,
            "delivered_by": _("Work finished by"),
            "salesperson": _("Salesperson in charge"),
            "department": _("Department in charge"),
        },
        template=_HERE / "quote.typ",
        blocks=_HERE / "quote.blocks",
        block_data=block_data,
        sample=_SAMPLES / "damage.json",
        passages=_SOURCE,
    )
)
LETTER = declared(
    DocumentKind(
        code="letter",
        name=_("Letter of contact"),
        words={
            "customer": _("Customer"),
            "site": _("Site"),
            "contact": _("Contact"),
            "asset": _("Asset"),
            "request": _("Request"),
            "sheet": _("Sheet"),
            "position": _("Letter of this request"),
            "date": _("Date"),
            "valid_until": _("Valid until"),
            "found": _("Found"),
            "work": _("Work proposed"),
            "time": _("Time needed"),
            "why_further": _("Why a further letter"),
            "cost": _("Cost"),
            "item": _("Item"),
            "quantity": _("Quantity"),
            "unit_price": _("Unit price"),
            "amount": _("Amount"),
            "total": _("Total: %(total)s yuan"),
            "capitals": _("In capitals: %(words)s"),
            "ours": _("Our diagnosis was wrong, so this cost is ours: %(reason)s"),
            "rule": _("Nothing more is done until both sides have confirmed."),
            "confirmed_by_us": _("Confirmed for us (name, date)"),
            "confirmed_by_customer": _("Confirmed by the customer (name, date)"),
            "draft": _("Draft, not sent"),
        },
        template=_HERE / "letter.typ",
        blocks=_HERE / "letter.blocks",
        sample=_SAMPLES / "letter.json",
    )
)
STATEMENT = declared(
    DocumentKind(
        code="statement",
        name=_("Statement"),
        words={
            **_PRICED,
            "period": _("Period"),
            "charges": _("Charges together"),
            "penalties": _("Penalties together"),
            "left_to_pay": _("Left to pay"),
            "penalty": _("Penalty: %(clause)s"),
            "clause": _("Clause %(number)s"),
            "correction": _("Correction: %(reason)s"),
            "part": _("Part of %(whole)s: split where the goodwill of the contract ends"),
            "confirmed": _("Confirmed by the customer (signature, date)"),
        },
        template=_HERE / "quote.typ",
        blocks=_HERE / "quote.blocks",
        block_data=block_data,
        sample=_SAMPLES / "statement.json",
    )
)
CHARGE_BACK = declared(
    DocumentKind(
        code="charge_back",
        name=_("Charge-back"),
        words={
            "unit": _("Unit charged"),
            "until": _("Misses due until"),
            "promise": _("Missed promise"),
            "late": _("Late in your hands"),
            "minutes": _("%(minutes)s min"),
            "clause": _("Clause %(number)s"),
            "amount": _("Amount"),
            "total": pgettext_lazy("sum", "Total"),
            "capitals": _("In capitals"),
            "for_us": _("For us (signature, date)"),
            "confirmed": _("Confirmed by the unit (signature, date)"),
        },
        template=_HERE / "quote.typ",
        blocks=_HERE / "quote.blocks",
        block_data=block_data,
        sample=_SAMPLES / "charge_back.json",
        placeholders=("company", "unit", "number", "date"),
    )
)
