"""Changing one value of a plan's text and leaving the rest as written, comments included.

Every way of writing the change is read back; the first that says exactly what is meant stands.
The widest way writes the whole text anew, so a change never fails and never says something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import yaml

from yinuo.planfile.document import read_document
from yinuo.planfile.problems import PlanError
from yinuo.planfile.source import Node, read_nodes

Path = tuple[str, ...]
# A value longer than this is written in lines.
MOST_IN_LINE = 88
ABSENT = object()
_WORD = "tag:yaml.org,2002:bool"


class _Writer(yaml.CSafeDumper):
    """Writes yes and no without quotes: plans mean the words."""


def _text(writer: yaml.CSafeDumper, value: str) -> Any:
    if value in ("yes", "no"):
        return writer.represent_scalar(_WORD, value)
    return writer.represent_scalar("tag:yaml.org,2002:str", value)


_Writer.add_representer(str, _text)


def changed(text: str, path: Path, value: Any) -> str:
    """The text with `value` at `path` (keys, and positions of lists as digits); ABSENT removes.

    A position one past the end of a list adds to it. Raises PlanError when the text is no YAML,
    KeyError when the path leads nowhere.
    """
    root = read_nodes(text, "plan.yaml")
    document = read_document(text)
    wanted = _with(document, path, value)
    for candidate in _candidates(text, root, path, value, wanted):
        try:
            if read_document(candidate) == wanted:
                return candidate
        except PlanError:
            continue
    return in_lines(wanted, 0)


def node_at(root: Node, path: Path) -> Node | None:
    """The node at a path; None when nothing is written there."""
    node: Node | None = root
    for step in path:
        if node is None:
            return None
        if node.kind == "list":
            place = int(step) if step.isdecimal() else -1
            node = node.items[place] if 0 <= place < len(node.items) else None
        else:
            node = node.get(step)
    return node


def in_one_line(value: Any) -> str:
    """A value as it stands behind a key: `{level: serious}`, `4 hours`."""
    text: str = yaml.dump(
        value,
        Dumper=_Writer,
        default_flow_style=True,
        allow_unicode=True,
        width=10**6,
        sort_keys=False,
    )
    return text.strip().removesuffix("...").strip()


def in_lines(value: Any, indent: int) -> str:
    """A value in lines, each begun by so many blanks."""
    text: str = yaml.dump(
        value,
        Dumper=_Writer,
        default_flow_style=False,
        allow_unicode=True,
        width=100,
        sort_keys=False,
    )
    return re.sub(r"(?m)^(?=.)", " " * indent, text)


def _with(document: Any, path: Path, value: Any) -> Any:
    made = deepcopy(document)
    if not path:
        return value
    held = made
    for step in path[:-1]:
        held = held[int(step)] if isinstance(held, list) else held[step]
    last = path[-1]
    if isinstance(held, list):
        place = int(last)
        if value is ABSENT:
            del held[place]
        elif place == len(held):
            held.append(value)
        else:
            held[place] = value
    elif isinstance(held, dict):
        if value is ABSENT:
            held.pop(last, None)
        else:
            held[last] = value
    else:
        raise KeyError(last)
    return made


def _candidates(text: str, root: Node, path: Path, value: Any, wanted: Any) -> Iterator[str]:
    """Ways of writing the change, the one that touches least first."""
    chain = [root]
    for step in path:
        found = node_at(chain[-1], (step,))
        if found is None:
            break
        chain.append(found)
    if value is not ABSENT and len(chain) == len(path) + 1:
        yield from _replaced(text, chain, value)
    elif value is not ABSENT:
        yield from _added(text, chain[-1], path[len(chain) - 1 :], value)
    elif path and len(chain) == len(path) + 1:
        yield from _removed(text, chain[-2], path[-1])
    for depth in range(min(len(chain), len(path)) - 1, 0, -1):
        part = wanted
        for step in path[:depth]:
            part = part[int(step)] if isinstance(part, list) else part[step]
        yield from _replaced(text, chain[: depth + 1], part)


def _replaced(text: str, chain: list[Node], value: Any) -> Iterator[str]:
    node = chain[-1]
    before, after = text[: node.start], text[_end(text, node) :]
    gap = "" if not before or before[-1] in " \n[{" else " "
    line = f"{before}{gap}{in_one_line(value)}{after}"
    if len(chain) == 1 or any(one.is_flow for one in chain[:-1]) or not _is_long(value):
        yield line
        return
    if chain[-2].kind == "list":
        yield before + in_lines(value, node.column - 1).strip() + after
    else:
        key = next(name for name, one in chain[-2].pairs if one is node)
        lines = in_lines(value, key.column + 1).rstrip()
        yield f"{text[: key.end]}:\n{lines}{after}"
    yield line


def _added(text: str, parent: Node, path: Path, value: Any) -> Iterator[str]:
    if len(path) != 1 or parent.kind == "scalar":
        return
    written = in_one_line(value)
    entry = f"{in_one_line(path[0])}: {written}" if parent.kind == "map" else written
    full = bool(parent.pairs or parent.items)
    if parent.is_flow:
        end = parent.end - 1
        yield text[:end].rstrip() + (", " if full else "") + entry + text[end:]
        return
    end = _line_end(text, _end(text, parent))
    indent = " " * (parent.column - 1)
    if parent.kind == "list":
        lines = in_lines([value], parent.column - 1).rstrip()
        entry = lines.lstrip() if _is_long(value) else f"- {entry}"
    elif _is_long(value):
        entry = f"{in_one_line(path[0])}:\n{in_lines(value, parent.column + 1).rstrip()}"
    yield f"{text[:end].rstrip(chr(10))}\n{indent}{entry}{text[end:] or chr(10)}"


def _removed(text: str, parent: Node, step: str) -> Iterator[str]:
    if parent.is_flow:
        return
    if parent.kind == "map":
        place = next(n for n, (key, _) in enumerate(parent.pairs) if key.text == step)
        key, value = parent.pairs[place]
        following = parent.pairs[place + 1][0] if place + 1 < len(parent.pairs) else None
        begin, end = key.start, _end(text, value) if value.end else key.end
        end = max(end, key.end)
    else:
        node = parent.items[int(step)]
        begin, end, following = node.start, _end(text, node), None
        begin = text.rfind("-", 0, begin) if begin else 0
    first = text.rfind("\n", 0, begin) + 1
    if not text[first:begin].strip():
        yield text[:first] + text[_line_end(text, end) + 1 :]
    if following is not None:
        yield text[:begin] + text[following.start :]


def _end(text: str, node: Node) -> int:
    """Where the node's last character stands; a block of text ends with its last word."""
    return len(text[: node.end].rstrip()) if node.end > node.start else node.end


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _is_long(value: Any) -> bool:
    return isinstance(value, dict | list) and len(in_one_line(value)) > MOST_IN_LINE
