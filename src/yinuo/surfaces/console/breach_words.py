"""The words on screen for the codes of the breach ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

BREACH_STATES: Words = {
    "open": pgettext_lazy("breach", "to be approved"),
    "approved": pgettext_lazy("breach", "approved"),
    "disputed": pgettext_lazy("breach", "disputed"),
    "waived": pgettext_lazy("breach", "waived"),
    "withdrawn": pgettext_lazy("breach", "no breach any more"),
}
BREACH_TONES: Words = {
    "open": "soon",
    "approved": "calm",
    "disputed": "over",
    "waived": "",
    "withdrawn": "",
}
ENTRY_KINDS: Words = {
    "posted": pgettext_lazy("entry", "by the clause"),
    "waiver": pgettext_lazy("entry", "waiver"),
    "correction": pgettext_lazy("entry", "correction"),
    "loss": pgettext_lazy("entry", "customer's loss"),
}
ACTS: Words = {
    "posted": pgettext_lazy("act", "entered by the clause"),
    "withdrawn": pgettext_lazy("act", "no breach any more"),
    "approved": pgettext_lazy("act", "approved"),
    "waived_part": pgettext_lazy("act", "waived in part"),
    "waived": pgettext_lazy("act", "waived"),
    "disputed": pgettext_lazy("act", "disputed"),
    "dispute_upheld": pgettext_lazy("act", "dispute upheld"),
    "dispute_rejected": pgettext_lazy("act", "dispute rejected"),
    "corrected": pgettext_lazy("act", "corrected"),
    "loss_recorded": pgettext_lazy("act", "customer's loss entered"),
}
LEGS: Words = {
    "headquarters": pgettext_lazy("leg", "Headquarters"),
    "centre": pgettext_lazy("leg", "Service centre"),
    "partner": pgettext_lazy("leg", "Partner"),
    "customer": pgettext_lazy("leg", "Customer"),
    "carrier": pgettext_lazy("leg", "Carrier"),
    "supplier": pgettext_lazy("leg", "Supplier"),
}
PAYERS: Words = {
    "vendor": pgettext_lazy("payer", "we"),
    "customer": pgettext_lazy("payer", "the customer"),
    "partner": pgettext_lazy("payer", "the partner"),
    "carrier": pgettext_lazy("payer", "the carrier"),
    "supplier": pgettext_lazy("payer", "the supplier"),
}
RIGHT_STATES: Words = {
    "open": pgettext_lazy("right", "open"),
    "given": pgettext_lazy("right", "given"),
    "refused": pgettext_lazy("right", "refused"),
    "void": pgettext_lazy("right", "void"),
}
RIGHT_KINDS: Words = {
    "extension": _("More time"),
    "voucher": _("Voucher"),
    "replacement": _("Replacement"),
    "standby": _("Standby unit"),
    "third_party": _("Third party at our cost"),
    "free_service": _("Free service"),
    "free_repair": _("Free repair"),
    "extra_visit": _("Extra visit"),
    "refund": _("Refund"),
    "end_contract": _("Right to end the contract"),
    "apology": _("Written apology"),
    "loses_claim": _("Loses the claim"),
}
HANDS: Words = {
    "": pgettext_lazy("hands", "from the beginning"),
    "handed_over": pgettext_lazy("hands", "handed over"),
    "assigned": pgettext_lazy("hands", "assigned"),
    "taken": pgettext_lazy("hands", "taken from the queue"),
    "accepted": pgettext_lazy("hands", "accepted"),
    "offer_returned": pgettext_lazy("hands", "given back"),
    "paused": pgettext_lazy("hands", "pause claimed"),
    "part_requested": pgettext_lazy("hands", "part asked for"),
    "part_shipped": pgettext_lazy("hands", "part on its way"),
    "shipped": pgettext_lazy("hands", "on its way"),
    "corrected": pgettext_lazy("hands", "corrected by hand"),
}
