"""Stories 3 and 4 over the REST API: up the network within minutes; the duty of September."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from tests.api.conftest import Api
from tests.console.conftest import browser_of
from tests.factories import (
    Member,
    make_company,
    make_customer,
    make_member,
    make_unit,
    open_fault,
)
from tests.factories.duty import make_rota, rotate
from tests.factories.qualified import make_certificate
from tests.factories.routing import LINE, Network, make_network, place_unit
from tests.factories.stock import fill, make_depot, make_part

from yinuo.domains.contracts.services.warning import warn_of_certificates
from yinuo.domains.oncall.services.calling import act_on_calls
from yinuo.domains.routing.services.passing import pass_on_late
from yinuo.domains.routing.services.starting import start_wished
from yinuo.platform.accounts.models import User


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


@pytest.mark.req("SV-02", "SV-03", "SV-04", "SV-05", "SV-06", "SV-12", "B-33", "B-34")
def test_down_and_up_the_network(story: Story) -> None:
    network = story.network
    desk, centre = story.api(network.desk), story.api(network.at_centre)
    earlier = solved_in_2025(story, desk)
    warned_in_january(story)
    city = stocked(story)
    queue_of_servers(story, desk)
    request = opened(story, desk)
    passed_up(story, request, desk, centre)
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
    move(story.api(story.second), order, "accepted")
    story.clock.move_to(local(11, 10))
    fetched(story, request, order, city)
    repaired(story, order)
    only_its_own(story, request)
    to_the_end(story, desk, request, order)


def passed_up(story: Story, request: str, desk: Api, centre: Api) -> None:
    """Level 3 is skipped, level 2 lets its 15 minutes pass, level 1 takes it at 10:24."""
    assert start_wished(now=datetime.now(UTC)) == 1
    assert steps(desk, request) == [
        ("绵阳经销商", "passed_over", "not_certified"),
        ("成都授权中心", "offered", ""),
    ]
    offer = centre.get("/offers?open_only=true").json()["items"][0]
    assert offer["expires_at"] == "2026-03-10T02:20:00+00:00"
    # At 10:20 the answer would still be in time; the worker looks again 20 seconds later.
    story.clock.move_to(local(10, 20))
    assert pass_on_late(now=datetime.now(UTC)) == 0
    story.clock.move_to(local(10, 20) + timedelta(seconds=20))
    pass_on_late(now=datetime.now(UTC))
    late = centre.post(f"/offers/{offer['id']}/acceptance", {"version": 2})
    assert late.status_code == 409
    story.clock.move_to(local(10, 24))
    mine = desk.get("/offers?open_only=true").json()["items"][0]
    sent(desk, f"/offers/{mine['id']}/acceptance", {"version": mine["version"]})
    way = desk.get(f"/requests/{request}/routing").json()
    told = [(one["level"], one["outcome"], one["held_seconds"]) for one in way["steps"]]
    assert told == [(3, "passed_over", None), (2, "timed_out", 900), (1, "accepted", 220)]
    assert way["follower_name"] == "呼叫中心"


def warned_in_january(story: Story) -> None:
    """On 30 January, not a day before: the centre, its engineer and headquarters."""
    story.clock.move_to(local(23, 0, 29, 1))
    assert warn_of_certificates(now=datetime.now(UTC)) == 0
    story.clock.move_to(local(1, 0, 30, 1))
    assert warn_of_certificates(now=datetime.now(UTC)) == 1
    for member in (story.network.at_centre, story.expired, story.network.desk):
        told = story.api(member).get("/notices").json()["items"]
        ending = [one for one in told if one["topic"] == "certificate.ending"]
        assert [(one["at"][:10], one["data"]["holder"]) for one in ending] == [
            ("2026-01-29", "一号工程师")
        ]
        assert (ending[0]["data"]["on"], ending[0]["data"]["line"]) == ("2026-03-01", LINE)
    assert not story.api(story.network.at_dealer).get("/notices").json()["items"]
    story.clock.move_to(local(10, 5))


def stocked(story: Story) -> dict[str, str]:
    """The controller lies in the city's depot; headquarters' own has two, far away."""
    network = story.network
    keeper = make_member(network.company.administrator, network.centre, ["parts_manager"])
    place_unit(network.centre)
    place_unit(network.company.headquarters, latitude=Decimal("39.90"), longitude=Decimal("116.40"))
    chief = make_member(
        network.company.administrator, network.company.headquarters, ["parts_manager"]
    )
    part = make_part(chief, "serial", name="RAID 控制器", classes=(LINE,))
    city = make_depot(keeper, network.centre)
    fill(keeper, city, part, serials=["RC-2026-01"])
    fill(
        chief,
        make_depot(chief, network.company.headquarters, "headquarters"),
        part,
        serials=["RC-2026-02", "RC-2026-03"],
    )
    return {
        "depot": str(city.public_id),
        "part": str(part.public_id),
        "keeper": keeper.token(),
        "chief": chief.token(),
    }


def fetched(story: Story, request: str, order: str, city: dict[str, str]) -> None:
    """Asked of the city's depot, approved and shipped there, fitted, the old part back: a hit."""
    engineer, keeper = story.api(story.second), Api(city["keeper"])
    line = {"part_id": city["part"], "quantity": 1}
    asked = {
        "request_id": request,
        "work_order_id": order,
        "depot_id": city["depot"],
        "lines": [line],
    }
    made = sent(engineer, "/part-requests", asked)
    at = f"/part-requests/{made['id']}"

    def act(api: Api, what: str, **body: Any) -> None:
        sent(api, f"{at}/{what}", {"version": api.get(at).json()["version"], **body})

    one = {"part_id": city["part"], "serials": ["RC-2026-01"]}
    act(keeper, "approvals")
    act(keeper, "shipments", lines=[one])
    act(engineer, "receipts", lines=[line])
    act(engineer, "uses", lines=[line])
    act(keeper, "returns", lines=[{"part_id": city["part"], "old": 1, "serials": ["RC-2021-77"]}])
    done = engineer.get(at).json()
    assert (done["state"], done["filled"], done["nearest_depot_id"]) == (
        "done",
        True,
        city["depot"],
    )
    rates = Api(city["chief"]).get("/stock/fill-rates?period=2026-03").json()["items"]
    assert [(one["unit_name"], one["needed"], one["filled"], one["percent"]) for one in rates] == [
        ("成都授权中心", 1, 1, "100"),
        (story.network.company.headquarters.name, 0, 0, None),
    ]


