"""The words on screen for the codes of billing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

QUOTE_STATES: Words = {
    "drafted": pgettext_lazy("quote", "Draft"),
    "sent": pgettext_lazy("quote", "Waiting for an answer"),
    "accepted": pgettext_lazy("quote", "Accepted"),
    "declined": pgettext_lazy("quote", "Declined"),
    "expired": pgettext_lazy("quote", "Expired"),
    "withdrawn": pgettext_lazy("quote", "Withdrawn"),
}
ENTRY_CHANGES: Words = {
    "added": _("new"),
    "removed": _("no longer there"),
    "changed": _("changed"),
}
BORNE: Words = {
    "customer": _("the customer pays"),
    "cover": _("free by the cover"),
    "goodwill": _("at our cost: goodwill"),
    "misdiagnosis": _("at our cost: wrong diagnosis"),
}
BEYOND: Words = {
    "charged": _("the rest is charged as without goodwill"),
    "given": _("we bear the rest too (by who may, with a reason)"),
}
CHARGE_ENTRIES: Words = {
    "charge": _("charge"),
    "reversal": _("taken back"),
}
