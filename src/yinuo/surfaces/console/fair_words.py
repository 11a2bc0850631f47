"""The words on screen for the fair score."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

WEIGHTS: Words = {
    "satisfaction_percent": _("Share of the customer's opinion"),
    "timeliness_percent": _("Share of timeliness"),
    "relief_percent": _("Taken off a bad opinion when the whole promise was used up before"),
    "tolerance_percent": _("Wholly late after so much of the promised time"),
    "travel_free_minutes": _("A way longer than this gives time"),
    "travel_most_minutes": _("A long way gives at most"),
    "worst_level_percent": _("Difficulty of the plan's worst level"),
    "second_level_percent": _("Difficulty of the level after it"),
    "fault_percent": _("Difficulty of a fault"),
    "coordination_percent": _("Difficulty of co-ordinating with another maker"),
}
COUNTED_IN: Words = {
    "percent": pgettext_lazy("what a figure counts in", "percent"),
    "minutes": pgettext_lazy("what a figure counts in", "minutes"),
}
DECISIONS: Words = {
    "upheld": pgettext_lazy("appeal", "Upheld: the case no longer counts for him"),
    "rejected": pgettext_lazy("appeal", "Turned down: the case counts"),
}
