"""The words on screen for standby units and loans."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

UNITS: Words = {
    "ready": pgettext_lazy("standby", "Ready"),
    "lent": pgettext_lazy("standby", "Lent"),
    "damaged": pgettext_lazy("standby", "Damaged"),
    "sold": pgettext_lazy("standby", "Stays with a customer"),
    "retired": pgettext_lazy("standby", "Out of use"),
}
LOANS: Words = {
    "lent": pgettext_lazy("loan", "With the customer"),
    "returned": pgettext_lazy("loan", "Returned"),
    "kept": pgettext_lazy("loan", "Kept by the customer"),
}
BASES: Words = {
    "plan": pgettext_lazy("loan", "Promised by the plan"),
    "goodwill": pgettext_lazy("loan", "Goodwill"),
    "paid": pgettext_lazy("loan", "For money"),
}
ACTS: Words = {
    "returned": pgettext_lazy("loan", "Take back"),
    "kept": pgettext_lazy("loan", "The customer keeps it"),
    "prolonged": pgettext_lazy("loan", "Give more time"),
    "billed": pgettext_lazy("loan", "Charged"),
}
