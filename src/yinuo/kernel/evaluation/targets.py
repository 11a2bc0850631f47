"""Targets of measures: bounds the contract sets, parts of them, by how much they are passed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from yinuo.kernel.evaluation.clocks import number_of
from yinuo.kernel.evaluation.subjects import Subject, values_at
from yinuo.kernel.plan.clauses import FigureRounding, Target
from yinuo.kernel.plan.plan import Parameter
from yinuo.kernel.plan.wording import number_text

_SIX = Decimal("0.000001")
_MODES = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}


def rounded(figure: Decimal) -> Decimal:
    """Six decimals, without needless zeros."""
    return Decimal(number_text(figure.quantize(_SIX, rounding=ROUND_HALF_UP)))


def rounded_as(figure: Decimal, rule: FigureRounding | None) -> Decimal:
    """The figure in the places and the mode its clause asks for; unchanged without a rule.

    >>> rounded_as(Decimal("99.896"), FigureRounding(2, "down"))
    Decimal('99.89')
    """
    if rule is None:
        return figure
    places = Decimal(1).scaleb(-rule.places)
    return Decimal(number_text(figure.quantize(places, rounding=_MODES[rule.mode])))


def figure_of(subject: Subject, parameter: Parameter, at: datetime) -> Decimal | None:
    """The contract's figure as it was just before an instant, within the plan's bounds.

    The first value stated holds from the beginning; without any the default counts.
    """
    before = at - timedelta(microseconds=1)
    for holder in (subject, *subject.linked):
        if parameter.name in holder.attributes:
            number = number_of(values_at(holder, parameter.name, before))
            if number is not None and number >= 0:
                return parameter.within(number)
    return parameter.default


def target_at(
    target: Target,
    bounds: tuple[tuple[str, str], ...],
    parameters: Mapping[str, Parameter],
    subject: Subject,
    at: datetime,
) -> Target:
    """The target with the bounds that parameters stand for, as the contract had them then."""
    if not bounds:
        return target
    found = {key: figure_of(subject, parameters[name], at) for key, name in bounds}
    return Target(
        found.get("at_least", target.at_least),
        found.get("above", target.above),
        found.get("at_most", target.at_most),
        found.get("below", target.below),
    )


def scaled(target: Target, share: Decimal) -> Target:
    """The target of a shorter period: its upper bound shrinks with the time."""
    if share == 1 or target.at_most is None:
        return target
    return Target(target.at_least, target.above, rounded(target.at_most * share), target.below)


def shortfall(target: Target, figure: Decimal) -> Decimal | None:
    """What a figure lacks of a target missed; None when it is kept."""
    if target.holds(figure):
        return None
    for bound in (target.at_least, target.above):
        if bound is not None and figure <= bound:
            return bound - figure
    upper = target.at_most if target.at_most is not None else target.below
    return None if upper is None else figure - upper


def margin(target: Target, figure: Decimal) -> Decimal | None:
    """By how much a kept target is passed, on its nearer side; None when it is missed."""
    if not target.holds(figure):
        return None
    low = target.at_least if target.at_least is not None else target.above
    high = target.at_most if target.at_most is not None else target.below
    margins = [figure - low] if low is not None else []
    margins += [high - figure] if high is not None else []
    return min(margins, default=None)


def only_lower(target: Target) -> bool:
    """Whether nothing bounds the figure from above."""
    return target.at_most is None and target.below is None


def only_upper(target: Target) -> bool:
    """Whether nothing bounds the figure from below."""
    return target.at_least is None and target.above is None
