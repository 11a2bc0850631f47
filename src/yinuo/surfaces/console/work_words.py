"""The words on screen for the codes of work orders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "drafted": pgettext_lazy("work order", "To be assigned"),
    "assigned": pgettext_lazy("work order", "To be accepted"),
    "accepted": pgettext_lazy("work order", "Accepted"),
    "appointed": pgettext_lazy("work order", "Agreed with the customer"),
    "departed": pgettext_lazy("work order", "On the way"),
    "arrived": pgettext_lazy("work order", "On site"),
    "worked": pgettext_lazy("work order", "To be signed"),
    "signed": pgettext_lazy("work order", "Signed"),
    "returned": pgettext_lazy("work order", "Handed in"),
    "filed": pgettext_lazy("work order", "Filed"),
    "aborted": pgettext_lazy("work order", "Aborted"),
}
STEPS: Words = {
    "assigned": pgettext_lazy("work step", "Assign"),
    "accepted": pgettext_lazy("work step", "Accept"),
    "declined": pgettext_lazy("work step", "Decline"),
    "appointed": pgettext_lazy("work step", "Note what was agreed"),
    "departed": pgettext_lazy("work step", "Depart"),
    "arrived": pgettext_lazy("work step", "I have arrived"),
    "worked": pgettext_lazy("work step", "Write down what was done"),
    "signed": pgettext_lazy("work step", "Have the customer sign"),
    "corrected": pgettext_lazy("work step", "Correct the signed sheet"),
    "returned": pgettext_lazy("work step", "Hand in at the service centre"),
    "filed": pgettext_lazy("work step", "File"),
    "aborted": pgettext_lazy("work step", "Abort"),
}
# What each step asks of the person, said above its form.
LEADS: Words = {
    "declined": _("The sheet goes back to be assigned to somebody else."),
    "appointed": _("Phone the contact before leaving: agree on the time and on how it is done."),
    "departed": _("The customer's promises on the request go on from this time."),
    "arrived": _("The arrival stands on the request at once."),
    "corrected": _("The signature stays on record, but the changed sheet needs a new one."),
    "aborted": _("The sheet ends here. The request stays as it is."),
    "filed": _("After the call-back: the sheet rests in the archive."),
}
FORMS: Words = {
    "contact_sheet": _("Service contact sheet"),
    "repair_sheet": _("Repair sheet"),
}
CUSTOMER_KINDS: Words = {
    "in_warranty": _("In warranty"),
    "annual_contract": _("Annual contract"),
    "per_visit": _("Per visit"),
    "by_letter": _("By letter of contact"),
}
ACCESSORIES: Words = {
    "yes": pgettext_lazy("accessories", "Handed over"),
    "no": pgettext_lazy("accessories", "Not handed over"),
    "none": pgettext_lazy("accessories", "There are none"),
}
SATISFACTIONS: Words = {
    "very_satisfied": _("Very satisfied"),
    "satisfied": _("Satisfied"),
    "fair": _("Fair"),
    "dissatisfied": _("Dissatisfied"),
}
DISSATISFACTIONS: Words = {
    "attitude": pgettext_lazy("dissatisfied with", "Attitude"),
    "skill": pgettext_lazy("dissatisfied with", "Skill"),
    "speed": pgettext_lazy("dissatisfied with", "Speed"),
}
WORKS: Words = {"yes": _("Works"), "no": _("Does not work")}
WAYS: Words = {
    "drawn": pgettext_lazy("signature", "on the screen"),
    "paper": pgettext_lazy("signature", "on paper"),
}
VIEWS: Words = {
    "mine": pgettext_lazy("work orders", "Mine"),
    "unassigned": pgettext_lazy("work orders", "Unassigned"),
    "open": pgettext_lazy("work orders", "Open"),
    "overdue": pgettext_lazy("work orders", "Overdue"),
    "to_file": pgettext_lazy("work orders", "To be filed"),
    "all": pgettext_lazy("work orders", "All"),
}
OVERDUE: Words = {
    "visit": _("visit overdue"),
    "reminder": _("reminder"),
}
