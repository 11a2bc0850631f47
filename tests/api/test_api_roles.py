"""Roles: nobody gives himself more than he holds, and what is taken away is gone at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.api.conftest import Api, World
from tests.factories import Member, make_member

from yinuo.domains.network.models import Assignment, Person, ServiceUnit
from yinuo.domains.network.services import assign_role, deactivate_person, revoke_role
from yinuo.platform.errors import Forbidden, IllegalMove, NotFound, YinuoError
from yinuo.platform.journal.models import AuditEntry


def own_unit(world: World) -> ServiceUnit:
    return ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])


def assign(by: Member, to: Member, role: str, unit: ServiceUnit) -> None:
    assign_role(
        actor=by.actor,
        person_id=to.person.public_id,
        role_code=role,
        unit_id=unit.public_id,
        now=datetime.now(UTC),
    )


def revoke(by: Member, to: Member | Assignment, role: str, unit: ServiceUnit) -> None:
    revoke_role(
        actor=by.actor,
        person_id=to.person.public_id,
        role_code=role,
        unit_id=unit.public_id,
        now=datetime.now(UTC),
    )


@pytest.mark.req("R08")
def test_an_administrator_cannot_give_himself_rights_he_does_not_hold(world: World) -> None:
    admin = world.company.administrator
    before = AuditEntry.objects.count()
    with pytest.raises(Forbidden):
        assign(admin, admin, "service_consultant", own_unit(world))
    assert AuditEntry.objects.count() == before
    token = admin.token()
    assert Api(token).post("/requests", {}).status_code == 403


@pytest.mark.req("R08")
@pytest.mark.parametrize("role", ["technician", "service_consultant", "service_director"])
def test_who_may_not_assign_roles_assigns_none(world: World, role: str) -> None:
    unit = own_unit(world)
    member = make_member(world.company.administrator, unit, ["service_manager"])
    other = make_member(world.company.administrator, unit, [])
    with pytest.raises(YinuoError) as refusal:
        assign(member, other, role, unit)
    assert isinstance(refusal.value, Forbidden | NotFound)


@pytest.mark.req("R08")
def test_roles_are_given_only_in_units_where_one_may(world: World) -> None:
    unit = own_unit(world)
    foreign = ServiceUnit.objects.get(public_id=world.foreign.ids["unit_id"])
    local = world.own.member
    newcomer = make_member(world.company.administrator, unit, [])
    with pytest.raises(NotFound):
        assign(local, newcomer, "technician", foreign)
    with pytest.raises(NotFound):
        assign(local, world.foreign.member, "technician", unit)
    assign(local, newcomer, "technician", unit)
    assert Api(newcomer.token()).get("/requests").json()["items"]


@pytest.mark.req("R08")
def test_the_last_administrator_stays(world: World) -> None:
    company, admin = world.company, world.company.administrator
    others = Assignment.objects.filter(role__code="administrator").exclude(person=admin.person)
    for one in others.select_related("person", "unit"):
        revoke(admin, one, "administrator", one.unit)
    with pytest.raises(IllegalMove):
        revoke(admin, admin, "administrator", company.headquarters)
    with pytest.raises(IllegalMove):
        deactivate_person(
            actor=admin.actor,
            person_id=admin.person.public_id,
            version=Person.objects.get(pk=admin.person.pk).version,
            now=datetime.now(UTC),
        )
    second = make_member(admin, company.headquarters, ["administrator"])
    revoke(second, admin, "administrator", company.headquarters)
    assert Api(admin.token()).get("/units").status_code == 403


@pytest.mark.req("R01", "R08")
def test_a_revoked_role_ends_at_the_next_call_of_the_same_token(world: World) -> None:
    unit = own_unit(world)
    member = make_member(world.company.administrator, unit, ["technician"])
    api = Api(member.token())
    assert api.get("/requests").status_code == 200
    revoke(world.company.administrator, member, "technician", unit)
    assert api.get("/requests").status_code == 403


@pytest.mark.req("R16", "R08")
def test_a_token_never_gives_more_than_its_holders_roles(world: World) -> None:
    member = make_member(world.company.administrator, own_unit(world), ["technician"])
    api = Api(member.token("*"))
    assert api.get("/requests").status_code == 200
    assert api.post("/requests", {}).status_code == 403
    assert api.post("/plan-versions", {"source": "x"}).status_code == 403