def move(api: Api, order: str, kind: str, **more: Any) -> None:
    """One step of a sheet, of the version that is there."""
    body = {"kind": kind, "version": api.get(f"/work-orders/{order}").json()["version"], **more}
    sent(api, f"/work-orders/{order}/steps", body)


def repaired(story: Story, order: str) -> None:
    """The engineer calls, goes, changes the controller; the customer signs."""
    engineer = story.api(story.second)
    move(engineer, order, "appointed", agreed_for="2026-03-10T13:00:00+08:00", way="自驾")
    for hour, kind in ((12, "departed"), (13, "arrived")):
        story.clock.move_to(local(hour))
        move(engineer, order, kind)
    story.clock.move_to(local(14, 30))
    at = f"/work-orders/{order}"
    done = {"work_done": "更换 RAID 控制器，导入外来配置", "result": "done"}
    written = engineer.put(f"{at}/report", {"version": engineer.get(at).json()["version"], **done})
    assert written.status_code == 200, written.content
    signed = {
        "version": engineer.get(at).json()["version"],
        "signer_name": "李晓明",
        "strokes": [[[10, 10], [400, 200]], [[420, 80], [500, 90]]],
        "works": True,
        "satisfaction": "very_satisfied",
    }
    sent(engineer, f"{at}/signature", signed)


def only_its_own(story: Story, request: str) -> None:
    """The dealer sees his own customer's case; headquarters' other one, and a sibling, do not."""
    network = story.network
    dealer, desk = story.api(network.at_dealer), story.api(network.desk)
    elsewhere = make_customer(network.desk, network.company.headquarters)
    other = str(open_fault(network.desk, elsewhere, "").public_id)
    seen = dealer.get("/requests").json()["items"]
    assert {one["customer_name"] for one in seen} == {network.customer.name}
    assert (len(seen), other in {one["id"] for one in seen}) == (2, False), "2025 and 2026"
    assert dealer.get(f"/requests/{request}").status_code == 200
    assert dealer.get(f"/requests/{other}").status_code == 404
    assert desk.get(f"/requests/{other}").status_code == 200
    assert story.api(network.at_beside).get(f"/requests/{request}").status_code == 404


def to_the_end(story: Story, desk: Api, request: str, order: str) -> None:
    """The response engineer files it; every hand-over, advice and decision is on the record."""
    for kind in ("confirmed_by_customer", "archived"):
        sent(desk, f"/requests/{request}/facts", {"kind": kind})
    assert desk.get(f"/requests/{request}").json()["state"] == "archived"
    assert desk.get(f"/requests/{request}/routing").json()["follower_name"] == "呼叫中心"
    facts = desk.get(f"/requests/{request}/facts").json()["items"]
    kinds = [one["kind"] for one in facts]
    assert {"unit_skipped", "assigned", "offer_timed_out", "accepted", "responded"} <= set(kinds)
    assert {"remote_authorised", "remote_ended", "expert_advised", "clinic_concluded"} <= set(kinds)
    assert {"part_requested", "part_shipped", "arrived", "restored", "archived"} <= set(kinds)
    decision = desk.get(f"/work-orders/{order}/decisions").json()["items"][0]
    assert "二号工程师" in str(decision)
    assert "离客户近，持证" in str(decision)
    page = browser_of(User.objects.get(pk=story.network.desk.user.pk)).read(f"/requests/{request}/")
    for shown in ("绵阳经销商", "成都授权中心", "呼叫中心", "换卡后导入外来配置", "二号工程师"):
        assert shown in page


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
