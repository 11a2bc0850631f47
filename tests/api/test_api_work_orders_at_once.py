"""Two people with the same sheets at one moment: real connections and real commits."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.conftest import Api, World
from tests.api.samples import body_of
from tests.api.test_api_at_once import both

from yinuo.domains.fieldwork.models import SignOff, WorkOrder


@pytest.mark.req("R38", "R55")
def test_of_two_signatures_at_the_same_moment_one_is_told(committed_world: World) -> None:
    world = committed_world
    token, body = world.own.member.token(), body_of("sign_work_order", world.own.ids)
    address = f"/work-orders/{world.own.ids['work_order_id']}/signature"

    def send() -> Any:
        return Api(token).post(address, body)

    assert sorted(one.status_code for one in both(send, send)) == [200, 409]
    signed_sheet = world.own.ids["work_order_id"]
    assert SignOff.objects.filter(work_order__public_id=signed_sheet).count() == 1


@pytest.mark.req("LV-07", "R36")
def test_further_sheets_at_the_same_moment_stand_one_behind_the_other(
    committed_world: World,
) -> None:
    world = committed_world
    token, body = world.own.member.token(), body_of("issue_work_order", world.own.ids)

    def send() -> Any:
        return Api(token).post("/work-orders", body)

    made = [one.json()["id"] for one in both(send, send)]
    positions = WorkOrder.objects.filter(public_id__in=made).values_list("position", flat=True)
    assert sorted(positions) == [2, 3]
