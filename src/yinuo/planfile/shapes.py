"""Shapes: what may stand at a place of the file, how it is read, and its JSON Schema."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from yinuo.kernel.plan.text import Text
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import Problem, Severity, did_you_mean
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

    def __init__(self) -> None:
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


class String(Shape):
    """A plain text; with a pattern, one that matches it."""

    def __init__(self, what: str = "a text", pattern: re.Pattern[str] | None = None) -> None:
        self._what = what
        self._pattern = pattern

    def read(self, node: Node, reader: Reader) -> str:
        text = scalar(node, self._what)
        if self._pattern is not None and not self._pattern.fullmatch(text):
            raise BadValueError(
                node,
                "bad_value",
                Message('"{text}" is not {what}', text=_short(text), what=self._what),
            )
        return text

    def schema(self) -> Schema:
        made: Schema = {"type": ["string", "number"]}
        if self._pattern is not None:
            made = {"type": "string", "pattern": f"^{self._pattern.pattern}$"}
        return made


class Bilingual(Shape):
    """A text in both languages: ``{zh: …, en: …}``, or one text for both."""

    def read(self, node: Node, reader: Reader) -> Text:
        if node.kind == "scalar":
            text = scalar(node, "a text")
            return Text(text, text)
        values: dict[str, str] = {}
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "a text, or {zh: …, en: …}, is expected here")
        for key, value in node.pairs:
            if key.text not in ("zh", "en"):
                quoting = "; put a text with a comma in quotes" if value.is_null else ""
                message = Message(
                    '"{key}" is no language; known are en, zh{quoting}',
                    key=_short(key.text),
                    quoting=quoting,
                )
                raise BadValueError(key, "unknown_key", message)
            values[key.text] = scalar(value, "a text")
        if not values:
            raise BadValueError(node, "wrong_type", "a text, or {zh: …, en: …}, is expected here")
        first = next(iter(values.values()))
        return Text(values.get("zh", first), values.get("en", first))

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


class Number(Shape):
    """A number within bounds (both inclusive)."""

    def __init__(
        self,
        lowest: str | None = None,
        highest: str | None = None,
        whole: bool = False,
        above_zero: bool = False,
    ) -> None:
        self._lowest = None if lowest is None else Decimal(lowest)
        self._highest = None if highest is None else Decimal(highest)
        self._whole = whole
        self._above_zero = above_zero

    def read(self, node: Node, reader: Reader) -> Decimal:
        text = scalar(node, "a number")
        number = number_in(text)
        if number is None:
            raise BadValueError(
                node, "wrong_type", Message('"{text}" is not a number', text=_short(text))
            )
        if self._whole and number != number.to_integral_value():
            raise BadValueError(
                node, "bad_value", Message("{text} is not a whole number", text=text)
            )
        if self._above_zero and number <= 0:
            raise BadValueError(node, "bad_value", Message("{text} must be more than 0", text=text))
        if self._lowest is not None and number < self._lowest:
            raise BadValueError(
                node,
                "bad_value",
                Message("{text} must be at least {lowest}", text=text, lowest=self._lowest),
            )
        if self._highest is not None and number > self._highest:
            raise BadValueError(
                node,
                "bad_value",
                Message("{text} must be at most {highest}", text=text, highest=self._highest),
            )
        return number

    def schema(self) -> Schema:
        made: Schema = {"type": "integer" if self._whole else "number"}
        if self._above_zero:
            made["exclusiveMinimum"] = 0
        if self._lowest is not None:
            made["minimum"] = float(self._lowest)
        if self._highest is not None:
            made["maximum"] = float(self._highest)
        return made


def number_in(text: str) -> Decimal | None:
    """A finite number of ordinary size, thousands written without separators; else None."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


class YesNo(Shape):
    """yes or no (true and false are read too)."""

    def read(self, node: Node, reader: Reader) -> bool:
        text = scalar(node, "yes or no").lower()
        if text not in ("yes", "no", "true", "false"):
            raise BadValueError(
                node, "wrong_type", Message('"{text}" is neither yes nor no', text=_short(text))
            )
        return text in ("yes", "true")

    def schema(self) -> Schema:
        return {"enum": [True, False, "yes", "no"]}


class Word(Shape):
    """A word of a closed vocabulary; the plan may have declared further ones."""

    def __init__(
        self,
        table: str,
        what: str,
        built_in: Mapping[str, Any] | Sequence[str],
        declarable: bool = True,
    ) -> None:
        self.table = table
        self.what = what
        self.built_in = tuple(built_in)
        self.declarable = declarable

    def read(self, node: Node, reader: Reader) -> str:
        text = scalar(node, self.what)
        declared = reader.words.get(self.table, set())
        if text not in self.built_in and text not in declared:
            hint = did_you_mean(text, {*self.built_in, *declared})
            raise BadValueError(
                node,
                "unknown_word",
                Message(
                    '"{text}" is not {what}{hint}', text=_short(text), what=self.what, hint=hint
                ),
            )
        return text

    def schema(self) -> Schema:
        if self.declarable:
            return {"anyOf": [{"enum": list(self.built_in)}, {"$ref": "#/$defs/code"}]}
        return {"enum": list(self.built_in)}


class Known(Shape):
    """A name the plan itself declares (a calendar, a parameter, a clause …)."""

    def __init__(self, table: str, what: str, also: Sequence[str] = ()) -> None:
        self._table, self._what, self._also = table, what, tuple(also)

    def read(self, node: Node, reader: Reader) -> str:
        text = scalar(node, self._what)
        known = reader.words.get(self._table, set())
        if text not in known and text not in self._also:
            hint = did_you_mean(text, {*known, *self._also}) or "; the plan declares none"
            raise BadValueError(
                node,
                "unknown_name",
                Message(
                    '"{text}" is not {what}{hint}', text=_short(text), what=self._what, hint=hint
                ),
            )
        return text

    def schema(self) -> Schema:
        return {"type": "string"}


