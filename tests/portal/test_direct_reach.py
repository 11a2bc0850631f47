"""In an emergency a customer rings the after-sales manager himself."""

from __future__ import annotations

import pytest
from tests.factories import make_member
from tests.portal.conftest import World

from yinuo.domains.network.models import Person


@pytest.mark.req("SA-05", "SA-02")
def test_the_after_sales_manager_is_named_with_his_number(world: World) -> None:
    assert "ring the after-sales manager" not in world.visitor.get("/my/").content.decode()
    unit = world.member.person.unit
    other = make_member(world.member, unit, ["service_manager"], "服务经理")
    Person.objects.filter(pk=other.person.pk).update(phone="13900000001")
    assert "13900000001" in world.visitor.get("/my/").content.decode()
    manager = make_member(world.member, unit, ["customer_support_manager"], "苏文博")
    Person.objects.filter(pk=manager.person.pk).update(phone="13900000011")
    shown = world.visitor.get("/my/").content.decode()
    assert "13900000011" in shown
    assert "13900000001" not in shown
