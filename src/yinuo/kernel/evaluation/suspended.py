"""Stretches in which a contract was suspended: what it promises by the period is not owed then."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from yinuo.kernel.evaluation.results import Span
from yinuo.kernel.evaluation.subjects import Subject

_MOMENT = timedelta(microseconds=1)


def share_in_force(contract: Subject | None, period: Span) -> Fraction:
    """The share of a period, 0 to 1, in which a contract was not suspended.

    By its facts ``suspended`` and the first ``resumed`` or ``contract_ended`` after each; a
    suspension without an end lasts. 1 without a contract.
    """
    if contract is None or "suspended" not in contract.by_kind:
        return Fraction(1)
    whole = period.ends_at - period.begins_at
    stopped, reached = timedelta(0), period.begins_at
    ends = [
        one.occurred_at
        for kind in ("resumed", "contract_ended")
        for one in contract.by_kind.get(kind, ())
    ]
    for one in contract.by_kind["suspended"]:
        later = min((at for at in ends if at > one.occurred_at), default=period.ends_at)
        begin, end = max(one.occurred_at, reached), min(later, period.ends_at)
        if end > begin:
            stopped += end - begin
            reached = end
    return 1 - Fraction(stopped // _MOMENT, whole // _MOMENT)
