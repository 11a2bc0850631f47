"""Escalation ladders, stops and other parts of a deadline as written."""

from __future__ import annotations

from yinuo.kernel.plan.clauses import Acknowledgement, LadderStep, Repeat, Rounding, Stop
from yinuo.kernel.plan.words import CHANNELS, ROLES, STOP_REASONS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.limits import FACT
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.remedies import PercentShape
from yinuo.planfile.shapes import (
    BadValueError,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    Schema,
    Shape,
    Values,
    Word,
    YesNo,
)
from yinuo.planfile.source import Node

ROLE = Word("roles", "a role", ROLES)


def _step(values: Values, reader: Reader) -> LadderStep:
    moments = ("at_percent", "before_due", "after_due", "after_start")
    written = [name for name in moments if name in values]
    if len(written) > 1 or (not written and "every" not in values):
        raise BadValueError(
            values.node,
            "one_of",
            Message("a step says one of {names}, or every", names=", ".join(moments)),
        )
    return LadderStep(
        notify=values.get("notify"),
        by=values.get("by", ()),
        percent=values.get("at_percent"),
        before_due=values.get("before_due"),
        after_due=values.get("after_due"),
        after_start=values.get("after_start"),
        every=values.get("every"),
        times=None if "times" not in values else int(values.get("times")),
    )


STEP = Record(
    "an escalation step",
    {
        "at_percent": Key(PercentShape(), "when this share of the limit has passed; 100 is due"),
        "before_due": Key(AmountShape(natural=True), "so long before it is due"),
        "after_due": Key(AmountShape(natural=True), "so long after it was due"),
        "after_start": Key(AmountShape(natural=True), "so long after the start"),
        "every": Key(
            AmountShape(natural=True),
            "again each time; alone: each time after the due time",
        ),
        "times": Key(Number("1", "1000", whole=True), "at most so often"),
        "notify": Key(ListOf(ROLE, or_one=True), "roles to tell", required=True),
        "by": Key(ListOf(Word("channels", "a channel", CHANNELS), or_one=True), "channels"),
    },
    _step,
)


class LadderShape(Shape):
    """The name of one of the plan's ladders, or its steps."""

    def read(self, node: Node, reader: Reader) -> tuple[LadderStep, ...]:
        if node.kind == "scalar":
            ladders: dict[str, tuple[LadderStep, ...]] = reader.shared.get("ladders", {})
            if node.text not in ladders:
                hint = did_you_mean(node.text, ladders) or "; the plan declares none"
                raise BadValueError(
                    node,
                    "unknown_name",
                    Message('"{text}" is no ladder{hint}', text=node.text[:40], hint=hint),
                )
            return ladders[node.text]
        return ListOf(STEP).read(node, reader)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string"}, ListOf(STEP).schema()]}


def _stop(values: Values, reader: Reader) -> Stop:
    return Stop(
        reason=values.get("reason"),
        begins=values.get("begins", "paused"),
        ends=values.get("ends", "resumed"),
        proof=bool(values.get("proof", False)),
        acknowledgement=Acknowledgement(values.get("acknowledgement", "none")),
        objection_window=values.get("objection_window"),
        budget=values.get("budget"),
    )


STOP = Record(
    "a stop",
    {
        "reason": Key(
            Word("reasons", "a reason to stop the clock", STOP_REASONS),
            "why the clock stands still",
            True,
        ),
        "begins": Key(FACT, "fact that begins it; left out: paused with this reason"),
        "ends": Key(FACT, "fact that ends it; left out: resumed"),
        "proof": Key(YesNo(), "counts only with the attribute proof"),
        "acknowledgement": Key(
            Word(
                "acknowledgements",
                "an acknowledgement",
                [one.value for one in Acknowledgement],
                False,
            ),
            "what the customer must do; left out: none",
        ),
        "objection_window": Key(AmountShape(), "an objection later than this changes nothing"),
        "budget": Key(AmountShape(natural=True), "the most its pauses may come to"),
    },
    _stop,
    short=lambda node, reader: Stop(
        Word("reasons", "a reason to stop the clock", STOP_REASONS).read(node, reader)
    ),
)
ROUNDING = Record(
    "a rounding",
    {
        "minutes": Key(Number("1", "1440", whole=True), "grid of the local day", True),
        "mode": Key(
            Word("modes", "a way of rounding", ("up", "down", "nearest"), False), "left out: up"
        ),
    },
    lambda values, reader: Rounding(int(values.get("minutes")), values.get("mode", "up")),
)
REPEAT = Record(
    "a repetition",
    {
        "until": Key(ListOf(FACT, or_one=True), "facts that end the series", True),
        "from": Key(
            Word("from", "a start", ("done", "due"), False),
            "next one runs from the last done (left out) or due time",
        ),
        "times": Key(Number("1", "1000", whole=True), "at most so often"),
    },
    lambda values, reader: Repeat(
        values.get("until"),
        values.get("from", "done") == "done",
        None if "times" not in values else int(values.get("times")),
    ),
)
RECORDS = (STEP, STOP, ROUNDING, REPEAT)
