"""The words on screen for plans of days: states, ways of planning, what a line changes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "waiting": pgettext_lazy("plan of days", "waiting"),
    "working": pgettext_lazy("plan of days", "being made"),
    "done": pgettext_lazy("plan of days", "made"),
    "cancelled": pgettext_lazy("plan of days", "called off"),
    "refused": pgettext_lazy("plan of days", "not possible"),
}
TONES: Words = {"working": "soon", "done": "kept", "refused": "over"}
MODES: Words = {
    "least": _("Change as little as is worth it"),
    "anew": _("Plan everything anew"),
}
CHANGES: Words = {
    "new": pgettext_lazy("line of a plan", "new"),
    "moved": pgettext_lazy("line of a plan", "moved"),
    "kept": pgettext_lazy("line of a plan", "stays"),
    "dropped": pgettext_lazy("line of a plan", "does not fit any more"),
    "undone": pgettext_lazy("line of a plan", "left"),
}
CHANGE_TONES: Words = {"new": "kept", "moved": "soon", "dropped": "over", "undone": "over"}
KINDS: Words = {
    "late": pgettext_lazy("cost of a plan", "expected penalties"),
    "travel": pgettext_lazy("cost of a plan", "travel"),
    "overtime": pgettext_lazy("cost of a plan", "overtime"),
    "total": pgettext_lazy("cost of a plan", "together"),
}
# Why a way of doing it was removed; of routes and of hard rules.
BROKEN: Words = {
    "unit": pgettext_lazy("why not", "another unit"),
    "skill": pgettext_lazy("why not", "skill"),
    "certificate": pgettext_lazy("why not", "certificate"),
    "unit_certificate": pgettext_lazy("why not", "certificate of the unit"),
    "tools": pgettext_lazy("why not", "tools"),
    "held": pgettext_lazy("why not", "accepted by another"),
    "shift_over": pgettext_lazy("why not", "no hours left"),
    "too_late": pgettext_lazy("why not", "later than agreed"),
    "puts_off": pgettext_lazy("why not", "puts another appointment off"),
    "no_part": pgettext_lazy("why not", "part"),
}
# Where the times on the road of a plan come from, and why not from the server that is configured.
WAYS: Words = {
    "estimate": pgettext_lazy("times on the road", "own estimate"),
    "osrm": pgettext_lazy("times on the road", "road server (OSRM)"),
    "amap": pgettext_lazy("times on the road", "AMap"),
}
TROUBLES: Words = {
    "slow": pgettext_lazy("travel server", "the travel server was too slow"),
    "unreachable": pgettext_lazy("travel server", "the travel server did not answer"),
    "malformed": pgettext_lazy("travel server", "the travel server's answer could not be read"),
    "absurd": pgettext_lazy("travel server", "the travel server's times cannot be right"),
    "refused": pgettext_lazy("travel server", "the travel server refused the question"),
    "quota": pgettext_lazy("travel server", "the day's questions to the travel server are used up"),
    "resting": pgettext_lazy(
        "travel server", "the travel server failed several times and is left alone for a minute"
    ),
}
