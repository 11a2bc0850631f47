"""Shapes of single values and lists: texts, numbers, words of a vocabulary, declared names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from yinuo.kernel.plan.text import Text
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes.reading import BadValueError, Reader, Schema, Shape, scalar, shortened
from yinuo.planfile.source import Node


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
                Message('"{text}" is not {what}', text=shortened(text), what=self._what),
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
                    key=shortened(key.text),
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
                node, "wrong_type", Message('"{text}" is not a number', text=shortened(text))
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
                node, "wrong_type", Message('"{text}" is neither yes nor no', text=shortened(text))
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
        self.titles: Mapping[str, Any] = built_in if isinstance(built_in, Mapping) else {}
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
                    '"{text}" is not {what}{hint}', text=shortened(text), what=self.what, hint=hint
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
        self.table, self._what, self.also = table, what, tuple(also)

    def read(self, node: Node, reader: Reader) -> str:
        text = scalar(node, self._what)
        known = reader.words.get(self.table, set())
        if text not in known and text not in self.also:
            hint = did_you_mean(text, {*known, *self.also}) or "; the plan declares none"
            raise BadValueError(
                node,
                "unknown_name",
                Message(
                    '"{text}" is not {what}{hint}', text=shortened(text), what=self._what, hint=hint
                ),
            )
        return text

    def schema(self) -> Schema:
        return {"type": "string"}


class ListOf(Shape):
    """A list; a single value stands for a list of one when ``or_one``."""

    def __init__(self, item: Shape, or_one: bool = False, least: int = 1) -> None:
        self.item, self.or_one, self._least = item, or_one, least

    @property
    def inner(self) -> tuple[Shape, ...]:
        return (self.item,)

    def read(self, node: Node, reader: Reader) -> tuple[Any, ...]:
        if node.kind != "list":
            if self.or_one:
                return (self.item.read(node, reader),)
            raise BadValueError(node, "wrong_type", "a list is expected here")
        if len(node.items) < self._least:
            raise BadValueError(node, "empty_list", "the list is empty")
        values: list[Any] = []
        failed: BadValueError | None = None
        for item in node.items:
            try:
                values.append(self.item.read(item, reader))
            except BadValueError as bad:
                if failed is not None:
                    reader.error(failed.node, failed.code, failed.message)
                failed = bad
        if failed is not None:
            raise failed
        return tuple(values)

    def schema(self) -> Schema:
        many: Schema = {"type": "array", "items": self.item.schema(), "minItems": self._least}
        return {"anyOf": [self.item.schema(), many]} if self.or_one else many
