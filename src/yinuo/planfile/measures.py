"""Measures as written: a figure over a period, held against a target."""

from __future__ import annotations

import re
from decimal import Decimal

from yinuo.kernel.plan.clauses import (
    Clause,
    Divisor,
    Figure,
    FigureRounding,
    Measure,
    PlannedWindows,
    PointRule,
    Target,
    Weight,
)
from yinuo.kernel.plan.limits import DAYS, SECONDS, Amount, FromParameter
from yinuo.kernel.plan.periods import Partial
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.words import SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.duties import CONTRACT_END, CONTRACT_START, PARTIAL
from yinuo.planfile.heading import heading
from yinuo.planfile.limits import ATTRIBUTE
from yinuo.planfile.messages import Message
from yinuo.planfile.parameters import OrParameter
from yinuo.planfile.periods import PERIOD
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.remedies import PercentShape
from yinuo.planfile.shapes import (
    BadValueError,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    Shape,
    String,
    Values,
    Word,
    YesNo,
)

_UNIT = re.compile(r"\S{1,20}")
_TIME_UNITS = ("minutes", "hours", "days")
_BOUND: Shape = OrParameter(PercentShape(zero=True), timed=False)
_TARGET = Record(
    "a target",
    {
        "at_least": Key(_BOUND, "the figure is this or more"),
        "above": Key(_BOUND, "the figure is more than this"),
        "at_most": Key(_BOUND, "the figure is this or less"),
        "below": Key(_BOUND, "the figure is less than this"),
    },
)
_POINT = Record(
    "a point rule",
    {
        "points": Key(Number(), "points for each, minus for deductions", True),
        "fact": Key(FACT_ANCHOR, "for each fact of this kind"),
        "clause": Key(
            String("a clause id or a promise"), "for each breach of this clause or promise"
        ),
    },
    lambda values, reader: PointRule(
        values.get("points"), values.get("fact"), values.get("clause")
    ),
    one_of=("fact", "clause"),
)
_WEIGHT = Record(
    "a weight",
    {
        "when": Key(ConditionShape(free=True), "for outages that begin with these attributes"),
        "percent": Key(PercentShape(zero=True), "so much of the time counts"),
        "attribute": Key(ATTRIBUTE, "the percentage stands in this attribute of the begin"),
    },
    lambda values, reader: Weight(
        values.get("when", ALWAYS), values.get("percent"), values.get("attribute")
    ),
    one_of=("percent", "attribute"),
)
_PLANNED = Record(
    "planned windows",
    {
        "facts": Key(FACT_ANCHOR, "the fact that announces a window", True),
        "begins": Key(ATTRIBUTE, "its attribute with the window's begin", True),
        "ends": Key(ATTRIBUTE, "its attribute with the window's end", True),
        "announced": Key(AmountShape(), "told at least so long before; else it is no window"),
        "at_most": Key(AmountShape(natural=True), "window time in each period, the first come"),
    },
    lambda values, reader: PlannedWindows(
        *(values.get(name) for name in ("facts", "begins", "ends", "announced", "at_most"))
    ),
)
_ROUND = Record(
    "a rounding of figures",
    {
        "places": Key(Number("0", "6", whole=True), "decimals", True),
        "mode": Key(
            Word("modes", "a way of rounding", ("half_up", "down", "up"), False),
            "left out: half_up",
        ),
    },
    lambda values, reader: FigureRounding(int(values.get("places")), values.get("mode", "half_up")),
)


def _divisor(values: Values, reader: Reader) -> Divisor:
    if not values.values:
        raise BadValueError(values.node, "missing_key", "say what it is divided by: attribute …")
    if "of" in values and ("attribute" not in values or "facts" in values):
        raise BadValueError(values.at("of"), "one_of", "of needs attribute, and no facts")
    if "growth" in values and len(values.values) > 1:
        raise BadValueError(values.at("growth"), "one_of", "growth stands alone")
    return Divisor(
        values.get("attribute"), values.get("facts"), values.get("of", ""), values.get("growth")
    )


