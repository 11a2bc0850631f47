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


@pytest.mark.req("B-30", "R36")
def test_who_is_sent_along_and_placed_elsewhere_at_the_same_moment_goes_to_one_of_them(
    committed_world: World,
) -> None:
    ids, token = committed_world.own.ids, committed_world.own.member.token()
    first, second = ids["open_work_order_id"], ids["after_id"]
    body = body_of("place_visit", ids) or {}

    def place(sheet: str, person: str) -> Any:
        version = WorkOrder.objects.get(public_id=sheet).version
        given = {**body, "version": version, "person_id": person}
        return Api(token).post(f"/work-orders/{sheet}/placing", given)

    assert place(first, ids["person_id"]).status_code == 201
    version = WorkOrder.objects.get(public_id=first).version
    along = {"version": version, "person_ids": [ids["member_id"]]}
    answers = both(
        lambda: Api(token).post(f"/work-orders/{first}/companions", along),
        lambda: place(second, ids["member_id"]),
    )
    refused = next(one for one in answers if one.status_code == 409).json()["error"]
    assert refused["code"] == "cannot_go"
    assert refused["details"]["rules"] == [{"rule": "overlap", "subject": ""}]
    assert Booking.objects.filter(released_at__isnull=True).count() == 2
    shown = Api(token).get(f"/work-orders/{first}/companions").json()
    who = next(one for one in shown["people"] if one["person_id"] == ids["member_id"])
    assert who["name"] in refused["message"]
    # Whoever lost has nothing of it: neither named without a time nor leading without one.
    assert who["is_named"] is (answers[0].status_code == 200)
