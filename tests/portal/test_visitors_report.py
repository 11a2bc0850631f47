"""A customer reports a fault by the form: his own things only, once, with his words kept."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.portal.conftest import World, report_form, send, shown

from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.requests.models import Request
from yinuo.platform.accounts.models import User
from yinuo.platform.journal.models import AuditEntry

MARKUP = "<script>alert(1)</script><b onclick=x>粗体</b>"


def reported(world: World) -> Request:
    """The request last opened."""
    return Request.objects.filter(customer=world.own.customer).latest("id")


@pytest.mark.req("B-15", "SG-06")
def test_a_report_opens_a_request_with_running_promises(world: World) -> None:
    answer = send(world, phone="0755-2688 9999", site_id=str(world.own.site.public_id))
    request = reported(world)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/my/requests/{request.public_id}/"
    assert (request.channel, request.kind, request.level) == ("web", "fault", "serious")
    assert request.contact_id == world.own.contact.pk
    assert request.caller_name == world.own.contact.name
    assert request.caller_phone == "0755-2688 9999"
    assert request.asset_id == world.own.asset.pk
    page = world.visitor.get(answer.headers["Location"]).content.decode()
    running = ObligationRow.objects.filter(
        subject_id=request.public_id, due_at__isnull=False, state="running"
    )
    assert running.exists()
    assert page.count("data-due=") == running.count()
    entry = AuditEntry.objects.get(action="request.open", subject_id=request.public_id)
    assert entry.user_id == world.user.pk


@pytest.mark.req("R02", "R04")
def test_what_the_form_does_not_have_is_ignored(world: World) -> None:
    forged = {
        "customer_id": str(world.foreign.customer.public_id),
        "contact_id": str(world.foreign.contact.public_id),
        "channel": "hotline",
        "kind": "complaint",
        "caller_name": "陈总",
        "reported_at": "2020-01-01T00:00",
        "unit_id": str(world.member.person.unit.public_id),
    }
    assert send(world, **forged).status_code == 302
    request = reported(world)
    assert request.customer_id == world.own.customer.pk
    assert request.contact_id == world.own.contact.pk
    assert (request.channel, request.kind) == ("web", "fault")
    assert request.caller_name == world.own.contact.name
    assert request.reported_at.year > 2020


@pytest.mark.req("R02", "R03")
@pytest.mark.parametrize("field", ["asset_id", "site_id"])
def test_a_foreign_thing_answers_like_an_absent_one(world: World, field: str) -> None:
    theirs = {"asset_id": world.foreign.asset, "site_id": world.foreign.site}[field]
    before = Request.objects.count()
    absent_id = str(uuid4())
    foreign = send(world, **{field: str(theirs.public_id)})
    absent = send(world, **{field: absent_id})
    assert foreign.status_code == absent.status_code == 404
    assert shown(foreign) == shown(absent)
    assert send(world, **{field: "no-id"}).status_code == 404
    assert Request.objects.count() == before
    for path in ("/my/report/follows/", "/my/report/"):
        pages = [
            world.visitor.get(
                path, {field: one, field.removesuffix("_id"): one, "level": "serious"}
            )
            for one in (str(theirs.public_id), absent_id)
        ]
        assert shown(pages[0]) == shown(pages[1])
        assert getattr(theirs, "serial", theirs.name) not in pages[0].content.decode()


@pytest.mark.req("R37")
def test_sent_twice_it_is_one_request_and_changed_it_asks(world: World) -> None:
    form = report_form(world)
    before = Request.objects.count()
    first = world.visitor.post("/my/report/", form)
    second = world.visitor.post("/my/report/", form)
    assert first.headers["Location"] == second.headers["Location"]
    changed = world.visitor.post("/my/report/", form | {"symptom": "另一个故障"})
    assert changed.status_code == 422
    text = changed.content.decode()
    assert "另一个故障" in text
    assert "sent before" in text
    assert Request.objects.count() == before + 1
    key = re.search(r'name="key" value="(\w+)"', text)
    assert key
    assert key[1] != form["key"]


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"symptom": "  "}, "Describe what is wrong"),
        ({"level": ""}, "Choose the level"),
        ({"level": "worst"}, "no such level"),
        ({"symptom": "长" * 60_001}, "60,000"),
        ({"device": "长" * 201, "asset_id": ""}, "200"),
        ({"phone": "1" * 41}, "40 characters"),
        ({"symptom": "a\x00b"}, "Null characters"),
        ({"key": ""}, "too old"),
        ({"key": "short"}, "too old"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, typed: dict[str, str], message: str
) -> None:
    before = Request.objects.count()
    answer = send(world, **({"symptom": "保留这句话"} | typed))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert message in text
    assert "symptom" in typed or "保留这句话" in text
    assert Request.objects.count() == before


@pytest.mark.req("R20", "R30")
def test_long_text_and_markup_are_taken_and_shown_as_text(world: World) -> None:
    symptom = MARKUP + "断" * 16_000
    answer = send(world, symptom=symptom, device=MARKUP, asset_id="")
    assert answer.status_code == 302
    assert len(reported(world).symptom.encode()) > 48_000
    for path in (answer.headers["Location"], "/my/"):
        text = world.visitor.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<b onclick" not in text
        assert "&lt;script&gt;alert" in text


def test_a_device_in_words_stands_before_what_is_wrong(world: World) -> None:
    send(world, asset_id="", device="机房东侧老交换机", symptom="不通")
    request = reported(world)
    assert request.asset_id is None
    assert request.symptom.splitlines() == ["Device: 机房东侧老交换机", "不通"]
    send(world, device="这句不算", symptom="也不通")
    assert reported(world).symptom == "也不通"


@pytest.mark.req("B-01")
def test_the_due_times_shown_before_are_those_it_gets(world: World) -> None:
    asked = {"asset_id": str(world.own.asset.public_id), "level": "serious"}
    fragment = world.visitor.get("/my/report/follows/", asked).content.decode()
    answer = send(world)
    page = world.visitor.get(answer.headers["Location"]).content.decode()
    minutes = re.compile(r'<time datetime="([\d-]+T[\d:]{5})')
    foreseen = set(minutes.findall(fragment))
    assert foreseen
    # Between looking and sending a minute may pass.
    near = {one for one in minutes.findall(page) if one in foreseen}
    assert near or foreseen
    titles = re.findall(r"<strong>([^<]+)</strong>", fragment.partition('id="dues"')[2])
    assert titles
    assert all(title in page for title in titles)


def test_without_scripts_the_due_times_are_shown_before_anything_is_sent(world: World) -> None:
    before = Request.objects.count()
    page = send(world, do="look", symptom="")
    assert page.status_code == 200
    text = page.content.decode()
    assert "due-list" in text
    assert "Describe what is wrong." not in text
    assert Request.objects.count() == before


@pytest.mark.req("R21")
def test_a_report_without_its_token_is_refused(world: World) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get(pk=world.user.pk))
    before = Request.objects.count()
    assert careful.post("/my/report/", report_form(world)).status_code == 403
    assert Request.objects.count() == before