_DIVISOR = Record(
    "a divisor",
    {
        "facts": Key(FACT_ANCHOR, "other facts: their number, or the sum of `attribute`"),
        "attribute": Key(ATTRIBUTE, "summed; without facts and of over the measured facts"),
        "of": Key(
            Word("subjects", "a subject kind", SUBJECT_KINDS),
            "read the attribute there, such as the units of the contract",
        ),
        "growth": Key(ATTRIBUTE, "by how much this meter has grown in the period"),
    },
    _divisor,
    short=lambda node, reader: Divisor(ATTRIBUTE.read(node, reader)),
)
MEASURE_KEYS: dict[str, Key] = {
    "figure": Key(
        Word("figures", "a figure", [one.value for one in Figure], False),
        "how it is computed",
        True,
    ),
    "period": Key(PERIOD, "the period measured", True),
    "target": Key(_TARGET, "the bound to keep", True),
    "of": Key(
        ListOf(String("a clause id or a promise"), or_one=True),
        "clauses or promises whose obligations are measured",
    ),
    "facts": Key(FACT_ANCHOR, "facts that are counted; for availability and downtime: its begin"),
    "until": Key(FACT_ANCHOR, "for availability, downtime and mtbf: its end"),
    "attribute": Key(ATTRIBUTE, "the number taken from each fact"),
    "group_by": Key(
        ListOf(ATTRIBUTE, or_one=True), "counted apart for each value of these attributes"
    ),
    "exempt": Key(
        ListOf(ConditionShape(free=True), or_one=True),
        "facts with these attributes do not count; of several conditions any",
    ),
    "total_without_exempt": Key(
        YesNo(),
        "for availability: exempt time and planned windows are left out of the total too",
    ),
    "weights": Key(ListOf(_WEIGHT), "for availability and downtime: how much of an outage counts"),
    "planned": Key(_PLANNED, "announced windows in which downtime does not count"),
    "good": Key(ConditionShape(free=True), "for share of facts: which of them are good"),
    "out_of": Key(
        _DIVISOR, "for share and ratio: what it is taken of; a name alone sums this attribute"
    ),
    "growth": Key(ATTRIBUTE, "for growth and ratio: by how much this meter has grown"),
    "scale": Key(Number(above_zero=True), "for ratio: per so many, such as 100; left out: 1"),
    "shortest": Key(AmountShape(), "for availability and downtime: shorter outages do not count"),
    "each_started": Key(
        AmountShape(), "for availability and downtime: every outage counts in started units"
    ),
    "round": Key(_ROUND, "the figure is rounded before it is judged; left out: six decimals"),
    "points": Key(ListOf(_POINT), "for points: what gives or takes points"),
    "start_points": Key(Number(), "for points: where each period begins; left out: 0"),
    "percentile": Key(Number("1", "100"), "for percentile: which one"),
    "unit": Key(
        String("a unit", _UNIT),
        "unit of the figure; times are in minutes, hours (left out) or days",
    ),
    "begins": Key(ANCHOR, "when measuring begins; left out: the contract's starts_on"),
    "ends": Key(ANCHOR, "when it ends; left out: the contract's ends_on"),
    "partial": PARTIAL,
    "confirmed_by": Key(
        Word("confirmers", "a party", ("customer", "vendor", "both", "third_party"), False),
        "who confirms the figure; before that it is not judged",
    ),
    "confirm_within": Key(AmountShape(), "silence for so long after the period confirms it"),
    "minimum_cases": Key(Number("0", whole=True), "fewer cases are not judged"),
}
_TIMED = (Figure.AVAILABILITY, Figure.DOWNTIME)
_ONLY_FOR = {
    "weights": _TIMED,
    "planned": (*_TIMED, Figure.MTBF),
    "shortest": _TIMED,
    "each_started": _TIMED,
    "growth": (Figure.GROWTH, Figure.RATIO),
    "scale": (Figure.RATIO,),
    "total_without_exempt": (Figure.AVAILABILITY,),
    "good": (Figure.SHARE,),
    "out_of": (Figure.SHARE, Figure.RATIO),
}
_UNITS = {
    Figure.SHARE: "%",
    Figure.AVAILABILITY: "%",
    Figure.POINTS: "points",
    Figure.COUNT: "times",
    Figure.REPEATS: "times",
    Figure.DOWNTIME: "hours",
    Figure.MTBF: "hours",
}


