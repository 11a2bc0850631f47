"""What a plan says about the time after a repair."""

from decimal import Decimal

import pytest
from tests.kernel.written import ROOT

from yinuo.kernel.plan.reports import Satisfaction, points_of, report_form
from yinuo.planfile import check_text, load_plan

CLAUSE = "clauses:\n  - {id: r, promise: respond, start: reported, end: responded, limit: 1 hour}\n"
HEAD = 'plan: p\ntitle: P\nversion: "1"\n'


def plan_with(section: str):
    return load_plan(HEAD + section + CLAUSE, "plan")


@pytest.mark.req("BP-11")
def test_a_plan_that_says_nothing_has_the_usual_report():
    fields = {one.code: one for one in report_form(plan_with("")).fields}
    assert {"kind", "cause", "method", "loss"} <= {
        code for code, one in fields.items() if one.needed
    }
    assert fields["kind"].choices
    assert not fields["cause"].choices


@pytest.mark.req("BP-11")
def test_the_broadcasters_report_has_kind_cause_method_and_loss():
    plan = load_plan((ROOT / "plans" / "broadcast.yaml").read_text(encoding="utf-8"), "plan")
    needed = [one.code for one in report_form(plan).fields if one.needed]
    assert set(needed) >= {"kind", "cause", "method", "loss"}


def test_a_plan_names_its_own_fields_in_order():
    section = """reports:
  problem:
    title: {zh: 维修单, en: Slip}
    fields:
      - {code: advice, title: {zh: 建议, en: Advice}}
      - {code: kind, title: 类型, values: [paper, other], needed: yes}
"""
    form = report_form(plan_with(section))
    assert (form.title.zh, form.title.en) == ("维修单", "Slip")
    assert [(one.code, one.needed, len(one.choices)) for one in form.fields] == [
        ("advice", False, 0),
        ("kind", True, 2),
    ]


@pytest.mark.req("LV-08")
def test_points_are_the_plans_and_the_usual_ones_where_it_is_silent():
    plan = plan_with("satisfaction: {dissatisfied: -3, fair: 0}\n")
    points = [points_of(plan, one) for one in Satisfaction]
    assert points == [Decimal(one) for one in (5, 3, 0, 1, -3)]
    assert [points_of(None, one) for one in Satisfaction] == [
        Decimal(one) for one in (5, 3, 2, 1, -5)
    ]


def test_other_points_or_fields_are_another_plan():
    plans = [
        plan_with(""),
        plan_with("satisfaction: {fair: 0}\n"),
        plan_with("reports: {problem: {fields: [{code: a, title: A}]}}\n"),
        plan_with("reports: {problem: {fields: [{code: a, title: A, needed: yes}]}}\n"),
    ]
    assert len({plan.hash for plan in plans}) == len(plans)


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ("reports: {problems: {fields: [{code: a, title: A}]}}\n", "unknown_key"),
        ("reports: {problem: {fields: []}}\n", "empty_list"),
        ("reports: {problem: {title: A}}\n", "missing_key"),
        (
            "reports: {problem: {fields: [{code: a, title: A}, {code: a, title: B}]}}\n",
            "duplicate_id",
        ),
        ("reports: {problem: {fields: [{code: a, title: A, values: [x, x]}]}}\n", "duplicate_id"),
        ("reports: {problem: {fields: [{code: a b, title: A}]}}\n", "bad_value"),
        ("reports: {problem: {fields: [{title: A}]}}\n", "missing_key"),
        ("satisfaction: {happy: 5}\n", "unknown_key"),
        ("satisfaction: {fair: many}\n", "wrong_type"),
        ("satisfaction: {fair: 1001}\n", "bad_value"),
        ("satisfaction: [5, 3]\n", "wrong_type"),
    ],
)
def test_a_wrong_section_does_not_publish(section: str, code: str):
    problems = check_text(HEAD + section + CLAUSE).problems
    assert [one.code for one in problems if one.severity == "error"] == [code]


def test_a_report_has_a_limit_of_fields():
    fields = ", ".join(f"{{code: f{at}, title: F}}" for at in range(41))
    problems = check_text(
        HEAD + f"reports: {{problem: {{fields: [{fields}]}}}}\n" + CLAUSE
    ).problems
    assert [one.code for one in problems] == ["bad_value"]
