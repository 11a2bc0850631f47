"""A figure, or the parameter of the contract that stands for it: `{parameter: visits}`."""

from __future__ import annotations

from typing import Any

from yinuo.kernel.plan.limits import FromParameter
from yinuo.planfile.messages import Message
from yinuo.planfile.shapes import BadValueError, Known, Reader, Schema, Shape
from yinuo.planfile.source import Node


class OrParameter(Shape):
    """What ``inner`` reads, or ``{parameter: name}`` with a parameter declared by the plan.

    ``timed`` says whether the parameter must have a unit of time, or must have none.
    """

    def __init__(self, inner: Shape, *, timed: bool) -> None:
        self._inner, self._timed = inner, timed

    @property
    def inner(self) -> tuple[Shape, ...]:
        return (self._inner,)

    def read(self, node: Node, reader: Reader) -> Any:
        named = node.get("parameter")
        if node.kind != "map" or named is None or len(node.pairs) != 1:
            return self._inner.read(node, reader)
        name = Known("parameters", "a parameter of this plan").read(named, reader)
        unit = reader.shared.get(f"parameter:{name}")
        if self._timed and unit is None:
            raise BadValueError(
                named,
                "wrong_type",
                Message('the parameter "{name}" has no unit of time', name=name),
            )
        if not self._timed and unit is not None:
            raise BadValueError(named, "wrong_type", "this parameter is a time, not a figure")
        return FromParameter(name)

    def schema(self) -> Schema:
        parameter: Schema = {
            "type": "object",
            "properties": {"parameter": {"type": "string"}},
            "required": ["parameter"],
            "additionalProperties": False,
        }
        return {"anyOf": [self._inner.schema(), parameter]}
