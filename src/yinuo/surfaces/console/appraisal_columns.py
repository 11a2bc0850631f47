"""What appraisals have in their columns as a workbook; an empty cell is nothing known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.appraisal.types import Appraisal
from yinuo.surfaces.console.exports import Column


def _of(part: str, name: str) -> Callable[[Appraisal], Any]:
    """A figure of one part of the inputs; None where the part is not known."""

    def value(row: Appraisal) -> Any:
        found: Any = getattr(row.inputs, part)
        for step in name.split("."):
            found = None if found is None else getattr(found, step)
        return found

    return value


_FIGURES = (
    Column(_("Points"), _of("satisfaction", "score.points")),
    Column(_("Sheets and cases"), _of("satisfaction", "score.cases")),
    Column(_("Points a case"), _of("satisfaction", "score.mean")),
    Column(_("Fair score"), _of("satisfaction", "fair")),
    Column(pgettext_lazy("appraisal", "Published points"), lambda row: row.inputs.published),
    Column(pgettext_lazy("appraisal", "His engineers: points"), _of("supervised", "score.points")),
    Column(pgettext_lazy("appraisal", "His engineers: cases"), _of("supervised", "score.cases")),
    Column(pgettext_lazy("appraisal", "Days on duty"), _of("duty", "days")),
    Column(pgettext_lazy("appraisal", "Calls on duty"), _of("duty", "calls")),
    Column(pgettext_lazy("appraisal", "Minutes of calls"), _of("duty", "call_minutes")),
    Column(pgettext_lazy("appraisal", "Complaints on duty"), _of("duty", "complaints")),
    Column(pgettext_lazy("appraisal", "Duty allowance"), _of("duty", "allowance")),
    Column(pgettext_lazy("appraisal", "Taken off"), _of("duty", "deductions")),
    Column(pgettext_lazy("appraisal", "Duty pay"), _of("duty", "total")),
    Column(pgettext_lazy("appraisal", "Sales visits due"), _of("visits", "due")),
    Column(pgettext_lazy("appraisal", "Sales visits held"), _of("visits", "held")),
    Column(pgettext_lazy("appraisal", "Trainings attended"), _of("trained", "came")),
    Column(pgettext_lazy("appraisal", "Trainings passed"), _of("trained", "passed")),
    Column(pgettext_lazy("appraisal", "Trainings given"), _of("trained", "given")),
)
PEOPLE = (
    Column(_("Name"), lambda row: row.name),
    Column(_("Service unit"), lambda row: row.unit_name),
    *_FIGURES,
)
UNITS = (Column(_("Service unit"), lambda row: row.name), *_FIGURES)
MONTHS = (
    Column(_("Name"), lambda row: row.name),
    Column(_("Month"), lambda row: f"{row.month:%Y-%m}" if row.month else ""),
    *_FIGURES,
)
