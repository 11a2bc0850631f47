"""Checklist files: YAML in, a typed template out, with the place of every mistake.

They are read like plan files: no aliases, bounded size, every finding at once with line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from yinuo.kernel.checklists import (
    Checklist,
    ChecklistError,
    Condition,
    CountWord,
    Item,
    ItemKind,
    Option,
    Section,
)
from yinuo.kernel.plan.text import EMPTY
from yinuo.planfile.hashing import hash_of
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import PlanError, Problem
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    String,
    Values,
    Word,
    YesNo,
)
from yinuo.planfile.source import Node, read_nodes, read_text

MOST_ITEMS = 300
MOST_TITLE = 200
_CODE = String("a code such as main_battery", CODE)
# Which keys belong to items of which kind; the others are for every kind.
_OF_KIND = {
    "fails_on": (ItemKind.YES_NO,),
    "options": (ItemKind.CHOICE,),
    "unit": (ItemKind.NUMBER, ItemKind.COUNT),
    "normal": (ItemKind.NUMBER,),
    "possible": (ItemKind.NUMBER,),
    "places": (ItemKind.NUMBER,),
    "counts": (ItemKind.COUNT,),
}


class _Title(Bilingual):
    """A title: in both languages, of one line's length."""

    def read(self, node: Node, reader: Reader) -> Any:
        text = super().read(node, reader)
        if max(len(text.zh), len(text.en)) > MOST_TITLE:
            message = Message("a title has at most {most} characters", most=MOST_TITLE)
            raise BadValueError(node, "too_long", message)
        if any(not one.isprintable() for one in text.zh + text.en):
            raise BadValueError(node, "bad_value", "a title is one line of printable characters")
        return text


def _limits(values: Values, reader: Reader) -> tuple[Decimal | None, Decimal | None]:
    return values.get("from"), values.get("to")


_LIMITS = Record(
    "limits of a number",
    {
        "from": Key(Number(), "the lowest that counts; left out: no lower limit"),
        "to": Key(Number(), "the highest that counts; left out: no upper limit"),
    },
    _limits,
)
_OPTION = Record(
    "an option",
    {
        "code": Key(_CODE, "names it", True),
        "title": Key(_Title(), "what is ticked", True),
        "fails": Key(YesNo(), "whether the thing is not in order then; left out: no"),
    },
    lambda values, reader: Option(
        values.get("code"), values.get("title"), values.get("fails", False)
    ),
)
_CONDITION = Record(
    "a condition",
    {
        "item": Key(_CODE, "an earlier item", True),
        "is": Key(
            ListOf(String("an answer"), or_one=True),
            "its answers for which this one is asked; also passed and failed",
            True,
        ),
    },
    lambda values, reader: Condition(values.get("item"), values.get("is")),
)


def _item(values: Values, reader: Reader) -> Item:
    kind = ItemKind(values.get("kind"))
    for key, kinds in _OF_KIND.items():
        if key in values and kind not in kinds:
            message = Message('an item of kind {kind} takes no "{key}"', kind=kind.value, key=key)
            raise BadValueError(values.at(key), "unknown_key", message)
    made = Item(
        code=values.get("code"),
        kind=kind,
        title=values.get("title"),
        required=values.get("required", True),
        fails_on=values.get("fails_on", ""),
        options=values.get("options", ()),
        unit=values.get("unit", EMPTY),
        normal=values.get("normal", (None, None)),
        possible=values.get("possible", (None, None)),
        places=int(values.get("places", 2)),
        counts=tuple(CountWord(one) for one in values.get("counts", ())),
        when=values.get("when"),
        follow_up=values.get("follow_up", EMPTY),
    )
    reader.shared.setdefault("nodes", {}).setdefault(made.code, []).append(values.node)
    return made