class ListOf(Shape):
    """A list; a single value stands for a list of one when ``or_one``."""

    def __init__(self, item: Shape, or_one: bool = False, least: int = 1) -> None:
        self._item, self._or_one, self._least = item, or_one, least

    @property
    def inner(self) -> tuple[Shape, ...]:
        return (self._item,)

    def read(self, node: Node, reader: Reader) -> tuple[Any, ...]:
        if node.kind != "list":
            if self._or_one:
                return (self._item.read(node, reader),)
            raise BadValueError(node, "wrong_type", "a list is expected here")
        if len(node.items) < self._least:
            raise BadValueError(node, "empty_list", "the list is empty")
        values: list[Any] = []
        failed: BadValueError | None = None
        for item in node.items:
            try:
                values.append(self._item.read(item, reader))
            except BadValueError as bad:
                if failed is not None:
                    reader.error(failed.node, failed.code, failed.message)
                failed = bad
        if failed is not None:
            raise failed
        return tuple(values)

    def schema(self) -> Schema:
        many: Schema = {"type": "array", "items": self._item.schema(), "minItems": self._least}
        return {"anyOf": [self._item.schema(), many]} if self._or_one else many


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its shape, whether it must be there, and what it means."""

    shape: Shape
    about: str
    required: bool = False
    example: str = ""


@dataclass(slots=True)
class Values:
    """What was read of a record, with the node of each key."""

    node: Node
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default when it is not written."""
        return self.values.get(key, default)

    def at(self, key: str) -> Node:
        """The node of a key, or of the record when it is not written."""
        return self.nodes.get(key, self.node)

    def __contains__(self, key: str) -> bool:
        return key in self.values


class Record(Shape):
    """A mapping with known keys. ``build`` makes the object; without it the Values are given."""

    def __init__(
        self,
        name: str,
        keys: Mapping[str, Key],
        build: Callable[[Values, Reader], Any] | None = None,
        short: Callable[[Node, Reader], Any] | None = None,
        one_of: Sequence[str] = (),
    ) -> None:
        self.name, self.keys = name, dict(keys)
        self._build, self._short = build, short
        self._one_of = tuple(one_of)

    def read(self, node: Node, reader: Reader) -> Any:
        if node.kind == "scalar" and self._short is not None and not node.is_null:
            return self._short(node, reader)
        values = self.read_keys(node, reader)
        return values if self._build is None else self._build(values, reader)

    def read_keys(self, node: Node, reader: Reader) -> Values:
        """The values of the keys; wrong ones are reported, then BadValueError for the record."""
        if node.kind != "map":
            raise BadValueError(
                node,
                "wrong_type",
                Message("{what} is expected here, as key: value lines", what=self.name),
            )
        found = Values(node)
        failed = False
        misspelled = ""
        for key, value in node.pairs:
            known = self.keys.get(key.text)
            if known is None:
                misspelled += self._unknown(key, reader)
                failed = True
                continue
            found.nodes[key.text] = value
            try:
                found.values[key.text] = known.shape.read(value, reader)
            except BadValueError as bad:
                message = Message("{key}: {bad}", key=key.text, bad=bad.message)
                reader.error(bad.node, bad.code, message)
                failed = True
        missing = [
            name
            for name, key in self.keys.items()
            if key.required and name not in found.nodes and f'mean "{name}"' not in misspelled
        ]
        for name in missing:
            reader.error(
                node,
                "missing_key",
                Message('{what} needs the key "{name}"', what=self.name, name=name),
            )
        if failed or missing:
            raise Reported(node)
        self._check_choice(node, found)
        return found

    def _unknown(self, key: Node, reader: Reader) -> str:
        """Report a key that does not exist; gives the hint to the one that was meant."""
        hint = did_you_mean(key.text, self.keys)
        message = Message(
            '{what} has no key "{key}"{hint}', what=self.name, key=_short(key.text), hint=hint
        )
        reader.error(key, "unknown_key", message)
        return hint

    def _check_choice(self, node: Node, found: Values) -> None:
        if not self._one_of:
            return
        written = [name for name in self._one_of if name in found]
        if len(written) != 1:
            names = ", ".join(self._one_of)
            problem = (
                Message("has {names} together", names=" and ".join(written))
                if written
                else "says none of them"
            )
            raise BadValueError(
                node,
                "one_of",
                Message(
                    "{what} takes exactly one of {names}; it {problem}",
                    what=self.name,
                    names=names,
                    problem=problem,
                ),
            )

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.name_in_schema}"}

    @property
    def inner(self) -> tuple[Shape, ...]:
        return tuple(key.shape for key in self.keys.values())

    @property
    def name_in_schema(self) -> str:
        """The record's name as a key of ``$defs``."""
        return re.sub(r"[^a-z]+", "_", self.name.removeprefix("a ").removeprefix("an ").lower())

    def definition(self) -> Schema:
        """The schema of the record itself."""
        properties = {
            name: {**key.shape.schema(), "description": key.about}
            for name, key in self.keys.items()
        }
        made: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        required = [name for name, key in self.keys.items() if key.required]
        if required:
            made["required"] = required
        if self._one_of:
            made["oneOf"] = [{"required": [name]} for name in self._one_of]
        if self._short is not None:
            return {"anyOf": [{"type": ["string", "number", "boolean"]}, made]}
        return made


class Reported(BadValueError):
    """A record whose mistakes are already on the list."""

    def __init__(self, node: Node) -> None:
        super().__init__(node, "reported", "")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
