"""The words on screen for orders of goods."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "ordered": pgettext_lazy("goods", "Ordered, to be accepted"),
    "accepted": pgettext_lazy("goods", "Accepted"),
    "shipped": pgettext_lazy("goods", "Shipped"),
    "delivered": pgettext_lazy("goods", "Delivered"),
    "closed": pgettext_lazy("goods", "Closed"),
    "cancelled": pgettext_lazy("goods", "Cancelled"),
}
# In the order of their buttons; the first one possible stands out.
ACTS: Words = {
    "answered": pgettext_lazy("goods", "Answer the change"),
    "accepted": pgettext_lazy("goods", "Accept"),
    "shipped": pgettext_lazy("goods", "Ship"),
    "closed": pgettext_lazy("goods", "Close"),
    "changed": pgettext_lazy("goods", "Change"),
    "cancelled": pgettext_lazy("goods", "Cancel the order"),
}
