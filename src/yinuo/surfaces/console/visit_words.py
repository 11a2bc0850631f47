"""The words on screen for preventive visits."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.prevention.suggestions import Ground
from yinuo.domains.prevention.types import (
    DueView,
    Every,
    Recurrence,
    SeriesKind,
    Standing,
    TalkKind,
)
from yinuo.surfaces.console.words import Words

KINDS: Words = {
    SeriesKind.INSPECTION: pgettext_lazy("visit", "Inspection"),
    SeriesKind.SEASONAL: pgettext_lazy("visit", "Seasonal visit"),
    SeriesKind.MAINTENANCE: pgettext_lazy("visit", "Maintenance"),
    SeriesKind.CALL: pgettext_lazy("visit", "Return visit"),
    SeriesKind.SALES: pgettext_lazy("visit", "Sales visit"),
    SeriesKind.DELIVERY: pgettext_lazy("visit", "Delivery followed to the machine"),
}
RHYTHMS: Words = {
    Recurrence.PERIOD: pgettext_lazy("visit", "once in each period"),
    Recurrence.SEASON: pgettext_lazy("visit", "in seasons"),
    Recurrence.INTERVAL: pgettext_lazy("visit", "so long after the last one"),
    Recurrence.USAGE: pgettext_lazy("visit", "after so much use"),
    Recurrence.ONCE: pgettext_lazy("visit", "once"),
}
ALL_RHYTHMS: Words = {
    **RHYTHMS,
    Recurrence.PROMISE: pgettext_lazy("visit", "as the contract promises"),
}
EVERY: Words = {
    Every.MONTH: pgettext_lazy("visit", "every month"),
    Every.QUARTER: pgettext_lazy("visit", "every quarter"),
    Every.HALF_YEAR: pgettext_lazy("visit", "every half year"),
    Every.YEAR: pgettext_lazy("visit", "every year"),
}
STATES: Words = {
    Standing.DUE: pgettext_lazy("visit", "To be agreed"),
    Standing.AGREED: pgettext_lazy("visit", "Agreed"),
    Standing.ORDERED: pgettext_lazy("visit", "Sheet issued"),
    Standing.HELD: pgettext_lazy("visit", "Held"),
    Standing.SKIPPED: pgettext_lazy("visit", "Let off"),
    Standing.MISSED: pgettext_lazy("visit", "Missed"),
}
TONES: Words = {
    Standing.DUE: "soon",
    Standing.AGREED: "calm",
    Standing.ORDERED: "calm",
    Standing.HELD: "kept",
    Standing.SKIPPED: "",
    Standing.MISSED: "over",
}
TALKS: Words = {
    TalkKind.AGREED: pgettext_lazy("visit", "Agreed"),
    TalkKind.MOVED: pgettext_lazy("visit", "Moved"),
    TalkKind.REMINDED: pgettext_lazy("visit", "Told again"),
    TalkKind.TRIED: pgettext_lazy("visit", "Not agreed yet"),
}
VIEWS: Words = {
    DueView.OPEN: pgettext_lazy("visit", "All open"),
    DueView.OVERDUE: pgettext_lazy("visit", "Overdue"),
    DueView.SOON: pgettext_lazy("visit", "Within 30 days or agreed"),
    DueView.CONTACT: pgettext_lazy("visit", "To speak to"),
    DueView.REMIND: pgettext_lazy("visit", "To tell again"),
    DueView.HELD: pgettext_lazy("visit", "Held"),
    DueView.OVER: pgettext_lazy("visit", "Held, let off or missed"),
}
GROUNDS: Words = {
    Ground.REPEATS: pgettext_lazy("visit", "Repeated fault"),
    Ground.LEFT_OPEN: pgettext_lazy("visit", "Finding left open"),
    Ground.AGEING: pgettext_lazy("visit", "Old asset"),
    Ground.EXPIRING: pgettext_lazy("visit", "Cover ends"),
}
# What is heard on visits of a kind, beside what came of them.
HEARD: Mapping[str, Words] = {
    SeriesKind.SALES: {
        "quality": pgettext_lazy("visit", "Quality of the goods"),
        "service": pgettext_lazy("visit", "Our service"),
        "opinions": pgettext_lazy("visit", "Opinions and wishes"),
        "helped": pgettext_lazy("visit", "Helped on the spot"),
        "departments": pgettext_lazy("visit", "Departments to act"),
    },
    SeriesKind.DELIVERY: {
        "runs": pgettext_lazy("visit", "How it runs on the machine"),
        "problems": pgettext_lazy("visit", "Problems found"),
        "handled": pgettext_lazy("visit", "How they were handled"),
    },
}
CHANNELS: Words = {
    "phone": _("By phone, done"),
    "sms": _("By text message"),
    "email": _("By e-mail"),
}
