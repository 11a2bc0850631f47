"""What a plan says about the time after a repair: the fields of reports, the worth of opinions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yinuo.kernel.plan.plan import Choice, Plan, ReportField, ReportForm
from yinuo.kernel.plan.text import Text

PROBLEM = "problem"


class Satisfaction(StrEnum):
    """What a customer says of the service, the best first (LV-08)."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    FAIR = "fair"
    NO_STATEMENT = "no_statement"
    DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class Worth:
    """The points of one opinion."""

    opinion: Satisfaction
    points: Decimal


_S = Satisfaction
# LV-08; a plan may set its own.
USUAL_POINTS = {
    _S.VERY_SATISFIED: Decimal(5),
    _S.SATISFIED: Decimal(3),
    _S.FAIR: Decimal(2),
    _S.NO_STATEMENT: Decimal(1),
    _S.DISSATISFIED: Decimal(-5),
}


def points_of(plan: Plan | None, opinion: Satisfaction) -> Decimal:
    """The points a plan gives an opinion; the usual ones where it, or no plan, says nothing.

    >>> points_of(None, Satisfaction.DISSATISFIED)
    Decimal('-5')
    """
    given = dict(plan.satisfaction) if plan else {}
    return given.get(opinion.value, USUAL_POINTS[opinion])


def report_form(plan: Plan | None, code: str = PROBLEM) -> ReportForm:
    """The fields of a report as the plan writes them, the usual ones where it says nothing."""
    forms = plan.reports if plan else ()
    return next((form for form in forms if form.code == code), USUAL_PROBLEM_REPORT)


def _kind(code: str, zh: str, en: str) -> Choice:
    return Choice(code, Text(zh, en))


# BP-11 names kind, cause, method and losses; the rest are shipped defaults.
USUAL_PROBLEM_REPORT = ReportForm(
    PROBLEM,
    Text("问题报告", "Problem report"),
    (
        ReportField(
            "kind",
            Text("问题类型", "Kind of problem"),
            needed=True,
            choices=(
                _kind("hardware", "硬件故障", "Hardware"),
                _kind("software", "软件故障", "Software"),
                _kind("network", "网络故障", "Network"),
                _kind("data", "数据问题", "Data"),
                _kind("environment", "供电与环境", "Power or surroundings"),
                _kind("operation", "操作问题", "Operation"),
                _kind("other", "其他", "Other"),
            ),
        ),
        ReportField("symptom", Text("故障现象", "Symptom"), needed=True),
        ReportField("cause", Text("原因分析", "Cause"), needed=True),
        ReportField("method", Text("处理方法", "What was done"), needed=True),
        ReportField("parts", Text("更换部件", "Parts replaced")),
        ReportField("loss", Text("损失与影响", "Losses and effect"), needed=True),
        ReportField("prevention", Text("预防措施", "Prevention")),
    ),
)
