"""Several promises under one cap of a contract: together they cost what the cap leaves, once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.factories import (
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    publish,
)
from tests.factories.breaches import ANSWERED, ONE_PRICE, Signs, make_signs

from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations import exposure
from yinuo.domains.obligations.checking import wrong_joint_exposure
from yinuo.domains.obligations.exposure import BY_CONTRACT, BY_CUSTOMER, BY_UNIT
from yinuo.domains.obligations.exposure_types import Sums
from yinuo.domains.obligations.models import JointExposure, ObligationRow
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.services.joining import renew_joint_exposure
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-08")]
HOUR = timedelta(hours=1)
CAPPED = ONE_PRICE.replace("one_price", "capped").replace(
    "per_started: 1 hour}}", "per_started: 1 hour}, cap: {amount: 150, over: contract_year}}"
)


@pytest.fixture
def signs() -> Signs:
    return make_signs(make_company())


class Capped:
    """A customer whose contract pays at most 150.00 a year, with cases of it."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.director = signs.director.actor
        self.customer = make_customer(signs.consultant, signs.company.headquarters)
        make_contract(signs.consultant, self.customer, publish(signs.company.administrator, CAPPED))
        self.contract = Contract.objects.get(customer=self.customer)

    def open(self, at: Any = ANSWERED) -> Any:
        """A request of the customer, reported now."""
        intake = Intake(self.customer.public_id, "不通")
        return open_request(actor=self.signs.consultant.actor, intake=intake, now=at)

    def sums(self, by: str = BY_CONTRACT) -> Sums:
        """What stands in the list for the contract, customer or unit."""
        groups = exposure.group_exposure(self.director, by)
        names = {BY_CONTRACT: self.customer.name, BY_CUSTOMER: self.customer.name}
        name = names.get(by, self.signs.company.headquarters.name)
        [found] = [one.sums for one in groups if name in (one.owner, one.name)]
        return found


def late(sums: Sums) -> tuple[Decimal, ...]:
    return (sums.late_hour, sums.late_day, sums.late_week)


def test_open_promises_do_not_cost_more_than_the_cap_leaves(signs: Signs) -> None:
    capped = Capped(signs)
    for _ in range(3):
        capped.open()
    assert late(capped.sums()) == (300, 450, 450), "each by itself, before a worker looked"
    renew_joint_exposure(now=ANSWERED)
    for by in (BY_CONTRACT, BY_CUSTOMER, BY_UNIT):
        assert late(capped.sums(by)) == (150, 150, 150), by
    assert late(exposure.sum_exposure(capped.director)) == (150, 150, 150)
    part = exposure.Part(contract_id=capped.contract.pk)
    assert late(exposure.sum_exposure(capped.director, part)) == (150, 150, 150)
    singles = [one.money.late_day for one in exposure.list_priced(capped.director).items]
    assert singles == [150, 150, 150], "one by one they stay by themselves"
    assert not wrong_joint_exposure(now=ANSWERED)


def test_what_was_missed_leaves_less_and_is_over_leaves_nothing(signs: Signs) -> None:
    capped = Capped(signs)
    first, _ = capped.open(), capped.open()
    late_by = ANSWERED + HOUR
    act_on_due(now=late_by)
    renew_joint_exposure(now=late_by)
    sums = capped.sums()
    assert (sums.accrued, *late(sums)) == (150, 0, 0, 0), "100 of each, of which 150 are paid"
    record_steps(
        actor=signs.consultant.actor,
        request_id=first.public_id,
        facts=[StepFact("responded")],
        source="test",
        now=late_by,
    )
    renew_joint_exposure(now=late_by)
    assert JointExposure.objects.get(contract_id=capped.contract.pk).marks > 1
    renew_joint_exposure(now=late_by + HOUR / 60)
    assert capped.sums().late_week == 0
    assert not wrong_joint_exposure(now=late_by + HOUR / 60)


def test_one_promise_is_shown_with_what_the_cap_leaves_of_it(signs: Signs) -> None:
    capped = Capped(signs)
    capped.open(), capped.open()
    act_on_due(now=ANSWERED + HOUR)
    renew_joint_exposure(now=ANSWERED + HOUR)
    part = exposure.Part(contract_id=capped.contract.pk)
    money = [one.money for one in exposure.list_priced(capped.director, part).items]
    assert {one.adds("late_week") for one in money if one} == {Decimal("0.00")}, "used up by both"
    capped.signs.director.user.refresh_from_db()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(capped.signs.director.user)
    for page in (
        "/promises/?sort=money",
        f"/exposure/?by=promise&contract={capped.contract.public_id}",
    ):
        assert "cap is used up" in client.get(page).content.decode(), page


def test_a_contract_of_its_own_keeps_its_own_cap(signs: Signs) -> None:
    some, other = Capped(signs), Capped(signs)
    for one in (some, some, other, other):
        one.open()
    renew_joint_exposure(now=ANSWERED)
    assert late(exposure.sum_exposure(some.director))[1] == 300
    assert (some.sums().late_day, other.sums().late_day) == (150, 150)


def test_who_sees_a_part_of_the_cases_sees_at_most_the_joint_figure(signs: Signs) -> None:
    capped = Capped(signs)
    first, _ = capped.open(), capped.open()
    other = make_unit(signs.company.administrator, signs.company.headquarters)
    rows = ObligationRow.objects.filter(subject_id=first.public_id)
    rows.update(unit_id=other.pk)
    renew_joint_exposure(now=ANSWERED)
    neighbour = make_member(signs.company.administrator, other, ["service_director"]).actor
    assert late(exposure.sum_exposure(neighbour)) == (100, 150, 150)


def test_a_figure_nobody_keeps_right_is_found_by_the_check(signs: Signs) -> None:
    capped = Capped(signs)
    capped.open()
    renew_joint_exposure(now=ANSWERED)
    JointExposure.objects.update(late_day=7)
    [wrong] = wrong_joint_exposure(now=ANSWERED)
    assert (wrong.contract_id, wrong.fresh["late_day"]) == (capped.contract.pk, 150)
