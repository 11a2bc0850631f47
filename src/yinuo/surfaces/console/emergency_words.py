"""The words on screen for the codes of emergency plans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "running": pgettext_lazy("emergency plan", "Running"),
    "declined": pgettext_lazy("emergency plan", "Declined by the customer"),
    "returned": pgettext_lazy("emergency plan", "Returned"),
    "under_way": pgettext_lazy("emergency plan", "Crew under way"),
    "closed": pgettext_lazy("emergency plan", "Closed"),
    "withdrawn": pgettext_lazy("emergency plan", "Withdrawn"),
}
STANDS: Words = {
    "done": pgettext_lazy("step", "done"),
    "waits": pgettext_lazy("step", "waits now"),
    "to_come": pgettext_lazy("step", "to come"),
    "skipped": pgettext_lazy("step", "nothing to do"),
}
ACTS: Words = {
    "submitted": _("Plan handed in"),
    "acknowledged": _("Special points acknowledged"),
    "agreed": _("Customer agreed"),
    "declined": _("Customer declined"),
    "approved": pgettext_lazy("emergency plan", "Approved"),
    "returned": _("Returned to the writer"),
    "released": _("Parts released"),
    "departed": _("Crew departed"),
    "done": pgettext_lazy("emergency plan", "Done"),
    "closed": pgettext_lazy("emergency plan", "Closed"),
    "withdrawn": pgettext_lazy("emergency plan", "Withdrawn"),
}
# What the button of an act says.
BUTTONS: Words = {
    "submitted": _("Write the plan"),
    "acknowledged": _("Acknowledge"),
    "agreed": _("Record the customer's answer"),
    "approved": _("Approve"),
    "returned": _("Return"),
    "released": _("Release parts"),
    "departed": _("Crew departs"),
    "done": pgettext_lazy("emergency plan", "Mark as done"),
    "closed": _("Close the plan"),
    "withdrawn": _("Withdraw the plan"),
    "estimate": _("New arrival estimate"),
    "setback": _("Report a setback"),
}
STANDINGS: Words = {
    "stand_in": _("standing in"),
    "superior": _("as superior"),
    "phone": pgettext_lazy("how the customer answered", "by phone"),
    "link": _("by link"),
    "account": _("signed in to the portal"),
}
SETBACKS: Words = {
    "missing": _("A technician is missing"),
    "wrong_skill": _("Another skill is needed"),
    "too_hard": _("Too hard for the crew"),
}
OUTCOMES: Words = {
    "sent": _("Somebody was sent"),
    "solved": _("Solved after all"),
    "experts": _("Leadership: further experts"),
    "replace_part": _("Leadership: replace the part"),
    "replace_system": _("Leadership: replace the system"),
}
VIEWS: Words = {
    "running": pgettext_lazy("emergency plans", "running"),
    "my_turn": _("my turn"),
    "approvals": _("waiting for approval"),
    "all": pgettext_lazy("emergency plans", "all"),
}
ANSWERS: Words = {
    "agrees": _("The customer agrees"),
    "declines": _("The customer declines"),
}
