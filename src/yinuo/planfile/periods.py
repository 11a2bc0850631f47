"""Periods as written: `month`, `contract_year`, `{rolling: 30 days}`, `{seasons: [summer]}`."""

from __future__ import annotations

from yinuo.kernel.plan.periods import Period, PeriodKind, Season
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import BadValueError, Known, ListOf, Reader, Schema, Shape
from yinuo.planfile.source import Node

NAMED = tuple(
    kind.value for kind in PeriodKind if kind not in (PeriodKind.ROLLING, PeriodKind.SEASON)
)


class PeriodShape(Shape):
    """A named period, a rolling window or seasons of the plan."""

    def read(self, node: Node, reader: Reader) -> Period:
        if node.kind == "scalar":
            if node.text not in NAMED:
                hint = did_you_mean(node.text, NAMED)
                raise BadValueError(
                    node,
                    "unknown_word",
                    Message('"{text}" is no period{hint}', text=node.text[:40], hint=hint),
                )
            return Period(PeriodKind(node.text))
        rolling, seasons = node.get("rolling"), node.get("seasons")
        if node.kind == "map" and len(node.pairs) == 1:
            if rolling is not None:
                return Period(PeriodKind.ROLLING, AmountShape(natural=True).read(rolling, reader))
            if seasons is not None:
                names = ListOf(Known("seasons", "a season"), or_one=True).read(seasons, reader)
                table: dict[str, Season] = reader.shared["seasons"]
                return Period(PeriodKind.SEASON, None, tuple(table[name] for name in names))
        raise BadValueError(
            node, "wrong_type", "a period is a word, {rolling: 30 days} or {seasons: …}"
        )

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/period"}


PERIOD = PeriodShape()
