"""Surveys by link and in the portal: a robot changes nothing, one answer, late and foreign refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories.repairs import NEXT_MORNING, Repair, make_repair, state

from yinuo.domains.feedback.models import Answer
from yinuo.domains.feedback.services import send_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def repair() -> Repair:
    return make_repair()


def ask(repair: Repair, at: datetime | None = None) -> str:
    sent = send_survey(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        now=at or datetime.now(UTC),
    )
    return f"/l/{sent.secret}/"


def phone() -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.mark.req("LV-08", "R57")
def test_a_link_is_answered_once_by_whoever_comes_first(repair: Repair) -> None:
    page = ask(repair)
    for _ in range(3):
        shown = phone().get(page)
        assert shown.status_code == 200
        assert "How satisfied" in shown.content.decode()
        phone().head(page)
    assert not Answer.objects.exists()
    typed = {"name": "周工", "outcome": "satisfied", "reason": ""}
    assert phone().post(page, typed).status_code == 302
    again = phone().post(page, typed | {"outcome": "dissatisfied", "reason": "不对"})
    assert again.status_code == 409
    assert "Satisfied" in again.content.decode()
    answer = Answer.objects.get()
    assert (answer.source, answer.satisfaction, answer.counts) == ("link", "satisfied", True)
    assert (answer.said_by, answer.points) == ("周工", 3)


@pytest.mark.req("LV-08")
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "周工"},
        {"name": "", "outcome": "fair"},
        {"name": "周工", "outcome": "accepted"},
        {"name": "周工", "outcome": "dissatisfied", "reason": "  "},
        {"name": "周工", "outcome": "fair", "reason": "长" * 4_001},
    ],
)
def test_what_is_missing_or_too_long_is_said_and_the_link_stays_open(
    repair: Repair, typed: dict[str, str]
) -> None:
    page = ask(repair)
    assert phone().post(page, typed).status_code == 422
    assert not Answer.objects.exists()
    assert phone().get(page).status_code == 200


@pytest.mark.req("R57")
def test_a_late_a_replaced_and_a_reopened_one_are_refused_plainly(repair: Repair) -> None:
    typed = {"name": "周工", "outcome": "fair"}
    old = ask(repair)
    page = ask(repair)
    assert phone().post(old, typed).status_code == 410
    state(repair, "reopened", NEXT_MORNING)
    assert phone().post(page, typed).status_code == 409
    assert phone().get(page + "document/").status_code == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        assert phone().post(page, typed).status_code == 410
    assert not Answer.objects.exists()
