"""Many people take the last part at the same moment: exactly one has it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from tests.api.conftest import Api, World

from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Balance, Depot, Move

PEOPLE = 12


@pytest.mark.req("B-50", "R40", "R36")
def test_of_many_who_take_the_last_part_exactly_one_wins(committed_world: World) -> None:
    world = committed_world
    token, ids = world.own.member.token(), world.own.ids
    depot = Depot.objects.get(public_id=ids["depot_id"])
    # One of eight is kept for a request: six are free beside the last.
    line = {"part_id": ids["part_id"], "quantity": 6}
    at = f"/depots/{ids['depot_id']}/scrappings"
    assert Api(token).post(at, {"lines": [line], "reason": "x"}).status_code == 200
    barrier = Barrier(PEOPLE)

    def take(number: int) -> Any:
        barrier.wait()
        try:
            body = {"lines": [line | {"quantity": 1}], "reason": "最后一件"}
            return Api(token).post(at, body, Idempotency_Key=f"last-part-{number:03}")
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = sorted(pool.map(take, range(PEOPLE)), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [200] + [409] * (PEOPLE - 1)
    assert answers[-1].json()["error"]["details"]["free"] == 0
    left = Balance.objects.get(depot=depot, part__public_id=ids["part_id"])
    moved = Move.objects.filter(depot=depot, part=left.part).aggregate(sum=Sum("quantity"))
    # What is kept for a request is still there.
    assert (left.on_hand, left.reserved, left.value, moved["sum"]) == (1, 1, 100, 1)
    assert wrong_stock() == []
