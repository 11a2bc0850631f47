"""Promises as a customer reads them: what, by when, how much time is left, kept or missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from yinuo.domains.breaches.visitors import Key, OwnPenalty
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.obligations.visitors import OwnPromise
from yinuo.surfaces.assets.bars import duration, is_open, percent, share, tone
from yinuo.surfaces.assets.languages import in_language

_NONE: Mapping[Key, OwnPenalty] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OwnBar:
    """One promise. `tone` is calm, soon or over while open; `result` says how it ended, `ending`
    the same in a word or two."""

    promise: ObligationView
    title: str
    is_his: bool
    is_open: bool
    tone: str
    share: str
    result: str
    ending: str
    penalty: OwnPenalty | None = None


def own_bars(
    promises: Iterable[OwnPromise], now: datetime, penalties: Mapping[Key, OwnPenalty] = _NONE
) -> list[OwnBar]:
    """Bars of one request: what is still owed first, in the order of the due times; with what
    misses brought the customer, where he may see it."""
    bars = (_bar(own, now, penalties) for own in promises)
    return sorted(bars, key=lambda bar: not bar.is_open)


def _bar(own: OwnPromise, now: datetime, penalties: Mapping[Key, OwnPenalty]) -> OwnBar:
    promise = own.promise
    owed = is_open(promise)
    return OwnBar(
        promise=promise,
        title=in_language(promise.title_zh, promise.title_en),
        is_his=own.is_his,
        is_open=owed,
        tone=tone(promise, now) if owed else "",
        share=percent(share(promise, promise.ended_at or now)),
        result="" if owed else _result(promise),
        ending="" if owed else _ending(promise),
        penalty=penalties.get((promise.subject_id, promise.clause, own.position)),
    )


def _ending(promise: ObligationView) -> str:
    if promise.state == "missed" and not promise.late_seconds:
        return _("missed")
    if promise.state == "missed":
        return _("missed by %(time)s") % {"time": duration(promise.late_seconds)}
    return _("kept")


def _result(promise: ObligationView) -> str:
    if promise.state == "met" and promise.ended_at and promise.due_at:
        early = (promise.due_at - promise.ended_at).total_seconds()
        return _("kept, %(time)s early") % {"time": duration(early)}
    return _ending(promise)
