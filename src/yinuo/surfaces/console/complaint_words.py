"""The words on screen for complaints."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "received": pgettext_lazy("complaint", "To be answered"),
    "answered": pgettext_lazy("complaint", "Answered"),
    "settled": pgettext_lazy("complaint", "Settled"),
    "closed": pgettext_lazy("complaint", "Closed, improvement runs"),
    "improved": pgettext_lazy("complaint", "Improved"),
}
CHANNELS: Words = {
    "phone": pgettext_lazy("complaint", "Phone"),
    "email": pgettext_lazy("complaint", "E-mail"),
    "web": pgettext_lazy("complaint", "Web"),
    "answer": pgettext_lazy("complaint", "Dissatisfied answer"),
}
REDRESS: Words = {
    "compensation": pgettext_lazy("redress", "Compensation"),
    "gift": pgettext_lazy("redress", "Gift"),
    "free_service": pgettext_lazy("redress", "Free service"),
}
ACTS: Words = {
    "thank": pgettext_lazy("complaint", "Thank"),
    "listen": pgettext_lazy("complaint", "Listen: write down without interrupting"),
    "apologise": pgettext_lazy("complaint", "Apologise"),
    "satisfy": pgettext_lazy("complaint", "Satisfy: the customer would come back"),
    "quick": pgettext_lazy("complaint", "Be quick"),
    "fair": pgettext_lazy("complaint", "Be fair: like cases alike"),
    "just": pgettext_lazy("complaint", "Be just: both sides heard"),
    "sum_up": pgettext_lazy("complaint", "Sum up: lesson and improvement"),
    "passed_up": pgettext_lazy("complaint", "Pass to a superior"),
    "asked": pgettext_lazy("complaint", "Ask a department"),
    "replied": pgettext_lazy("complaint", "A department answers"),
    "redressed": pgettext_lazy("complaint", "Compensation, gift or free service"),
    "answered": pgettext_lazy("complaint", "Answer the customer"),
    "settled": pgettext_lazy("complaint", "Settled"),
    "closed": pgettext_lazy("complaint", "Close"),
    "improved": pgettext_lazy("complaint", "Improvement done"),
}
