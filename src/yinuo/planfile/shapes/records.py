"""Shapes of mappings with known keys: what is read of them, and what is said of unknown ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes.reading import BadValueError, Reader, Schema, Shape, shortened
from yinuo.planfile.source import Node


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
        self.one_of = tuple(one_of)

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
        home = _home_of(key.text, self)
        if home:
            hint: str = Message('; it belongs under "{home}"', home=home)
        else:
            hint = did_you_mean(key.text, self.keys)
        message = Message(
            '{what} has no key "{key}"{hint}', what=self.name, key=shortened(key.text), hint=hint
        )
        reader.error(key, "unknown_key", message)
        return hint

    def _check_choice(self, node: Node, found: Values) -> None:
        if not self.one_of:
            return
        written = [name for name in self.one_of if name in found]
        if len(written) != 1:
            names = ", ".join(self.one_of)
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
        if self.one_of:
            made["oneOf"] = [{"required": [name]} for name in self.one_of]
        if self._short is not None:
            return {"anyOf": [{"type": ["string", "number", "boolean"]}, made]}
        return made


def _home_of(name: str, record: Record) -> str:
    """The key of a record inside which another one knows this key; empty when there is none."""
    for key, held in record.keys.items():
        inside: list[Shape] = [held.shape]
        for _ in range(2):
            inside += [one for shape in inside for one in shape.inner if one not in inside]
        if any(isinstance(one, Record) and name in one.keys for one in inside):
            return key
    return ""


class Reported(BadValueError):
    """A record whose mistakes are already on the list."""

    def __init__(self, node: Node) -> None:
        super().__init__(node, "reported", "")
