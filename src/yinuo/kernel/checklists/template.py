"""What a checklist template says: sections with items, and when an item is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.text import EMPTY, Text

# Words by which a condition may also ask for what an answer says about the thing.
PASSED, FAILED = "passed", "failed"
YES, NO = "yes", "no"


class ChecklistError(ValueError):
    """The template contradicts itself; `at` is the code of the item or section at fault."""

    def __init__(self, code: str, at: str, template: str, **values: str) -> None:
        super().__init__(template.format(**values))
        self.code, self.at, self.template, self.values = code, at, template, values


class ItemKind(StrEnum):
    """What kind of answer an item takes."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    COUNT = "count"
    PHOTO = "photo"
    TEXT = "text"
    SIGNATURE = "signature"


class CountWord(StrEnum):
    """What is counted (LV-16): looked at, found in order, put in order, replaced."""

    CHECKED = "checked"
    NORMAL = "normal"
    MENDED = "mended"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; `fails` says that the thing is not in order."""

    code: str
    title: Text
    fails: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only when the answer to an earlier item is one of these words."""

    item: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line. What counts depends on its kind.

    A number outside `normal` (both bounds inclusive, None open) fails; outside `possible` it is no
    answer but a slip. `follow_up` names the work that a failure opens.
    """

    code: str
    kind: ItemKind
    title: Text
    required: bool = True
    fails_on: str = ""
    options: tuple[Option, ...] = ()
    unit: Text = EMPTY
    normal: tuple[Decimal | None, Decimal | None] = (None, None)
    possible: tuple[Decimal | None, Decimal | None] = (None, None)
    places: int = 2
    counts: tuple[CountWord, ...] = ()
    when: Condition | None = None
    follow_up: Text = EMPTY

    def words(self) -> frozenset[str]:
        """The answers a condition on this item may name."""
        own: frozenset[str] = frozenset()
        if self.kind is ItemKind.YES_NO:
            own = frozenset({YES, NO})
        elif self.kind is ItemKind.CHOICE:
            own = frozenset(one.code for one in self.options)
        return own | {PASSED, FAILED}


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading; with `asset_classes`, only for assets of one of them."""

    code: str
    title: Text
    items: tuple[Item, ...]
    asset_classes: tuple[str, ...] = ()

    def fits(self, asset_class: str) -> bool:
        """True for a section of every class, and for an asset whose class nobody named."""
        return not self.asset_classes or not asset_class or asset_class in self.asset_classes


@dataclass(frozen=True, slots=True)
class Checklist:
    """A template. Raises ChecklistError when two codes are alike or a condition looks forward."""

    code: str
    title: Text
    sections: tuple[Section, ...]
    note: Text = EMPTY
    hash: str = ""

    def __post_init__(self) -> None:
        known: dict[str, Item] = {}
        sections: set[str] = set()
        for section in self.sections:
            if section.code in sections:
                raise ChecklistError("twice", section.code, _TWICE, code_twice=section.code)
            sections.add(section.code)
            for item in section.items:
                _check(item, known)
                known[item.code] = item

    def items(self) -> Iterator[Item]:
        """Every item, in the order of the template."""
        for section in self.sections:
            yield from section.items

    def item(self, code: str) -> Item | None:
        """The item of a code."""
        return next((one for one in self.items() if one.code == code), None)


_TWICE = "the code {code_twice} stands twice"
_LATER = 'the condition names "{item}", which is no earlier item'
_NO_WORD = 'the condition on "{item}" names "{word}", which is none of its answers: {words}'
_NO_OPTIONS = "a choice needs at least two options"
_NO_COUNTS = "a count needs what is counted, checked first"
_CROSSED = "the lower limit lies above the upper one"


def _check(item: Item, known: dict[str, Item]) -> None:
    if item.code in known:
        raise ChecklistError("twice", item.code, _TWICE, code_twice=item.code)
    if item.kind is ItemKind.CHOICE:
        codes = [one.code for one in item.options]
        if len(codes) < 2:
            raise ChecklistError("options", item.code, _NO_OPTIONS)
        for code in codes:
            if codes.count(code) > 1:
                raise ChecklistError("twice", item.code, _TWICE, code_twice=code)
    if item.kind is ItemKind.COUNT and item.counts[:1] != (CountWord.CHECKED,):
        raise ChecklistError("counts", item.code, _NO_COUNTS)
    for low, high in (item.normal, item.possible):
        if low is not None and high is not None and low > high:
            raise ChecklistError("limits", item.code, _CROSSED)
    if item.when is not None:
        _check_condition(item, item.when, known)


def _check_condition(item: Item, when: Condition, known: dict[str, Item]) -> None:
    earlier = known.get(when.item)
    if earlier is None:
        raise ChecklistError("condition", item.code, _LATER, item=when.item)
    for word in when.words:
        if word not in earlier.words():
            words = ", ".join(sorted(earlier.words()))
            raise ChecklistError(
                "condition", item.code, _NO_WORD, item=when.item, word=word, words=words
            )
