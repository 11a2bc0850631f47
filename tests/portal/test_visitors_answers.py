"""What a visitor says of the service: his answer once, his complaints, and nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.factories.after import make_complaint, make_restored
from tests.portal.conftest import World

from yinuo.domains.feedback.models import Answer, Complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(world: World) -> Client:
    return world.visitor


@pytest.mark.req("LV-08")
def test_each_contact_answers_once_about_what_is_restored(world: World, visitor: Client) -> None:
    request = make_restored(world.member, world.own.customer)
    page = f"/my/requests/{request.public_id}/survey/"
    assert "How satisfied" in visitor.get(page).content.decode()
    assert visitor.post(page, {"satisfaction": "dissatisfied"}).status_code == 422
    assert visitor.post(page, {"satisfaction": "perfect"}).status_code == 422
    assert visitor.post(page, {"satisfaction": "satisfied", "opinion": ""}).status_code == 302
    assert visitor.post(page, {"satisfaction": "fair"}).status_code == 302
    answer = Answer.objects.get()
    assert (answer.source, answer.satisfaction) == ("portal", "satisfied")
    shown = visitor.get(page).content.decode()
    assert "Satisfied" in shown
    assert "<form method" not in shown.partition("survey-heading")[2].partition("</main>")[0]


@pytest.mark.req("R06")
def test_foreign_and_unrestored_requests_are_not_answered(world: World, visitor: Client) -> None:
    foreign = make_restored(world.member, world.foreign.customer)
    for found in (visitor.get, visitor.post):
        assert found(f"/my/requests/{foreign.public_id}/survey/").status_code == 404
    open_one = f"/my/requests/{world.own.request.public_id}/survey/"
    assert "once the request is restored" in visitor.get(open_one).content.decode()
    visitor.post(open_one, {"satisfaction": "satisfied"})
    assert not Answer.objects.exists()


@pytest.mark.req("SG-13", "R06")
def test_a_complaint_comes_in_by_the_portal_and_only_his_own_are_shown(
    world: World, visitor: Client
) -> None:
    make_complaint(world.member, world.foreign.request)
    theirs = Complaint.objects.get()
    typed = {
        "category": "attitude",
        "said": "态度不好",
        "request_id": str(world.own.request.public_id),
    }
    before = datetime.now(UTC)
    assert visitor.post("/my/complaints/", typed).status_code == 302
    own = Complaint.objects.exclude(pk=theirs.pk).get()
    assert (own.channel, own.customer_id) == ("web", world.own.customer.pk)
    assert own.received_at >= before
    shown = visitor.get("/my/complaints/").content.decode()
    assert own.number in shown
    assert theirs.number not in shown
    for wrong in ({"category": "x"}, {"said": " "}, {"said": "长" * 4_001}):
        assert visitor.post("/my/complaints/", typed | wrong).status_code == 422
    foreign = {"request_id": str(world.foreign.request.public_id)}
    assert visitor.post("/my/complaints/", typed | foreign).status_code == 404
    assert Complaint.objects.count() == 2
