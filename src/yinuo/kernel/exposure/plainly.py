"""Penalties as most are written, a price for a breach or for each step, worked out without words.

Amounts are those of the remedy lines (`kernel.remedies.lines`), which also say how they came about;
what is written otherwise (bands, units, parts of steps, claims) is left to the lines.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from yinuo.kernel.evaluation.clocks import Clock
from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.results import Obligation
from yinuo.kernel.plan.limits import WORKING, Amount
from yinuo.kernel.plan.remedies import Money, Per, Price, Remedy
from yinuo.kernel.remedies.prices import price
from yinuo.kernel.remedies.steps import steps_late, stretch_seconds


def is_plain(remedy: Remedy) -> bool:
    """Whether its amount is one price times the steps of natural lateness, within bounds."""
    term = remedy.term
    return (
        isinstance(term, Money)
        and term.price is not None
        and not (term.bands or term.by_unit or term.pro_rata or remedy.in_calendar)
        and term.per in (Per.BREACH, Per.STARTED, Per.FULL)
        and remedy.claim_within is None
        and (remedy.grace is None or remedy.grace.unit not in WORKING)
        and (remedy.grace is None or stretch_seconds(remedy.grace) is not None)
    )


class PlainPenalty:
    """One plain penalty on one late deadline; asked for several latenesses."""

    def __init__(self, evaluation: Evaluation, one: Obligation, remedy: Remedy) -> None:
        assert isinstance(remedy.term, Money)
        assert remedy.term.price is not None
        self._evaluator = evaluation.evaluator
        self._subject = evaluation.subject(one.subject)
        self._one, self._remedy, self._per = one, remedy, remedy.term.per
        self._step = None if self._per is Per.BREACH else remedy.term.step
        self._clock = None if self._step is None else _clock(evaluation, one)
        self._price = price(remedy.term.price, self._subject, self._evaluator.parameters.get)
        self._known: dict[int, Decimal] = {}

    def amount(self, late: timedelta) -> Decimal | None:
        """What so much lateness costs; None when the base is not known."""
        remedy = self._remedy
        if remedy.grace is not None and late <= _length(remedy.grace):
            return Decimal(0)
        count = self._count(late)
        if count == 0:
            return Decimal(0)
        found = self._known.get(count)
        if found is None:
            exact = self._price.times(count)
            if exact is None:
                return None
            found = self._known[count] = self._bounded(self._evaluator.rounded(exact))
        return found

    def _count(self, late: timedelta) -> int:
        due = self._one.due_at
        if self._step is None or self._clock is None or due is None:
            return 1
        is_started = self._per is Per.STARTED
        return steps_late(self._step, due, due + late, late, self._clock, started=is_started)

    def _bounded(self, amount: Decimal) -> Decimal:
        remedy = self._remedy
        if remedy.least is not None:
            least = self._bound(remedy.least)
            amount = amount if least is None else max(amount, least)
        for cap in remedy.caps:
            most = self._bound(cap.price)
            amount = amount if most is None else min(amount, most)
        return amount

    def _bound(self, one: Price) -> Decimal | None:
        exact = price(one, self._subject, self._evaluator.parameters.get).times()
        return None if exact is None else self._evaluator.rounded(exact)


def _clock(evaluation: Evaluation, one: Obligation) -> Clock:
    evaluator = evaluation.evaluator
    return evaluator.clock_of(evaluator.plan.clause(one.clause_id), evaluation.subject(one.subject))


@lru_cache(maxsize=1024)
def _length(grace: Amount) -> timedelta:
    length = stretch_seconds(grace)
    assert length is not None
    return timedelta(microseconds=int(length * 1_000_000))
