"""Conditions as written: `{level: serious, region: [local, near], distance_km: {up_to: 50}}`."""

from __future__ import annotations

from decimal import Decimal

from yinuo.kernel.plan.selectors import (
    COMPUTED,
    Between,
    Condition,
    NoneOf,
    OneOf,
    SelectorType,
    Test,
)
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import BadValueError, Number, Reader, Schema, Shape, scalar
from yinuo.planfile.source import Node

_BOUND = Number()
_BOUNDS = frozenset({"above", "at_least", "up_to", "below"})
_ONE_OF = (frozenset({"above", "at_least"}), frozenset({"up_to", "below"}))


class ConditionShape(Shape):
    """Selectors and the values that fit. ``free`` conditions look at attributes of a fact.

    ``stated`` ones cannot ask computed selectors: there is no instant to compute them at.
    """

    def __init__(self, free: bool = False, stated: bool = False) -> None:
        self._free, self._stated = free, stated

    def read(self, node: Node, reader: Reader) -> Condition:
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "conditions are written as {selector: value}")
        tests: list[tuple[str, Test]] = []
        for key, value in node.pairs:
            tests.append((key.text, self._test(key, value, reader)))
        return Condition(tuple(tests))

    def _test(self, key: Node, value: Node, reader: Reader) -> Test:
        known = reader.words.get("selectors", set())
        if not self._free and key.text not in known:
            hint = did_you_mean(key.text, known) or "; the plan declares none under selectors:"
            raise BadValueError(
                key,
                "unknown_selector",
                Message('"{key}" is no selector of this plan{hint}', key=key.text, hint=hint),
            )
        kind = reader.shared.get(f"selector:{key.text}")
        if self._stated and kind in COMPUTED:
            raise BadValueError(
                key,
                "bad_condition",
                Message(
                    '"{name}" is worked out for an instant and cannot be asked here', name=key.text
                ),
            )
        if value.kind == "map":
            return self._range_or_not(key.text, value, reader)
        return OneOf(self._values(key.text, value, reader))

    def _range_or_not(self, name: str, node: Node, reader: Reader) -> Test:
        keys = {key.text for key, _ in node.pairs}
        excluded = node.get("not")
        if keys == {"not"} and excluded is not None:
            return NoneOf(self._values(name, excluded, reader))
        if not keys or not keys <= _BOUNDS or any(pair <= keys for pair in _ONE_OF):
            raise BadValueError(
                node,
                "bad_condition",
                "known here are {not: …}, {above: … or at_least: …, up_to: … or below: …}",
            )
        bounds: dict[str, Decimal] = {
            key.text: _BOUND.read(value, reader) for key, value in node.pairs
        }
        between = Between(**bounds)
        if between.low >= between.high:
            raise BadValueError(node, "bad_range", "the lower end must be less than the upper one")
        kind = reader.shared.get(f"selector:{name}")
        if not self._free and kind is not SelectorType.NUMBER:
            raise BadValueError(
                node,
                "bad_condition",
                Message('"{name}" is not a number; name its values', name=name),
            )
        return between

    def _values(self, name: str, node: Node, reader: Reader) -> frozenset[str]:
        items = node.items if node.kind == "list" else (node,)
        if not items:
            raise BadValueError(node, "empty_list", "the list is empty: it fits nothing")
        return frozenset(self._value(name, item, reader) for item in items)

    def _value(self, name: str, node: Node, reader: Reader) -> str:
        text = scalar(node, "a value")
        text = {"true": "yes", "false": "no"}.get(text, text) if node.is_plain else text
        known = reader.words.get(f"selector:{name}")
        if not self._free and known is not None and text not in known:
            hint = did_you_mean(text, known)
            raise BadValueError(
                node,
                "unknown_value",
                Message(
                    '"{text}" is no {name} of this plan{hint}', text=text[:40], name=name, hint=hint
                ),
            )
        return text

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/condition"}
