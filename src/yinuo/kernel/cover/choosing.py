"""The choice: for each item the best candidate that nothing speaks against.

Better is, in this order: the better kind (warranty, contract, goodwill); the one that names the
thing more precisely; the contract that began later; the cover that ends later; the greater key.
Consumables are paid whoever covers the work around them (B-22, BP-01).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yinuo.kernel.cover.candidates import ITEMS, PARTS, RANK, Candidate, Case, Lost, Precision


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one candidate: by item why it lost, None where it is the cover."""

    candidate: Candidate
    lost: Mapping[str, Lost | None]

    @property
    def wins(self) -> tuple[str, ...]:
        """The items it covers."""
        return tuple(item for item, why in self.lost.items() if why is None)


@dataclass(frozen=True, slots=True)
class Choice:
    """The cover of each item, None when it is paid, and a verdict on every candidate in the order
    given."""

    winners: Mapping[str, Candidate | None]
    verdicts: tuple[Verdict, ...]


def choose(candidates: Sequence[Candidate], case: Case, items: Sequence[str] = ITEMS) -> Choice:
    """Choose for each item, and say of every candidate why it lost."""
    winners = {item: winner(candidates, case, item) for item in items}
    verdicts = tuple(
        Verdict(one, {item: _lost(one, case, item, winners[item]) for item in items})
        for one in candidates
    )
    return Choice(winners, verdicts)


def winner(candidates: Iterable[Candidate], case: Case, item: str) -> Candidate | None:
    """The cover of one item; None when it is paid."""
    able = [one for one in candidates if objection(one, case, item) is None]
    return max(able, key=_order, default=None)


def objection(candidate: Candidate, case: Case, item: str) -> Lost | None:
    """What speaks against a candidate by itself, the plainest reason first; None when nothing."""
    if (standing := stands(candidate, case.day)) is not None:
        return standing
    if item not in candidate.covers:
        return Lost.NOT_ITEM
    if candidate.refused is not None:
        return candidate.refused
    if item in candidate.used_up:
        return Lost.USED_UP
    if item == PARTS and case.is_consumable:
        return Lost.CONSUMABLE
    return None


def stands(candidate: Candidate, day: date) -> Lost | None:
    """Why the contract is not in force for the thing on this day; None when it is."""
    if candidate.precision is Precision.ELSEWHERE:
        return Lost.OTHER_THING
    if day < candidate.runs.begins_on:
        return Lost.NOT_STARTED
    if not candidate.runs.holds(day):
        return Lost.ENDED
    if any(pause.holds(day) for pause in candidate.pauses):
        return Lost.SUSPENDED
    return None


def _lost(candidate: Candidate, case: Case, item: str, best: Candidate | None) -> Lost | None:
    why = objection(candidate, case, item)
    if why is not None or best is None or candidate.key == best.key:
        return why
    if candidate.kind is not best.kind:
        return Lost.WEAKER
    if candidate.precision is not best.precision:
        return Lost.LESS_PRECISE
    if candidate.runs.begins_on != best.runs.begins_on:
        return Lost.STARTED_EARLIER
    if candidate.until != best.until:
        return Lost.ENDS_SOONER
    return Lost.ENTERED_EARLIER


def _order(candidate: Candidate) -> tuple[Any, ...]:
    return (
        RANK[candidate.kind],
        candidate.precision,
        candidate.runs.begins_on,
        candidate.until or date.max,
        candidate.key,
    )
