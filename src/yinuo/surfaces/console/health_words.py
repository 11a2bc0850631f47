"""The health record in words: one sentence a line, with its figures, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from yinuo.domains.feedback.health_types import HealthLine, LineKind, Tone
from yinuo.surfaces.assets.bars import duration
from yinuo.surfaces.console.words import Words

HEALTH_LINES: Words = {
    LineKind.OPEN_REQUESTS: gettext_lazy("Open risks"),
    LineKind.BROKEN_PROMISES: gettext_lazy("Promises"),
    LineKind.REPEATS: gettext_lazy("Repeats"),
    LineKind.VISITS: gettext_lazy("Calls on the customer"),
    LineKind.SATISFACTION: gettext_lazy("Satisfaction"),
    LineKind.EXPIRING: gettext_lazy("Cover"),
    LineKind.PAPERS: gettext_lazy("Promised papers"),
    LineKind.AVAILABILITY: gettext_lazy("Availability"),
}
TONES: Words = {
    Tone.ACT: gettext_lazy("act now"),
    Tone.WATCH: gettext_lazy("keep an eye on it"),
    Tone.GOOD: gettext_lazy("in order"),
}
# As the time left is coloured everywhere else.
COLOURS = {Tone.ACT: "over", Tone.WATCH: "soon", Tone.GOOD: "calm"}


def sentence(line: HealthLine) -> str:
    """What the line says."""
    return _SENTENCES[line.kind](line.figures)


def availability(share: Any) -> str:
    """A share as people read availability: cut off, never rounded up to 100 %."""
    if share is None:
        return "—"
    hundredths = share.numerator * 10_000 // share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d} %"


def _open(figures: Mapping[str, Any]) -> str:
    if not figures["count"]:
        return _("Nothing is open.")
    text = ngettext(
        "%(count)d request is open, reported %(days)d days ago.",
        "%(count)d requests are open, the oldest reported %(days)d days ago.",
        figures["count"],
    )
    return text % figures


def _broken(figures: Mapping[str, Any]) -> str:
    if figures["missed"]:
        text = ngettext(
            "%(missed)d promise is missed and not made good yet.",
            "%(missed)d promises are missed and not made good yet.",
            figures["missed"],
        )
        return text % figures
    if figures["due"]:
        text = ngettext(
            "No promise is missed; %(due)d falls due within %(days)d days.",
            "No promise is missed; %(due)d fall due within %(days)d days.",
            figures["due"],
        )
        return text % figures
    return _("No promise is missed, none falls due within %(days)d days.") % figures


def _repeats(figures: Mapping[str, Any]) -> str:
    if not figures["groups"]:
        return _("No fault came back within %(days)d days.") % figures
    if figures["of_asset"]:
        text = _("“%(name)s” failed %(count)d times within %(days)d days.") % figures
    else:
        text = _("Faults of kind “%(name)s” came %(count)d times within %(days)d days.") % figures
    others = figures["groups"] - 1
    if others:
        more = ngettext("%(n)d more repeat.", "%(n)d more repeats.", others) % {"n": others}
        text = f"{text} {more}"
    return text


def _visits(figures: Mapping[str, Any]) -> str:
    if figures["first_on"] is None:
        return _("Nobody has called on this customer yet.")
    text = ngettext(
        "First visit on %(first)s, %(returns)d return visit, the last call on %(last)s.",
        "First visit on %(first)s, %(returns)d return visits, the last call on %(last)s.",
        figures["returns"],
    ) % {
        "first": _day(figures["first_on"]),
        "returns": figures["returns"],
        "last": _day(figures["last_on"]),
    }
    again_on = figures["again_on"]
    if again_on is None:
        return text
    if figures["late_days"] > 0:
        next_one = ngettext(
            "The next one was due on %(day)s, %(late)d day ago.",
            "The next one was due on %(day)s, %(late)d days ago.",
            figures["late_days"],
        )
    else:
        next_one = _("The next one is due on %(day)s.")
    return f"{text} {next_one % {'day': _day(again_on), 'late': figures['late_days']}}"


def _satisfaction(figures: Mapping[str, Any]) -> str:
    if not figures["count"]:
        return _("No answer within %(days)d days.") % figures
    values = {**figures, "average": f"{figures['average']:.1f}"}
    if figures["bad"]:
        text = ngettext(
            "%(bad)d of the last %(count)d answers was bad; %(average)s points on average.",
            "%(bad)d of the last %(count)d answers were bad; %(average)s points on average.",
            figures["bad"],
        )
        return text % values
    text = ngettext(
        "The last answer was good: %(average)s points.",
        "The last %(count)d answers were good: %(average)s points on average.",
        figures["count"],
    )
    return text % values


def _expiring(figures: Mapping[str, Any]) -> str:
    if not figures["running"]:
        return _("No contract is in force.")
    if not figures["ending"]:
        text = ngettext(
            "%(running)d contract is in force; it does not end within %(days)d days.",
            "%(running)d contracts are in force; none ends within %(days)d days.",
            figures["running"],
        )
        return text % figures
    text = ngettext(
        "%(ending)d of %(running)d contracts in force ends within %(days)d days, in %(left)d days.",
        "%(ending)d of %(running)d contracts in force end within %(days)d days, the first in "
        "%(left)d days.",
        figures["ending"],
    )
    return text % figures


def _papers(figures: Mapping[str, Any]) -> str:
    if not figures["promised"]:
        return _("No paper is promised.")
    if not figures["count"]:
        return _("All %(promised)d promised papers were handed over.") % figures
    if figures["late"]:
        return (
            _("%(count)d of %(promised)d promised papers are missing, %(late)d of them late.")
            % figures
        )
    return _("%(count)d of %(promised)d promised papers are not handed over yet.") % figures


def _availability(figures: Mapping[str, Any]) -> str:
    values = {
        "share": availability(figures["share"]),
        "outages": figures["outages"],
        "down": duration(figures["down_seconds"]),
        "days": figures["days"],
    }
    if figures["down_now"]:
        return _("It is down now; %(share)s available within %(days)d days.") % values
    if not figures["outages"]:
        return _("No outage within %(days)d days.") % values
    text = ngettext(
        "%(share)s available within %(days)d days: %(outages)d outage, %(down)s in all.",
        "%(share)s available within %(days)d days: %(outages)d outages, %(down)s in all.",
        figures["outages"],
    )
    return text % values


def _day(day: Any) -> str:
    # Translators: a format of django's date filter.
    return date_format(day, pgettext("date format", "j M Y"))


_SENTENCES: Mapping[LineKind, Callable[[Mapping[str, Any]], str]] = {
    LineKind.OPEN_REQUESTS: _open,
    LineKind.BROKEN_PROMISES: _broken,
    LineKind.REPEATS: _repeats,
    LineKind.VISITS: _visits,
    LineKind.SATISFACTION: _satisfaction,
    LineKind.EXPIRING: _expiring,
    LineKind.PAPERS: _papers,
    LineKind.AVAILABILITY: _availability,
}
