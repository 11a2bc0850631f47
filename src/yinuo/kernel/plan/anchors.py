"""Anchors: which fact, date or outcome starts or ends a promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.selectors import ALWAYS, Condition


class Which(StrEnum):
    """Which of several facts of the same kind counts."""

    FIRST = "first"
    LAST = "last"
    EACH = "each"


class Outcome(StrEnum):
    """What may happen to another clause's obligation on the same subject."""

    STARTED = "started"
    DUE = "due"
    MET = "met"
    MISSED = "missed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class FactAnchor:
    """A fact of one of these kinds; with ``attribute``, the instant that attribute names."""

    kinds: tuple[str, ...]
    where: Condition = ALWAYS
    which: Which = Which.FIRST
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class DateAnchor:
    """A date or instant in the life of the subject, its contract, its asset …

    A date means 00:00 of that day in the plan's zone. ``plus`` moves it.
    """

    attribute: str
    owner: str
    plus: Amount | None = None


@dataclass(frozen=True, slots=True)
class OutcomeAnchor:
    """When the obligation of another clause on the same subject came to this outcome."""

    clause: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """The first anchor in the order written that is known."""

    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """The last of several anchors, once all are known."""

    anchors: tuple[Anchor, ...]


Anchor = FactAnchor | DateAnchor | OutcomeAnchor | FirstKnown | AllOf


def outcomes_in(anchor: Anchor) -> tuple[OutcomeAnchor, ...]:
    """The outcomes of other clauses an anchor waits for."""
    if isinstance(anchor, OutcomeAnchor):
        return (anchor,)
    if isinstance(anchor, FirstKnown | AllOf):
        return tuple(found for part in anchor.anchors for found in outcomes_in(part))
    return ()


def facts_in(anchor: Anchor) -> tuple[FactAnchor, ...]:
    """The fact anchors inside an anchor."""
    if isinstance(anchor, FactAnchor):
        return (anchor,)
    if isinstance(anchor, FirstKnown | AllOf):
        return tuple(found for part in anchor.anchors for found in facts_in(part))
    return ()
