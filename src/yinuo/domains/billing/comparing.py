"""What one version of a price list says otherwise than another, entry by entry, in words."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing import PriceList
from yinuo.kernel.pricing.showing import EntryRow, entry_rows

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that was `added`, `removed` or `changed`: its price in words before and after."""

    kind: str
    code: str
    title: Text
    before: Text
    after: Text


def compare_price_lists(before: PriceList, after: PriceList) -> tuple[EntryChange, ...]:
    """What `after` says otherwise than `before`, in the order of `after`, removed ones last."""
    old = {row.code: row for row in entry_rows(before)}
    found: list[EntryChange] = []
    for row in entry_rows(after):
        known = old.pop(row.code, None)
        if known is None:
            found.append(EntryChange(ADDED, row.code, row.title, EMPTY, _said(row)))
        elif known != row:
            found.append(EntryChange(CHANGED, row.code, row.title, _said(known), _said(row)))
    found += [EntryChange(REMOVED, row.code, row.title, _said(row), EMPTY) for row in old.values()]
    return tuple(found)


def _said(row: EntryRow) -> Text:
    """Price, terms and note; the title too, so that a new name is seen."""
    parts = (row.title, row.price, row.terms, row.note)
    return Text(
        "；".join(one.zh for one in parts if one), "; ".join(one.en for one in parts if one)
    )
