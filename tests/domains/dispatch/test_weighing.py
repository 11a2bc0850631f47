"""What dispatch reckons with is data: versions, prices of hours, and who may set them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.domains.dispatch.test_sending import World, world
from tests.factories import Member, make_member, make_unit
from tests.factories.dispatch import weigh

from yinuo.domains.dispatch.services import set_hour_price
from yinuo.domains.dispatch.weighing import get_weighing, list_weighings
from yinuo.platform.errors import Conflict, Forbidden, InvalidInput

__all__ = ["world"]


def price(by: Member, fen: int | None, version: int | None = None, **whose: Any) -> int:
    now = datetime.now(UTC)
    return set_hour_price(actor=by.actor, **whose, hour_fen=fen, version=version, now=now).version


@pytest.mark.req("B-31", "R42")
def test_a_decision_keeps_the_version_of_the_weights_it_was_taken_with(world: World) -> None:
    admin = world.company.administrator
    before = world.going()
    weigh(admin, km_fen=100_000)
    after = world.going()
    assert (before.weights, after.weights) == ("v1", "v2")
    assert after.goers[0].terms["travel"] > 100 * before.goers[0].terms["travel"]
    assert world.send(world.near).weights == "v2"
    assert [one.number for one in list_weighings(admin.actor)] == [2, 1]


@pytest.mark.req("R38")
def test_figures_set_meanwhile_are_not_overwritten(world: World) -> None:
    admin = world.company.administrator
    weigh(admin)
    with pytest.raises(Conflict):
        weigh(admin)
    assert get_weighing(admin.actor).number == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"km_fen": -1}, "km_fen"), ({"overtime_percent": 1_001}, "overtime_percent"),
     ({"hour_fen": None}, "hour_fen"), ({"hour_fen": 10**9}, "hour_fen"), ({"reason": " "}, "reason")],
)  # fmt: skip
def test_figures_beyond_reason_are_refused_by_name(
    world: World, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        weigh(world.company.administrator, **changed)
    assert list(refused.value.fields) == [field]


@pytest.mark.req("B-31")
def test_his_own_hour_counts_before_his_unit_s_and_the_unit_s_before_the_usual(
    world: World,
) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    usual = world.going().goers[0].terms["travel"]
    price(admin, 80_000, unit_id=unit.public_id)
    of_unit = world.going().goers[0].terms["travel"]
    version = price(admin, 20_000, person_id=world.near.person.public_id)
    own = next(one for one in world.going().goers if one.name == "近").terms["travel"]
    assert usual < own < of_unit
    price(admin, None, version, person_id=world.near.person.public_id)
    again = next(one for one in world.going().goers if one.name == "近").terms["travel"]
    assert again == of_unit


def test_an_hour_has_one_owner_and_one_price(world: World) -> None:
    admin, unit = world.company.administrator, world.company.headquarters
    both = {"unit_id": unit.public_id, "person_id": world.near.person.public_id}
    for whose in ({}, both):
        with pytest.raises(InvalidInput):
            price(admin, 1, **whose)
    price(admin, 1, unit_id=unit.public_id)
    with pytest.raises(Conflict):
        price(admin, 2, unit_id=unit.public_id)


@pytest.mark.req("R01", "R06")
def test_only_headquarters_sets_what_counts_everywhere(world: World) -> None:
    admin = world.company.administrator
    branch = make_unit(admin, world.company.headquarters)
    local = make_member(admin, branch, ["administrator"])
    for member in (local, world.manager, world.near):
        with pytest.raises(Forbidden):
            weigh(member)
        with pytest.raises(Forbidden):
            price(member, 1, unit_id=branch.public_id)
    assert get_weighing(world.manager.actor).number == 1
    with pytest.raises(Forbidden):
        get_weighing(world.near.actor)
