"""Which clauses compete, in which order they win, and where two of them tie."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.kernel.plan.clauses import Clause
from yinuo.kernel.plan.selectors import Condition, can_both_fit, is_narrower, specificity

Key = tuple[str, str, str]


def key_of(clause: Clause) -> Key:
    """Clauses with the same subject kind, promise and slot compete; at most one applies."""
    return (clause.subject, clause.promise, clause.slot)


def in_precedence(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Competing clauses, the winning one first: higher rank, then the more specific."""
    return tuple(sorted(clauses, key=lambda one: (-one.rank, *specificity(one.applies_to), one.id)))


def ties(clauses: Iterable[Clause]) -> list[tuple[Clause, Clause]]:
    """Competing clauses that may both fit while neither rank nor narrowness decides.

    Each clause is paired with the first one before it that it ties with, so that a thousand equal
    clauses give a thousand pairs, not half a million.
    """
    ordered = tuple(clauses)
    found: list[tuple[Clause, Clause]] = []
    for number, other in enumerate(ordered):
        one = next((one for one in ordered[:number] if _tie(one, other)), None)
        if one is not None:
            found.append((one, other))
    return found


def _tie(one: Clause, other: Clause) -> bool:
    if one.rank != other.rank or not can_both_fit(one.applies_to, other.applies_to):
        return False
    return not _narrower_either_way(one.applies_to, other.applies_to)


def _narrower_either_way(one: Condition, other: Condition) -> bool:
    return is_narrower(one, other) or is_narrower(other, one)
