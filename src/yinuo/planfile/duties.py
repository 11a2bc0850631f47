"""Recurring duties, measures and coverage duties as written."""

from __future__ import annotations

from decimal import Decimal

from yinuo.kernel.plan.anchors import Anchor, DateAnchor
from yinuo.kernel.plan.clauses import (
    Clause,
    Coverage,
    Figure,
    Kept,
    Measure,
    Outreach,
    PlannedWindows,
    PointRule,
    Recurring,
    Target,
    UsageEvery,
    Weight,
)
from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.periods import Partial
from yinuo.kernel.plan.selectors import ALWAYS
from yinuo.kernel.plan.words import ROLES, SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.heading import heading
from yinuo.planfile.limits import ATTRIBUTE, FACT, LIMIT
from yinuo.planfile.messages import Message
from yinuo.planfile.periods import PERIOD
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

PARTIAL = Key(
    Word("partials", "a rule for partial periods", [one.value for one in Partial], False),
    "first and last period when shorter: full (left out), prorated or skipped",
)
CONTRACT_START = DateAnchor("starts_on", "contract")
CONTRACT_END = DateAnchor("ends_on", "contract")

# -- recurring ------------------------------------------------------------------------------

_USAGE = Record(
    "a usage interval",
    {
        "attribute": Key(ATTRIBUTE, "the meter's attribute in facts, such as running_hours", True),
        "every": Key(Number(above_zero=True), "due again each time it has grown by this", True),
    },
    lambda values, reader: UsageEvery(values.get("attribute"), values.get("every")),
)


def _outreach(values: Values, reader: Reader) -> Outreach:
    ahead: Amount = values.get("ahead")
    earliest = ahead if ahead.lowest is not None else None
    latest = Amount(ahead.lowest, ahead.unit) if ahead.lowest is not None else ahead
    return Outreach(values.get("fact"), latest, earliest)


_OUTREACH = Record(
    "an outreach step",
    {
        "fact": Key(FACT, "what is done, such as contacted or reminded", True),
        "ahead": Key(AmountShape(), "so long before the duty is done; a range is a window", True),
    },
    _outreach,
)
RECURRING_KEYS: dict[str, Key] = {
    "done": Key(FACT_ANCHOR, "the fact that counts", True),
    "times": Key(Number("1", "1000", whole=True), "how often in each period; left out: 1"),
    "period": Key(PERIOD, "the period counted in"),
    "every": Key(AmountShape(), "instead of a period: so long after the last one"),
    "from": Key(
        Word("from", "a start", ("done", "due"), False),
        "with every: from the last done (left out) or the last due time",
    ),
    "begins": Key(ANCHOR, "when the duty begins; left out: the contract's starts_on"),
    "ends": Key(ANCHOR, "when it ends; left out: the contract's ends_on"),
    "max_gap": Key(AmountShape(), "at most so long between two"),
    "min_gap": Key(AmountShape(), "closer ones count as one"),
    "usage": Key(_USAGE, "also due by use; whichever comes first"),
    "outreach": Key(ListOf(_OUTREACH), "steps before each one"),
    "make_up": Key(AmountShape(), "a missed one may be made up for so long after the period"),
    "partial": PARTIAL,
}


def build_recurring(values: Values, reader: Reader) -> Clause:
    """A recurring duty; it needs a period, an interval or a usage interval."""
    if not any(key in values for key in ("period", "every", "usage")):
        raise BadValueError(
            values.node, "missing_key", "a recurring duty needs period, every or usage"
        )
    if "period" in values and "every" in values:
        raise BadValueError(values.at("every"), "one_of", "write period or every, not both")
    return Recurring(
        **heading(values, reader, "visit", "contract"),
        done=values.get("done"),
        times=int(values.get("times", 1)),
        period=values.get("period"),
        interval=values.get("every"),
        from_done=values.get("from", "done") == "done",
        begins=values.get("begins", CONTRACT_START),
        ends=values.get("ends", CONTRACT_END),
        max_gap=values.get("max_gap"),
        min_gap=values.get("min_gap"),
        usage=values.get("usage"),
        outreach=values.get("outreach", ()),
        make_up=values.get("make_up"),
        partial=Partial(values.get("partial", "full")),
    )


# -- measures -------------------------------------------------------------------------------

