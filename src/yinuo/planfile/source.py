"""From bytes to a tree of nodes with line and column, refusing what no plan file needs.

No aliases, anchors, tags, duplicate keys or several documents; bounded size, depth and number of
nodes, so that no file takes long to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from yinuo.planfile.messages import Message
from yinuo.planfile.problems import PlanError, Problem, Severity

MOST_BYTES = 512 * 1024
MOST_NODES = 60_000
MOST_DEPTH = 24
MOST_ITEMS = 1_000


@dataclass(slots=True)
class Node:
    """One value of the file: a text, a list of nodes, or pairs of nodes; with its place.

    `start` and `end` count characters from the beginning of the text; what is written in lines
    ends with its last value. `is_flow` tells `{…}` and `[…]` from lines.
    """

    kind: str
    line: int
    column: int
    text: str = ""
    is_plain: bool = False
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()
    start: int = 0
    end: int = 0
    is_flow: bool = False

    def get(self, key: str) -> Node | None:
        """The value of a key in a mapping."""
        return next((value for name, value in self.pairs if name.text == key), None)

    @property
    def is_null(self) -> bool:
        """Whether nothing was written."""
        return self.kind == "scalar" and self.is_plain and self.text in ("", "~", "null")


class _RefusedError(Exception):
    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.problem = Problem(line, column, Severity.ERROR, code, message)


def read_text(data: bytes, source: str) -> str:
    """The text of a file; PlanError when it is too large or not UTF-8."""
    if len(data) > MOST_BYTES:
        raise _error(
            source,
            "too_large",
            Message("a plan file has at most {size} KiB", size=MOST_BYTES // 1024),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise _error(source, "not_utf8", "the file is not UTF-8 text", line, column) from None


def read_nodes(text: str, source: str) -> Node:
    """The tree of a YAML text; PlanError with the place when it cannot be read."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _error(
            source,
            "too_large",
            Message("a plan file has at most {size} KiB", size=MOST_BYTES // 1024),
        )
    try:
        return _Composer(yaml.parse(text, Loader=yaml.CSafeLoader)).compose()
    except _RefusedError as refused:
        raise PlanError(source, [refused.problem]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = " ".join(str(error.problem or error.context or "cannot be read").split())
        raise _error(
            source, "not_yaml", Message("not valid YAML: {message}", message=message), line, column
        ) from None
    except (YAMLError, ValueError, RecursionError) as error:
        line, column, message = _place_in(error, text)
        raise _error(
            source, "not_yaml", Message("not valid YAML: {message}", message=message), line, column
        ) from None


def _place_in(error: Exception, text: str) -> tuple[int, int, str]:
    position = getattr(error, "position", None)
    message = str(getattr(error, "reason", "") or str(error).splitlines()[0])
    if not isinstance(position, int):
        return 1, 1, message
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1, message


def _error(source: str, code: str, message: str, line: int = 1, column: int = 1) -> PlanError:
    return PlanError(source, [Problem(line, column, Severity.ERROR, code, message)])


class _Composer:
    """Builds the tree from parser events and stops at the first thing a plan may not hold."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._count = 0
        self._ended = 0

    def compose(self) -> Node:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _at(event, "several_documents", "a plan file holds one document")
            elif isinstance(
                event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent
            ):
                root = self._node(event, 0)
        if root is None or root.is_null:
            raise _RefusedError("empty_file", "the file is empty", 1, 1)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            raise _at(
                event,
                "too_many_nodes",
                Message("a plan file has at most {most} values", most=MOST_NODES),
            )
        if depth > MOST_DEPTH:
            raise _at(
                event,
                "too_deep",
                Message("a plan file is at most {most} levels deep", most=MOST_DEPTH),
            )
        if isinstance(event, AliasEvent):
            raise _at(event, "alias", "aliases (*name) are not allowed; write the value out")
        if event.anchor is not None:
            raise _at(event, "alias", "anchors (&name) are not allowed; write the value out")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _at(event, "tag", "tags (!name) are not allowed")
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        node = Node("scalar", line, column, start=event.start_mark.index)
        if isinstance(event, ScalarEvent):
            node.text, node.is_plain = str(event.value), event.implicit[0]
            node.end = _end_of(event)
            return node
        node.is_flow = bool(event.flow_style)
        if isinstance(event, SequenceStartEvent):
            node.kind, node.items = "list", self._items(depth)
            last = node.items[-1:]
        else:
            node.kind, node.pairs = "map", self._pairs(depth)
            last = tuple(one for pair in node.pairs[-1:] for one in pair)
        node.end = self._ended if node.is_flow else max((one.end for one in last), default=0)
        return node

    def _items(self, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                self._ended = _end_of(event)
                break
            if len(items) >= MOST_ITEMS:
                raise _at(
                    event,
                    "too_many_items",
                    Message("a list has at most {most} entries", most=MOST_ITEMS),
                )
            items.append(self._node(event, depth + 1))
        return tuple(items)

    def _pairs(self, depth: int) -> tuple[tuple[Node, Node], ...]:
        pairs: list[tuple[Node, Node]] = []
        seen: set[str] = set()
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                self._ended = _end_of(event)
                break
            key = self._node(event, depth + 1)
            if key.kind != "scalar":
                raise _RefusedError("bad_key", "a key is one word", key.line, key.column)
            if key.text in seen:
                message = Message('the key "{key}" is written twice', key=key.text)
                raise _RefusedError("duplicate_key", message, key.line, key.column)
            seen.add(key.text)
            if len(pairs) >= MOST_ITEMS:
                message = Message("a mapping has at most {most} entries", most=MOST_ITEMS)
                raise _RefusedError("too_many_items", message, key.line, key.column)
            pairs.append((key, self._node(next(self._events), depth + 1)))
        return tuple(pairs)


def _end_of(event: Any) -> int:
    """Where the event ends, in characters from the beginning."""
    place: int = event.end_mark.index
    return place


def _at(event: Any, code: str, message: str) -> _RefusedError:
    return _RefusedError(code, message, event.start_mark.line + 1, event.start_mark.column + 1)
