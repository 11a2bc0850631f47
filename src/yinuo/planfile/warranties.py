"""Warranty terms as written."""

from __future__ import annotations

from yinuo.kernel.plan.clauses import AfterRepair, Clause, UsageLimit, Warranty
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.plan.words import COVERED
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.heading import heading
from yinuo.planfile.limits import ATTRIBUTE, LIMIT
from yinuo.planfile.shapes import (
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    Values,
    Word,
    YesNo,
)

RUNGS = ("repair", "replace_part", "replace_unit", "refund")
_USAGE = Record(
    "a usage limit",
    {
        "attribute": Key(ATTRIBUTE, "the meter's attribute in facts, such as running_hours", True),
        "up_to": Key(Number(above_zero=True), "the term ends when the meter passes this", True),
    },
    lambda values, reader: UsageLimit(values.get("attribute"), values.get("up_to")),
)


def _after_repair(values: Values, reader: Reader) -> AfterRepair:
    rule = values.get("rule")
    if (rule == "rest") == ("term" in values):
        raise BadValueError(values.node, "one_of", "own and longer need a term, rest has none")
    return AfterRepair(rule, values.get("term"))


_AFTER_REPAIR = Record(
    "an after-repair rule",
    {
        "rule": Key(
            Word("rules", "a rule", ("rest", "own", "longer"), False),
            "rest of the old term, a term of its own, or the longer",
            True,
        ),
        "term": Key(AmountShape(natural=True), "the repaired part's own term, from the repair"),
    },
    _after_repair,
    short=lambda node, reader: AfterRepair(
        Word("rules", "a rule", ("rest",), False).read(node, reader)
    ),
)
WARRANTY_KEYS: dict[str, Key] = {
    "covers": Key(
        ListOf(Word("covered", "a thing covered", COVERED), or_one=True),
        "what is free within the term",
        True,
    ),
    "start": Key(
        ANCHOR, "when the term begins; first_known gives a fallback when proof is missing", True
    ),
    "term": Key(LIMIT, "how long it runs; the end is exclusive", True),
    "no_later_than": Key(ANCHOR, "the term ends here at the latest; whichever comes first", False),
    "usage": Key(
        ListOf(_USAGE, or_one=True), "ends earlier when a meter passes this; whichever comes first"
    ),
    "after_repair": Key(_AFTER_REPAIR, "the term after a repair; left out: rest"),
    "extended_by_downtime": Key(YesNo(), "the term grows by the time the asset was down"),
    "voided_by": Key(ListOf(FACT_ANCHOR), "facts that end the cover"),
    "excludes": Key(
        ListOf(ConditionShape(free=True, stated=True), or_one=True),
        "cases that are not covered: any of these conditions",
    ),
    "factory_parts_only": Key(YesNo(), "only components of the factory configuration"),
    "register_within": Key(AmountShape(natural=True), "register so soon after the start"),
    "unregistered_term": Key(AmountShape(natural=True), "the term when it was not; left out: none"),
    "rungs": Key(ListOf(Word("rungs", "a rung", RUNGS, False)), "what is done, in this order"),
    "support_until": Key(AmountShape(natural=True), "paid support so long after end of production"),
    "after_term": Key(Bilingual(), "what holds after the term"),
    "transferable": Key(YesNo(), "stays when the asset changes hands; left out: yes"),
}


def build_warranty(values: Values, reader: Reader) -> Clause:
    """A warranty term on an asset."""
    if "unregistered_term" in values and "register_within" not in values:
        raise BadValueError(
            values.at("unregistered_term"), "missing_key", "say register_within too"
        )
    return Warranty(
        **heading(values, reader, "warranty", "asset"),
        covers=values.get("covers"),
        start=values.get("start"),
        term=values.get("term"),
        no_later_than=values.get("no_later_than"),
        usage=values.get("usage", ()),
        after_repair=values.get("after_repair", AfterRepair()),
        extended_by_downtime=bool(values.get("extended_by_downtime", False)),
        voided_by=values.get("voided_by", ()),
        excludes=values.get("excludes", ()),
        factory_parts_only=bool(values.get("factory_parts_only", False)),
        register_within=values.get("register_within"),
        unregistered_term=values.get("unregistered_term"),
        rungs=values.get("rungs", ()),
        support_until=values.get("support_until"),
        after_term=values.get("after_term", EMPTY),
        transferable=bool(values.get("transferable", True)),
    )


RECORDS = (_USAGE, _AFTER_REPAIR)
