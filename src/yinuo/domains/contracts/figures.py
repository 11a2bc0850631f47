"""The figures a contract may set: those its plan leaves open, and those every contract knows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.kernel.cover import goodwill, renewal
from yinuo.kernel.evaluation.clocks import number_of
from yinuo.kernel.plan.limits import Unit
from yinuo.kernel.plan.plan import Parameter, Plan
from yinuo.kernel.plan.text import Text

NOTHING, ALL, LONGEST = Decimal(0), Decimal(1000), Decimal(3660)
_DEAREST = Decimal(10) ** 12 - 1

# What the price of a renewal and goodwill after the end are read from; a plan may set its own.
OF_EVERY_CONTRACT = (
    Parameter(
        renewal.OF_TOTAL,
        None,
        None,
        Text("每年续保费占合同总价的百分比", "Percent of the total that a year of renewal costs"),
        NOTHING,
        ALL,
    ),
    Parameter(
        renewal.OF_FEE,
        None,
        None,
        Text(
            "每年续保费占上年年费的百分比", "Percent of the last annual fee a year of renewal costs"
        ),
        NOTHING,
        ALL,
    ),
    Parameter(
        renewal.FIXED,
        None,
        None,
        Text("每年续保费（元）", "Price of a year of renewal in yuan"),
        NOTHING,
        _DEAREST,
    ),
    Parameter(
        goodwill.DAYS,
        Unit.DAY,
        None,
        Text("到期后优惠期", "Goodwill after the end"),
        NOTHING,
        LONGEST,
    ),
    Parameter(
        goodwill.UP_TO,
        None,
        None,
        Text("到期后每次优惠上限（元）", "Goodwill up to, a case, in yuan"),
        NOTHING,
        _DEAREST,
    ),
)


def figures_of(plan: Plan) -> tuple[Parameter, ...]:
    """Every figure that contracts of a plan may set; the plan's own come first."""
    own = {one.name for one in plan.parameters}
    return plan.parameters + tuple(one for one in OF_EVERY_CONTRACT if one.name not in own)


def set_figures(
    plan_version_id: int, parameters: Mapping[str, Any], names: tuple[str, ...]
) -> dict[str, Decimal]:
    """Those of these figures that are set: by the contract, else by the plan's default."""
    defaults = {one.name: one.default for one in compiled_plan(plan_version_id).plan.parameters}
    given = {name: number_of(parameters.get(name, defaults.get(name))) for name in names}
    return {name: figure for name, figure in given.items() if figure is not None}
