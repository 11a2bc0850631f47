"""The words on screen for offers: what became of them, and why a unit was passed over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

OUTCOMES: Words = {
    "passed_over": pgettext_lazy("offer", "passed over"),
    "offered": pgettext_lazy("offer", "asked"),
    "accepted": pgettext_lazy("offer", "accepted"),
    "declined": pgettext_lazy("offer", "declined"),
    "timed_out": pgettext_lazy("offer", "no answer in time"),
    "returned": pgettext_lazy("offer", "given back"),
}
TONES: Words = {
    "offered": "soon",
    "accepted": "calm",
    "declined": "over",
    "timed_out": "over",
    "returned": "over",
}
PASSED_OVER: Words = {
    "closed": _("the unit is closed"),
    "area": _("outside the area it serves"),
    "product_line": _("does not serve this product line"),
    "service_mode": _("does not serve in this way"),
    "not_certified": _("not certified for this product line"),
    "nobody_certified": _("nobody there holds a valid certificate"),
    "nobody_there": _("everybody certified is away"),
    "nobody_answers": _("nobody there answers offers"),
}
MODES: Words = {
    "on_site": pgettext_lazy("service mode", "on site"),
    "remote": pgettext_lazy("service mode", "remote help"),
    "phone": pgettext_lazy("service mode", "by phone"),
    "send_in": pgettext_lazy("service mode", "repair sent in"),
}