def build_measure(values: Values, reader: Reader) -> Clause:
    """A measure whose parts fit its figure; BadValueError says what is missing."""
    figure = Figure(values.get("figure"))
    _check_measure(figure, values)
    target, bounds = _target_of(values.get("target"))
    return Measure(
        **heading(values, reader, "quality", "contract"),
        figure=figure,
        period=values.get("period"),
        target=target,
        bounds=bounds,
        rounding=values.get("round"),
        shortest=values.get("shortest"),
        each_started=values.get("each_started"),
        growth=values.get("growth"),
        scale=values.get("scale", Decimal(1)),
        of_clauses=values.get("of", ()),
        facts=values.get("facts"),
        until=values.get("until"),
        attribute=values.get("attribute"),
        group_by=values.get("group_by", ()),
        exempt=values.get("exempt", ()),
        total_without_exempt=bool(values.get("total_without_exempt", False)),
        weights=values.get("weights", ()),
        planned=values.get("planned"),
        good=values.get("good"),
        out_of=values.get("out_of"),
        points=values.get("points", ()),
        start_points=values.get("start_points", Decimal(0)),
        percentile=values.get("percentile"),
        unit=_unit_of(figure, values),
        begins=values.get("begins", CONTRACT_START),
        ends=values.get("ends", CONTRACT_END),
        partial=Partial(values.get("partial", "full")),
        confirmed_by=values.get("confirmed_by", ""),
        confirm_within=values.get("confirm_within"),
        minimum_cases=int(values.get("minimum_cases", 0)),
    )


def _target_of(written: Values) -> tuple[Target, tuple[tuple[str, str], ...]]:
    """The fixed bounds of a target, and the parameters that stand for the others."""
    bounds: dict[str, Decimal | FromParameter] = dict(written.values)
    if not bounds:
        raise BadValueError(written.node, "missing_key", "a target needs a bound such as at_least")
    fixed = {key: one for key, one in bounds.items() if isinstance(one, Decimal)}
    named = [(key, one.name) for key, one in bounds.items() if isinstance(one, FromParameter)]
    return Target(**fixed), tuple(named)


def _unit_of(figure: Figure, values: Values) -> str:
    """The unit as written; a figure of time is in minutes, hours or days."""
    uses_time = figure in (Figure.DOWNTIME, Figure.MTBF) or (
        "of" in values and figure is not Figure.SHARE
    )
    unit: str = values.get("unit", _UNITS.get(figure, "hours" if uses_time else ""))
    if uses_time and unit not in _TIME_UNITS:
        hint = did_you_mean(unit, _TIME_UNITS)
        raise BadValueError(
            values.at("unit"),
            "unknown_word",
            Message('"{text}" is not {what}{hint}', text=unit, what="a unit of time", hint=hint),
        )
    return unit


_NEEDS: dict[Figure, tuple[str, ...]] = {
    Figure.COUNT: ("facts",),
    Figure.REPEATS: ("facts", "group_by"),
    Figure.MTBF: ("facts",),
    Figure.AVAILABILITY: ("facts", "until"),
    Figure.DOWNTIME: ("facts", "until"),
    Figure.POINTS: ("points",),
    Figure.SUM: ("facts", "attribute"),
    Figure.GROWTH: ("growth",),
}


def _needs(figure: Figure, values: Values) -> tuple[str, ...]:
    if figure is Figure.SHARE:
        if "facts" not in values:
            return ("of",)
        return ("attribute", "out_of") if "out_of" in values else ("good",)
    if figure is Figure.RATIO:
        return ("out_of",) if "growth" in values else ("facts", "out_of")
    if figure in _NEEDS:
        return _NEEDS[figure]
    more = ("percentile",) if figure is Figure.PERCENTILE else ()
    return more if "of" in values else ("facts", "attribute", *more)


def _check_measure(figure: Figure, values: Values) -> None:
    for key in _needs(figure, values):
        if key not in values:
            raise BadValueError(
                values.node,
                "unmeasurable",
                Message('the figure {figure} needs the key "{key}"', figure=figure, key=key),
            )
    for key in ("shortest", "each_started"):
        length: Amount | None = values.get(key)
        if length is not None and length.unit not in SECONDS and length.unit not in DAYS:
            raise BadValueError(
                values.at(key), "bad_amount", "an outage is measured in minutes, hours or days"
            )
    for key, figures in _ONLY_FOR.items():
        if key in values and figure not in figures:
            names = ", ".join(figures)
            raise BadValueError(
                values.at(key),
                "one_of",
                Message("{key} is only for the figures {names}", key=key, names=names),
            )
    if "confirm_within" in values and "confirmed_by" not in values:
        raise BadValueError(
            values.at("confirm_within"), "missing_key", "confirm_within needs confirmed_by"
        )


RECORDS = (_TARGET, _POINT, _WEIGHT, _PLANNED, _ROUND, _DIVISOR)
