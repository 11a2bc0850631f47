"""Stories 3 and 4 over the REST API: up the network within minutes; the duty of September."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api
from tests.factories import Member, make_company, make_member, make_unit
from tests.factories.duty import make_rota, rotate
from tests.factories.qualified import make_certificate
from tests.factories.routing import LINE, Network, make_network

from yinuo.domains.oncall.services.calling import act_on_calls
from yinuo.domains.routing.services.passing import pass_on_late
from yinuo.domains.routing.services.starting import start_wished


def local(hour: int, minute: int = 0, day: int = 10, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@dataclass
class Story:
    """The network of story 4 at 10:05: the dealer's customer, two engineers at the centre."""

    network: Network
    clock: Any
    expired: Member
    second: Member

    def api(self, member: Member) -> Api:
        return Api(member.token())


@pytest.fixture
def story(db: None) -> Iterator[Story]:
    with time_machine.travel(local(10, 5), tick=False) as clock:
        network = make_network()
        admin = network.company.administrator
        expired = make_member(admin, network.centre, ["technician"], "一号工程师")
        second = make_member(admin, network.centre, ["technician"], "二号工程师")
        make_certificate(network.desk, expired.person, line=LINE, until=date(2026, 3, 1))
        make_certificate(network.desk, second.person, line=LINE)
        # Only the centre is near in this story.
        type(network.beside).objects.filter(pk=network.beside.pk).update(reach_km=None)
        yield Story(network, clock, expired, second)


def opened(
    story: Story, api: Api, symptom: str = "RAID 控制器故障", at: str = "2026-03-10T10:05:00+08:00"
) -> str:
    body = {
        "customer_id": str(story.network.customer.public_id),
        "asset_id": str(story.network.asset.public_id),
        "symptom": symptom,
        "level": "down",
        "category": "hardware",
        "reported_at": at,
    }
    answer = api.post("/requests", body)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def steps(api: Api, request: str) -> list[tuple[str, str, str]]:
    found = api.get(f"/requests/{request}/routing").json()["steps"]
    return [(one["unit_name"], one["outcome"], one["passed_over"]) for one in found]


def sent(api: Api, path: str, body: Any) -> Any:
    answer = api.post(path, body)
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


@pytest.mark.req("SV-02", "SV-03", "SV-05", "B-33", "B-34")
def test_down_and_up_the_network(story: Story) -> None:
    network = story.network
    desk, centre, dealer = map(story.api, (network.desk, network.at_centre, network.at_dealer))
    earlier = solved_in_2025(story, desk)
    queue_of_servers(story, desk)
    request = opened(story, desk)
    assert start_wished(now=datetime.now(UTC)) == 1
    assert steps(desk, request) == [
        ("绵阳经销商", "passed_over", "not_certified"),
        ("成都授权中心", "offered", ""),
    ]
    offer = centre.get("/offers?open_only=true").json()["items"][0]
    assert offer["expires_at"] == "2026-03-10T02:20:00+00:00"
    story.clock.move_to(local(10, 20) + timedelta(seconds=20))
    pass_on_late(now=datetime.now(UTC))
    late = centre.post(f"/offers/{offer['id']}/acceptance", {"version": 2})
    assert late.status_code == 409
    story.clock.move_to(local(10, 24))
    mine = desk.get("/offers?open_only=true").json()["items"][0]
    sent(desk, f"/offers/{mine['id']}/acceptance", {"version": mine["version"]})
    way = desk.get(f"/requests/{request}/routing").json()
    assert [one["outcome"] for one in way["steps"]] == ["passed_over", "timed_out", "accepted"]
    assert [one["held_seconds"] for one in way["steps"]] == [None, 900, 220]
    assert way["follower_name"] == "呼叫中心"
    story.clock.move_to(local(10, 30))
    sent(desk, f"/requests/{request}/facts", {"kind": "responded"})
    found_remotely(story, desk, request)
    similar = desk.get(f"/requests/{request}/similar").json()["items"]
    assert [(one["number"], one["method"]) for one in similar] == [
        (earlier, "更换 RAID 控制器后重建阵列")
    ]
    assert {"asset", "line", "words"} <= set(similar[0]["reasons"])
    experts_confer(story, desk, request)
    order = booked(story, desk, request)
    engineer = story.api(story.second)
    taken = {"kind": "accepted", "version": engineer.get(f"/work-orders/{order}").json()["version"]}
    sent(engineer, f"/work-orders/{order}/steps", taken)
    assert dealer.get(f"/requests/{request}").status_code == 200
    assert story.api(network.at_beside).get(f"/requests/{request}").status_code == 404
    kinds = [one["kind"] for one in desk.get(f"/requests/{request}/facts").json()["items"]]
    assert {"unit_skipped", "assigned", "offer_timed_out", "accepted", "responded"} <= set(kinds)
    assert {"remote_ended", "expert_advised", "clinic_concluded"} <= set(kinds)


def solved_in_2025(story: Story, desk: Api) -> str:
    """A case of the year before on the same machine, restored; gives its number."""
    story.clock.move_to(datetime(2025, 8, 12, 2, tzinfo=UTC))
    before = opened(story, desk, "RAID 控制器故障，阵列降级", "2025-08-12T10:00:00+08:00")
    sent(desk, f"/requests/{before}/facts", {"kind": "responded"})
    restored = {"kind": "restored", "values": {"method": "更换 RAID 控制器后重建阵列"}}
    sent(desk, f"/requests/{before}/facts", restored)
    story.clock.move_to(local(10, 5))
    return str(desk.get(f"/requests/{before}").json()["number"])


