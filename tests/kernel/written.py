"""Small plans and facts for kernel tests, written the way users write them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yinuo.kernel.evaluation import Evaluation, Evaluator, Obligation
from yinuo.kernel.facts import Fact
from yinuo.planfile import check_text, load_plan

ROOT = Path(__file__).parents[2]
HEAD = """\
plan: trial
title: Trial
version: 1
seasons:
  summer: {from: 06-01, to: 08-31}
  winter: {from: 12-01, to: 02-28}
calendars:
  office: {week: {mon-fri: ["08:30-12:00", "13:30-18:00"]}, holidays: china}
selectors:
  level: {values: [serious, general]}
  region: {values: [local, near, far]}
  distance_km: {type: number}
  cause: {values: [wear, customer]}
  in_office: {type: within, calendar: office}
  working_day: {type: working_day, calendar: office}
parameters:
  on_site_hours: {unit: hours, default: 8, lowest: 2, highest: 24}
clauses:
"""


def at(text: str) -> datetime:
    """``2026-05-01 23:10`` on the clock of Shanghai, as UTC."""
    return datetime.fromisoformat(text.replace(" ", "T") + "+08:00").astimezone(UTC)


def fact(subject: str, kind: str, when: str, received: str = "", **attrs: Any) -> Fact:
    """One fact on the clock of Shanghai."""
    return Fact(subject, kind, at(when), at(received or when), attrs)


def evaluator(clauses: str, head: str = HEAD) -> Evaluator:
    """The evaluator of a plan with these clauses."""
    return Evaluator(load_plan(head + clauses, "trial"))


def evaluated(clauses: str, facts: list[Fact], as_of: str, head: str = HEAD) -> Evaluation:
    """The clauses applied to the facts at an instant."""
    return evaluator(clauses, head).evaluate(facts, at(as_of))


def only(evaluation: Evaluation, clause: str = "") -> Obligation:
    """The one obligation (of a clause)."""
    found = [one for one in evaluation.obligations if not clause or one.clause_id == clause]
    assert len(found) == 1, [one.clause_id for one in evaluation.obligations]
    return found[0]


def codes(clauses: str, head: str = HEAD) -> list[tuple[str, int, int]]:
    """Code, line and column of every error of a plan."""
    return [(one.code, one.line, one.column) for one in check_text(head + clauses).errors]


CLAUSE_LINE = HEAD.count("\n") + 1
