"""The words on screen for reports, call-backs and the history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

SATISFACTION: Words = {
    "very_satisfied": _("Very satisfied"),
    "satisfied": _("Satisfied"),
    "fair": _("Fair"),
    "no_statement": _("No statement"),
    "dissatisfied": _("Dissatisfied"),
}
SOURCES: Words = {
    "sheet": pgettext_lazy("answer", "Signed sheet"),
    "call_back": pgettext_lazy("answer", "Call-back"),
    "link": pgettext_lazy("answer", "Link"),
    "portal": pgettext_lazy("answer", "Customer's portal"),
    "project_survey": pgettext_lazy("answer", "Project survey"),
    "annual_survey": pgettext_lazy("answer", "Annual survey"),
}
DELIVERY: Words = {
    "email": _("E-mail"),
    "paper": _("On paper"),
    "fax": _("Fax"),
    "chat": _("Work chat or messenger"),
    "portal": _("Customer's portal"),
}
HISTORY: Words = {
    "request": pgettext_lazy("history", "Request"),
    "work_order": pgettext_lazy("history", "Work order"),
    "report": pgettext_lazy("history", "Problem report"),
    "call_back": pgettext_lazy("history", "Call-back"),
    "past": pgettext_lazy("history", "Imported from earlier records"),
}
REPORT_STATES: Words = {
    "draft": pgettext_lazy("report", "Draft"),
    "issued": pgettext_lazy("report", "Issued"),
    "delivered": pgettext_lazy("report", "Delivered"),
}
CALL_BACK_STATES: Words = {**SATISFACTION, "not_reached": _("Nobody reached")}
