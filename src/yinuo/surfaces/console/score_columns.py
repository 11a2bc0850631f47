"""What the counted answers have in their columns as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from yinuo.kernel.plan.reports import Satisfaction
from yinuo.surfaces.console.after_words import SATISFACTION
from yinuo.surfaces.console.exports import Column

# Over what a group is taken; by project the second name is the customer's.
SECOND = {"project": _("Customer")}


def columns(by: str) -> tuple[Column, ...]:
    """The columns of one grouping: who, how many of each opinion, cases, points, points a case."""
    return (
        Column(_("Name"), lambda row: row.name),
        Column(SECOND.get(by, _("Service unit")), lambda row: row.unit_name),
        *(Column(SATISFACTION[one.value], _count(one)) for one in Satisfaction),
        Column(_("Sheets and cases"), lambda row: row.score.cases),
        Column(_("Points"), lambda row: row.score.points),
        Column(_("Points a case"), lambda row: row.score.mean),
        Column(_("Fair score"), lambda row: row.fair),
    )


def _count(opinion: Satisfaction) -> Callable[[Any], int]:
    return lambda row: row.score.counts[opinion]
