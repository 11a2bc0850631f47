"""Guided questions and results of visits as a plan writes them (B-16, LV-15)."""

from __future__ import annotations

import pytest
from tests.plans.test_bad_plans import RESPOND, check

from yinuo.kernel.plan.guiding import questions_for, result_named, results_of, suggested
from yinuo.planfile import check_text

HEAD = """plan: trial
title: Trial
version: "1"
selectors:
  level: {values: [high, low]}
  category: {values: [pump, control]}
"""
QUESTIONS = """questions:
  - code: what
    title: What is it
    values:
      - {code: wet, title: Wet, category: pump, level: low}
      - {code: dark, title: Dark, category: control}
  - code: flow
    title: Does it flow
    applies_to: {category: pump}
    values:
      - {code: no_flow, title: No, level: high}
"""
CLAUSES = f"clauses:\n{RESPOND}"


def plan():
    return check_text(HEAD + QUESTIONS + CLAUSES).plan


@pytest.mark.req("B-16")
def test_a_question_is_asked_where_what_is_known_fits():
    asked = questions_for(plan(), {"category": "pump"})
    assert [one.code for one in asked] == ["what", "flow"]
    assert [one.code for one in questions_for(plan(), {"category": "control"})] == ["what"]
    assert [one.code for one in questions_for(plan(), {})] == ["what"]
    assert questions_for(None, {}) == ()


@pytest.mark.req("B-16")
def test_the_worst_level_the_answers_speak_for_wins():
    both = suggested(plan(), {"what": "wet", "flow": "no_flow"})
    assert (both.level, both.category) == ("high", "pump")
    assert suggested(plan(), {"what": "dark"}).level == ""
    assert suggested(plan(), {"what": "nonsense", "other": "wet"}).category == ""


@pytest.mark.req("LV-15")
def test_a_plan_names_how_its_visits_end():
    own = "sheets: {results: [{code: runs, title: Runs, done: yes}, {code: late, title: Late}]}\n"
    results = results_of(check_text(HEAD + own + CLAUSES).plan)
    assert [(one.code, one.is_done) for one in results] == [("runs", True), ("late", False)]
    assert result_named(results, "done") is None
    assert result_named(results_of(plan()), "other").asks_why


@pytest.mark.req("B-16")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (QUESTIONS.replace("level: high", "level: hihg"), "hihg"),
        (QUESTIONS.replace("{category: pump}", "{category: pumps}"), "pumps"),
        (QUESTIONS.replace("code: flow", "code: what"), "twice"),
        (QUESTIONS.replace("code: flow", "code: asset"), "meaning of its own"),
        (QUESTIONS.replace("code: flow", "code: level"), "meaning of its own"),
        ("questions: []\n", "empty"),
        ("questions: [{code: a, title: A}]\n", "values"),
        ("sheets: {results: [{code: late, title: Late}]}\n", "done"),
        ("sheets: {results: [{code: a, title: A, done: maybe}]}\n", "maybe"),
    ],
)
def test_what_is_wrong_with_questions_and_results_is_said(tmp_path, text, says):
    status, problems = check(tmp_path, HEAD + text + CLAUSES)
    assert status == 1
    assert any(says in one["message"] for one in problems)
