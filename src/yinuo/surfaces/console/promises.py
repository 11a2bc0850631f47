"""Promises as bars: how much of the promised time is gone, what is left, where the clock stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from yinuo.domains.obligations.types import FactView, ObligationView
from yinuo.surfaces.assets.bars import duration, is_open, percent, share, tone
from yinuo.surfaces.console import words

NO_STOPS: Mapping[str, frozenset[str]] = MappingProxyType({})


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
    promises: Iterable[ObligationView],
    facts: Iterable[FactView],
    now: datetime,
    stops: Mapping[str, frozenset[str]] = NO_STOPS,
) -> list[PromiseBar]:
    """The bars of a subject: open ones first, the one due first leading; void ones last.

    `stops` says for which reasons each clause lets its clock stand still: only those are hatched.
    """
    given = list(facts)
    bars = [
        _bar(promise, _pauses(given, stops.get(promise.clause, frozenset()), now), now)
        for promise in promises
    ]
    return sorted(bars, key=lambda bar: (not bar.is_open, bar.promise.state == "void"))


def running_bars(promises: Iterable[ObligationView], now: datetime) -> list[PromiseBar]:
    """The bars of many subjects in the order given."""
    return [_bar(promise, [], now) for promise in promises]


def _bar(
    promise: ObligationView, pauses: list[tuple[datetime, datetime]], now: datetime
) -> PromiseBar:
    owed = is_open(promise)
    return PromiseBar(
        promise=promise,
        title=words.in_language(promise.title_zh, promise.title_en),
        is_open=owed,
        tone=tone(promise, now) if owed else "",
        share=percent(share(promise, promise.ended_at or now)),
        pauses=tuple(_stretches(promise, pauses)),
        result="" if owed else _result(promise),
    )


def _result(promise: ObligationView) -> str:
    # What was forbidden before its time is broken at once: there is no lateness to tell.
    if promise.state == "missed" and not promise.late_seconds:
        return _("missed")
    if promise.state == "missed":
        return _("missed by %(time)s") % {"time": duration(promise.late_seconds)}
    if promise.state == "met" and promise.ended_at and promise.due_at:
        early = (promise.due_at - promise.ended_at).total_seconds()
        return _("kept, %(time)s early") % {"time": duration(early)}
    return str(words.word(words.OBLIGATION_STATES, promise.state))


def _pauses(
    facts: Iterable[FactView], reasons: frozenset[str], now: datetime
) -> list[tuple[datetime, datetime]]:
    """When the clock stood still, by the facts that stop and start it; the last may be open."""
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for fact in sorted(facts, key=lambda one: one.occurred_at):
        if fact.kind == "paused" and since is None and fact.attrs.get("reason") in reasons:
            since = fact.occurred_at
        elif fact.kind == "resumed" and since is not None:
            found.append((since, fact.occurred_at))
            since = None
    return [*found, (since, now)] if since else found


def _stretches(
    promise: ObligationView, pauses: list[tuple[datetime, datetime]]
) -> Iterable[Stretch]:
    for begin, end in pauses:
        left, right = share(promise, begin), share(promise, end)
        if right > left:
            yield Stretch(percent(left), percent(right - left))
