"""Facts: what happened to a subject, when it happened and when we heard of it.

A fact is never edited. A later one may supersede it (``supersedes`` in the fact or its attributes
names the ``id`` of the earlier one) and a fact ``withdrawn`` takes one back. The same fact sent
twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

NO_ATTRIBUTES: Mapping[str, Any] = MappingProxyType({})
WITHDRAWN = "withdrawn"


class Fact(NamedTuple):
    """One fact. ``subject`` is ``kind:id`` such as ``request:1``; both instants are aware."""

    subject: str
    kind: str
    occurred_at: datetime
    received_at: datetime
    attrs: Mapping[str, Any] = NO_ATTRIBUTES
    id: str = ""
    supersedes: str = ""

    @property
    def subject_kind(self) -> str:
        """``request`` of ``request:1``."""
        return self.subject.partition(":")[0]


def _name_of(fact: Fact) -> str:
    return fact.id or str(fact.attrs.get("id", ""))


def _target_of(fact: Fact) -> str:
    return fact.supersedes or str(fact.attrs.get("supersedes", ""))


def order_of(fact: Fact) -> tuple[datetime, datetime, str]:
    """Where a fact stands among those of its subject: by occurrence, then by when it was heard."""
    return (fact.occurred_at, fact.received_at, fact.kind)


def _full_order(fact: Fact) -> tuple[datetime, datetime, str, str, str]:
    return (*order_of(fact), _canonical(fact.attrs), _name_of(fact))


def _canonical(attrs: Mapping[str, Any]) -> str:
    return repr(sorted((name, repr(value)) for name, value in attrs.items()))


def in_order(facts: list[Fact]) -> list[Fact]:
    """One subject's facts as they count: in order, without repeats and superseded ones.

    The result depends on the set of facts alone, never on the order in which they came.
    """
    if len(facts) == 1:
        fact = facts[0]
        return [] if fact.kind == WITHDRAWN else facts
    if _is_plain_sequence(facts):
        return facts
    ordered = sorted(facts, key=order_of)
    return ordered if _none_meet(ordered) else _with_care(facts)


def _is_plain_sequence(facts: list[Fact]) -> bool:
    """Whether the facts come one after the other and none takes another back."""
    before = None
    for fact in facts:
        occurred_at = fact.occurred_at
        if before is not None and occurred_at <= before:
            return False
        if _takes_back(fact):
            return False
        before = occurred_at
    return True


def _none_meet(ordered: list[Fact]) -> bool:
    """Whether none takes another back or repeats it, by kind and instant alone."""
    marks = {(fact.occurred_at, fact.kind) for fact in ordered}
    return len(marks) == len(ordered) and not any(map(_takes_back, ordered))


def _takes_back(fact: Fact) -> bool:
    return fact.kind == WITHDRAWN or bool(fact.supersedes) or "supersedes" in fact.attrs


def _with_care(facts: Iterable[Fact]) -> list[Fact]:
    ordered = sorted(facts, key=_full_order)
    gone = superseded_names(ordered)
    seen: set[tuple[str, datetime, str]] = set()
    kept: list[Fact] = []
    for fact in ordered:
        mark = (fact.kind, fact.occurred_at, _canonical(fact.attrs))
        if fact.kind == WITHDRAWN or mark in seen or _is_gone(fact, gone):
            continue
        seen.add(mark)
        kept.append(fact)
    return kept


def not_counted(facts: list[Fact]) -> list[tuple[Fact, str]]:
    """One subject's facts that do not count, each with ``repeated`` or ``taken_back``, in order.

    Facts that only take back (``withdrawn``) are not among them.
    """
    ordered = sorted(facts, key=_full_order)
    gone = superseded_names(ordered)
    kept = {id(fact) for fact in in_order(facts)}
    return [
        (fact, "taken_back" if _is_gone(fact, gone) else "repeated")
        for fact in ordered
        if id(fact) not in kept and fact.kind != WITHDRAWN
    ]


def superseded_names(facts: Iterable[Fact]) -> Mapping[str, tuple[datetime, str]]:
    """Names of facts that a later received one supersedes or withdraws, with when and by whom.

    The target is an ``id``, or a fact kind: then every fact of that kind received earlier. A fact
    that is itself taken back no longer takes others back.
    """
    gone: dict[str, tuple[datetime, str]] = {}
    newest_first = sorted(facts, key=lambda one: (one.received_at, _full_order(one)), reverse=True)
    for fact in newest_first:
        target = _target_of(fact)
        if target and not _is_gone(fact, gone):
            gone.setdefault(target, (fact.received_at, _name_of(fact)))
    return gone


def _is_gone(fact: Fact, gone: Mapping[str, tuple[datetime, str]]) -> bool:
    name = _name_of(fact)
    if name and name in gone and gone[name][1] != name:
        return True
    return fact.kind in gone and fact.received_at < gone[fact.kind][0]
