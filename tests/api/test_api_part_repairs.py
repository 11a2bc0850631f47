"""Repairs of parts by REST, and two people who take or finish the same one at the same moment."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from tests.api.conftest import Api, World
from tests.api.test_api_at_once import both

from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Move


@pytest.mark.req("SV-04", "R36", "R40")
def test_of_two_who_take_or_finish_the_same_part_one_does(committed_world: World) -> None:
    token, ids = committed_world.own.member.token(), committed_world.own.ids

    def send(path: str, **body: Any) -> Any:
        return Api(token).post(f"/part-repairs{path}", body)

    part = {"depot_id": ids["depot_id"], "part_id": ids["faulty_part_id"], "serial": "SN-FAULTY"}
    for _ in range(3):
        taking = partial(send, "", **part, fault="无输出")
        refused, taken = sorted(both(taking, taking), key=lambda one: -one.status_code)
        assert (taken.status_code, refused.status_code) == (201, 409)
        at = f"/{taken.json()['id']}/results"
        done = both(
            partial(send, at, version=1, outcome="put_back", reason="等待备料"),
            partial(send, at, version=1, outcome="put_back", reason="无备料"),
        )
        assert sorted(one.status_code for one in done) == [200, 409]
        moves = Move.objects.filter(repair__public_id=taken.json()["id"]).order_by("id")
        assert list(moves.values_list("kind", flat=True)) == ["repair_out", "repair_in"]
    assert wrong_stock() == []


@pytest.mark.req("SV-04")
def test_a_part_is_repaired_and_a_claim_is_settled_by_rest(world: World) -> None:
    api, ids = world.api, world.own.ids
    at = f"/part-repairs/{ids['part_repair_id']}"
    line = {"part_id": ids["part_id"], "quantity": 1}
    assert api.post(f"{at}/materials", {"version": 1, "lines": [line]}).status_code == 200
    untested = {"version": 2, "outcome": "repaired", "work_done": "更换电容", "hours": "0.50"}
    refused = api.post(f"{at}/results", untested)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["tested"])
    assert api.post(f"{at}/results", untested | {"tested": "满载两小时"}).status_code == 200
    done = api.get(at).json()
    # One part at 100 and half an hour at 80.
    assert (done["state"], done["cost"], len(done["materials"])) == ("repaired", "140.00", 1)
    sent = f"/part-repairs/{ids['sent_repair_id']}"
    assert [one["id"] for one in api.get("/part-repairs").json()["items"]] == [
        ids["sent_repair_id"]
    ]
    settled = {"version": 2, "outcome": "credited", "granted": "60.00"}
    assert api.post(f"{sent}/answers", settled).status_code == 200
    assert api.get(sent).json()["granted"] == "60.00"


@pytest.mark.req("SV-04", "R40")
def test_a_workshop_is_closed_only_by_saying_so(world: World) -> None:
    api = world.api
    at = f"/depots/{world.own.ids['depot_id']}"
    known = api.get(at).json()
    wanted = {"version": known["version"], "name": known["name"], "address": "一号路 1 号"}
    refused = api.put(at, wanted)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["hour_cost"])
    assert api.put(at, wanted | {"hour_cost": known["hour_cost"]}).status_code == 200
    assert api.get(at).json()["has_workshop"]
    closed = wanted | {"version": known["version"] + 1, "hour_cost": None}
    assert api.put(at, closed).status_code == 200
    assert not api.get(at).json()["has_workshop"]
