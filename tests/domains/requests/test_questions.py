"""Guided questions: asked by the plan, kept with the request, setting level and category (B-16)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.domains.requests.conftest import Desk

from yinuo.domains.requests.selectors import get_request_page, preview_intake
from yinuo.domains.requests.services import answer_questions
from yinuo.domains.requests.types import Intake, RequestPage
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-16")]


def page(desk: Desk, request: Any) -> RequestPage:
    return get_request_page(desk.technician.actor, request.public_id)


def answer(desk: Desk, request: Any, answers: dict[str, str], **more: Any) -> None:
    given = {"actor": desk.consultant.actor, "version": page(desk, request).request.version} | more
    answer_questions(
        request_id=request.public_id,
        answers=answers,
        source="test",
        now=datetime.now(UTC),
        **given,
    )


def test_the_preview_asks_what_fits_and_the_answers_set_level_and_category(desk):
    def preview(**answers: str) -> Any:
        intake = Intake(customer_id=desk.customer.public_id, symptom="", answers=answers)
        return preview_intake(desk.consultant.actor, intake, datetime.now(UTC))

    assert [one.code for one in preview().questions] == ["what_is_seen"]
    guided = preview(what_is_seen="no_signal")
    assert guided.category == "link_down"
    assert [one.code for one in guided.questions] == ["what_is_seen", "on_air", "spare_path"]
    assert guided.questions[0].given == "no_signal"
    assert guided.level == ""
    assert guided.dues == ()
    worst = preview(what_is_seen="no_signal", on_air="fine", spare_path="dead")
    assert worst.level == "serious"
    assert worst.dues


def test_answers_are_kept_with_the_request_and_the_technician_reads_them(desk):
    opened = desk.call(level="", category="", answers={"what_is_seen": "slow", "on_air": "fine"})
    found = page(desk, opened)
    assert (found.request.level, found.request.category) == ("limited", "resources_short")
    assert [(one.code, one.answer.title_zh) for one in found.answers] == [
        ("what_is_seen", "任务排队或变慢"),
        ("on_air", "不受影响"),
    ]


def test_what_somebody_chose_stands_against_the_answers(desk):
    opened = desk.call(level="limited", answers={"what_is_seen": "page", "on_air": "down"})
    found = page(desk, opened)
    assert found.request.level == "limited"
    assert found.request.category == "link_down"
    assert (found.suggested_level, found.suggested_category) == ("serious", "page_error")


def test_later_answers_count_and_leave_level_and_category_alone(desk):
    opened = desk.call(level="limited", answers={"on_air": "fine"})
    answer(desk, opened, {"on_air": "down", "spare_path": "dead"})
    found = page(desk, opened)
    assert {one.code: one.answer.code for one in found.answers} == {
        "on_air": "down",
        "spare_path": "dead",
    }
    assert found.request.level == "limited"
    assert found.suggested_level == "serious"
    assert [fact.kind for fact in found.facts].count("questions_answered") == 2


def test_unknown_questions_and_answers_are_refused(desk):
    for given in ({"weather": "rain"}, {"on_air": "perhaps"}):
        with pytest.raises(InvalidInput) as caught:
            desk.call(answers=given)
        assert list(caught.value.fields) == [f"answers.{next(iter(given))}"]
    opened = desk.call()
    for given in ({}, {"on_air": ""}, {"weather": "rain"}):
        with pytest.raises(InvalidInput):
            answer(desk, opened, given)
    with pytest.raises(Conflict):
        answer(desk, opened, {"on_air": "down"}, version=41)
    outsider = desk.company.administrator.actor
    with pytest.raises(Forbidden):
        answer(desk, opened, {"on_air": "down"}, actor=outsider)
    assert page(desk, opened).answers == ()


def test_a_closed_request_takes_no_answers(desk):
    from yinuo.domains.requests.services import report_fact
    from yinuo.domains.requests.types import Report

    opened = desk.call()
    report_fact(
        actor=desk.consultant.actor,
        request_id=opened.public_id,
        report=Report("cancelled", None, {"reason": "打错了"}),
        source="test",
        now=datetime.now(UTC),
    )
    with pytest.raises(IllegalMove):
        answer(desk, opened, {"on_air": "down"})
    assert "questions" not in page(desk, opened).acts
