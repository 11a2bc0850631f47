"""Surveys by link and in the portal: a robot changes nothing, one answer, late and foreign refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories.repairs import NEXT_MORNING, Repair, make_repair, state

from yinuo.domains.feedback.models import Answer, Complaint
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


@pytest.mark.req("LV-08", "R57")
def test_whoever_holds_the_link_may_complain_before_and_after_he_answers(repair: Repair) -> None:
    page = ask(repair)
    assert f"{page}complaint/" in phone().get(page).content.decode()
    assert phone().get(f"{page}complaint/").status_code == 200
    assert not Complaint.objects.exists()
    typed = {"category": "attitude", "said": "工程师态度差", "caller_name": "周工"}
    told = phone().post(f"{page}complaint/", typed)
    assert told.status_code == 200
    made = Complaint.objects.get()
    assert made.number in told.content.decode()
    assert made.request.public_id == repair.request.public_id
    assert made.customer == made.request.customer
    assert (made.channel, made.caller_name, made.state) == ("web", "周工", "received")
    assert made.answer_due_at - made.received_at == timedelta(hours=24)
    phone().post(f"{page}complaint/", typed)
    assert Complaint.objects.count() == 1, "the same words are the same complaint"
    assert (
        phone().post(page, {"name": "周工", "outcome": "fair", "reason": "慢"}).status_code == 302
    )
    assert phone().post(f"{page}complaint/", typed | {"said": "没有修好"}).status_code == 200
    assert Complaint.objects.count() == 2


@pytest.mark.req("LV-08")
def test_a_complaint_that_is_not_one_is_refused_with_what_to_do(repair: Repair) -> None:
    page = ask(repair)
    good = {"category": "result", "said": "没有修好", "caller_name": "周工"}
    for wrong in (
        {"category": "x"},
        {"said": " "},
        {"said": "长" * 4_001},
        {"caller_name": ""},
        {"caller_name": "长" * 81},
        {"caller_phone": "1" * 41},
    ):
        refused = phone().post(f"{page}complaint/", good | wrong)
        # The fifth is refused by its number already: so many at once are no complaint.
        assert refused.status_code in (422, 429), wrong
    assert phone().post(f"{page}complaint/", good).status_code == 429
    assert not Complaint.objects.exists()


@pytest.mark.req("R57")
def test_a_closed_or_foreign_link_takes_no_complaint(repair: Repair) -> None:
    good = {"category": "result", "said": "没有修好", "caller_name": "周工"}
    old = ask(repair)
    page = ask(repair)
    assert phone().post(f"{old}complaint/", good).status_code == 410
    assert phone().post(f"/l/{'x' * 22}/complaint/", good).status_code == 404
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        assert phone().post(f"{page}complaint/", good).status_code == 410
    assert not Complaint.objects.exists()
