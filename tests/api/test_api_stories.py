"""A serious and a general fault of an appliance, from the call to the due times, to the second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api, World
from tests.factories import make_contract, make_customer, publish

from yinuo.domains.network.models import ServiceUnit

CALL = "2026-05-01T23:10:00+08:00"


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock on the evening of 1 May 2026, a holiday, two minutes after the call began."""
    with time_machine.travel(datetime(2026, 5, 1, 15, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def api(clock: Any, world: World) -> Api:
    return Api(world.own.member.token())


@pytest.fixture
def customer_id(clock: Any, world: World) -> str:
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    customer = make_customer(world.own.member, unit)
    make_contract(world.own.member, customer, publish(world.company.administrator))
    return str(customer.public_id)


def opened(api: Api, customer_id: str, **changes: Any) -> dict[str, Any]:
    body = {"customer_id": customer_id, "symptom": "业务中断", "reported_at": CALL} | changes
    answer = api.post("/requests", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def dues(api: Api, request_id: str) -> dict[str, str]:
    page = api.get(f"/requests/{request_id}").json()
    return {one["clause"]: _local(one["due_at"]) for one in page["obligations"] if one["due_at"]}


def _local(instant: str) -> str:
    at = datetime.fromisoformat(instant) + timedelta(hours=8)
    return f"{at:%m-%d %H:%M:%S}"


@pytest.mark.req("SA-14", "B-02")
def test_a_serious_fault_runs_its_three_promises(api: Api, customer_id: str, clock: Any) -> None:
    request = opened(api, customer_id, level="serious")
    shown = dues(api, request["id"])
    assert shown["respond"] == "05-01 23:40:00"
    assert shown["local_engineer.serious"] == "05-02 03:10:00"
    assert "development_engineer.serious" not in shown
    first, *later = [one["due_at"] for one in request["obligations"] if one["due_at"]]
    assert later
    assert first == min([first, *later]), "the earliest due one leads"

    path = f"/requests/{request['id']}/facts"
    clock.move_to(datetime(2026, 5, 1, 15, 35, tzinfo=UTC))
    assert api.post(path, {"kind": "responded"}).status_code == 201
    clock.move_to(datetime(2026, 5, 1, 22, 0, tzinfo=UTC))
    assert api.post(path, {"kind": "development_requested"}).status_code == 201
    assert dues(api, request["id"])["development_engineer.serious"] == "05-03 06:00:00"
    page = api.get(f"/requests/{request['id']}").json()
    states = {one["clause"]: one["state"] for one in page["obligations"]}
    assert states["respond"] == "met"
    assert states["local_engineer.serious"] == "missed"


@pytest.mark.req("SA-14")
def test_a_general_fault_gets_a_day_and_no_development_engineer(
    api: Api, customer_id: str, clock: Any
) -> None:
    request = opened(api, customer_id, level="general")
    shown = dues(api, request["id"])
    assert shown["respond"] == "05-01 23:40:00"
    assert shown["local_engineer.general"] == "05-02 23:10:00"
    path = f"/requests/{request['id']}/facts"
    assert api.post(path, {"kind": "responded"}).status_code == 201
    assert api.post(path, {"kind": "development_requested"}).status_code == 201
    page = api.get(f"/requests/{request['id']}").json()["obligations"]
    development = [one["title"]["en"] for one in page if "development" in one["clause"]]
    assert all("remote" in title and "on site" not in title for title in development)


@pytest.mark.req("SA-14", "B-02")
def test_the_preview_and_the_plan_say_what_the_request_will_get(
    api: Api, customer_id: str, world: World
) -> None:
    body = {"customer_id": customer_id, "level": "serious", "reported_at": CALL}
    preview = api.post("/requests/preview", body).json()
    told = {one["clause"]: one["due_at"] for one in preview["dues"]}
    request = opened(api, customer_id, level="serious")
    assert told == {one["clause"]: one["due_at"] for one in request["obligations"] if one["due_at"]}
    version = api.get(f"/requests/{request['id']}").json()["plan_version_id"]
    body = {"level": "serious", "reported_at": CALL}
    plan = api.post(f"/plan-versions/{version}/preview", body).json()
    assert {one["clause"]: one["due_at"] for one in plan["dues"]}["respond"] == told["respond"]


@pytest.mark.req("SA-05")
@pytest.mark.parametrize("channel", ["hotline", "email", "web"])
@pytest.mark.parametrize("at", ["2026-05-01T03:00:00+08:00", "2026-02-17T12:00:00+08:00"])
def test_the_response_runs_at_any_hour_on_every_channel(
    api: Api, customer_id: str, channel: str, at: str
) -> None:
    request = opened(api, customer_id, level="general", channel=channel, reported_at=at)
    respond = next(one for one in request["obligations"] if one["clause"] == "respond")
    started, due = (datetime.fromisoformat(respond[name]) for name in ("started_at", "due_at"))
    assert started == datetime.fromisoformat(at)
    assert due - started == timedelta(minutes=30)


@pytest.mark.req("B-06")
def test_every_due_time_explains_itself_in_both_languages(api: Api, customer_id: str) -> None:
    request = opened(api, customer_id, level="serious")
    running = [one for one in request["obligations"] if one["due_at"]]
    for one in running:
        stored = api.get(f"/obligations?subject_id={request['id']}").json()["items"]
        found = next(row for row in stored if row["clause"] == one["clause"])
        why = api.get(f"/obligations/{found['id']}/explanation").json()
        for language in ("zh", "en"):
            text = "\n".join(why[language])
            assert _local(one["due_at"])[-8:-3] in text, "the due time"
            assert "23:10" in text, "the fact it starts from"
    respond = next(one for one in running if one["clause"] == "respond")
    stored = api.get(f"/obligations/{respond['id']}/explanation").json()
    assert "SA-14" in "\n".join(stored["en"]) or "30" in "\n".join(stored["en"])


@pytest.mark.req("BP-05")
def test_a_repair_under_way_elsewhere_is_recorded_with_the_call(
    api: Api, customer_id: str, clock: Any
) -> None:
    words = "厂家已派人 <b>"
    request = opened(api, customer_id, level="serious", elsewhere=words)
    page = api.get(f"/requests/{request['id']}").json()
    assert page["elsewhere"] == words
    facts = api.get(f"/requests/{request['id']}/facts").json()["items"]
    assert "reported_elsewhere" in {one["kind"] for one in facts}
    assert page["state"] == "new"
    long = {"customer_id": customer_id, "symptom": "x", "level": "serious", "elsewhere": "长" * 201}
    assert api.post("/requests", long).status_code == 422
