"""Papers that a plan promises to hand over, and the day by which (SG-08)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yinuo.kernel.plan.papers import PaperStart, paper_due_on
from yinuo.planfile.load import check_text

PLAN = """plan: signs
title: Signs
version: 1
{papers}
clauses:
  - {{id: respond, promise: respond, start: reported, end: responded, limit: 1 hour}}
"""
PLANS = Path(__file__).resolve().parents[2] / "plans"


@pytest.mark.req("SG-08")
def test_papers_and_when_they_are_due_come_from_the_plan() -> None:
    text = "papers: [{code: manual, title: {zh: 手册, en: Manual}, after: accepted, days: 10}]"
    checked = check_text(PLAN.format(papers=text))
    assert checked.plan is not None
    [paper] = checked.plan.papers
    known = {PaperStart.ACCEPTED: date(2026, 2, 20), PaperStart.SIGNED: date(2026, 1, 1)}
    assert paper_due_on(paper.after, paper.days, known) == date(2026, 3, 2)
    assert paper_due_on(paper.after, paper.days, {}) is None
    assert paper_due_on(None, 0, known) is None


@pytest.mark.req("SG-08")
def test_shipped_plan_of_the_sign_maker_promises_the_papers_of_its_text() -> None:
    plan = check_text((PLANS / "signage.yaml").read_text(encoding="utf-8")).plan
    assert plan is not None
    assert [one.code for one in plan.papers] == [
        "development",
        "user_manual",
        "administration_manual",
    ]


@pytest.mark.parametrize(
    "papers",
    [
        "papers: []",
        "papers: [{code: a}]",
        "papers: [{code: a, title: A, days: 3}]",
        "papers: [{code: a, title: A, after: tomorrow}]",
        "papers: [{code: a, title: A, after: signed, days: -1}]",
        "papers: [{code: a, title: A, after: signed, days: 1.5}]",
        "papers: [{code: a, title: A}, {code: a, title: B}]",
    ],
)
def test_what_is_wrong_with_papers_is_said(papers: str) -> None:
    checked = check_text(PLAN.format(papers=papers))
    assert checked.plan is None
    assert any(one.severity == "error" for one in checked.problems)
