"""Two people, one moment: real connections and real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from tests.api.conftest import Api, World
from tests.api.samples import body_of

from yinuo.domains.requests.models import Request


def both(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Run both at the same time, each on its own connection."""
    barrier = Barrier(2)

    def run(action: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [first, second]))


@pytest.mark.req("R37", "R36")
def test_the_same_key_at_the_same_time_opens_one_request(committed_world: World) -> None:
    world = committed_world
    token, body = world.own.member.token(), body_of("open_request", world.own.ids)
    before = Request.objects.count()

    def send() -> Any:
        return Api(token).post("/requests", body, Idempotency_Key="pressed-twice")

    for _ in range(3):
        answers = both(send, send)
        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].content == answers[1].content
        assert any("Idempotency-Replayed" in one for one in answers)
    assert Request.objects.count() == before + 1


@pytest.mark.req("R38", "R39")
def test_of_two_changes_at_the_same_time_one_is_told(committed_world: World) -> None:
    world = committed_world
    token, path = world.own.member.token(), f"/requests/{world.own.ids['request_id']}"
    level = {"version": 1, "level": "general", "reason": "轻微"}
    answers = both(
        lambda: Api(token).post(f"{path}/level", level),
        lambda: Api(token).post(f"{path}/facts", {"kind": "responded", "version": 1}),
    )
    assert max(one.status_code for one in answers) == 409
    assert world.api.get(path).json()["version"] == 2


@pytest.mark.req("R36")
def test_numbers_have_neither_gap_nor_double(committed_world: World) -> None:
    world = committed_world
    token, body = world.own.member.token(), body_of("open_request", world.own.ids)

    def send_three() -> list[str]:
        return [Api(token).post("/requests", body).json()["number"] for _ in range(3)]

    numbers = sorted(number for given in both(send_three, send_three) for number in given)
    first = int(numbers[0][-4:])
    assert [int(number[-4:]) for number in numbers] == list(range(first, first + 6))


@pytest.mark.req("BP-17", "R36")
def test_of_two_who_take_from_a_queue_at_the_same_time_one_has_it(committed_world: World) -> None:
    world = committed_world
    address = f"/requests/{world.own.ids['request_id']}/take"
    token = world.own.member.token()

    def send() -> Any:
        return Api(token).post(address, {})

    first, second = both(send, send)
    assert sorted([first.status_code, second.status_code]) == [200, 409]
    facts = Api(token).get(f"/requests/{world.own.ids['request_id']}/facts").json()["items"]
    assert [one["kind"] for one in facts].count("taken") == 1
