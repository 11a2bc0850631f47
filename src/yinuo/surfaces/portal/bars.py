"""Promises as a customer reads them: what, by when, how much time is left, kept or missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.obligations.visitors import OwnPromise
from yinuo.surfaces.assets.bars import duration, is_open, percent, share, tone
from yinuo.surfaces.assets.languages import in_language


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


def own_bars(promises: Iterable[OwnPromise], now: datetime) -> list[OwnBar]:
    """Bars of one request: what is still owed first, in the order of the due times."""
    return sorted((_bar(own, now) for own in promises), key=lambda bar: not bar.is_open)


def _bar(own: OwnPromise, now: datetime) -> OwnBar:
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
