"""The pages of dispatch: board with its form, plans with their lines, figures in versions."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from tests.domains.dispatch.test_board import deactivate
from tests.domains.dispatch.test_sending import World, another_sheet, world
from tests.factories import Member
from tests.factories.dispatch import make_proposal, make_waiting_plan
from tests.factories.qualified import demand

from yinuo.domains.dispatch.models import Booking, PlanRun, WeightVersion

__all__ = ["world"]
ZONE = ZoneInfo("Asia/Shanghai")
_HIDDEN = re.compile(r'<input type="hidden" name="(key|version)" value="([^"]*)"')


def browser(member: Member) -> Client:
    member.user.refresh_from_db()
    found = Client(headers={"Accept-Language": "en"})
    found.force_login(member.user)
    return found


def place(world: World, page: Client, person: Member, **changed: object) -> Any:
    world.order.refresh_from_db()
    at = (datetime.now(ZONE) + timedelta(days=1)).replace(hour=10, minute=0)
    given = {
        "key": uuid4().hex,
        "sheet": f"{world.order.public_id}:{world.order.version}",
        "person_id": person.person.public_id,
        "starts_at": at.strftime("%Y-%m-%dT%H:%M"),
    }
    return page.post("/board/", {**given, **changed})


@pytest.mark.req("B-30")
def test_the_board_works_without_a_mouse_and_says_why_a_visit_is_refused(world: World) -> None:
    page = browser(world.manager)
    shown = page.get("/board/").content.decode()
    for text in (world.order.number, "近", "远", "data-lane", "<svg"):
        assert text in shown
    demand(world.company.administrator, skills={"防火墙": 4})
    refused = place(world, page, world.near)
    assert refused.status_code == 409
    assert "lacks the skill 防火墙" in refused.content.decode()
    assert not Booking.objects.exists()


@pytest.mark.req("B-30", "R37")
def test_a_visit_placed_twice_by_one_click_is_placed_once(world: World) -> None:
    page, key = browser(world.manager), uuid4().hex
    first = place(world, page, world.near, key=key)
    assert (first.status_code, "/board/" in first.headers["Location"]) == (302, True)
    assert Booking.objects.count() == 1
    tomorrow = (datetime.now(ZONE) + timedelta(days=1)).date()
    for days in (1, 7):
        shown = page.get(f"/board/?day={tomorrow}&days={days}").content.decode()
        assert 'class="board-bar"' in shown


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"sheet": ""}, 422),
        ({"sheet": "x:y"}, 404),
        ({"sheet": f"{uuid4()}:1"}, 404),
        ({"person_id": str(uuid4())}, 404),
        ({"starts_at": "tomorrow"}, 422),
        ({"starts_at": "1999-01-01T10:00"}, 422),
        ({"starts_at": ""}, 422),
        ({"key": ""}, 422),
    ],
)
def test_nonsense_sent_to_the_board_is_refused_and_changes_nothing(
    world: World, changed: dict[str, str], status: int
) -> None:
    assert place(world, browser(world.manager), world.near, **changed).status_code == status
    assert not Booking.objects.exists()


@pytest.mark.parametrize("query", ["day=x", "day=9999-12-31", "days=99", "sheet=x", "day=2026-1"])
def test_nonsense_in_the_address_shows_today(world: World, query: str) -> None:
    assert browser(world.manager).get(f"/board/?{query}").status_code == 200


@pytest.mark.req("B-32")
def test_a_plan_shows_its_lines_and_takes_over_what_is_ticked(world: World) -> None:
    unit = world.company.headquarters
    run = make_proposal(world.manager, unit, world.near.person, world.order.request)
    page, address = browser(world.manager), f"/board/plans/{run.public_id}/"
    shown = page.get(address).content.decode()
    assert "近" in shown
    line = run.lines.get()
    assert f'value="{line.public_id}"' in shown
    nothing = page.post(f"{address}take/", {"key": uuid4().hex}, follow=True)
    assert "Choose at least one line" in nothing.content.decode()
    sent = {"key": uuid4().hex, "line": [str(line.public_id)]}
    for _ in range(2):
        assert page.post(f"{address}take/", sent).status_code == 302
    assert Booking.objects.count() == 1
    assert "taken over" in page.get(address).content.decode()


@pytest.mark.req("BP-16")
@pytest.mark.parametrize(
    ("source", "trouble", "said"),
    [
        ("osrm", "", "road server (OSRM)"),
        ("estimate", "slow", "own estimate · because the travel server was too slow"),
        ("estimate", "", "own estimate</p>"),
    ],
)
def test_a_plan_says_who_gave_the_times_and_what_went_wrong(
    world: World, source: str, trouble: str, said: str
) -> None:
    unit = world.company.headquarters
    run = make_proposal(world.manager, unit, world.near.person, world.order.request)
    run.summary |= {"ways": source, "trouble": trouble}
    run.save()
    shown = browser(world.manager).get(f"/board/plans/{run.public_id}/").content.decode()
    assert f"Times on the road: {said}" in shown


@pytest.mark.req("B-32")
def test_planning_is_started_watched_and_called_off(world: World) -> None:
    page = browser(world.manager)
    form = dict(_HIDDEN.findall(page.get("/board/plans/new/").content.decode()))
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    unit = world.company.headquarters.public_id
    typed = {"unit_id": unit, "first_on": tomorrow, "days": 2, "mode": "least"}
    assert page.post("/board/plans/new/", {**form, **typed, "days": 9}).status_code == 422
    form = dict(_HIDDEN.findall(page.get("/board/plans/new/").content.decode()))
    assert page.post("/board/plans/new/", {**form, **typed}).status_code == 302
    run = PlanRun.objects.get()
    address = f"/board/plans/{run.public_id}/"
    assert "data-live" in page.get(address).content.decode()
    assert page.get(f"{address}version/").content == b"waiting-0"
    page.post(f"{address}cancel/")
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert make_waiting_plan(world.manager, world.company.headquarters).state == "waiting"


@pytest.mark.req("B-31")
def test_the_administrator_changes_a_figure_with_a_reason(world: World) -> None:
    page = browser(world.company.administrator)
    shown = page.get("/settings/weights/edit/").content.decode()
    values = dict(re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', shown))
    values |= dict(_HIDDEN.findall(shown)) | {"km_fen": "2.50"}
    assert page.post("/settings/weights/edit/", {**values, "reason": ""}).status_code == 422
    values |= dict(_HIDDEN.findall(page.get("/settings/weights/edit/").content.decode()))
    assert page.post("/settings/weights/edit/", {**values, "reason": "油价"}).status_code == 302
    assert WeightVersion.objects.get().content["km_fen"] == 250
    stale = {**values, "reason": "又涨", "key": uuid4().hex, "version": "1"}
    assert page.post("/settings/weights/edit/", stale).status_code == 409


@pytest.mark.req("R01")
def test_who_sends_nobody_sees_no_board(world: World) -> None:
    another_sheet(world)
    page = browser(world.near)
    for address in ("/board/", "/board/plans/", "/board/plans/new/", "/settings/weights/"):
        assert page.get(address).status_code == 403


@pytest.mark.req("B-30")
def test_a_leaver_s_visit_and_one_past_its_time_wait_on_the_page_with_words(world: World) -> None:
    page = browser(world.manager)
    place(world, page, world.near)
    after = (datetime.now(ZONE) + timedelta(days=2)).date()
    Booking.objects.update(
        period=(datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) - timedelta(hours=22))
    )
    assert "the time is past, nobody has set out" in page.get("/board/").content.decode()
    deactivate(world, world.near)
    shown = page.get(f"/board/?day={after}").content.decode()
    assert "the engineer has left, send somebody else" in shown
