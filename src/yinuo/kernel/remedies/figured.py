"""What steps and bands of remedies are counted by: lateness, or a figure beside its target."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from yinuo.kernel.evaluation.clocks import number_of
from yinuo.kernel.evaluation.results import Obligation
from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.plan.remedies import Band, Money, Per
from yinuo.kernel.plan.text import Text
from yinuo.kernel.plan.wording import amount_words, number_text
from yinuo.kernel.remedies.steps import stretch_seconds


def measured(one: Obligation, late: timedelta) -> Decimal:
    """What bands are held against: the figure of a measure, else the lateness in seconds."""
    if one.value is not None:
        return one.value.figure
    return seconds(late)


def seconds(span: timedelta) -> Decimal:
    """A length of time in seconds, exact."""
    return Decimal(span // timedelta(microseconds=1)) / 1_000_000


def way(one: Obligation, late: timedelta) -> tuple[Decimal, Decimal]:
    """What graduated bands price: lateness from 0, or a figure from its target, lower end first."""
    if one.value is None:
        return Decimal(0), seconds(late)
    value, bounds = one.value, one.value.bounds
    if bounds is None:
        return Decimal(0), value.figure
    lower = bounds.at_least if bounds.at_least is not None else bounds.above
    if value.short is not None:
        is_below = lower is not None and value.figure <= lower
    else:
        is_below = lower is None
    way = value.short if value.short is not None else value.beyond or Decimal(0)
    return (value.figure, value.figure + way) if is_below else (value.figure - way, value.figure)


def ends(band: Band) -> tuple[Decimal | None, Decimal | None]:
    """The lower and the upper end of a band; None where it is open."""
    low = band.above if band.above is not None else band.at_least
    return low, band.up_to if band.up_to is not None else band.below


def stretch_steps(term: Money, stretch: Decimal) -> Decimal:
    """How many steps of its price a stretch of lateness or of a figure comes to."""
    length = None if term.step is None else stretch_seconds(term.step)
    if term.per is Per.PERCENT_SHORT:
        length = term.short
    if length is None:
        return Decimal(1)
    if term.pro_rata:
        return stretch / length
    whole, rest = divmod(stretch, length)
    return whole + (1 if rest and term.per is not Per.FULL else 0)


def points_short(one: Obligation, step: Decimal, *, pro_rata: bool) -> Decimal | int:
    """Started steps short of a target missed; full steps beyond one kept; parts when pro rata."""
    value = one.value
    if value is None:
        return 1
    if pro_rata:
        return (value.short if value.short is not None else value.beyond or Decimal(0)) / step
    if value.beyond is not None:
        return int(value.beyond // step)
    if value.short is None:
        return 1
    whole, rest = divmod(value.short, step)
    return int(whole) + (1 if rest else 0)


def units(one: Obligation, subject: Subject) -> int:
    """How many units a breach is about: the attribute `units`, else what is missing."""
    number = number_of(subject.lookup("units"))
    if number is None or number < 0:
        return max(len(one.missing), 1)
    return int(min(number, Decimal(1_000_000)))


def counted_words(words: Text, term: Money, count: Decimal | int) -> Text:
    """The words of a price times the steps counted."""
    shown = number_text(round(Decimal(count), 6))
    if term.step is None:
        return words if count == 1 else Text(f"{words.zh} × {shown}", f"{words.en} × {shown}")
    step = amount_words(term.step)
    kind = Text("起算", "started ") if term.per is Per.STARTED else Text("满", "full ")
    if term.pro_rata:
        kind = Text("", "per ")
    return Text(
        f"{words.zh} × {shown}（每{kind.zh} {step.zh}）",
        f"{words.en} × {shown} ({kind.en}{step.en})",
    )
