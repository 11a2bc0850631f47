"""Two dispatchers book the same hour of the same person: real connections and real commits."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.conftest import Api, World
from tests.api.samples import body_of
from tests.api.test_api_at_once import both

from yinuo.domains.dispatch.models import Booking
from yinuo.domains.fieldwork.models import WorkOrder


@pytest.mark.req("B-30", "R36")
def test_of_two_visits_placed_in_one_hour_at_the_same_moment_one_is_refused(
    committed_world: World,
) -> None:
    world = committed_world
    token, body = world.own.member.token(), body_of("place_visit", world.own.ids)
    other = WorkOrder.objects.get(public_id=world.own.ids["after_id"])

    def place(sheet: str, version: int) -> Any:
        return Api(token).post(
            f"/work-orders/{sheet}/placing", {**(body or {}), "version": version}
        )

    answers = both(
        lambda: place(world.own.ids["open_work_order_id"], 1),
        lambda: place(world.own.ids["after_id"], other.version),
    )
    assert sorted(one.status_code for one in answers) == [201, 409]
    refused = next(one for one in answers if one.status_code == 409).json()["error"]
    assert refused["code"] == "cannot_go"
    assert refused["details"]["rules"] == [{"rule": "overlap", "subject": ""}]
    assert Booking.objects.filter(released_at__isnull=True).count() == 1
    placed = [world.own.ids["open_work_order_id"], world.own.ids["after_id"]]
    assigned = WorkOrder.objects.filter(public_id__in=placed, assignee__isnull=False)
    assert assigned.count() == 1
