"""What a person does in the form, as a change of the plan's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from yinuo.planfile.anchors import FORMS as ANCHORS
from yinuo.planfile.anchors import AnchorShape
from yinuo.planfile.calendars import CalendarsShape, SeasonsShape
from yinuo.planfile.clauses import KINDS, ClauseShape, Sets
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.document import read_document
from yinuo.planfile.forms.fields import BOTH, CHOICE, WORDS, YAML
from yinuo.planfile.forms.making import PLAIN, Declared, Maker
from yinuo.planfile.forms.skeletons import skeleton
from yinuo.planfile.ladders import STEP, LadderShape
from yinuo.planfile.limits import FORMS as LIMITS
from yinuo.planfile.limits import LimitShape
from yinuo.planfile.plan import PLAN, NamedShape
from yinuo.planfile.problems import PlanError
from yinuo.planfile.shapes import ListOf, Record, Shape, String
from yinuo.planfile.source import Node, read_nodes
from yinuo.planfile.splicing import ABSENT, changed, node_at

Path = tuple[str, ...]
SET, REMOVE, ADD = "set", "remove", "add"
MOST_STEPS = 24
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})")


@dataclass(frozen=True, slots=True)
class Act:
    """One act at a path: `set` to what was entered, `remove`, or `add` to a list or names.

    `values` are the texts of the field; with `add` the first one is the new name, or the kind of
    a new clause.
    """

    what: str
    path: str
    values: tuple[str, ...] = ()


def acted(text: str, act: Act) -> str:
    """The text after the act; unchanged when its path leads nowhere.

    Raises PlanError when the text is no YAML.
    """
    root = read_nodes(text, "plan.yaml")
    path = tuple(act.path.split("/")) if act.path else ()
    shape = _shape_at(root, path)
    if not path or len(path) > MOST_STEPS or shape is None:
        return text
    try:
        if act.what == REMOVE:
            return _removed(text, root, path)
        if act.what == ADD:
            return _added(text, root, path, shape, act.values)
        value = _value(root, path, shape, act.values)
        return _removed(text, root, path) if value is ABSENT else changed(text, path, value)
    except (KeyError, IndexError, ValueError):
        return text


def _shape_at(root: Node, path: Path) -> Shape | None:
    shape: Shape | None = PLAN
    node: Node | None = root
    for step in path:
        shape = _inside(shape, node, step)
        node = node_at(node, (step,)) if node is not None else None
        if shape is None:
            return None
    return shape


def _inside(shape: Shape | None, node: Node | None, step: str) -> Shape | None:
    """The shape one step further in."""
    if isinstance(shape, ClauseShape):
        kind = node.get("kind") if node is not None else None
        shape = KINDS.get(kind.text if kind else "deadline", KINDS["deadline"])
    if isinstance(shape, LimitShape | AnchorShape):
        forms = LIMITS if isinstance(shape, LimitShape) else ANCHORS
        if step.isdecimal():
            return String()
        found = [one for name, one in forms.items() if node is not None and node.get(name)]
        keys = [one.keys[step] for one in found if step in one.keys]
        return keys[0].shape if keys else None
    if isinstance(shape, LadderShape):
        return STEP if step.isdecimal() else None
    if isinstance(shape, ConditionShape | Sets):
        return ListOf(String(), or_one=True)
    if isinstance(shape, Record):
        key = shape.keys.get(step)
        return key.shape if key else String()
    if isinstance(shape, ListOf):
        return shape.item if step.isdecimal() else None
    if isinstance(shape, NamedShape | CalendarsShape | SeasonsShape):
        return shape.item
    return None


def _value(root: Node, path: Path, shape: Shape, values: tuple[str, ...]) -> Any:
    """What was entered, as it stands in a document; ABSENT when nothing was."""
    node = node_at(root, path)
    field = Maker(Declared(root)).field(shape, node, path, path[-1])
    given = [one.strip() for one in values]
    if field.way == CHOICE and len(given) == 1 and given[0] in {one.code for one in field.options}:
        forms = LIMITS if isinstance(shape, LimitShape) else ANCHORS
        form = forms.get(given[0])
        if given[0] == PLAIN or form is None:
            return skeleton(shape, Declared(root))
        return skeleton(form, Declared(root))
    if field.way == CHOICE:
        field = field.inner[0]
    if field.way == BOTH:
        return _both(given)
    if field.way == WORDS:
        words = [_plain(one) for one in given if one]
        or_one = getattr(shape, "or_one", True)
        return ABSENT if not words else words[0] if len(words) == 1 and or_one else words
    entered = "\n".join(values).strip()
    if not entered:
        return ABSENT
    if field.way == YAML or entered[0] in "[{":
        try:
            return read_document(entered.replace("\r\n", "\n"))
        except PlanError:
            return entered
    return _plain(entered)


def _both(given: list[str]) -> Any:
    zh, en = (*given, "", "")[:2]
    if not zh and not en:
        return ABSENT
    if zh == en:
        return zh
    return {name: text for name, text in (("zh", zh), ("en", en)) if text}


def _plain(text: str) -> Any:
    return int(text) if _WHOLE.fullmatch(text) else text


def _removed(text: str, root: Node, path: Path) -> str:
    """Without the value; what would be left empty goes with it."""
    while len(path) > 1:
        parent = node_at(root, path[:-1])
        if parent is None or len(parent.pairs) + len(parent.items) != 1:
            break
        if node_at(root, path) is None:
            return text
        path = path[:-1]
    return changed(text, path, ABSENT) if node_at(root, path) is not None else text


def _added(text: str, root: Node, path: Path, shape: Shape, values: tuple[str, ...]) -> str:
    declared = Declared(root)
    node = node_at(root, path)
    name = (values[0] if values else "").strip()
    if isinstance(shape, NamedShape | CalendarsShape | SeasonsShape):
        fresh = skeleton(shape.item, declared)
        if not name or (node is not None and node.get(name) is not None):
            return text
        if node is None or node.is_null:
            return changed(text, path, {name: fresh})
        return changed(text, (*path, name), fresh)
    if isinstance(shape, LadderShape):
        shape = ListOf(STEP)
    if not isinstance(shape, ListOf):
        return changed(text, path, skeleton(shape, declared)) if node is None else text
    fresh = skeleton(shape.item, declared)
    if isinstance(shape.item, ClauseShape):
        fresh = _clause(root, name, declared)
    if node is None or node.kind != "list":
        held = [] if node is None or node.is_null else [read_document(_source(text, node))]
        return changed(text, path, [*held, fresh])
    return changed(text, (*path, str(len(node.items))), fresh)


def _source(text: str, node: Node) -> str:
    return text[node.start : node.end]


def _clause(root: Node, kind: str, declared: Declared) -> dict[str, Any]:
    """A new clause of a kind with what it needs, under an id nobody uses."""
    kind = kind if kind in KINDS else "deadline"
    used = {one.code for one in declared.of("clauses")}
    number = next(one for one in range(1, len(used) + 2) if f"clause_{one}" not in used)
    made: dict[str, Any] = {"id": f"clause_{number}"}
    if kind != "deadline":
        made["kind"] = kind
    made["title"] = {"zh": "新条款", "en": "New clause"}
    if "promise" in KINDS[kind].keys and kind != "level_change":
        made["promise"] = "other"
        made["slot"] = f"slot_{number}"
    made |= {name: one for name, one in skeleton(KINDS[kind], declared).items() if name != "id"}
    if kind == "deadline":
        made["limit"] = "4 hours"
    if kind == "recurring":
        made["period"] = "month"
    return made