_BOUND: Shape = PercentShape(zero=True)
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
    "out_of": Key(ATTRIBUTE, "for share: sum of `attribute` in the sum of this attribute"),
    "points": Key(ListOf(_POINT), "for points: what gives or takes points"),
    "start_points": Key(Number(), "for points: where each period begins; left out: 0"),
    "percentile": Key(Number("1", "100"), "for percentile: which one"),
    "unit": Key(
        Word("figure_units", "a unit", ("minutes", "hours", "days", "%", "points", "times"), False),
        "unit of the figure; left out: hours of time, % of shares",
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
    "total_without_exempt": (Figure.AVAILABILITY,),
    "good": (Figure.SHARE,),
    "out_of": (Figure.SHARE,),
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
    target: Values = values.get("target")
    bounds: dict[str, Decimal] = dict(target.values)
    if len(bounds) == 0:
        raise BadValueError(target.node, "missing_key", "a target needs a bound such as at_least")
    uses_time = "of" in values and figure is not Figure.SHARE
    unit = values.get("unit", _UNITS.get(figure, "hours" if uses_time else ""))
    return Measure(
        **heading(values, reader, "quality", "contract"),
        figure=figure,
        period=values.get("period"),
        target=Target(**bounds),
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
        unit=unit,
        begins=values.get("begins", CONTRACT_START),
        ends=values.get("ends", CONTRACT_END),
        partial=Partial(values.get("partial", "full")),
        confirmed_by=values.get("confirmed_by", ""),
        confirm_within=values.get("confirm_within"),
        minimum_cases=int(values.get("minimum_cases", 0)),
    )


_NEEDS: dict[Figure, tuple[str, ...]] = {
    Figure.COUNT: ("facts",),
    Figure.REPEATS: ("facts", "group_by"),
    Figure.MTBF: ("facts",),
    Figure.AVAILABILITY: ("facts", "until"),
    Figure.DOWNTIME: ("facts", "until"),
    Figure.POINTS: ("points",),
    Figure.SUM: ("facts", "attribute"),
}


def _needs(figure: Figure, values: Values) -> tuple[str, ...]:
    if figure is Figure.SHARE:
        if "facts" not in values:
            return ("of",)
        return ("attribute", "out_of") if "out_of" in values else ("good",)
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


# -- coverage -------------------------------------------------------------------------------

COVERAGE_KEYS: dict[str, Key] = {
    "kept": Key(
        Word("kept", "a thing kept", [one.value for one in Kept], False),
        "stock, people, certificate or document",
        True,
    ),
    "each": Key(Number("1", "100000", whole=True), "how many for each; left out: 1"),
    "per": Key(Number("1", "100000", whole=True), "for every started so many of `counted`"),
    "counted": Key(
        Word("subjects", "a subject kind", SUBJECT_KINDS),
        "with per: what is counted; left out: asset",
    ),
    "by": Key(ATTRIBUTE, "one for each value of this attribute; left out: model"),
    "items": Key(ListOf(String()), "one for each of these, instead of what was delivered"),
    "role": Key(Word("roles", "a role", ROLES), "for people: the role"),
    "start": Key(ANCHOR, "for documents: from when they are due"),
    "limit": Key(LIMIT, "for documents: how long it may take"),
}


def build_coverage(values: Values, reader: Reader) -> Clause:
    """A coverage duty."""
    kept = Kept(values.get("kept"))
    if kept is Kept.DOCUMENT and not all(key in values for key in ("items", "start", "limit")):
        raise BadValueError(values.node, "unmeasurable", "documents need items, start and limit")
    return Coverage(
        **heading(values, reader, "stock", "contract"),
        kept=kept,
        each=int(values.get("each", 1)),
        per=None if "per" not in values else int(values.get("per")),
        counted=values.get("counted", "asset"),
        by=values.get("by", "model"),
        items=values.get("items", ()),
        role=values.get("role", ""),
        start=values.get("start"),
        limit=values.get("limit"),
    )


def default_ends(values: Values) -> Anchor:
    """The end of a duty that names none: the contract's last day."""
    end: Anchor = values.get("ends", CONTRACT_END)
    return end


RECORDS = (_USAGE, _OUTREACH, _TARGET, _POINT, _WEIGHT, _PLANNED)
