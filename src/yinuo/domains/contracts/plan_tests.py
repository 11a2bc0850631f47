"""Test cases of a plan: facts and an instant, and the promises and amounts they must come to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.kernel.evaluation import Evaluator
from yinuo.kernel.plan.plan import Plan
from yinuo.planfile.factlines import read_facts
from yinuo.platform.errors import InvalidInput

MOST_FACTS, MOST_ROWS = 200, 400
# What a kept fact may say besides the plan's own selectors and figures: nothing a person wrote.
PLAIN_ATTRIBUTES = frozenset(
    {
        "until",
        "reason",
        "level",
        "category",
        "region",
        "starts_on",
        "ends_on",
        "signed_on",
        "accepted_on",
        "total",
        "annual_fee",
        "monthly_fee",
        "unit_monthly_fee",
        "units",
        "quantity",
        "travel_minutes",
    }
)
SUBJECT = "request:1"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing a test case came to otherwise: which clause, what of it, expected and got."""

    clause: str
    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How a test case went. `problem` says why it could not be run at all."""

    deviations: tuple[Deviation, ...] = ()
    problem: str = ""

    @property
    def passes(self) -> bool:
        """Whether everything came out as expected."""
        return not self.deviations and not self.problem


def outcome_of(
    evaluator: Evaluator, facts: Iterable[Mapping[str, Any]], as_of: datetime
) -> dict[str, Any]:
    """What the facts come to at that instant, ready for JSON: promises and amounts.

    Raises InvalidInput when a fact cannot be read.
    """
    lines = "\n".join(json.dumps(dict(one), ensure_ascii=False) for one in facts)
    read, problems = read_facts(lines.encode(), evaluator.plan)
    wrong = [one for one in problems if one.severity == "error"]
    if wrong:
        said = wrong[0].said(get_language() or "zh-hans")
        raise InvalidInput({"facts": _("Fact %(number)s: %(said)s") % _said(wrong[0].line, said)})
    if len(read) > MOST_FACTS:
        raise InvalidInput({"facts": _("A test case has at most 200 facts.")})
    evaluation = evaluator.evaluate(read, as_of)
    return {
        "promises": [
            {
                "clause": one.clause_id,
                "number": one.number,
                "state": one.state.value,
                "due_at": one.due_at.isoformat() if one.due_at else None,
            }
            for one in evaluation.obligations[:MOST_ROWS]
        ],
        "amounts": [
            {"clause": one.clause_id, "remedy": one.remedy_id, "amount": _amount(one.amount)}
            for one in evaluation.remedies[:MOST_ROWS]
        ],
    }


def _said(number: int, said: str) -> dict[str, Any]:
    return {"number": number, "said": said}


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def run_test(
    evaluator: Evaluator,
    facts: Iterable[Mapping[str, Any]],
    as_of: datetime,
    expected: Mapping[str, Any],
) -> CaseRun:
    """Whether the facts come to what is expected, and where they do not."""
    try:
        got = outcome_of(evaluator, facts, as_of)
    except InvalidInput as error:
        return CaseRun(problem=" ".join(str(one) for one in error.fields.values()))
    found: list[Deviation] = []
    wanted, come = _promises(expected), _promises(got)
    for key in dict.fromkeys([*wanted, *come]):
        one, other = wanted.get(key, {}), come.get(key, {})
        for what in ("state", "due_at"):
            before, after = one.get(what), other.get(what)
            if _value(before) != _value(after):
                found.append(Deviation(key[0], what, str(before or ""), str(after or "")))
    owed, made = _amounts(expected), _amounts(got)
    for clause in dict.fromkeys([*owed, *made]):
        if owed.get(clause) != made.get(clause):
            sums = owed.get(clause, ()), made.get(clause, ())
            found.append(Deviation(clause, "amount", *(", ".join(one) for one in sums)))
    return CaseRun(tuple(found))


def _promises(outcome: Mapping[str, Any]) -> dict[tuple[str, int], Mapping[str, Any]]:
    rows = outcome.get("promises", ())
    return {(one["clause"], int(one.get("number", 0))): one for one in rows}


def _amounts(outcome: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in outcome.get("amounts", ()):
        amount = one.get("amount")
        shown = "" if amount is None else f"{Decimal(amount).normalize():f}"
        found[one["clause"]] = (*found.get(one["clause"], ()), shown)
    return found


def _value(value: Any) -> Any:
    """An instant as such, however it is written."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def reported_fact(select: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """The one fact of a case reported at `at` with these attributes."""
    return {
        "subject": SUBJECT,
        "kind": "reported",
        "occurred_at": at.isoformat(),
        "attrs": {name: value for name, value in select.items() if value},
    }


def without_persons(
    plan: Plan, facts: Iterable[tuple[str, datetime, datetime, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """A real case's facts (kind, occurred, received, attributes) as one nameless subject's.

    Only selectors, figures of the plan and attributes without a person's words stay.
    """
    known = {one.name for one in plan.selectors} | {one.name for one in plan.parameters}
    kept = []
    for kind, occurred_at, received_at, attrs in facts:
        said = {
            name: value
            for name, value in attrs.items()
            if (name in known or name in PLAIN_ATTRIBUTES)
            and isinstance(value, str | int | float | bool)
        }
        kept.append(
            {
                "subject": SUBJECT,
                "kind": kind,
                "occurred_at": occurred_at.isoformat(),
                "received_at": received_at.isoformat(),
                "attrs": said,
            }
        )
    return kept
