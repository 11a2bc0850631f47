"""What every shape is made of: the reader that collects findings, and a place's shape."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from yinuo.kernel.calendars import HolidayTable
from yinuo.planfile.holidays import load_statutory_table
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import Problem, Severity
from yinuo.planfile.source import Node

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
CLAUSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")
Schema = dict[str, Any]


class BadValueError(Exception):
    """A value that cannot be read, with its place."""

    def __init__(self, node: Node, code: str, message: str) -> None:
        super().__init__(message)
        self.node, self.code, self.message = node, code, message


class Reader:
    """One reading of a file: collects problems and knows the words that count."""

    def __init__(self, statutory: HolidayTable | None = None) -> None:
        # The table that `holidays: china` means: the one handed in, or the shipped one.
        self.statutory = statutory or load_statutory_table()
        self.problems: list[Problem] = []
        self.words: dict[str, set[str]] = {}
        self.clause = ""
        self.nodes: dict[str, Node] = {}
        self.shared: dict[str, Any] = {}

    def error(self, node: Node, code: str, message: str) -> None:
        """Record an error at a node; what is already reported is not reported twice."""
        if code != "reported":
            self.say(node, Severity.ERROR, code, message)

    def say(self, node: Node, severity: Severity, code: str, message: str) -> None:
        """Record a finding at a node."""
        self.problems.append(Problem(node.line, node.column, severity, code, message, self.clause))

    def declare(self, table: str, words: Sequence[str] | set[str]) -> None:
        """Make words known besides the built-in ones."""
        self.words.setdefault(table, set()).update(words)


class Shape(ABC):
    """What may stand at a place."""

    @abstractmethod
    def read(self, node: Node, reader: Reader) -> Any:
        """The value; BadValueError when the node does not have this shape."""

    @abstractmethod
    def schema(self) -> Schema:
        """The JSON Schema of this shape."""

    @property
    def inner(self) -> tuple[Shape, ...]:
        """Shapes directly inside this one."""
        return ()


def scalar(node: Node, what: str) -> str:
    """The text of a single value."""
    if node.kind != "scalar" or node.is_null:
        raise BadValueError(node, "wrong_type", Message("{what} is expected here", what=what))
    return node.text


def shortened(text: str) -> str:
    """A text as it is quoted in a finding: at most 40 characters."""
    return text if len(text) <= 40 else text[:37] + "…"
