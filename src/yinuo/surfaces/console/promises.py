"""Promises as bars: how much of the promised time is gone, what is left, where the clock stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.obligations.types import FactView, ObligationView
from yinuo.surfaces.console import words

MINUTE, HOUR, DAY = 60, 3600, 86_400
# The last quarter of the promised time is shown in amber.
SOON_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the bar, both in percent of its width."""

    start: str
    width: str


@dataclass(frozen=True, slots=True)
class PromiseBar:
    """One promise as its bar shows it. `tone` is calm, soon, over or empty."""

    promise: ObligationView
    title: str
    is_open: bool
    tone: str
    share: str
    pauses: tuple[Stretch, ...]
    result: str


def promise_bars(
    promises: Iterable[ObligationView], facts: Iterable[FactView], now: datetime
) -> list[PromiseBar]:
    """The bars of a subject: open ones first, the one due first leading; void ones last."""
    pauses = _pauses(facts, now)
    bars = [_bar(promise, pauses, now) for promise in promises]
    return sorted(bars, key=lambda bar: (not bar.is_open, bar.promise.state == "void"))


def running_bars(promises: Iterable[ObligationView], now: datetime) -> list[PromiseBar]:
    """The bars of many subjects in the order given."""
    return [_bar(promise, [], now) for promise in promises]


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


def _bar(
    promise: ObligationView, pauses: list[tuple[datetime, datetime]], now: datetime
) -> PromiseBar:
    is_open = promise.ended_at is None and promise.state in ("running", "paused", "missed")
    return PromiseBar(
        promise=promise,
        title=words.in_language(promise.title_zh, promise.title_en),
        is_open=is_open,
        tone=_tone(promise, now) if is_open else "",
        share=_percent(_share(promise, promise.ended_at or now)),
        pauses=tuple(_stretches(promise, pauses)),
        result="" if is_open else _result(promise),
    )


def _share(promise: ObligationView, at: datetime) -> float:
    """How much of start to due is over at an instant, 0 to 1 (due already has the pauses)."""
    if promise.started_at is None or promise.due_at is None:
        return 0.0
    whole = (promise.due_at - promise.started_at).total_seconds()
    gone = (at - promise.started_at).total_seconds()
    return min(max(gone / whole, 0.0), 1.0) if whole > 0 else 1.0


def _tone(promise: ObligationView, now: datetime) -> str:
    if promise.due_at is None:
        return ""
    if now > promise.due_at:
        return "over"
    return "soon" if _share(promise, now) > 1 - SOON_SHARE else "calm"


def _result(promise: ObligationView) -> str:
    if promise.state == "missed":
        return _("missed by %(time)s") % {"time": duration(promise.late_seconds)}
    if promise.state == "met" and promise.ended_at and promise.due_at:
        early = (promise.due_at - promise.ended_at).total_seconds()
        return _("kept, %(time)s early") % {"time": duration(early)}
    return str(words.word(words.OBLIGATION_STATES, promise.state))


def _pauses(facts: Iterable[FactView], now: datetime) -> list[tuple[datetime, datetime]]:
    """When the clock stood still, by the facts that stop and start it; the last may be open."""
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for fact in sorted(facts, key=lambda one: one.occurred_at):
        if fact.kind == "paused" and since is None:
            since = fact.occurred_at
        elif fact.kind == "resumed" and since is not None:
            found.append((since, fact.occurred_at))
            since = None
    return [*found, (since, now)] if since else found


def _stretches(
    promise: ObligationView, pauses: list[tuple[datetime, datetime]]
) -> Iterable[Stretch]:
    for begin, end in pauses:
        left, right = _share(promise, begin), _share(promise, end)
        if right > left:
            yield Stretch(_percent(left), _percent(right - left))


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