def queue_of_servers(story: Story, desk: Api) -> None:
    """The queue of the product line: the response engineer is in it, and it offers by itself."""
    body = {
        "unit_id": str(story.network.company.headquarters.public_id),
        "name": "服务器产品线",
        "asset_classes": [LINE],
        "member_ids": [str(story.network.desk.person.public_id)],
        "offer_mode": "on_site",
    }
    sent(desk, "/support-groups", body)


def found_remotely(story: Story, desk: Api, request: str) -> None:
    """Remote diagnosis by permission finds the controller."""
    begun = {"authorised_by": "机房值班", "from_where": "远程协助台"}
    sent(desk, f"/requests/{request}/facts", {"kind": "remote_started", "values": begun})
    story.clock.move_to(local(10, 50))
    ended = {"result": "not_solved", "text": "控制器损坏，需更换"}
    sent(desk, f"/requests/{request}/facts", {"kind": "remote_ended", "values": ended})


def experts_confer(story: Story, desk: Api, request: str) -> None:
    """The centre's second engineer is asked; what he advises is an internal note with his name."""
    found = desk.get(f"/requests/{request}/experts/candidates?text=二号").json()["items"]
    assert [(one["name"], one["is_certified"]) for one in found] == [("二号工程师", True)]
    body = {"person_id": found[0]["id"], "question": "更换后需重建阵列吗？"}
    seat = sent(desk, f"/requests/{request}/experts", body)
    expert = story.api(story.second)
    sent(expert, f"/expert-invitations/{seat['id']}/acceptance", {"version": 1})
    sent(expert, f"/expert-invitations/{seat['id']}/advice", {"advice": "换卡后导入外来配置"})
    done = {"conclusion": "更换控制器，导入外来配置"}
    sent(desk, f"/requests/{request}/experts/conclusion", done)


def booked(story: Story, desk: Api, request: str) -> str:
    """Headquarters books the centre's second engineer; the first is no candidate any more."""
    made = sent(desk, "/work-orders", {"request_id": request, "work_wanted": "更换 RAID 控制器"})
    order = str(made["id"])
    going = desk.get(f"/work-orders/{order}/candidates").json()
    refused = {one["name"]: one for one in going["refused"]}
    assert "certificate" in str(refused["一号工程师"])
    wanted = str(story.second.person.public_id)
    assert wanted in str(going["goers"])
    body = {"version": going["version"], "person_id": wanted, "reason": "离客户近，持证"}
    sent(desk, f"/work-orders/{order}/sending", body)
    return order


@pytest.mark.req("B-34")
def test_the_centre_was_warned_thirty_days_before(story: Story) -> None:
    page = story.api(story.network.desk).get("/certificates").json()["items"]
    ended = next(one for one in page if one["valid_until"] == "2026-03-01")
    assert date.fromisoformat(ended["valid_until"]) - timedelta(days=ended["warn_days"]) == date(
        2026, 1, 30
    )


@pytest.mark.req("LV-09", "B-60")
def test_the_duty_of_september_and_the_holiday(db: None) -> None:
    with time_machine.travel(local(15, 0, 1, 10), tick=False) as clock:
        company = make_company()
        admin = company.administrator
        unit = make_unit(admin, company.headquarters, "DZ", "弱电服务中心")
        manager = make_member(admin, unit, ["service_manager"])
        september, october = (
            make_member(admin, unit, ["duty_engineer"], name) for name in ("九月", "十月")
        )
        rota = make_rota(manager, unit)
        rotate(manager, rota, [september, october], date(2026, 9, 1), 2)
        desk, engineer = Api(manager.token()), Api(october.token())
        path = f"/duty/{rota.public_id}"
        holiday = {"called_at": "2026-10-01T15:00:00+08:00", "about": "门禁控制器全部失效"}
        call = sent(desk, f"{path}/calls", holiday)
        got = engineer.get(f"/duty-calls/{call['id']}").json()
        assert (got["state"], got["person_name"]) == ("ringing", "十月")
        clock.move_to(local(15, 5, 1, 10))
        said = {"version": got["version"], "minutes": 18, "result": "需带备机", "solved": False}
        sent(engineer, f"/duty-calls/{call['id']}/answer", said)
        clock.move_to(local(23, 11, 2, 10))
        night = {"called_at": "2026-10-02T23:10:00+08:00", "about": "摄像机离线"}
        second = sent(desk, f"{path}/calls", night)
        first = desk.get(f"{path}/calls").json()["items"][0]
        assert (first["id"], first["state"]) == (second["id"], "outside")
        assert first["act_at"] == "2026-10-03T00:00:00+00:00"
        clock.move_to(local(8, 0, 3, 10))
        act_on_calls(now=datetime.now(UTC))
        assert desk.get(f"/duty-calls/{second['id']}").json()["state"] == "ringing"
        paid(desk, path, september)


def paid(desk: Api, path: str, person: Member) -> None:
    """600.00 − 100.00 + 6.5 h × 45.00 × 1.5 = 938.75."""
    amounts = {
        "version": desk.get(f"{path}/pay").json()["version"],
        "answer_minutes": 10,
        "allowance": "600.00",
        "off_complaint": "100.00",
        "off_unreachable": "100.00",
        "off_left_city": "100.00",
        "hour_rate": "45.00",
        "overtime_factor": "1.5",
    }
    assert desk.put(f"{path}/pay", amounts).status_code == 200
    who = str(person.person.public_id)
    entry = {"person_id": who, "on": "2026-09-20", "note": "问题未解决"}
    sent(desk, f"{path}/pay-entries", {**entry, "kind": "complaint"})
    sent(desk, f"{path}/pay-entries", {**entry, "kind": "overtime", "hours": "6.5"})
    found = desk.get(f"{path}/statements/{who}?month=2026-09").json()
    assert found["total"] == "938.75"
