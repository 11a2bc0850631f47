"""What a statement shows of the ledger's rows: a line for what the customer can follow.

The clause may have posted a price in several steps: a day late, another one, something taken back
after a late fact. On the statement these are one line, with their sum and the computation that
stands at its end. What a person entered (a waiver, a correction, a loss) keeps its own line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from yinuo.domains.breaches.selectors import entries_of_statement
from yinuo.domains.breaches.types import EntryKind, EntryView


def lines_of_statement(statement_id: UUID) -> list[EntryView]:
    """The lines of a statement; the caller has checked the statement."""
    return together(entries_of_statement(statement_id))


def together(entries: Iterable[EntryView]) -> list[EntryView]:
    """Rows of the same breach and remedy as one, in the order of their first; what cancels out is
    left out. The sum stays what it is."""
    lines: dict[object, EntryView] = {}
    for one in entries:
        posted = one.kind == EntryKind.POSTED.value
        key = (one.breach_public_id, one.remedy) if posted else one.public_id
        before = lines.get(key)
        lines[key] = one if before is None else replace(one, amount=before.amount + one.amount)
    return [one for one in lines.values() if one.amount]
