"""Anchors as written: what starts or ends a promise."""

from __future__ import annotations

from yinuo.kernel.plan.anchors import (
    AllOf,
    Anchor,
    DateAnchor,
    FactAnchor,
    FirstKnown,
    Outcome,
    OutcomeAnchor,
    Which,
)
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.words import SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.limits import ATTRIBUTE, FACT
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import (
    BadValueError,
    Key,
    ListOf,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
)
from yinuo.planfile.source import Node


class AnchorShape(Shape):
    """A fact kind, a list of fact kinds (the earliest counts), or a mapping."""

    def read(self, node: Node, reader: Reader) -> Anchor:
        if node.kind == "scalar":
            return FactAnchor((FACT.read(node, reader),))
        if node.kind == "list":
            return FactAnchor(ListOf(FACT).read(node, reader))
        named = [key for key, _ in node.pairs if key.text in FORMS]
        if len(named) == 1:
            anchor: Anchor = FORMS[named[0].text].read(node, reader)
            return anchor
        if not named and node.pairs:
            key = node.pairs[0][0]
            hint = did_you_mean(key.text, FORMS)
            raise BadValueError(
                key,
                "unknown_key",
                Message('"{key}" names no start or end{hint}', key=key.text, hint=hint),
            )
        raise BadValueError(
            node, "one_of", Message("write exactly one of {names}", names=", ".join(FORMS))
        )

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/anchor"}


class FactAnchorShape(AnchorShape):
    """An anchor that has to be made of facts."""

    def read(self, node: Node, reader: Reader) -> FactAnchor:
        anchor = super().read(node, reader)
        if not isinstance(anchor, FactAnchor):
            raise BadValueError(node, "wrong_type", "only facts are possible here")
        return anchor


ANCHOR = AnchorShape()
FACT_ANCHOR = FactAnchorShape()


def _fact(values: Values, reader: Reader) -> Anchor:
    return FactAnchor(
        values.get("fact"),
        values.get("where", ALWAYS),
        Which(values.get("which", "first")),
        values.get("attribute"),
    )


def _date(values: Values, reader: Reader) -> Anchor:
    return DateAnchor(values.get("date"), values.get("of", "subject"), values.get("plus"))


def _clause(values: Values, reader: Reader) -> Anchor:
    anchor = OutcomeAnchor(values.get("clause"), Outcome(values.get("outcome")))
    reader.nodes.setdefault(f"outcome:{reader.clause}:{anchor.clause}", values.at("clause"))
    return anchor


_OWNERS = ("subject", *SUBJECT_KINDS)
FORMS: dict[str, Record] = {
    "fact": Record(
        "a fact anchor",
        {
            "fact": Key(
                ListOf(FACT, or_one=True), "fact kind, or several of which any counts", True
            ),
            "where": Key(ConditionShape(free=True, stated=True), "attributes the fact must have"),
            "which": Key(
                Word("which", "first, last or each", [one.value for one in Which], False),
                "which of several facts; left out: first",
            ),
            "attribute": Key(ATTRIBUTE, "the instant this attribute of the fact names"),
        },
        _fact,
    ),
    "date": Record(
        "a date anchor",
        {
            "date": Key(ATTRIBUTE, "an attribute that holds a date or instant", True),
            "of": Key(
                Word("subjects", "a subject kind", _OWNERS),
                "whose attribute; left out: the subject's",
            ),
            "plus": Key(AmountShape(natural=True), "moved by this much"),
        },
        _date,
    ),
    "clause": Record(
        "an outcome anchor",
        {
            "clause": Key(
                String("a clause id or a promise"), "clause id, promise, or promise/slot", True
            ),
            "outcome": Key(
                Word("outcomes", "an outcome", [one.value for one in Outcome], False),
                "which outcome counts",
                True,
            ),
        },
        _clause,
    ),
    "first_known": Record(
        "a first known anchor",
        {"first_known": Key(ListOf(ANCHOR, least=2), "the first of these that is known", True)},
        lambda values, reader: FirstKnown(values.get("first_known")),
    ),
    "all": Record(
        "an all-of anchor",
        {"all": Key(ListOf(ANCHOR, least=2), "the last of these, once all are known", True)},
        lambda values, reader: AllOf(values.get("all")),
    ),
}
