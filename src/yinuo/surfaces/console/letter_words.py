"""The words on screen for the codes of letters of contact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "drafted": pgettext_lazy("letter", "Draft"),
    "sent": pgettext_lazy("letter", "Waiting for the customer"),
    "accepted": pgettext_lazy("letter", "Confirmed by both sides"),
    "declined": pgettext_lazy("letter", "Declined"),
    "expired": pgettext_lazy("letter", "Ran out"),
    "withdrawn": pgettext_lazy("letter", "Withdrawn"),
}
WAYS: Words = {
    "link": pgettext_lazy("letter", "by link"),
    "paper": pgettext_lazy("letter", "on paper"),
}
OUTCOMES: Words = {
    "accepted": _("The customer accepts"),
    "declined": _("The customer declines"),
}
