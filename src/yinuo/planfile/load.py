"""Load and check plan files."""

from __future__ import annotations

from dataclasses import dataclass, replace

from yinuo.kernel.calendars import HolidayTable
from yinuo.kernel.plan.plan import Plan
from yinuo.planfile.checks import check_plan
from yinuo.planfile.hashing import meaning_hash
from yinuo.planfile.plan import PlanReader
from yinuo.planfile.problems import PlanError, Problem, Severity
from yinuo.planfile.shapes import Reader
from yinuo.planfile.source import read_nodes, read_text


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a file gave: the plan unless it has errors, and every finding in order."""

    source: str
    plan: Plan | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The findings that keep the plan from being published."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The findings a person should read."""
        return tuple(one for one in self.problems if one.severity is Severity.WARNING)


def check_text(
    data: str | bytes, source: str = "plan", statutory: HolidayTable | None = None
) -> Checked:
    """Read a plan and say everything that is wrong with it. Never raises for a bad plan.

    `statutory` is the table of days off to read it with; without it the shipped one.
    """
    reader = Reader(statutory)
    try:
        text = data if isinstance(data, str) else read_text(data, source)
        plan = PlanReader(reader, read_nodes(text, source)).read()
    except PlanError as error:
        return Checked(source, None, error.problems)
    if plan is not None:
        plan = replace(plan, hash=meaning_hash(plan, reader.statutory))
        check_plan(plan, reader)
        if any(one.severity is Severity.ERROR for one in reader.problems):
            plan = None
    return Checked(source, plan, tuple(sorted(set(reader.problems))))


def load_plan(
    data: str | bytes, source_name: str = "plan", statutory: HolidayTable | None = None
) -> Plan:
    """The plan of a YAML text; PlanError with every finding when it has errors."""
    checked = check_text(data, source_name, statutory)
    if checked.plan is None:
        raise PlanError(source_name, checked.problems)
    return checked.plan
