"""Requests for parts: approved by somebody else, kept, shipped, used, and the old part back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.factories import Company, Member, make_company, make_customer, make_member, open_fault
from tests.factories.emergency import another, make_plan, make_small_vendor
from tests.factories.stock import fill, make_ask, make_depot, make_part

from yinuo.domains.obligations.models import FactRow
from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Balance, Depot, Part, PartRequest, Reservation
from yinuo.domains.parts.request_selectors import asks_of, list_asks
from yinuo.domains.parts.request_types import Back, LineDone
from yinuo.domains.parts.services import (
    approve_parts,
    end_ask,
    give_back,
    receive_asked,
    ship_asked,
    use_asked,
)
from yinuo.domains.parts.types import Carriage
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput

NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Case:
    """A case, the engineer who asks, the keeper of the depot with five of a part."""

    keeper: Member
    engineer: Member
    depot: Depot
    part: Part
    request_id: object
    company: Company | None = None

    def ask(self, number: int = 2, by: Member | None = None) -> PartRequest:
        return make_ask(by or self.engineer, self.request_id, self.depot, self.part, number)

    def does(self, act: Any, ask: PartRequest, *, by: Member | None = None, **given: Any) -> Any:
        version = PartRequest.objects.get(pk=ask.pk).version
        who = (by or self.keeper).actor
        return act(actor=who, ask_id=ask.public_id, version=version, now=datetime.now(UTC), **given)

    def ship(self, ask: PartRequest, number: int) -> None:
        lines = [LineDone(ask.lines.get().pk, number)]
        self.does(ship_asked, ask, lines=lines, carriage=Carriage("顺丰", "SF1"))

    def balance(self) -> tuple[int, int]:
        row = Balance.objects.get(depot=self.depot, part=self.part, condition="good")
        return row.on_hand, row.reserved

    def facts(self) -> list[str]:
        kinds = FactRow.objects.filter(subject_id=self.request_id, kind__startswith="part_")
        return list(kinds.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def case(db: None) -> Case:
    company = make_company()
    unit = company.headquarters
    roles = ["parts_manager", "service_manager"]
    keeper = make_member(company.administrator, unit, [*roles, "account_manager"])
    engineer = make_member(company.administrator, unit, ["technician"])
    depot, part = make_depot(keeper, unit), make_part(keeper)
    fill(keeper, depot, part, 5)
    request = open_fault(keeper, make_customer(keeper, unit), level="")
    return Case(keeper, engineer, depot, part, request.public_id, company)


@pytest.mark.req("B-50", "BP-16")
def test_parts_go_from_the_request_for_them_to_the_old_part_back(case: Case) -> None:
    ask = case.ask(3)
    line = ask.lines.get().pk
    case.does(approve_parts, ask)
    assert case.balance() == (5, 3)
    case.ship(ask, 1)
    assert (case.balance(), case.facts()) == ((4, 2), ["part_requested"])
    case.ship(ask, 2)
    assert (case.balance(), case.facts()) == ((2, 0), ["part_requested", "part_shipped"])
    engineer = case.engineer
    case.does(receive_asked, ask, by=engineer, lines=[LineDone(line, 3)])
    assert case.facts()[-1] == "part_delivered"
    with pytest.raises(InvalidInput):
        case.does(use_asked, ask, by=engineer, lines=[LineDone(line, 4)])
    case.does(use_asked, ask, by=engineer, lines=[LineDone(line, 2)])
    (owed,) = list_asks(case.keeper.actor, state="old").items
    assert owed.lines[0].old_owed == 2
    with pytest.raises(InvalidInput):
        case.does(give_back, ask, lines=[Back(line, old=3)])
    done = case.does(give_back, ask, lines=[Back(line, old=2, unused=1)])
    assert done.state == "done"
    assert case.balance() == (3, 0)
    faulty = Balance.objects.get(part=case.part, condition="faulty")
    assert (faulty.on_hand, faulty.value) == (2, 0)
    assert wrong_stock() == []


@pytest.mark.req("B-50", "R08")
def test_nobody_approves_what_he_asked_for_himself(case: Case) -> None:
    ask = case.ask(by=case.keeper)
    with pytest.raises(Forbidden):
        case.does(approve_parts, ask)
    with pytest.raises(Forbidden):
        case.does(approve_parts, case.ask(), by=case.engineer)
    assert case.balance() == (5, 0)


@pytest.mark.req("B-50", "R40")
def test_what_is_reserved_is_nobody_elses_until_it_is_given_back(case: Case) -> None:
    first, second = case.ask(4), case.ask(2)
    case.does(approve_parts, first)
    with pytest.raises(IllegalMove) as refused:
        case.does(approve_parts, second)
    assert refused.value.details["free"] == 1
    with pytest.raises(IllegalMove):
        case.ship(second, 2)
    ended = case.does(end_ask, first, by=case.engineer, reason="客户自行解决")
    assert (ended.state, case.balance()) == ("cancelled", (5, 0))
    assert not Reservation.objects.exists()
    with pytest.raises(IllegalMove):
        case.ship(first, 1)
    declined = case.does(end_ask, second, reason="型号不符")
    assert declined.state == "declined"
    assert wrong_stock() == []


@pytest.mark.req("SV-04")
def test_the_case_records_whether_the_depot_had_all_of_it(case: Case) -> None:
    assert case.ask(5).filled
    assert not case.ask(6).filled
    facts = FactRow.objects.filter(subject_id=case.request_id, kind="part_requested")
    assert [one.attrs["filled"] for one in facts.order_by("id")] == [True, False]
    assert len(asks_of(case.engineer.actor, request_id=case.request_id)) == 2


@pytest.mark.req("BP-07")
def test_no_part_leaves_before_the_emergency_plan_is_approved(case: Case) -> None:
    company = case.company
    assert company is not None
    unit = company.headquarters
    keeper = make_member(
        company.administrator,
        unit,
        ["parts_manager", "service_manager", "account_manager", "project_manager"],
    )
    busy = make_member(
        company.administrator, unit, ["service_director", "project_manager", "emergency_lead"]
    )
    vendor = make_small_vendor(company, unit, keeper, busy)
    depot = make_depot(keeper, unit)
    fill(keeper, depot, case.part, 5)
    for stage, leaves in (("written", False), ("released", True)):
        plan = make_plan(another(vendor), stage)
        ask = make_ask(busy, plan.request.public_id, depot, case.part)
        here = Case(keeper, busy, depot, case.part, plan.request.public_id)
        here.does(approve_parts, ask)
        if leaves:
            here.ship(ask, 1)
            continue
        with pytest.raises(IllegalMove) as refused:
            here.ship(ask, 1)
        assert refused.value.details == {"emergency_plan": plan.number}