_ITEM = Record(
    "an item",
    {
        "code": Key(_CODE, "names the line", True),
        "kind": Key(
            Word("item kinds", "a kind of item", [one.value for one in ItemKind], False),
            "what kind of answer it takes",
            True,
        ),
        "title": Key(_Title(), "what is asked", True),
        "required": Key(YesNo(), "left out: yes"),
        "when": Key(_CONDITION, "left out: always asked"),
        "fails_on": Key(
            Word("yes and no", "yes or no", ["yes", "no"], False),
            "the answer that means not in order",
        ),
        "options": Key(ListOf(_OPTION), "what can be chosen"),
        "unit": Key(_Title(), "what the number counts or measures"),
        "normal": Key(_LIMITS, "outside it fails"),
        "possible": Key(_LIMITS, "outside it is a slip and not taken"),
        "places": Key(Number("0", "6", whole=True), "decimal places; left out: 2"),
        "counts": Key(
            ListOf(Word("counts", "something counted", [one.value for one in CountWord], False)),
            "what is counted, checked first",
        ),
        "follow_up": Key(_Title(), "the work that a failure opens; left out: named by the item"),
    },
    _item,
)


def _section(values: Values, reader: Reader) -> Section:
    made = Section(
        values.get("code"),
        values.get("title"),
        values.get("items"),
        values.get("asset_classes", ()),
    )
    reader.shared.setdefault("nodes", {}).setdefault(made.code, []).append(values.node)
    return made


_SECTION = Record(
    "a section",
    {
        "code": Key(_CODE, "names it", True),
        "title": Key(_Title(), "its heading", True),
        "asset_classes": Key(
            ListOf(String("a class of assets"), or_one=True), "left out: for every class"
        ),
        "items": Key(ListOf(_ITEM), "its lines", True),
    },
    _section,
)
_HEAD = Record(
    "a checklist",
    {
        "checklist": Key(String("a code such as intrusion_alarm", CODE), "names it", True),
        "title": Key(_Title(), "its name", True),
        "note": Key(_Title(), "for whoever fills it in"),
        "sections": Key(ListOf(_SECTION), "what is asked", True),
    },
)


@dataclass(frozen=True, slots=True)
class CheckedChecklist:
    """What checking a file gave: the template unless it has errors, and every finding in order."""

    source: str
    checklist: Checklist | None
    problems: tuple[Problem, ...]


def check_checklist(data: str | bytes, source: str = "checklist") -> CheckedChecklist:
    """Read a checklist file and say all that is wrong with it. Never raises for a bad one."""
    reader = Reader()
    found: Checklist | None = None
    try:
        text = data if isinstance(data, str) else read_text(data, source)
        found = _read(reader, read_nodes(text, source))
    except PlanError as error:
        return CheckedChecklist(source, None, error.problems)
    except BadValueError as bad:
        reader.error(bad.node, bad.code, bad.message)
    if found is None or reader.problems:
        return CheckedChecklist(source, None, tuple(sorted(set(reader.problems))))
    return CheckedChecklist(source, replace(found, hash=hash_of(found)), ())


def load_checklist(data: str | bytes, source_name: str = "checklist") -> Checklist:
    """The template of a YAML text; PlanError with every finding when it has errors."""
    checked = check_checklist(data, source_name)
    if checked.checklist is None:
        raise PlanError(source_name, checked.problems)
    return checked.checklist


def _read(reader: Reader, node: Node) -> Checklist:
    values: Values = _HEAD.read(node, reader)
    sections: tuple[Section, ...] = values.get("sections")
    if sum(len(one.items) for one in sections) > MOST_ITEMS:
        message = Message("a checklist has at most {most} items", most=MOST_ITEMS)
        raise BadValueError(values.at("sections"), "too_many_items", message)
    try:
        return Checklist(
            values.get("checklist"), values.get("title"), sections, values.get("note", EMPTY)
        )
    except ChecklistError as error:
        nodes = reader.shared.get("nodes", {}).get(error.at, [node])
        # Of two with one code the second is at fault.
        message = Message(error.template, **error.values)
        raise BadValueError(nodes[-1], error.code, message) from None
