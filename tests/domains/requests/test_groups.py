"""Requests go to the right support group, wait in its queue, are taken and escalated (BP-17)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.domains.requests.conftest import Desk
from tests.factories import Member

from yinuo.domains.notices.selectors import list_inbox
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.queues import list_groups, list_queue
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import (
    GroupData,
    Handover,
    create_group,
    edit_group,
    escalate_request,
    hand_over,
    take_request,
)
from yinuo.domains.requests.types import RequestPage
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("BP-17")]


def make_group(desk: Desk, name: str, members: list[Member] = [], **more: Any) -> Any:  # noqa: B006
    unit = more.pop("unit", desk.unit)
    ids = [one.person.public_id for one in members]
    return create_group(
        actor=desk.company.administrator.actor,
        unit_id=unit.public_id,
        data=GroupData(name, member_ids=ids, **more),
        now=datetime.now(UTC),
    )


def page(desk: Desk, request: Any) -> RequestPage:
    return get_request_page(desk.consultant.actor, request.public_id)


def take(by: Member, request: Any, version: int | None = None) -> Request:
    return take_request(
        actor=by.actor,
        request_id=request.public_id,
        version=version,
        source="test",
        now=datetime.now(UTC),
    )


def escalate(desk: Desk, by: Member, request: Any, reason: str = "本组没有办法") -> Request:
    return escalate_request(
        actor=by.actor,
        request_id=request.public_id,
        reason=reason,
        version=page(desk, request).request.version,
        source="test",
        now=datetime.now(UTC),
    )


def test_category_and_level_decide_the_group_and_its_people_are_told(desk):
    make_group(desk, "数据组", categories=["data_wrong"])
    network = make_group(desk, "网络组", [desk.technician], categories=["link_down"])
    make_group(desk, "值守组", rank=900)
    opened = desk.call()
    found = page(desk, opened)
    assert found.group is not None
    assert found.group.name == network.name
    assert found.owner is None
    routed = next(fact for fact in found.facts if fact.kind == "routed")
    assert routed.attrs["group_name"] == "网络组"
    assert [one.topic for one in list_inbox(desk.technician.actor).items] == ["request.routed"]
    assert list_inbox(desk.colleague.actor).items == ()
    other = page(desk, desk.call(category="page_error"))
    assert other.group is not None
    assert other.group.name == "值守组"


def test_the_nearest_unit_goes_before_the_rank_and_asset_kinds_and_levels_narrow(desk):
    make_group(desk, "总部组", unit=desk.company.headquarters, rank=1)
    make_group(desk, "服务器组", asset_classes=["server"], rank=2)
    make_group(desk, "咨询组", levels=["consultation"], rank=3)
    make_group(desk, "已停用", rank=0, active=False)
    assert page(desk, desk.call()).group.name == "总部组"
    assert page(desk, desk.call(level="consultation", category="")).group.name == "咨询组"


def test_whoever_belongs_to_the_group_or_keeps_it_looks_after_it_himself(desk):
    make_group(desk, "热线组", [desk.consultant], categories=["link_down"])
    mine = page(desk, desk.call())
    assert mine.owner is not None
    assert mine.owner.person_name == "林小雨"
    make_group(desk, "页面组", categories=["page_error"])
    kept = page(desk, desk.call(category="page_error", keep=True))
    assert kept.owner is not None
    assert kept.group is not None
    assert [one.request.number for one in list_queue(desk.technician.actor).items] == []


def test_a_queue_shows_the_longest_waiting_first_and_is_left_by_taking(desk):
    group = make_group(desk, "网络组", [desk.technician])
    late, early = desk.call(minutes_ago=5), desk.call(minutes_ago=25)
    queue = list_queue(desk.technician.actor)
    assert [one.request.number for one in queue.items] == [early.number, late.number]
    assert all(one.promise is not None for one in queue.items)
    (row,) = list_groups(desk.technician.actor)
    assert (row.waiting, row.is_mine, row.oldest_at) == (2, True, early.reported_at)
    take(desk.technician, early)
    found = page(desk, early)
    assert found.owner is not None
    assert found.owner.person_name == "赵强"
    assert found.facts[0].kind == "taken"
    assert found.group.public_id == group.public_id
    assert list_groups(desk.technician.actor)[0].waiting == 1
    assert "take" not in found.acts


def test_it_is_taken_once_and_the_second_learns_by_whom(desk):
    make_group(desk, "网络组", [desk.technician, desk.colleague])
    opened = desk.call()
    take(desk.technician, opened)
    with pytest.raises(IllegalMove) as caught:
        take(desk.colleague, opened)
    assert "赵强" in str(caught.value.message)
    with pytest.raises(IllegalMove):
        take(desk.technician, opened)


def test_escalating_puts_it_into_the_next_groups_queue_with_its_own_fact(desk):
    second = make_group(desk, "二线", [desk.colleague], categories=["none_at_all"])
    make_group(desk, "一线", [desk.technician], next_id=second.public_id)
    opened = desk.call()
    take(desk.technician, opened)
    with pytest.raises(InvalidInput):
        escalate(desk, desk.technician, opened, reason="  ")
    escalate(desk, desk.technician, opened)
    found = page(desk, opened)
    assert found.group is not None
    assert found.group.name == "二线"
    assert found.owner is None
    fact = found.facts[0]
    assert fact.kind == "group_escalated"
    assert fact.attrs["from_group"] == "一线"
    assert found.said[fact.public_id].words == {"from": "赵强", "reason": "本组没有办法"}
    assert [one.topic for one in list_inbox(desk.colleague.actor).items] == ["request.routed"]
    with pytest.raises(IllegalMove):
        escalate(desk, desk.colleague, opened)
    assert "escalate" not in found.acts


def test_it_may_be_handed_to_a_group_by_hand(desk):
    group = make_group(desk, "备件组", [desk.colleague], categories=["none_at_all"])
    opened = desk.call()
    hand_over(
        actor=desk.consultant.actor,
        request_id=opened.public_id,
        handover=Handover(group.public_id, "需要备件"),
        version=page(desk, opened).request.version,
        source="test",
        now=datetime.now(UTC),
    )
    found = page(desk, opened)
    assert found.owner is None
    assert found.group is not None
    assert found.group.name == "备件组"
    assert [one.request.number for one in list_queue(desk.colleague.actor).items] == [opened.number]


def test_without_a_group_everything_stays_as_it_was(desk):
    found = page(desk, desk.call())
    assert found.group is None
    assert found.owner is not None
    assert not {"take", "escalate"} & found.acts
    unowned = desk.call()
    Request.objects.filter(public_id=unowned.public_id).update(owner=None)
    with pytest.raises(IllegalMove):
        take(desk.technician, unowned)


def test_groups_are_set_up_by_those_who_may_and_bad_data_is_refused(desk):
    now = datetime.now(UTC)
    group = make_group(desk, "网络组")

    def change(actor: Any = None, version: int = 1, **more: Any) -> None:
        edit_group(
            actor=actor or desk.company.administrator.actor,
            group_id=group.public_id,
            version=version,
            data=GroupData(**({"name": "网络组"} | more)),
            now=now,
        )

    for more in (
        {"name": " "},
        {"name": "长" * 81},
        {"rank": -1},
        {"kinds": ["riddle"]},
        {"categories": ["x" * 61]},
        {"next_id": group.public_id},
    ):
        with pytest.raises(InvalidInput):
            change(**more)
    for stranger in (desk.company.administrator.person.public_id, "nobody"):
        with pytest.raises(NotFound):
            change(member_ids=[stranger])
    with pytest.raises(InvalidInput):
        make_group(desk, "网络组")
    with pytest.raises(NotFound):
        change(actor=desk.technician.actor)
    with pytest.raises(NotFound):
        create_group(
            actor=desk.consultant.actor, unit_id=desk.unit.public_id, data=GroupData("X"), now=now
        )
    change(rank=7)
    with pytest.raises(Conflict):
        change(rank=8)
    assert list_groups(desk.consultant.actor)[0].rank == 7


def test_nobody_takes_without_the_right(desk):
    make_group(desk, "网络组")
    opened = desk.call()
    with pytest.raises((Forbidden, NotFound)):
        take(desk.company.administrator, opened)
