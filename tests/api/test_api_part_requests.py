"""A request for parts by REST, from the question to what comes back; rules of call-backs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.conftest import Api, World

from yinuo.domains.feedback.models import CallBackRule
from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Move


@pytest.mark.req("B-50", "SV-04")
def test_parts_are_asked_shipped_used_and_given_back_by_rest(world: World) -> None:
    api, ids = world.api, world.own.ids
    at = f"/part-requests/{ids['waiting_ask_id']}"

    def act(path: str, **body: Any) -> None:
        version = api.get(at).json()["version"]
        answer = api.post(f"{at}/{path}", {"version": version} | body)
        assert answer.status_code == 200, answer.content

    line = {"part_id": ids["part_id"]}
    waiting = api.get("/part-requests?state=asked").json()["items"]
    assert [one["id"] for one in waiting] == [ids["waiting_ask_id"]]
    act("approvals")
    for path in ("shipments", "receipts", "uses"):
        act(path, lines=[line | {"quantity": 1}])
    more = api.post(f"{at}/uses", {"version": 5, "lines": [line | {"quantity": 1}]})
    assert (more.status_code, list(more.json()["error"]["fields"])) == (422, ["lines"])
    act("returns", lines=[line | {"old": 1}])
    done = api.get(at).json()
    assert (done["state"], done["lines"][0]["old_back"]) == ("done", 1)
    moves = Move.objects.filter(reference=done["number"]).values_list("kind", "condition")
    assert list(moves) == [("issue", "good"), ("return", "faulty")]
    assert wrong_stock() == []


@pytest.mark.req("B-50", "R08")
def test_nobody_approves_by_rest_what_he_asked_for_himself(world: World) -> None:
    ids = world.own.ids
    body = {
        "request_id": ids["request_id"],
        "depot_id": ids["depot_id"],
        "lines": [{"part_id": ids["part_id"], "quantity": 1}],
    }
    made = world.api.post("/part-requests", body).json()
    refused = world.api.post(f"/part-requests/{made['id']}/approvals", {"version": 1})
    assert refused.status_code == 403


@pytest.mark.req("B-62")
def test_a_rule_of_call_backs_is_changed_and_taken_away(world: World) -> None:
    api, at = world.api, f"/call-back-rules/{world.own.ids['rule_id']}"
    assert api.put(at, {"version": 1, "percent": 20}).status_code == 200
    assert api.post(at + "/endings", {"version": 1}).status_code == 409
    assert [one["percent"] for one in api.get("/call-back-rules").json()["items"]] == [20]
    assert api.post(at + "/endings", {"version": 2}).status_code == 200
    assert not CallBackRule.objects.filter(public_id=world.own.ids["rule_id"]).exists()
    assert Api(world.own.member.token()).get(at).status_code == 404
