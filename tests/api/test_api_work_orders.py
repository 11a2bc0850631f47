"""Work orders over the API: repeated, badly made and late calls."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Q
from tests.api.conftest import Api, World
from tests.api.samples import body_of

from yinuo.domains.fieldwork.models import SignOff, WorkOrder


def sheet(world: World) -> dict[str, Any]:
    answer = world.api.get(f"/work-orders/{world.own.ids['work_order_id']}")
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.req("R37", "R55")
def test_a_signature_sent_again_after_a_lost_answer_counts_once(world: World) -> None:
    address = f"/work-orders/{world.own.ids['work_order_id']}/signature"
    body = body_of("sign_work_order", world.own.ids)
    first = world.api.post(address, body, Idempotency_Key="phone-0001-sign")
    again = world.api.post(address, body, Idempotency_Key="phone-0001-sign")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    signed_sheet = world.own.ids["work_order_id"]
    assert SignOff.objects.filter(work_order__public_id=signed_sheet).count() == 1
    signed = sheet(world)
    assert signed["state"] == "signed"
    assert signed["sign_offs"][0]["is_valid"]
    late = world.api.post(address, body)
    assert late.status_code == 409
    assert late.json()["error"]["code"] == "stale_version"


@pytest.mark.req("R04", "R05")
@pytest.mark.parametrize(
    "wrong",
    [
        {"strokes": []},
        {"strokes": [[[0, 0]]]},
        {"strokes": [[[0, 0], [901, 0]]]},
        {"strokes": [[[0.5, 0], [300, 0]]]},
        {"strokes": [[["0", 0], [300, 0]]]},
        {"strokes": [[[0, 0, 0], [300, 0, 0]]]},
        {"strokes": [[[0, 0], [300, 0]]] * 201},
        {"strokes": "M0 0L900 300"},
        {"signer_name": ""},
        {"signer_name": "名" * 81},
        {"satisfaction": "delighted"},
        {"dissatisfied_with": ["price"]},
        {"suggestions": "x" * 4_001},
        {"path": "M0 0"},
    ],
    ids=str,
)
def test_a_signature_that_is_none_is_refused(world: World, wrong: dict[str, Any]) -> None:
    body = {**(body_of("sign_work_order", world.own.ids) or {}), **wrong}
    answer = world.api.post(f"/work-orders/{world.own.ids['work_order_id']}/signature", body)
    assert answer.status_code == 422, answer.content
    assert sheet(world)["state"] == "worked"


@pytest.mark.req("LV-05", "R39")
@pytest.mark.parametrize(
    ("step", "status"),
    [
        ({"kind": "departed"}, 409),
        ({"kind": "filed"}, 409),
        ({"kind": "signed"}, 422),
        ({"kind": "aborted"}, 422),
        ({"kind": "nonsense"}, 422),
        ({"kind": "aborted", "reason": "x", "occurred_at": "2026-11-22T10:00:00"}, 422),
        ({"kind": "aborted", "reason": "x" * 4_001}, 422),
        ({"kind": "aborted", "reason": "客户取消", "version": 1}, 409),
    ],
    ids=str,
)
def test_a_step_that_is_not_possible_changes_nothing(
    world: World, step: dict[str, Any], status: int
) -> None:
    before = sheet(world)
    answer = world.api.post(f"/work-orders/{before['id']}/steps", step)
    assert answer.status_code == status, answer.content
    assert sheet(world) == before


@pytest.mark.req("R01")
def test_the_one_who_lacks_the_right_is_told_so(world: World) -> None:
    order = WorkOrder.objects.get(public_id=world.own.ids["work_order_id"])
    reading = Api(world.own.member.token("work_order:read"))
    refused = reading.post(
        f"/work-orders/{order.public_id}/steps", {"kind": "aborted", "reason": "x"}
    )
    assert refused.status_code == 403
    assert sheet(world)["next_steps"]
    shown = reading.get(f"/work-orders/{order.public_id}").json()
    assert shown["next_steps"] == []


@pytest.mark.req("LV-07")
def test_a_view_nobody_knows_is_an_error_and_a_known_one_lists(world: World) -> None:
    assert world.api.get("/work-orders?view=tomorrow").status_code == 422
    listed = world.api.get("/work-orders?view=mine").json()["items"]
    person = world.own.member.person
    mine = WorkOrder.objects.filter(Q(assignee=person) | Q(companions__person=person))
    own = {str(one) for one in mine.values_list("public_id", flat=True)}
    assert world.own.ids["work_order_id"] in (shown := {one["id"] for one in listed})
    assert shown <= own
