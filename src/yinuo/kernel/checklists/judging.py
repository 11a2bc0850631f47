"""What answers say: whether the thing is in order, and which items are asked because of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from yinuo.kernel.checklists.template import (
    FAILED,
    PASSED,
    Checklist,
    Condition,
    CountWord,
    Item,
    ItemKind,
)

Answers = Mapping[str, Any]


class Standing(StrEnum):
    """What a line says."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


def standing_of(item: Item, answer: Any) -> Standing:
    """What a checked answer says; None is no answer yet.

    A count fails when something looked at is neither normal nor mended nor changed, where the
    item asks for the normal ones: of 24 checked and 23 normal one fails.

    >>> from yinuo.kernel.plan.text import Text
    >>> zones = Item("z", ItemKind.COUNT, Text("防区", "zones"),
    ...              counts=(CountWord.CHECKED, CountWord.NORMAL))
    >>> standing_of(zones, {"checked": 24, "normal": 23}).value
    'failed'
    """
    if answer is None:
        return Standing.OPEN
    fails = False
    if item.kind is ItemKind.YES_NO:
        fails = answer == item.fails_on
    elif item.kind is ItemKind.CHOICE:
        fails = any(one.fails for one in item.options if one.code == answer)
    elif item.kind is ItemKind.NUMBER:
        low, high = item.normal
        number = Decimal(answer)
        fails = (low is not None and number < low) or (high is not None and number > high)
    elif item.kind is ItemKind.COUNT:
        fails = failed_count(item, answer) > 0
    return Standing.FAILED if fails else Standing.PASSED


def failed_count(item: Item, answer: Mapping[str, int]) -> int:
    """How many of those looked at are not in order; 0 where the item does not count normal ones."""
    if CountWord.NORMAL not in item.counts:
        return 0
    settled = sum(number for word, number in answer.items() if word != CountWord.CHECKED)
    return answer[CountWord.CHECKED] - settled


def asked_items(
    checklist: Checklist, asset_class: str, answers: Answers, only: Collection[str] | None = None
) -> tuple[Item, ...]:
    """The items that are asked, in order: of sections for this class of asset, their conditions
    met by the answers so far. `only` limits them to these codes and what depends on them.

    An item whose condition names one that is not asked itself is not asked either, but for a
    carried-over line: its condition was met before.
    """
    asked: dict[str, Item] = {}
    for section in checklist.sections:
        if not section.fits(asset_class):
            continue
        for item in section.items:
            if only is not None and item.code in only:
                asked[item.code] = item
            elif item.when is None:
                if only is None:
                    asked[item.code] = item
            elif item.when.item in asked and _met(item.when, asked[item.when.item], answers):
                asked[item.code] = item
    return tuple(asked.values())


def _met(when: Condition, item: Item, answers: Answers) -> bool:
    answer = answers.get(item.code)
    standing = standing_of(item, answer)
    if standing is Standing.OPEN:
        return False
    words = {FAILED if standing is Standing.FAILED else PASSED}
    if isinstance(answer, str):
        words.add(answer)
    return not words.isdisjoint(when.words)
