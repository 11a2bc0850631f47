"""From the text of a plan to its form: one part at a time, findings at their fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yinuo.kernel.plan.text import Text
from yinuo.planfile.clauses import KINDS, ClauseShape
from yinuo.planfile.forms.fields import RECORD, Field
from yinuo.planfile.forms.labels import label_of
from yinuo.planfile.forms.making import Declared, Maker
from yinuo.planfile.plan import PLAN_KEYS
from yinuo.planfile.problems import Problem, Severity
from yinuo.planfile.shapes import Bilingual, Key, String, Word
from yinuo.planfile.source import Node
from yinuo.planfile.splicing import node_at

HEAD = "head"
MOST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan that is shown at a time: `at` names it, `errors` are its mistakes."""

    at: str
    title: Text
    group: str
    number: str
    line: int
    errors: int
    warnings: int
    is_written: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a plan, and the fields of the one that is open."""

    at: str
    parts: tuple[Part, ...]
    part: Part
    field: Field

    def group(self, name: str) -> tuple[Part, ...]:
        """The parts of one group: `plan` or `clauses`."""
        return tuple(one for one in self.parts if one.group == name)

    @property
    def clauses(self) -> tuple[Part, ...]:
        """One part for each clause."""
        return self.group("clauses")

    @property
    def settings(self) -> tuple[Part, ...]:
        """The head of the plan and what clauses refer to."""
        return self.group("plan")


def plan_form(root: Node, problems: Iterable[Problem], at: str = HEAD) -> Form:
    """The form of a plan that can be read as YAML, opened at the part `at`, else at its head."""
    placed = _placed(root, problems)
    parts = _parts(root, placed)
    part = next((one for one in parts if one.at == at), parts[0])
    maker = Maker(Declared(root))
    field = _head(root, maker) if part.at == HEAD else _opened(root, maker, part)
    _tell(field, part, placed)
    return Form(part.at, parts, part, field)


def _is_head(key: Key) -> bool:
    return isinstance(key.shape, String | Bilingual | Word)


def _head(root: Node, maker: Maker) -> Field:
    keys = {name: key for name, key in PLAN_KEYS.items() if _is_head(key)}
    extra = {name: PLAN_KEYS[name] for name in ("calendar", "escalation")}
    inner, further = maker.fields(root, (), {**keys, **extra})
    return Field("", "", RECORD, Text("方案", "The plan"), inner=inner, further=further)


def _opened(root: Node, maker: Maker, part: Part) -> Field:
    path = tuple(part.at.split("/"))
    node = node_at(root, path)
    if path[0] == "clauses":
        return maker.field(ClauseShape(), node, path, "")
    key = PLAN_KEYS[path[0]]
    return maker.field(key.shape, node, path, path[0], key)


def _parts(root: Node, placed: list[tuple[str, Problem]]) -> tuple[Part, ...]:
    found: list[Part] = []

    def add(at: str, title: Text, group: str, node: Node | None, number: str = "") -> None:
        mine = [one for path, one in placed if _home(path) == at]
        errors = sum(one.severity is Severity.ERROR for one in mine)
        warnings = sum(one.severity is Severity.WARNING for one in mine)
        line = node.line if node else 1
        found.append(
            Part(at, title, group, number, line, errors, warnings, is_written=node is not None)
        )

    add(HEAD, Text("基本信息", "Basics"), "plan", root)
    for name, key in PLAN_KEYS.items():
        if not _is_head(key) and name not in ("clauses", "calendar", "escalation"):
            add(name, label_of(name), "plan", root.get(name))
    clauses = root.get("clauses")
    for place, node in enumerate(clauses.items if clauses else ()):
        add(f"clauses/{place}", _title(node), "clauses", node, _scalar(node, "number"))
    return tuple(found)


def _title(node: Node) -> Text:
    for key in ("title", "text"):
        held = node.get(key)
        if held is not None and held.kind == "map":
            zh, en = (_scalar(held, language) for language in ("zh", "en"))
            return Text((zh or en)[:MOST_TITLE], (en or zh)[:MOST_TITLE])
        if held is not None and held.text:
            return Text(held.text[:MOST_TITLE], held.text[:MOST_TITLE])
    name = _scalar(node, "id") or "?"
    return Text(name, name)


def _scalar(node: Node, key: str) -> str:
    held = node.get(key)
    return held.text if held is not None and held.kind == "scalar" else ""


# -- findings at their places ---------------------------------------------------------------


def _placed(root: Node, problems: Iterable[Problem]) -> list[tuple[str, Problem]]:
    """Each finding with the path of the place it is about."""
    places: dict[tuple[int, int], list[str]] = {}
    _collect(root, "", places)
    found = []
    for one in problems:
        paths = places.get((one.line, one.column), [""])
        # A mapping begins where its first key does: what it lacks is said of the mapping.
        about_whole = one.code in ("missing_key", "one_of", "tie", "unreachable", "circular")
        path = paths[0] if about_whole else paths[-1]
        name = getattr(one.message, "values", {}).get("name")
        if one.code == "missing_key" and isinstance(name, str):
            path = f"{path}/{name}" if path else name
        found.append((path, one))
    return found


def _collect(node: Node, path: str, places: dict[tuple[int, int], list[str]]) -> None:
    places.setdefault((node.line, node.column), []).append(path)
    for place, item in enumerate(node.items):
        _collect(item, f"{path}/{place}" if path else str(place), places)
    for key, value in node.pairs:
        inner = f"{path}/{key.text}" if path else key.text
        places.setdefault((key.line, key.column), []).append(inner)
        _collect(value, inner, places)


def _home(path: str) -> str:
    """The part a path lies in."""
    steps = path.split("/")
    if steps[0] == "clauses" and len(steps) > 1:
        return "/".join(steps[:2])
    key = PLAN_KEYS.get(steps[0])
    if key is None or _is_head(key) or steps[0] in ("clauses", "calendar", "escalation"):
        return HEAD
    return steps[0]


def _tell(field: Field, part: Part, placed: list[tuple[str, Problem]]) -> None:
    """Put the findings of a part at the innermost field that is shown."""
    shown = {one.path: one for one in field.every()}
    for path, problem in placed:
        if _home(path) != part.at:
            continue
        steps = path.split("/")
        while "/".join(steps) not in shown and steps:
            steps.pop()
        shown.get("/".join(steps), field).problems.append(problem)


CLAUSE_KINDS = tuple(KINDS)
