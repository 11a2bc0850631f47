"""The timeline of a subject: its facts with what was said at each, the latest occurrence first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.obligations.types import FactView

# The step that records a change of level has a name of its own in the journal.
ACTIONS = {"classified": "request.change_level", "reported": "request.open"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact and the words that go with it."""

    fact: FactView
    said: str


def timeline(facts: Iterable[FactView], reasons: Mapping[tuple[str, datetime], str]) -> list[Entry]:
    """Facts joined to their reasons: both were written by the same step at the same instant."""
    return [
        Entry(
            fact,
            reasons.get((ACTIONS.get(fact.kind, f"request.{fact.kind}"), fact.received_at), ""),
        )
        for fact in facts
    ]
