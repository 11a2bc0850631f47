"""The customer orders goods himself and follows his own orders."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.factories import make_contract, publish
from tests.factories.goods import make_item, order_goods
from tests.factories.promises import PLANS
from tests.portal.conftest import World

from yinuo.domains.goods.models import GoodsOrder
from yinuo.domains.obligations.models import ObligationRow


@pytest.mark.req("SG-07", "R06", "R37")
def test_he_orders_once_under_his_contract_and_sees_his_own_orders_only(world: World) -> None:
    item = make_item(world.member)
    theirs = order_goods(world.member, world.foreign.customer, item)
    version = publish(world.member, (PLANS / "signage.yaml").read_text(encoding="utf-8"))
    contract = make_contract(world.member, world.own.customer, version)
    form = {"key": uuid4().hex, f"item-{item.public_id}": "12", "deliver_to": "三楼"}
    for _time in range(2):
        assert world.visitor.post("/my/goods/", form).status_code == 302
    mine = GoodsOrder.objects.get(customer=world.own.customer)
    assert (mine.in_portal, mine.contract, mine.ordered_by) == (
        True,
        contract,
        world.own.contact.name,
    )
    assert ObligationRow.objects.filter(subject_id=mine.public_id).exists()
    page = world.visitor.get("/my/goods/").content.decode()
    assert mine.number in page
    assert theirs.number not in page


@pytest.mark.req("SG-07", "R30")
def test_what_he_types_wrongly_is_said_at_its_place(world: World) -> None:
    item = make_item(world.member)
    field = f"item-{item.public_id}"
    for typed in ("-3", "100001", "9" * 30, "x"):
        form = {"key": uuid4().hex, field: typed}
        assert world.visitor.post("/my/goods/", form).status_code == 422
    other = {"key": uuid4().hex, f"item-{uuid4()}": "5"}
    assert world.visitor.post("/my/goods/", other).status_code == 422
    assert not GoodsOrder.objects.exists()
