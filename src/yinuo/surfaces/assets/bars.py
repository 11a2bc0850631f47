"""A promised time as a bar: how much of it is gone, how that is coloured, what is left in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.obligations.types import ObligationView

MINUTE, HOUR, DAY = 60, 3600, 86_400
# The last quarter of the promised time is shown in amber.
SOON_SHARE = 0.25


def is_open(promise: ObligationView) -> bool:
    """True while something is still owed."""
    return promise.ended_at is None and promise.state in ("running", "paused", "missed")


def duration(seconds: float) -> str:
    """A length of time in the reader's words: «1 d 3 h», «1 h 20 min», «45 s»; two units at most.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     duration(4800), duration(59.4), duration(97200)
    ('1 h 20 min', '59 s', '1 d 3 h')
    """
    whole = int(abs(seconds))
    units = (
        (whole // DAY, _("%(n)d d")),
        (whole % DAY // HOUR, _("%(n)d h")),
        (whole % HOUR // MINUTE, _("%(n)d min")),
        (whole % MINUTE if whole < MINUTE else 0, _("%(n)d s")),
    )
    parts = [text % {"n": count} for count, text in units if count]
    return " ".join(parts[:2]) or _("%(n)d s") % {"n": 0}


def share(promise: ObligationView, at: datetime) -> float:
    """How much of start to due is over at an instant, 0 to 1 (due already has the pauses)."""
    if promise.started_at is None or promise.due_at is None:
        return 0.0
    whole = (promise.due_at - promise.started_at).total_seconds()
    gone = (at - promise.started_at).total_seconds()
    return min(max(gone / whole, 0.0), 1.0) if whole > 0 else 1.0


def tone(promise: ObligationView, now: datetime) -> str:
    """calm, soon or over; empty without a due time."""
    if promise.due_at is None:
        return ""
    if now > promise.due_at:
        return "over"
    return "soon" if share(promise, now) > 1 - SOON_SHARE else "calm"


def percent(part: float) -> str:
    """A share as an SVG width."""
    return f"{part * 100:.2f}%"
