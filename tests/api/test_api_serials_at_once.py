"""One serial number entered by two people at the same moment: one has it, the other is told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.conftest import Api, World
from tests.api.test_api_at_once import both

from yinuo.domains.assets.models import Asset, Component


@pytest.mark.req("B-20", "R36")
def test_the_second_of_two_equal_serials_is_told_which_field_is_wrong(
    committed_world: World,
) -> None:
    token, ids = committed_world.own.member.token(), committed_world.own.ids
    parts = f"/assets/{ids['asset_id']}/components"

    for number in range(3):
        asset = {
            "customer_id": ids["customer_id"],
            "name": "交换机",
            "model": "SW-2",
            "serial": f"SN-同时-{number}",
        }
        part = {"name": "主控板", "model": "MB", "serial": f"MB-{number}", "factory": True}

        def send(path: str = "/assets", body: Any = asset) -> Any:
            return Api(token).post(path, body)

        def add(path: str = parts, body: Any = part) -> Any:
            return Api(token).post(path, body)

        for act in (send, add):
            answers = sorted(both(act, act), key=lambda one: one.status_code)
            assert [one.status_code for one in answers] == [201, 422]
            assert "serial" in answers[1].json()["error"]["fields"]
    assert Asset.objects.filter(serial__startswith="SN-同时").count() == 3
    assert Component.objects.filter(serial__startswith="MB-").exclude(model="MB-1").count() == 3
