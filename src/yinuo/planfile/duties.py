"""Recurring duties and coverage duties as written."""

from __future__ import annotations

from decimal import Decimal

from yinuo.kernel.plan.anchors import Anchor, DateAnchor
from yinuo.kernel.plan.clauses import (
    Clause,
    Coverage,
    Kept,
    Outreach,
    Recurring,
    UsageEvery,
)
from yinuo.kernel.plan.limits import Amount, FromParameter
from yinuo.kernel.plan.periods import Partial
from yinuo.kernel.plan.words import ROLES, SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape
from yinuo.planfile.anchors import ANCHOR, FACT_ANCHOR
from yinuo.planfile.heading import heading
from yinuo.planfile.limits import ATTRIBUTE, FACT, LIMIT
from yinuo.planfile.messages import Message
from yinuo.planfile.parameters import OrParameter
from yinuo.planfile.periods import PERIOD
from yinuo.planfile.shapes import (
    BadValueError,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    String,
    Values,
    Word,
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
    "times": Key(
        OrParameter(Number("1", "1000", whole=True), timed=False),
        "how often in each period; left out: 1",
    ),
    "period": Key(PERIOD, "the period counted in"),
    "every": Key(
        OrParameter(AmountShape(), timed=True), "instead of a period: so long after the last one"
    ),
    "due_after_begin": Key(AmountShape(), "due so long after the period began, not at its end"),
    "due_after_end": Key(
        AmountShape(), "due so long after the period ended, and done after its end"
    ),
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
    _check_due(values)
    times, every = values.get("times", Decimal(1)), values.get("every")
    return Recurring(
        **heading(values, reader, "visit", "contract"),
        done=values.get("done"),
        times=1 if isinstance(times, FromParameter) else int(times),
        times_parameter=times.name if isinstance(times, FromParameter) else "",
        period=values.get("period"),
        interval=None if isinstance(every, FromParameter) else every,
        interval_parameter=every.name if isinstance(every, FromParameter) else "",
        due_after_begin=values.get("due_after_begin"),
        due_after_end=values.get("due_after_end"),
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


def _check_due(values: Values) -> None:
    written = [key for key in ("due_after_begin", "due_after_end") if key in values]
    if len(written) > 1:
        names = " and ".join(written)
        raise BadValueError(
            values.at(written[1]), "one_of", Message("write one of {names}", names=names)
        )
    for key in written:
        if "period" not in values:
            raise BadValueError(
                values.at(key), "missing_key", Message("{key} needs period", key=key)
            )
        if "make_up" in values:
            raise BadValueError(
                values.at("make_up"), "one_of", Message("{key} says when it is late", key=key)
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


RECORDS = (_USAGE, _OUTREACH)
