"""Limits as written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from yinuo.kernel.plan.limits import (
    Agreed,
    Amount,
    ByClock,
    Case,
    Choose,
    Earliest,
    FromAttribute,
    FromParameter,
    Latest,
    Limit,
    Sum,
    Unit,
)
from yinuo.kernel.plan.selectors import ALWAYS, Condition, OneOf
from yinuo.kernel.plan.words import FACT_KINDS
from yinuo.planfile.amounts import AmountShape, ClockTime, UnitShape
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Key,
    Known,
    ListOf,
    Number,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
    YesNo,
)
from yinuo.planfile.source import Node

FACT = Word("facts", "a fact kind", FACT_KINDS)
ATTRIBUTE = String("an attribute name such as travel_minutes", CODE)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NOT_TOGETHER = "a limit is one amount, or a mapping that starts with one of {names}"


class LimitShape(Shape):
    """An amount, or one of the composed limits."""

    def read(self, node: Node, reader: Reader) -> Limit:
        if node.kind == "scalar":
            return AmountShape().read(node, reader)
        if node.kind != "map":
            raise BadValueError(
                node, "wrong_type", "a limit is an amount such as 4 hours, or a mapping"
            )
        named = _leading([key for key, _ in node.pairs if key.text in FORMS])
        if len(named) == 1:
            form = FORMS[named[0].text]
            limit: Limit = form.read(node, reader)
            return limit
        if not named and node.pairs:
            key = node.pairs[0][0]
            hint = did_you_mean(key.text, FORMS)
            raise BadValueError(
                key,
                "unknown_key",
                Message('"{key}" starts no limit{hint}', key=key.text, hint=hint),
            )
        raise BadValueError(node, "one_of", Message(_NOT_TOGETHER, names=", ".join(FORMS)))

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/limit"}


def _leading(named: list[Node]) -> list[Node]:
    """The words that name the form; one that is only a key of another form does not."""
    return [
        one
        for one in named
        if not any(one.text in FORMS[other.text].keys for other in named if other is not one)
    ]


LIMIT = LimitShape()
CONDITION = ConditionShape()


class _Table(Shape):
    """Rows nested by selector value, one level for each selector of ``by``; `*` is any value."""

    def read(self, node: Node, reader: Reader) -> Node:
        if node.kind != "map":
            raise BadValueError(node, "wrong_type", "rows are written as value: limit")
        return node

    def schema(self) -> Schema:
        return {"type": "object"}


class _MonthDay(Shape):
    """A day of the month; the last one is kept as 31."""

    def read(self, node: Node, reader: Reader) -> int:
        if node.kind == "scalar" and node.text == "last":
            return 31
        return int(Number("1", "31", whole=True).read(node, reader))

    def schema(self) -> Schema:
        return {"anyOf": [{"const": "last"}, Number("1", "31", whole=True).schema()]}


def _sum(values: Values, reader: Reader) -> Limit:
    return Sum(values.get("sum"))


def _attribute(values: Values, reader: Reader) -> Limit:
    each: Amount | None = values.get("each")
    if each is not None and "unit" in values:
        raise BadValueError(values.at("each"), "one_of", "write unit or each, not both")
    step: Decimal | None = values.get("per_started")
    if step is not None and each is None:
        raise BadValueError(
            values.at("per_started"), "missing_key", "per_started needs each: 30 minutes …"
        )
    return FromAttribute(
        values.get("attribute"),
        values.get("unit", Unit.MINUTE) if each is None else each.unit,
        values.get("of"),
        values.get("default"),
        Decimal(1) if each is None else each.number,
        values.get("beyond", Decimal(0)),
        step,
    )


def _agreed(values: Values, reader: Reader) -> Limit:
    return Agreed(values.get("agreed"), values.get("attribute", "until"))


def _at(values: Values, reader: Reader) -> Limit:
    working = bool(values.get("working", False))
    weekday = values.get("weekday")
    days = int(values.get("day", 0))
    if weekday is not None and working:
        raise BadValueError(values.node, "one_of", "working days and a weekday exclude each other")
    index = None if weekday is None else WEEKDAYS.index(weekday)
    month_day = values.get("month_day")
    if month_day is None and "months" in values:
        raise BadValueError(values.at("months"), "missing_key", "months needs month_day")
    if month_day is not None and (working or weekday is not None or "day" in values):
        raise BadValueError(
            values.at("month_day"), "one_of", "month_day excludes day, working and weekday"
        )
    return ByClock(days, values.get("at"), working, index, month_day, int(values.get("months", 0)))


def _parameter(values: Values, reader: Reader) -> Limit:
    name = values.get("parameter")
    if reader.shared.get(f"parameter:{name}") is None:
        raise BadValueError(
            values.at("parameter"),
            "no_unit",
            Message('the parameter "{name}" has no unit of time', name=name),
        )
    return FromParameter(name)


def _case(values: Values, reader: Reader) -> Case:
    when = values.get("when", ALWAYS)
    clocks = [key for key in ("before", "until") if key in values]
    if "otherwise" in values:
        if "when" in values or clocks:
            raise BadValueError(values.node, "one_of", "otherwise stands alone")
        return Case(values.get("otherwise"), ALWAYS)
    if "limit" not in values:
        raise BadValueError(values.node, "missing_key", 'a case needs "limit" or "otherwise"')
    if "when" not in values and not clocks:
        raise BadValueError(values.node, "missing_key", 'a case needs "when", "before" or "until"')
    if len(clocks) > 1:
        raise BadValueError(values.at("until"), "one_of", "write before or until, not both")
    minute = values.get(clocks[0]) if clocks else None
    return Case(values.get("limit"), when, minute, is_inclusive="until" in values)


def _cases(values: Values, reader: Reader) -> Limit:
    cases: tuple[Case, ...] = values.get("cases")
    for number, case in enumerate(cases[:-1]):
        if not case.when.tests and case.before_minute is None:
            node = values.at("cases").items[number + 1]
            raise BadValueError(node, "unreachable", "nothing reaches a case after otherwise")
    return Choose(cases)


def _plus(values: Values, reader: Reader) -> Limit:
    limit: Limit = values.get("base")
    for case in values.get("plus"):
        limit = Choose((Case(Sum((limit, case.limit)), case.when), Case(limit, ALWAYS)))
    return limit


def _addend(values: Values, reader: Reader) -> Case:
    return Case(values.get("add"), values.get("when"))


def _table(values: Values, reader: Reader) -> Limit:
    names: tuple[str, ...] = values.get("by")
    cases: list[Case] = []
    _rows(values.get("rows"), names, (), cases, reader)
    if not cases:
        raise BadValueError(values.at("rows"), "empty_list", "the table has no row")
    return Choose(tuple(sorted(cases, key=lambda case: -len(case.when.tests))))


def _rows(
    node: Node,
    names: tuple[str, ...],
    above: tuple[tuple[str, OneOf], ...],
    cases: list[Case],
    reader: Reader,
) -> None:
    if not names:
        if not node.is_null:
            cases.append(Case(LIMIT.read(node, reader), Condition(above)))
        return
    if node.kind != "map":
        raise BadValueError(
            node, "bad_table", Message("rows by {names} are expected here", names=names[0])
        )
    known = reader.words.get(f"selector:{names[0]}")
    for key, value in node.pairs:
        if key.text == "*":
            _rows(value, names[1:], above, cases, reader)
            continue
        if known is not None and key.text not in known:
            hint = did_you_mean(key.text, known)
            raise BadValueError(
                key,
                "unknown_value",
                Message(
                    '"{key}" is no {name} of this plan{hint}',
                    key=key.text,
                    name=names[0],
                    hint=hint,
                ),
            )
        test = OneOf(frozenset({key.text}))
        _rows(value, names[1:], (*above, (names[0], test)), cases, reader)


_AMOUNTS = ListOf(AmountShape(), least=2)
_LIMITS = ListOf(LIMIT, least=2)
_CASE = Record(
    "a case",
    {
        "when": Key(CONDITION, "selectors that must fit"),
        "before": Key(ClockTime(), "the start lies before this local time of day"),
        "until": Key(ClockTime(), "the start lies before this local time of day or at it"),
        "limit": Key(LIMIT, "the limit of this case"),
        "otherwise": Key(LIMIT, "the limit when no case above fits"),
    },
    _case,
)
_ADDEND = Record(
    "an addend",
    {
        "when": Key(CONDITION, "selectors that must fit", required=True),
        "add": Key(LIMIT, "what is added then", required=True),
    },
    _addend,
)


def _form(name: str, keys: dict[str, Key], build: Callable[[Values, Reader], Limit]) -> Record:
    return Record(name, keys, build)


FORMS: dict[str, Record] = {
    "sum": _form("a sum", {"sum": Key(_LIMITS, "limits one after the other", True)}, _sum),
    "earliest": _form(
        "an earliest limit",
        {"earliest": Key(_LIMITS, "the one due first counts", True)},
        lambda values, reader: Earliest(values.get("earliest")),
    ),
    "latest": _form(
        "a latest limit",
        {"latest": Key(_LIMITS, "the one due last counts", True)},
        lambda values, reader: Latest(values.get("latest")),
    ),
    "range": _form(
        "a range",
        {"range": Key(_AMOUNTS, "two amounts; the larger one is the promise", True)},
        lambda values, reader: _range(values),
    ),
    "parameter": _form(
        "a parameter limit",
        {
            "parameter": Key(
                Known("parameters", "a parameter of this plan"), "set by the contract", True
            )
        },
        _parameter,
    ),
    "attribute": _form(
        "an attribute limit",
        {
            "attribute": Key(ATTRIBUTE, "a number in a fact, such as travel_minutes", True),
            "of": Key(FACT, "the fact kind that carries it; left out: newest value known"),
            "unit": Key(UnitShape(), "the unit of the number; left out: minutes"),
            "default": Key(Number("0"), "used while no fact gives the number"),
            "each": Key(AmountShape(), "instead of unit: so long for each one of the number"),
            "per_started": Key(
                Number(above_zero=True), "with each: for each started so many of the number"
            ),
            "beyond": Key(Number("0"), "only what lies beyond this counts"),
        },
        _attribute,
    ),
    "agreed": _form(
        "an agreed limit",
        {
            "agreed": Key(FACT, "the fact that carries the agreed instant", True),
            "attribute": Key(ATTRIBUTE, "its attribute; left out: until"),
        },
        _agreed,
    ),
    "at": _form(
        "a time of day",
        {
            "at": Key(ClockTime(), "local time of day, 24:00 is the end of the day", True),
            "day": Key(Number("0", "1000", whole=True), "days after the start's day; left out: 0"),
            "working": Key(YesNo(), "count working days of the clause's calendar"),
            "weekday": Key(Word("weekdays", "a weekday", WEEKDAYS, False), "the next such weekday"),
            "month_day": Key(_MonthDay(), "that day of the month, 1 to 31, or last"),
            "months": Key(
                Number("0", "1200", whole=True),
                "with month_day: so many months after the start's; left out: 0",
            ),
        },
        _at,
    ),
    "table": _form(
        "a table limit",
        {
            "table": Key(
                Record(
                    "a table",
                    {
                        "by": Key(
                            ListOf(Known("selectors", "a selector"), or_one=True),
                            "selectors, outer first",
                            True,
                        ),
                        "rows": Key(_Table(), "values nested in that order; * is any value", True),
                    },
                    _table,
                ),
                "a table over several selectors",
                True,
            )
        },
        lambda values, reader: values.get("table"),
    ),
    "cases": _form(
        "a limit by cases",
        {"cases": Key(ListOf(_CASE), "the first case that fits counts", True)},
        _cases,
    ),
    "base": _form(
        "a limit with addends",
        {
            "base": Key(LIMIT, "the limit before additions", True),
            "plus": Key(ListOf(_ADDEND), "what is added in certain cases", True),
        },
        _plus,
    ),
}


def _range(values: Values) -> Amount:
    low, high, *more = values.get("range")
    if more or low.unit != high.unit or low.number >= high.number:
        raise BadValueError(
            values.node, "bad_range", "a range is two amounts of one unit, smaller first"
        )
    return Amount(high.number, high.unit, Decimal(low.number))


RECORDS = (_CASE, _ADDEND)
