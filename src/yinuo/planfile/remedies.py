"""Remedies as written."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from yinuo.kernel.plan.limits import DAYS, SECONDS, Amount
from yinuo.kernel.plan.remedies import Band, Base, Cap, Extension, Grant, Money, Per, Price, Remedy
from yinuo.kernel.plan.selectors import ALWAYS, Between
from yinuo.kernel.plan.text import EMPTY
from yinuo.kernel.plan.words import BASES, GRANTS, OWERS, SUBJECT_KINDS
from yinuo.planfile.amounts import AmountShape, approximate_seconds
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.messages import Message
from yinuo.planfile.periods import PERIOD
from yinuo.planfile.problems import Severity, did_you_mean
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
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
    number_in,
    scalar,
)
from yinuo.planfile.source import Node


class BaseShape(Shape):
    """`contract.total`, `asset.monthly_fee`: whose attribute a percentage is taken of."""

    def read(self, node: Node, reader: Reader) -> Base:
        text = scalar(node, "a base such as contract.total")
        owner, dot, attribute = text.partition(".")
        if not dot:
            owner, attribute = "contract", text
        owners = {"subject", *SUBJECT_KINDS, *reader.words.get("subjects", set())}
        if owner not in owners:
            raise BadValueError(
                node,
                "unknown_word",
                Message(
                    '"{owner}" owns no base{hint}', owner=owner, hint=did_you_mean(owner, owners)
                ),
            )
        known = {*BASES, *reader.words.get("bases", set())}
        if attribute not in known:
            hint = did_you_mean(attribute, known)
            raise BadValueError(
                node,
                "unknown_word",
                Message('"{attribute}" is no base{hint}', attribute=attribute, hint=hint),
            )
        return Base(attribute, owner)

    def schema(self) -> Schema:
        return {"type": "string", "description": "owner.base, such as contract.total"}


class PercentShape(Shape):
    """A percentage: `1 %`, `0.5%` or the bare number; `5 ‰` is half a per cent."""

    def __init__(self, zero: bool = False) -> None:
        self._zero = zero

    def read(self, node: Node, reader: Reader) -> Decimal:
        text = scalar(node, "a percentage such as 1 %").strip()
        number = number_in(text.removesuffix("%").removesuffix("‰"))
        if number is None:
            raise BadValueError(
                node, "wrong_type", Message('"{text}" is no percentage such as 1 %', text=text[:40])
            )
        if text.endswith("‰"):
            number /= 10
        if self._zero:
            return number
        if not 0 < number <= 1000:
            raise BadValueError(node, "bad_value", "a percentage lies above 0 and up to 1000")
        return number

    def schema(self) -> Schema:
        return {"type": ["number", "string"]}


class BoundShape(Shape):
    """A bound of a band: an amount of time for lateness (kept in seconds) or a plain number."""

    def read(self, node: Node, reader: Reader) -> Decimal:
        text = scalar(node, "a bound").strip()
        number = number_in(text.removesuffix("%"))
        if number is not None:
            return number
        return approximate_seconds(AmountShape(zero=True).read(node, reader))

    def schema(self) -> Schema:
        return {"type": ["number", "string"]}


class FractionShape(Shape):
    """A fraction `1/30`, kept as its two numbers so that nothing is lost."""

    def read(self, node: Node, reader: Reader) -> tuple[Decimal, Decimal]:
        text = scalar(node, "a fraction such as 1/30")
        part, slash, whole = text.partition("/")
        upper, lower = number_in(part), number_in(whole)
        if not slash or upper is None or lower is None or upper <= 0 or lower <= 0:
            raise BadValueError(
                node, "wrong_type", Message('"{text}" is no fraction such as 1/30', text=text[:40])
            )
        return upper, lower

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*/\s*\d+(\.\d+)?\s*$"}


_STEPS = ("breach", "case", "unit", "unit_short", "unit_over", "percent_short")
_PRICE_KEYS = {
    "percent": Key(PercentShape(), "a percentage of the base"),
    "of": Key(BaseShape(), "the base of the percentage"),
    "amount": Key(Number("0", above_zero=True), "a fixed amount in the plan's currency"),
    "share": Key(FractionShape(), "a fraction of the base, such as 1/30"),
    "parameter": Key(
        Known("parameters", "a parameter of this plan"),
        "set by the contract: with `of` a percentage, else an amount",
    ),
}
_STEP_KEYS = {
    "per": Key(
        Word("per", "a step", _STEPS, False),
        "what one step is; left out: breach; `unit` may stand beside a stretch of lateness",
    ),
    "per_short": Key(
        Number(above_zero=True), "one step for each started so much short of the target"
    ),
    "per_started": Key(
        AmountShape(), "one step for each started stretch of lateness, such as 1 hour"
    ),
    "per_full": Key(AmountShape(), "one step for each full stretch of lateness"),
}


def price_of(values: Values, reader: Reader, base: Base | None = None) -> Price:
    """The price a record names; BadValueError when it is none, two, or a percentage of nothing."""
    written = [name for name in ("percent", "share", "amount", "parameter") if name in values]
    if len(written) != 1:
        raise BadValueError(
            values.node, "one_of", "a price is exactly one of percent, share, amount, parameter"
        )
    used = values.get("of", base)
    if ("percent" in values or "share" in values) and used is None:
        raise BadValueError(
            values.node, "no_base", "a percentage needs its base: of: contract.total …"
        )
    if "amount" in values and "of" in values:
        raise BadValueError(values.at("of"), "one_of", "only a percentage has a base")
    if "parameter" in values and reader.shared.get(f"parameter:{values.get('parameter')}"):
        raise BadValueError(
            values.at("parameter"), "wrong_type", "this parameter is a time, not a figure"
        )
    upper, lower = values.get("share", (None, Decimal(1)))
    return Price(
        values.get("percent") if upper is None else upper * 100,
        None if "amount" in values else used,
        values.get("amount"),
        values.get("parameter"),
        lower,
    )


def step_of(values: Values) -> tuple[Per, Amount | None]:
    """What a remedy counts: breaches, started or full stretches, points short …"""
    written = [name for name in ("per", "per_started", "per_full", "per_short") if name in values]
    if len(written) > 1 and not _is_by_unit(values):
        raise BadValueError(
            values.node, "one_of", Message("write one of {names}", names=" and ".join(written))
        )
    if "per_started" in values:
        return Per.STARTED, values.get("per_started")
    if "per_full" in values:
        return Per.FULL, values.get("per_full")
    name = "unit_short" if "per_short" in values else values.get("per", "breach")
    return Per.PERCENT_SHORT if name in ("unit_short", "unit_over") else Per(name), None


def _is_by_unit(values: Values) -> bool:
    """Whether steps of lateness are counted for each unit: `per: unit` beside a stretch."""
    stretches = [name for name in ("per_started", "per_full", "per_short") if name in values]
    return values.get("per") == "unit" and len(stretches) == 1


_BAND = Record(
    "a band",
    {
        "above": Key(BoundShape(), "more than this"),
        "at_least": Key(BoundShape(), "this or more"),
        "up_to": Key(BoundShape(), "this or less"),
        "below": Key(BoundShape(), "less than this"),
        **_PRICE_KEYS,
    },
)


def _money(values: Values, reader: Reader) -> Money:
    per, step = step_of(values)
    by_unit, short = _is_by_unit(values), values.get("per_short", Decimal(1))
    pro_rata = bool(values.get("pro_rata", False))
    if pro_rata and not _is_divisible(per, step):
        raise BadValueError(
            values.at("pro_rata"),
            "one_of",
            "in proportion counts only steps of fixed length, such as per_started: 1 hour",
        )
    if "bands" not in values:
        price = price_of(values, reader)
        return Money(price, per, step, by_unit=by_unit, short=short, pro_rata=pro_rata)
    if any(name in values for name in ("percent", "share", "amount", "parameter")):
        raise BadValueError(values.node, "one_of", "with bands, each band says its price")
    base = values.get("of")
    bands = tuple(_band(one, reader, base) for one in values.get("bands"))
    _check_bands(bands, values, reader)
    graduated = bool(values.get("graduated", False))
    return Money(None, per, step, bands, graduated, by_unit, short, pro_rata)


def _is_divisible(per: Per, step: Amount | None) -> bool:
    """Whether a step has a fixed length, so that parts of it can be counted."""
    if per is Per.PERCENT_SHORT:
        return True
    return step is not None and (step.unit in SECONDS or step.unit in DAYS)


def _check_bands(bands: tuple[Band, ...], values: Values, reader: Reader) -> None:
    """Two bands that hold one value are an error, values between two bands a warning."""
    node = values.at("bands")
    spans = sorted(
        (Between(one.above, one.up_to, one.at_least, one.below) for one in bands),
        key=lambda one: one.low,
    )
    for lower, upper in pairwise(spans):
        if upper.low < lower.high:
            raise BadValueError(
                node, "overlap", "two bands hold the same value; give each its own stretch"
            )
        if lower.high < upper.low:
            message = "values between two bands bring nothing; let the bands meet"
            reader.say(node, Severity.WARNING, "gap", message)


def _band(values: Values, reader: Reader, base: Base | None) -> Band:
    bounds = {name: values.get(name) for name in ("above", "at_least", "up_to", "below")}
    if all(one is None for one in bounds.values()):
        raise BadValueError(
            values.node, "missing_key", "a band needs a bound: above, at_least, up_to, below"
        )
    low = bounds["above"] if bounds["above"] is not None else bounds["at_least"]
    high = bounds["up_to"] if bounds["up_to"] is not None else bounds["below"]
    if low is not None and high is not None and low >= high:
        raise BadValueError(
            values.node, "bad_range", "the lower bound of a band lies below the upper one"
        )
    return Band(price_of(values, reader, base), **bounds)


_MONEY = Record(
    "a penalty",
    {
        **_PRICE_KEYS,
        **_STEP_KEYS,
        "bands": Key(ListOf(_BAND), "prices by lateness or by measured value"),
        "pro_rata": Key(YesNo(), "parts of a step count in proportion, not as started ones"),
        "graduated": Key(
            YesNo(), "each band prices its own stretch; left out: the band reached prices all"
        ),
    },
    _money,
)


def _cap(values: Values, reader: Reader) -> Cap:
    return Cap(price_of(values, reader), values.get("over"), values.get("shared"))


_CAP = Record(
    "a cap",
    {
        **_PRICE_KEYS,
        "over": Key(PERIOD, "for all breaches in this period; left out: for each breach"),
        "shared": Key(String("a name", CODE), "remedies with this name share the cap"),
    },
    _cap,
)


_LEAST = Record("a least amount", _PRICE_KEYS)


def _extension(values: Values, reader: Reader) -> Extension:
    per, step = step_of(values)
    short = values.get("per_short", Decimal(1))
    return Extension(values.get("by"), values.get("of", "contract"), per, step, short)


_EXTENSION = Record(
    "an extension",
    {
        "of": Key(
            Word("terms", "a term", ["contract", "warranty", "support"], False),
            "which term grows; left out: contract",
        ),
        "by": Key(AmountShape(natural=True), "by how much for each step", required=True),
        **_STEP_KEYS,
    },
    _extension,
)
_GRANT = Record(
    "a grant",
    {
        "kind": Key(Word("grants", "a remedy in kind", GRANTS), "what is given", required=True),
        "text": Key(Bilingual(), "the words of it"),
    },
    lambda values, reader: Grant(values.get("kind"), values.get("text", EMPTY)),
    short=lambda node, reader: Grant(Word("grants", "a remedy in kind", GRANTS).read(node, reader)),
)


def _remedy(values: Values, reader: Reader) -> Remedy:
    forms = [name for name in ("penalty", "bonus", "extend", "grant") if name in values]
    term = values.get(forms[0])
    caps: tuple[Cap, ...] = values.get("cap", ())
    for cap in caps:
        if not isinstance(term, Money):
            raise BadValueError(values.at("cap"), "bad_cap", "only money has a cap")
        _check_cap(cap, term, values.at("cap"))
    least: Values | None = values.get("at_least")
    if least is not None and not isinstance(term, Money):
        raise BadValueError(values.at("at_least"), "bad_cap", "only money has a least amount")
    return Remedy(
        values.get("id", ""),
        term,
        values.get("title", EMPTY),
        values.get("when", ALWAYS),
        values.get("unless"),
        values.get("grace"),
        None if least is None else price_of(least, reader),
        caps,
        values.get("exclusive"),
        values.get("paid_by", ""),
        int(values.get("from_breach", 1)),
        int(values.get("in_a_row", 1)),
        values.get("within"),
        bool(values.get("counted_in_calendar", False)),
        values.get("claim_within"),
        "bonus" in values,
    )


def _check_cap(cap: Cap, money: Money, node: Node) -> None:
    prices = [money.price] if money.price is not None else [band.price for band in money.bands]
    if cap.price.percent is not None and cap.price.percent > 100 * cap.price.over:
        raise BadValueError(node, "cap_above_base", "the cap lies above its base (more than 100 %)")
    for price in prices:
        one, most = price, cap.price
        smaller = (
            one.percent is not None
            and most.percent is not None
            and one.base == most.base
            and most.percent / most.over < one.percent / one.over
        ) or (one.amount is not None and most.amount is not None and most.amount < one.amount)
        if smaller:
            raise BadValueError(
                node, "cap_below_step", "the cap lies below a single step of the penalty"
            )


REMEDY = Record(
    "a remedy",
    {
        "id": Key(String("a name", CODE), "name of the remedy; left out: its number"),
        "title": Key(Bilingual(), "its words"),
        "penalty": Key(_MONEY, "money when the promise is missed"),
        "bonus": Key(_MONEY, "money when it is kept: by earliness, or by a better figure"),
        "extend": Key(_EXTENSION, "time"),
        "grant": Key(_GRANT, "in kind"),
        "when": Key(ConditionShape(free=True), "only for subjects with these attributes"),
        "unless": Key(ConditionShape(free=True), "not for subjects with these attributes"),
        "grace": Key(
            AmountShape(), "lateness up to this brings nothing; beyond it all of it counts"
        ),
        "at_least": Key(_LEAST, "the least a breach costs"),
        "cap": Key(ListOf(_CAP, or_one=True), "the most it comes to; of several all hold"),
        "exclusive": Key(
            String("a name", CODE), "of remedies with this name only the largest is due"
        ),
        "paid_by": Key(
            Word("owers", "a party", OWERS, False), "who pays; left out: who owes the promise"
        ),
        "from_breach": Key(Number("1", "1000", whole=True), "only from the Nth breach in `within`"),
        "within": Key(PERIOD, "the period in which breaches are counted"),
        "in_a_row": Key(
            Number("1", "1000", whole=True), "only from the Nth breach with none kept between"
        ),
        "claim_within": Key(
            AmountShape(), "lapses unless the fact claimed follows so soon after the due time"
        ),
        "counted_in_calendar": Key(YesNo(), "lateness counts in the clause's calendar"),
    },
    _remedy,
    one_of=("penalty", "bonus", "extend", "grant"),
)
RECORDS = (REMEDY, _MONEY, _BAND, _LEAST, _CAP, _EXTENSION, _GRANT)
