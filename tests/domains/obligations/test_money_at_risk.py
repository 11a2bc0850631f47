"""Exposure now: stored with each promise, right at every second, summed and scoped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from tests.factories import (
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    publish,
)
from tests.factories.breaches import AGREED, ANSWERED, ONE_PRICE, Signs, clock, make_signs

from yinuo.domains.breaches.services import set_limit, waive_breach
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations import exposure
from yinuo.domains.obligations.checking import wrong_money
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.today import list_running
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, OpenedRequest, StepFact
from yinuo.kernel.remedies.together import reaches_across
from yinuo.platform.errors import NotFound
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db

FEE = Decimal("4860.00")


@pytest.fixture
def signs() -> Signs:
    return make_signs(make_company())


def until_agreed(signs: Signs, until=AGREED) -> OpenedRequest:
    """The first response too late, restoration agreed for the 13th at 18:00."""
    request = signs.open()
    signs.record(request, StepFact("responded", ANSWERED), now=ANSWERED)
    signs.record(request, StepFact("measures_taken", ANSWERED), now=ANSWERED)
    agreed = clock("07-11 16:40")
    step = StepFact("restoration_agreed", agreed, {"until": until.isoformat()})
    signs.record(request, step, now=agreed)
    return request


def work_until(instant) -> None:
    """The worker at each instant at which something is due, as if it were always awake."""
    while True:
        due = ObligationRow.objects.filter(next_at__lte=instant).order_by("next_at").first()
        if due is None or due.next_at is None:
            return
        act_on_due(now=due.next_at)


def restore() -> ObligationRow:
    return ObligationRow.objects.get(clause="restore")


@pytest.mark.req("B-08", "SG-10")
def test_before_the_agreed_time_4860_have_accrued_and_4860_are_at_risk_each_day(signs):
    until_agreed(signs)
    actor = signs.director.actor
    sums = exposure.sum_exposure(actor)
    assert (sums.accrued, sums.late_hour, sums.late_day, sums.late_week) == (FEE, FEE, FEE, 7 * FEE)
    [contract] = exposure.group_exposure(actor, exposure.BY_CONTRACT)
    assert (contract.name, contract.sums) == (signs.contract.number, sums)
    [promise] = exposure.list_priced(actor).items
    assert (promise.clause, promise.money.accrued, promise.money.late_day) == ("restore", 0, FEE)
    [missed] = exposure.list_accrued(actor).items
    assert (missed.clause, missed.money.accrued, missed.money.late_day) == ("respond", FEE, None)


@pytest.mark.req("B-08")
def test_a_miss_grows_at_the_second_its_next_day_starts(signs):
    until_agreed(signs)
    grown = []
    for day in range(3):
        start = AGREED + day * timedelta(days=1)
        for instant in (start, start + timedelta(seconds=1)):
            work_until(instant)
            grown.append((restore().accrued, restore().late_day))
    assert [accrued for accrued, _ in grown] == [0, FEE, FEE, 2 * FEE, 2 * FEE, 3 * FEE]
    assert {late for _, late in grown} == {FEE}
    assert not wrong_money(now=AGREED + timedelta(days=2, seconds=1))


@pytest.mark.req("B-08")
def test_what_is_over_leaves_the_exposure_with_its_case(signs):
    request = until_agreed(signs)
    work_until(AGREED + timedelta(hours=1))
    restored = AGREED + timedelta(hours=2)
    signs.record(request, StepFact("arrived", clock("07-11 16:10")), now=restored)
    signs.record(request, StepFact("restored", restored), now=restored)
    row = restore()
    assert (row.accrued, row.late_hour, row.next_at) == (FEE, None, None)
    live = ObligationRow.objects.filter(state="running").count()
    assert exposure.sum_exposure(signs.director.actor).accrued == (2 * FEE if live else 0)


@pytest.mark.req("B-08")
def test_what_the_ledger_has_settled_is_not_counted_again(signs):
    until_agreed(signs)
    breach = signs.breach("respond")
    waive_breach(
        actor=signs.director.actor,
        breach_id=breach.public_id,
        amount=FEE,
        reason="客户书面同意免除",
        version=breach.version,
        now=ANSWERED + timedelta(days=1),
    )
    assert exposure.sum_exposure(signs.director.actor).accrued == 0
    assert not exposure.list_accrued(signs.director.actor).items


def test_who_may_not_see_money_sees_promises_without_it(signs):
    until_agreed(signs)
    unit = signs.company.headquarters
    technician = make_member(signs.company.administrator, unit, ["technician"]).actor
    row = restore()
    assert exposure.sum_exposure(technician) == exposure.Sums()
    assert not exposure.group_exposure(technician, exposure.BY_UNIT)
    assert not exposure.list_priced(technician).items
    assert all(one.money is None for one in list_running(technician, now=ANSWERED).items)
    with pytest.raises(NotFound):
        exposure.explain_money(technician, row.public_id, ANSWERED)


def test_a_neighbour_sees_no_foreign_money(signs):
    until_agreed(signs)
    admin = signs.company.administrator
    other = make_unit(admin, signs.company.headquarters)
    neighbour = make_member(admin, other, ["service_director"]).actor
    assert exposure.sum_exposure(neighbour) == exposure.Sums()
    assert not exposure.list_accrued(neighbour).items


@pytest.mark.req("B-08")
def test_todays_promises_by_money_lead_with_the_dearest(signs):
    until_agreed(signs)
    signs.open(ANSWERED)
    found = list_running(signs.director.actor, now=ANSWERED, by_money=True).items
    assert {one.clause for one in found} == {"respond", "restore"}
    everything = list_running(signs.director.actor, now=ANSWERED).items
    assert {one.clause for one in everything} > {"respond", "restore"}
    assert {one.clause for one in everything if one.money is None} >= {"on_site", "measures"}


@pytest.mark.req("B-08")
def test_by_money_a_miss_of_last_week_leads_as_long_as_it_goes_on_costing(signs):
    until_agreed(signs)
    later = AGREED + timedelta(days=3)
    work_until(later)
    actor = signs.director.actor
    assert "restore" in {one.clause for one in list_running(actor, now=later, by_money=True).items}
    assert "restore" not in {one.clause for one in list_running(actor, now=later).items}


@pytest.mark.req("B-08")
def test_a_contract_without_a_total_says_that_the_amount_is_not_known():
    signs = make_signs(make_company(), total=None)
    until_agreed(signs)
    sums = exposure.sum_exposure(signs.director.actor)
    assert (sums.accrued, sums.late_week, sums.open, sums.unknown) == (0, 0, 1, 1)
    assert exposure.count_unpriced(signs.director.actor) > 0


@pytest.mark.req("B-08")
def test_the_computation_is_said_in_words(signs):
    until_agreed(signs)
    lines = exposure.explain_money(signs.director.actor, restore().public_id, AGREED)
    assert [(one.hours, one.amount) for one in lines] == [(1, FEE), (24, FEE), (168, 7 * FEE)]
    assert lines[2].computation.zh == "1 % × 486,000.00 × 7（每起算 1 天）"


def test_stored_money_that_is_otherwise_is_found(signs):
    until_agreed(signs)
    assert not wrong_money(now=clock("07-11 16:41"))
    ObligationRow.objects.filter(clause="restore").update(late_day=1)
    [wrong] = wrong_money(now=clock("07-11 16:41"))
    assert wrong.public_id == restore().public_id


@pytest.mark.req("B-08")
def test_the_check_of_an_installation_fails_when_money_is_wrong(signs, capsys):
    request = signs.open(datetime.now(UTC))
    call_command("check_invariants")
    assert "every stored amount equals" in capsys.readouterr().out
    wrong = ObligationRow.objects.filter(subject_id=request.public_id, clause="respond")
    assert wrong.update(accrued=None) == 1
    with pytest.raises(CommandError, match="1 promises"):
        call_command("check_invariants")


@pytest.mark.req("B-08", "SG-10")
def test_what_was_waived_in_part_leaves_the_rest(signs: Signs) -> None:
    until_agreed(signs)
    breach = signs.breach("respond")
    waive_breach(
        actor=signs.director.actor,
        breach_id=breach.public_id,
        amount=Decimal("1000.00"),
        reason="客户书面同意免除一部分",
        version=breach.version,
        now=ANSWERED + timedelta(days=1),
    )
    actor = signs.director.actor
    left = FEE - Decimal("1000.00")
    assert exposure.sum_exposure(actor).accrued == left
    [contract] = exposure.group_exposure(actor, exposure.BY_CONTRACT)
    assert contract.sums.accrued == left
    [missed] = exposure.list_accrued(actor).items
    assert missed.money is not None
    assert missed.money.accrued == left


@pytest.mark.req("B-08")
def test_what_was_waived_whole_while_it_goes_on_comes_back_only_by_what_grows(signs: Signs) -> None:
    until_agreed(signs)
    actor = signs.director.actor
    work_until(AGREED + timedelta(hours=1))
    breach = signs.breach("restore")
    before = exposure.sum_exposure(actor)
    who = {"actor": actor, "reason": "客户书面同意免除", "now": AGREED + timedelta(hours=1)}
    waive_breach(breach_id=breach.public_id, amount=FEE, version=breach.version, **who)
    assert exposure.sum_exposure(actor).accrued == before.accrued - FEE
    work_until(AGREED + timedelta(days=1, seconds=1))
    assert exposure.sum_exposure(actor).accrued == before.accrued


@pytest.mark.req("B-08", "R41")
def test_amounts_of_different_currencies_are_never_added_up(signs: Signs) -> None:
    until_agreed(signs)
    actor = signs.director.actor
    yuan = exposure.sum_exposure(actor)
    assert exposure.currencies() == ("CNY",)
    euros = ONE_PRICE.replace("currency: CNY", "currency: EUR").replace("one_price", "in_euro")
    customer = make_customer(signs.consultant, signs.company.headquarters)
    make_contract(signs.consultant, customer, publish(signs.company.administrator, euros))
    opened = open_request(
        actor=signs.consultant.actor, intake=Intake(customer.public_id, "不通"), now=ANSWERED
    )
    act_on_due(now=ANSWERED + timedelta(hours=1))
    assert ObligationRow.objects.get(subject_id=opened.public_id, clause="respond").accrued == 100
    assert exposure.currencies() == ("CNY", "EUR")
    assert exposure.sum_exposure(actor) == yuan
    in_euro = exposure.Part(currency="EUR")
    assert exposure.sum_exposure(actor, in_euro).accrued == 100
    [group] = exposure.group_exposure(actor, exposure.BY_CUSTOMER, in_euro)
    assert group.name == customer.name
    assert [one.clause for one in exposure.list_priced(actor, in_euro).items] == ["respond"]


@pytest.mark.req("B-08")
def test_a_cap_over_several_cases_is_said_beside_the_contract(signs: Signs) -> None:
    capped = ONE_PRICE.replace("one_price", "capped").replace(
        "per_started: 1 hour}}",
        "per_started: 1 hour}, cap: {amount: 150, over: contract_year}}",
    )
    customer = make_customer(signs.consultant, signs.company.headquarters)
    make_contract(signs.consultant, customer, publish(signs.company.administrator, capped))
    until_agreed(signs)
    open_request(
        actor=signs.consultant.actor, intake=Intake(customer.public_id, "不通"), now=ANSWERED
    )
    groups = exposure.group_exposure(signs.director.actor, exposure.BY_CONTRACT)
    assert {one.owner == customer.name: one.is_capped for one in groups}[True]
    waived = {one.name: one.is_capped for one in groups}
    assert waived[signs.contract.number] is reaches_across(
        compiled_plan(signs.contract.plan_version_id).plan
    )


@pytest.mark.req("R41", "SG-10")
def test_who_sets_a_limit_stands_in_the_journal(signs: Signs) -> None:
    admin = signs.company.administrator
    for version, most in enumerate((Decimal("500.00"), None)):
        set_limit(
            actor=admin.actor, role="service_manager", most=most, version=version, now=ANSWERED
        )
    said = AuditEntry.objects.filter(action="authority.limit").order_by("id")
    assert [one.after["most"] for one in said] == ["500.00", ""]
    assert said[1].before == {"role": "service_manager", "most": "500.00"}
    assert said[0].actor_label == admin.actor.label
