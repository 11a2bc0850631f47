"""Support by phone: every kind of question is taken, answered and solved without a visit."""

from __future__ import annotations

import pytest
from tests.api.conftest import Api, World

from yinuo.domains.requests.types import Channel, RequestKind

ADVICE = {"text": "按手册第 3 章重置即可，客户已照做。", "result": "solved"}


@pytest.fixture
def api(world: World) -> Api:
    return Api(world.own.member.token())


def opened(api: Api, world: World, **more: str) -> str:
    body = {"customer_id": world.own.ids["customer_id"], "symptom": "咨询", "level": "general"}
    answer = api.post("/requests", body | more)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.mark.req("SV-07", "SV-10")
@pytest.mark.parametrize("kind", [kind.value for kind in RequestKind])
def test_every_kind_of_question_is_answered_and_solved_by_phone(
    api: Api, world: World, kind: str
) -> None:
    request_id = opened(api, world, kind=kind)
    fact = {"kind": "advised_by_phone", "values": ADVICE}
    answer = api.post(f"/requests/{request_id}/facts", fact)
    assert answer.status_code == 201, answer.content
    page = api.get(f"/requests/{request_id}").json()
    assert page["state"] == "restored"
    newest_first = api.get(f"/requests/{request_id}/facts").json()["items"]
    # The advice is the answer too: both stand on the record.
    kinds = [one["kind"] for one in newest_first]
    assert kinds[:3] == ["restored", "advised_by_phone", "responded"]
    [response] = [one for one in page["obligations"] if one["clause"].startswith("respond")]
    assert response["state"] == "met"


@pytest.mark.req("SG-06", "BP-02")
@pytest.mark.parametrize("channel", [channel.value for channel in Channel])
def test_every_channel_is_open_at_any_hour_and_stands_on_the_record(
    api: Api, world: World, channel: str
) -> None:
    at = "2026-10-01T03:17:00+08:00"
    request_id = opened(api, world, channel=channel, reported_at=at)
    page = api.get(f"/requests/{request_id}").json()
    assert page["channel"] == channel
    [*_, report] = api.get(f"/requests/{request_id}/facts").json()["items"]
    assert (report["kind"], report["source"]) == ("reported", channel)
    assert any(one["due_at"] for one in page["obligations"])
