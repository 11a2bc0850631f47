"""The words on screen for repair orders."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "opened": pgettext_lazy("repair", "Announced"),
    "collected": pgettext_lazy("repair", "On its way to us"),
    "received": pgettext_lazy("repair", "Received"),
    "diagnosed": pgettext_lazy("repair", "Diagnosed"),
    "quoted": pgettext_lazy("repair", "Quoted, waits for the customer"),
    "in_repair": pgettext_lazy("repair", "In repair"),
    "declined": pgettext_lazy("repair", "Quote declined"),
    "unrepairable": pgettext_lazy("repair", "Not repairable"),
    "repaired": pgettext_lazy("repair", "Repaired, to be tested"),
    "tested": pgettext_lazy("repair", "Tested"),
    "shipped": pgettext_lazy("repair", "Shipped back"),
    "refitted": pgettext_lazy("repair", "Fitted again"),
    "cancelled": pgettext_lazy("repair", "Cancelled"),
}
ACTS: Words = {
    "collected": pgettext_lazy("repair", "Collected"),
    "received": pgettext_lazy("repair", "Receive"),
    "backup_confirmed": pgettext_lazy("repair", "Backup confirmed"),
    "diagnosed": pgettext_lazy("repair", "Open and diagnose"),
    "quoted": pgettext_lazy("repair", "Quoted"),
    "approved": pgettext_lazy("repair", "Quote accepted"),
    "declined": pgettext_lazy("repair", "Quote declined"),
    "quote_ended": pgettext_lazy("repair", "Quote ended without an answer"),
    "sent_to_supplier": pgettext_lazy("repair", "Hand over to a supplier"),
    "repaired": pgettext_lazy("repair", "Repaired"),
    "not_repairable": pgettext_lazy("repair", "Not repairable"),
    "repair_failed": pgettext_lazy("repair", "Test failed"),
    "tested": pgettext_lazy("repair", "Tested"),
    "shipped": pgettext_lazy("repair", "Ship back"),
    "refitted": pgettext_lazy("repair", "Fitted again"),
    "extended": pgettext_lazy("repair", "Tell of an extension"),
    "claimed": pgettext_lazy("repair", "Claim on the supplier"),
    "claim_settled": pgettext_lazy("repair", "Supplier's claim settled"),
    "cancelled": pgettext_lazy("repair", "Cancel"),
}
LEGS: Words = {
    "collected": pgettext_lazy("leg", "Pick-up"),
    "received": pgettext_lazy("leg", "Receipt"),
    "diagnosed": pgettext_lazy("leg", "Diagnosis"),
    "quoted": pgettext_lazy("leg", "Quote"),
    "repaired": pgettext_lazy("leg", "Repair"),
    "tested": pgettext_lazy("leg", "Test"),
    "shipped": pgettext_lazy("leg", "Shipping"),
    "refitted": pgettext_lazy("leg", "Refit"),
}
