"""The words on screen for who can go: terms of the ranking, and why somebody cannot."""

from __future__ import annotations

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.dispatch.types import CannotGo
from yinuo.domains.network.qualification_types import Obstacle, Rule
from yinuo.surfaces.console.words import Words

TERMS: Words = {
    "late": pgettext_lazy("term of a ranking", "lateness"),
    "others": pgettext_lazy("term of a ranking", "lateness of other visits"),
    "travel": pgettext_lazy("term of a ranking", "travel"),
    "overtime": pgettext_lazy("term of a ranking", "overtime"),
    "load": pgettext_lazy("term of a ranking", "load"),
    "part": pgettext_lazy("term of a ranking", "part not at hand"),
    "preferred": pgettext_lazy("term of a ranking", "customer's wish"),
    "familiar": pgettext_lazy("term of a ranking", "knows the customer"),
    "surplus": pgettext_lazy("term of a ranking", "more skill than needed"),
    "night": pgettext_lazy("term of a ranking", "night duty"),
    "repair": pgettext_lazy("term of a ranking", "second visit"),
}


def why_cannot(error: CannotGo) -> str:
    """Who cannot go, with the hard rules he breaks."""
    if error.is_booked:
        return str(error.message)
    reasons = "；".join(why_not(one) for one in error.obstacles)
    return f"{error.message} {reasons}"


def why_not(obstacle: Obstacle) -> str:
    """A hard rule that somebody breaks, as a sentence."""
    line = obstacle.subject or _("every product line")
    if obstacle.rule is Rule.SKILL:
        given = {"name": obstacle.subject, "wanted": obstacle.wanted, "present": obstacle.present}
        if obstacle.present == "0":
            return _("lacks the skill %(name)s (level %(wanted)s)") % given
        return _("%(name)s only at level %(present)s, %(wanted)s needed") % given
    if obstacle.rule is Rule.CERTIFICATE:
        return _("no valid certificate for %(line)s") % {"line": line}
    if obstacle.rule is Rule.UNIT_CERTIFICATE:
        given = {"line": line, "unit": obstacle.present}
        return _("%(unit)s has no valid certificate for %(line)s") % given
    if obstacle.rule is Rule.TOOLS:
        return _("lacks tools: %(names)s") % {"names": obstacle.subject}
    if obstacle.rule is Rule.ABSENCE:
        until = parse_datetime(obstacle.present) if obstacle.present else None
        if until is None:
            return _("away at that time")
        shown = timezone.localtime(until).strftime("%Y-%m-%d %H:%M")
        if obstacle.subject:
            given = {"title": obstacle.subject, "until": shown}
            return _("in the training %(title)s until %(until)s") % given
        return _("away until %(until)s") % {"until": shown}
    if obstacle.rule is Rule.OVERLAP:
        return _("booked for another visit at that time")
    return _("outside working hours")
