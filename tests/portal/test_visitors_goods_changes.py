"""The customer changes or cancels his own order while nothing has left; our people are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from tests.factories import make_member
from tests.factories.goods import make_item, order_goods
from tests.portal.conftest import World

from yinuo.domains.contracts.models import Contract
from yinuo.domains.goods.models import GoodsItem, GoodsOrder
from yinuo.domains.goods.selectors import get_goods_order
from yinuo.domains.goods.services import accept_order, answer_change, ship_order
from yinuo.domains.goods.types import AnswerData, Parcel, Wanted
from yinuo.domains.network.models import Person
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import ObligationRow


def _order(world: World, item: GoodsItem, number: str = "12") -> GoodsOrder:
    form = {"key": uuid4().hex, f"item-{item.public_id}": number}
    assert world.visitor.post("/my/goods/", form).status_code == 302
    return GoodsOrder.objects.latest("id")


def _post(world: World, order: GoodsOrder, act: str, **typed: str) -> int:
    order.refresh_from_db()
    form = {"key": uuid4().hex, "version": str(order.version), **typed}
    return world.visitor.post(f"/my/goods/{order.public_id}/{act}/", form).status_code


def _manager(world: World):
    by = world.member
    return make_member(by, by.person.unit, ["service_manager"])


@pytest.mark.req("MS-01", "SG-07")
def test_those_who_see_to_orders_and_who_is_in_charge_are_told_of_an_order(world: World) -> None:
    manager, by = _manager(world), world.member
    charge = make_member(by, by.person.unit, ["leadership"])
    Contract.objects.filter(customer=world.own.customer).update(responsible=charge.person)
    order = _order(world, make_item(by))
    told = Notice.objects.filter(topic="goods.ordered", subject_id=order.public_id)
    people = set(told.values_list("person_id", flat=True))
    assert manager.person.pk in people
    assert order.contract is None or charge.person.pk in people
    assert people <= set(Person.objects.values_list("pk", flat=True))
    order_goods(by, world.own.customer, make_item(by))
    assert told.count() == len(people)
    assert not Notice.objects.filter(topic="goods.ordered").exclude(pk__in=told).exists()


@pytest.mark.req("MS-01", "SG-07", "R06")
def test_a_change_of_his_is_a_version_that_we_answer(world: World) -> None:
    manager, item, other = _manager(world), make_item(world.member), make_item(world.member, "奖杯")
    order = _order(world, item)
    wanted = {f"item-{item.public_id}": "20", f"item-{other.public_id}": "3", "why": "多一个部门"}
    assert _post(world, order, "change", **wanted) == 302
    view = get_goods_order(manager.actor, order.public_id)
    assert view.row.ordered == 12
    assert view.asked is not None
    assert (view.asked.asked_by, len(view.asked.lines)) == (world.own.contact.name, 2)
    assert Notice.objects.filter(topic="goods.change_asked", person=manager.person).exists()
    assert _post(world, order, "change", **wanted) == 422
    order.refresh_from_db()
    about = {"actor": manager.actor, "order_id": order.public_id, "now": datetime.now(UTC)}
    answer_change(**about, version=order.version, data=AnswerData(True))
    assert get_goods_order(manager.actor, order.public_id).row.ordered == 23
    theirs = order_goods(world.member, world.foreign.customer, item)
    assert _post(world, theirs, "change", **wanted) == 404
    assert _post(world, theirs, "cancel", text="不要了") == 404


@pytest.mark.req("MS-01", "SG-07")
def test_he_cancels_at_once_before_we_accept_and_asks_afterwards(world: World) -> None:
    manager, item, now = _manager(world), make_item(world.member), datetime.now(UTC)
    early = _order(world, item)
    assert _post(world, early, "cancel", text="") == 422
    assert _post(world, early, "cancel", text="另行采购") == 302
    early.refresh_from_db()
    assert (early.state, early.end_text) == ("cancelled", "另行采购")
    late = _order(world, item)
    by = {"actor": manager.actor, "order_id": late.public_id, "now": now}
    accept_order(**by, version=late.version, promised_on=(now + timedelta(days=5)).date())
    assert _post(world, late, "cancel", text="活动取消") == 302
    view = get_goods_order(manager.actor, late.public_id)
    assert view.row.state == "accepted"
    assert view.asked is not None
    assert view.asked.is_cancellation
    answer_change(**by, version=view.row.version, data=AnswerData(True))
    late.refresh_from_db()
    assert (late.state, late.end_text) == ("cancelled", "活动取消")
    live = ObligationRow.objects.filter(subject_id=late.public_id, state="running")
    assert not live.exists()


@pytest.mark.req("MS-01")
def test_nothing_is_changed_or_cancelled_once_something_left(world: World) -> None:
    manager, item, now = _manager(world), make_item(world.member), datetime.now(UTC)
    order = _order(world, item)
    by = {"actor": manager.actor, "order_id": order.public_id, "now": now}
    accept_order(**by, version=order.version, promised_on=(now + timedelta(days=5)).date())
    order.refresh_from_db()
    parcel = Parcel((Wanted(item.public_id, 2),), "顺丰")
    ship_order(**by, version=order.version, parcel=parcel)
    fewer = {f"item-{item.public_id}": "5", "why": "少一个部门"}
    assert _post(world, order, "change", **fewer) == 422
    assert _post(world, order, "cancel", text="不要了") == 422
    order.refresh_from_db()
    assert (order.state, order.revisions.count()) == ("shipped", 1)
    page = world.visitor.get("/my/goods/").content.decode()
    assert "Change or cancel" not in page


@pytest.mark.req("SG-07")
def test_three_articles_out_of_two_hundred_are_found_by_words(world: World) -> None:
    items = [make_item(world.member, f"物品{number:03}") for number in range(40)]
    page = world.visitor.get("/my/goods/").content.decode()
    assert page.count('name="item-') == 8
    form = {"key": uuid4().hex, "do": "find", "find": "物品037", "note": "三楼"}
    form |= {f"item-{items[20].public_id}": "4"}
    found = world.visitor.post("/my/goods/", form)
    shown = found.content.decode()
    assert found.status_code == 200
    assert shown.count('name="item-') == 2
    assert f'name="item-{items[37].public_id}"' in shown
    assert 'value="三楼"' in shown
    assert form["key"] in shown
    assert not GoodsOrder.objects.exists()
    sent = form | {"do": "", f"item-{items[37].public_id}": "1"}
    assert world.visitor.post("/my/goods/", sent).status_code == 302
    assert sorted(GoodsOrder.objects.get().lines.values_list("quantity", flat=True)) == [1, 4]
