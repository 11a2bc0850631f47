"""Approving, waiving, disputing and correcting: who may, up to what, and that nothing changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from tests.factories import make_company, make_member
from tests.factories.breaches import RESTORED, Signs, clock, make_breach, make_signs

from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.models import Approval, Breach, Entry, Right
from yinuo.domains.breaches.selectors import Narrowed as Part
from yinuo.domains.breaches.selectors import entries_to_state, get_breach
from yinuo.domains.breaches.services import (
    LegData,
    approve_breach,
    correct_amount,
    correct_leg,
    decide_dispute,
    decide_right,
    dispute_breach,
    record_loss,
    set_limit,
    waive_breach,
)
from yinuo.domains.breaches.services.stating import mark_stated
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services import record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing

NOW = RESTORED + timedelta(days=1)
CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def signs(db: None) -> Signs:
    made = make_signs(make_company())
    made.live_through()
    return made


def what(breach: Breach) -> dict[str, object]:
    breach.refresh_from_db()
    return {"breach_id": breach.public_id, "version": breach.version, "now": NOW}


def to_state(signs: Signs, until: date = date(2026, 7, 31)) -> list[Decimal]:
    found = entries_to_state(
        signs.director.actor,
        customer_id=signs.customer.pk,
        contract_id=signs.contract.pk,
        until=until,
        zone=CHINA,
    )
    return [one.amount for one in found]


def hour_of_the_customer(breach: Breach) -> LegData:
    begins = breach.due_at
    return LegData(begins, begins + timedelta(hours=1), "customer", None, "客户不在")


def another_director(signs: Signs) -> Actor:
    return make_member(
        signs.company.administrator, signs.company.headquarters, ["service_director"]
    ).actor


def approve_all(signs: Signs) -> None:
    for breach in Breach.objects.filter(amount__gt=0).order_by("id"):
        approve_breach(actor=signs.director.actor, **what(breach))


def state(signs: Signs, number: str) -> None:
    found = entries_to_state(
        signs.director.actor,
        customer_id=signs.customer.pk,
        contract_id=None,
        until=date(2026, 12, 31),
        zone=CHINA,
    )
    with writing(actor=signs.director.actor, now=NOW) as work:
        mark_stated(found, statement_id=uuid4(), statement_number=number, work=work)


@pytest.mark.req("SG-10", "B-08")
def test_what_is_approved_goes_to_the_statement_of_its_period(signs: Signs) -> None:
    assert to_state(signs) == []
    approve_all(signs)
    assert sum(to_state(signs)) == Decimal("14580.00")
    assert to_state(signs, date(2026, 7, 10)) == []
    assert to_state(signs, date(2026, 7, 11)) == [Decimal("4860.00")]


@pytest.mark.req("B-08")
def test_who_caused_the_miss_neither_approves_nor_waives(signs: Signs) -> None:
    breach = signs.breach("respond")
    boss = make_member(
        signs.company.administrator, signs.company.headquarters, ["service_director"]
    )
    for changes in ({"owner": boss.person}, {"owner": None, "recorded_by": boss.user.pk}):
        Breach.objects.filter(pk=breach.pk).update(**changes)
        with pytest.raises(Forbidden):
            approve_breach(actor=boss.actor, **what(breach))
        with pytest.raises(Forbidden):
            waive_breach(actor=boss.actor, amount=Decimal(1), reason="x", **what(breach))
        with pytest.raises(Forbidden):
            correct_leg(actor=boss.actor, data=hour_of_the_customer(breach), **what(breach))
        assert "approved" not in get_breach(boss.actor, breach.public_id).steps
    assert not Approval.objects.exists()


@pytest.mark.req("B-08")
def test_a_waiver_keeps_to_the_limit_of_the_role_and_is_a_row_of_its_own(signs: Signs) -> None:
    breach = signs.breach("restore")
    manager, director = signs.manager.actor, signs.director.actor
    with pytest.raises(InvalidInput) as refused:
        waive_breach(actor=manager, amount=Decimal("5000.01"), reason="x", **what(breach))
    assert "amount" in refused.value.fields
    waive_breach(actor=manager, amount=Decimal("4000.00"), reason="客户同意", **what(breach))
    with pytest.raises(InvalidInput):
        waive_breach(actor=manager, amount=Decimal("1000.01"), reason="又一次", **what(breach))
    waive_breach(actor=director, amount=Decimal("5720.00"), reason="全免", **what(breach))
    breach.refresh_from_db()
    assert (breach.state, breach.amount) == ("waived", Decimal("0.00"))
    kinds = list(breach.entries.order_by("id").values_list("kind", "amount"))
    assert kinds == [
        ("posted", Decimal("9720.00")),
        ("waiver", Decimal("-4000.00")),
        ("waiver", Decimal("-5720.00")),
    ]
    assert sum(to_state(signs)) == 0


@pytest.mark.req("B-08")
def test_what_one_person_corrects_another_approves_so_no_limit_is_passed_alone(
    signs: Signs,
) -> None:
    breach = signs.breach("restore")
    who = signs.manager.actor
    correct_amount(actor=who, change=Decimal("-9000.00"), reason="少算", **what(breach))
    assert "approved" not in get_breach(who, breach.public_id).steps
    with pytest.raises(Forbidden):
        approve_breach(actor=who, **what(breach))
    assert "approved" in get_breach(signs.director.actor, breach.public_id).steps
    approve_breach(actor=signs.director.actor, **what(breach))
    assert to_state(signs) == [Decimal("9720.00"), Decimal("-9000.00")]


@pytest.mark.req("B-08")
def test_what_we_owe_never_becomes_what_the_customer_owes(signs: Signs) -> None:
    breach = signs.breach("restore")
    director = signs.director.actor
    with pytest.raises(InvalidInput):
        correct_amount(actor=director, change=Decimal("-9720.01"), reason="x", **what(breach))
    dispute_breach(actor=director, side="ours", reason="x", **what(breach))
    with pytest.raises(InvalidInput):
        decide_dispute(actor=director, owed=Decimal("-0.01"), reason="x", **what(breach))


@pytest.mark.parametrize("amount", ["0", "-1", "9720.01", "0.001", "1e20", "NaN"])
def test_a_waiver_of_nothing_too_much_or_no_amount_is_refused(signs: Signs, amount: str) -> None:
    breach = signs.breach("restore")
    with pytest.raises(InvalidInput):
        waive_breach(actor=signs.director.actor, amount=Decimal(amount), reason="x", **what(breach))
    with pytest.raises(InvalidInput):
        waive_breach(actor=signs.director.actor, amount=Decimal(1), reason=" ", **what(breach))


def test_a_limit_is_set_by_the_administrator_and_counts_at_once(signs: Signs) -> None:
    breach = signs.breach("restore")
    admin = signs.company.administrator.actor
    with pytest.raises(Forbidden):
        set_limit(actor=signs.director.actor, role="service_manager", most=None, version=0, now=NOW)
    set_limit(actor=admin, role="service_manager", most=Decimal(0), version=0, now=NOW)
    with pytest.raises(Forbidden):
        waive_breach(actor=signs.manager.actor, amount=Decimal(1), reason="x", **what(breach))
    with pytest.raises(Conflict):
        set_limit(actor=admin, role="service_manager", most=None, version=0, now=NOW)
    set_limit(actor=admin, role="service_manager", most=None, version=1, now=NOW)
    waive_breach(actor=signs.manager.actor, amount=Decimal(9720), reason="x", **what(breach))


@pytest.mark.req("R42")
def test_a_dispute_after_the_statement_comes_on_the_next_as_a_new_row(signs: Signs) -> None:
    approve_all(signs)
    state(signs, "ZD-1")
    breach = signs.breach("restore")
    stated = list(Entry.objects.filter(stated__isnull=False).values_list("id", "amount"))
    dispute_breach(actor=signs.consultant.actor, side="customer", reason="暴雨", **what(breach))
    with pytest.raises(IllegalMove):
        approve_breach(actor=signs.director.actor, **what(breach))
    decide_dispute(
        actor=signs.director.actor, owed=Decimal("4860.00"), reason="核减一天", **what(breach)
    )
    assert to_state(signs) == []
    with pytest.raises(Forbidden):
        approve_breach(actor=signs.director.actor, **what(breach))
    approve_breach(actor=another_director(signs), **what(breach))
    assert to_state(signs) == [Decimal("-4860.00")]
    assert list(Entry.objects.filter(stated__isnull=False).values_list("id", "amount")) == stated


@pytest.mark.req("R42")
def test_a_fact_that_arrives_after_the_statement_is_a_row_of_the_next(signs: Signs) -> None:
    approve_all(signs)
    state(signs, "ZD-1")
    request_id = signs.breach("restore").subject_id
    earlier = NewFact("restored", clock("07-14 10:00"), "test")
    taken_back = NewFact("withdrawn", NOW, "test", {"supersedes": "restored"})
    record_facts(request_id, [taken_back], actor=signs.consultant.actor, now=NOW)
    record_facts(
        request_id, [earlier], actor=signs.consultant.actor, now=NOW + timedelta(minutes=1)
    )
    breach = signs.breach("restore")
    assert (breach.state, breach.amount) == ("open", Decimal("4860.00"))
    approve_breach(actor=signs.director.actor, **what(breach))
    assert sum(to_state(signs)) == Decimal("-4860.00")


def test_what_is_disputed_is_not_stated_though_it_was_approved(signs: Signs) -> None:
    approve_all(signs)
    breach = signs.breach("respond")
    dispute_breach(actor=signs.consultant.actor, side="ours", reason="值班表", **what(breach))
    assert to_state(signs) == [Decimal("9720.00")]


@pytest.mark.req("R38")
def test_two_who_decide_at_once_the_second_is_told(signs: Signs) -> None:
    breach = signs.breach("respond")
    seen = what(breach)
    waive_breach(actor=signs.director.actor, amount=Decimal(10), reason="x", **seen)
    with pytest.raises(Conflict):
        approve_breach(actor=signs.director.actor, **seen)


def test_no_entry_stands_on_two_statements(signs: Signs) -> None:
    approve_all(signs)
    actor = signs.director.actor
    found = entries_to_state(
        actor, customer_id=signs.customer.pk, contract_id=None, until=NOW.date(), zone=CHINA
    )
    with writing(actor=actor, now=NOW) as work:
        mark_stated(found, statement_id=uuid4(), statement_number="ZD-1", work=work)
    with pytest.raises(Conflict), writing(actor=actor, now=NOW) as work:
        mark_stated(found, statement_id=uuid4(), statement_number="ZD-2", work=work)


@pytest.mark.req("SG-10")
def test_the_customers_loss_is_an_entry_of_its_own_with_its_proof_once(signs: Signs) -> None:
    breach = signs.breach("respond")
    proof = "发票 2026-0715"
    record_loss(actor=signs.manager.actor, amount=Decimal("3250.50"), proof=proof, **what(breach))
    loss = breach.entries.get(kind="loss")
    assert (loss.amount, loss.reason) == (Decimal("3250.50"), proof)
    other = signs.breach("restore")
    with pytest.raises(IllegalMove):
        record_loss(actor=signs.manager.actor, amount=Decimal(1), proof=proof, **what(other))
    with pytest.raises(InvalidInput):
        record_loss(actor=signs.manager.actor, amount=Decimal(1), proof="", **what(breach))


def test_a_correction_waits_for_approval_again(signs: Signs) -> None:
    approve_all(signs)
    breach = signs.breach("respond")
    correct_amount(
        actor=signs.consultant.actor,
        change=Decimal("-60.00"),
        reason="合同总额有误",
        **what(breach),
    )
    breach.refresh_from_db()
    assert (breach.state, breach.amount) == ("open", Decimal("4800.00"))
    assert sum(to_state(signs)) == Decimal("14580.00")


@pytest.mark.req("B-09")
def test_a_corrected_leg_moves_its_minutes_and_its_part_of_the_money(signs: Signs) -> None:
    breach = signs.breach("respond")
    data = LegData(clock("07-11 13:40"), clock("07-11 14:20"), "customer", None, "客户未接电话")
    seen = what(breach)
    correct_leg(
        actor=signs.manager.actor,
        breach_id=breach.public_id,
        data=data,
        version=seen["version"],
        now=NOW,
    )
    view = get_breach(signs.manager.actor, breach.public_id)
    assert {one.leg: (int(one.late_seconds) // 60, one.amount) for one in view.shares} == {
        "headquarters": (40, Decimal("2430.00")),
        "customer": (40, Decimal("2430.00")),
    }
    late = sum_legs(signs.manager.actor, Part(), NOW)
    assert sum(one.amount for one in late) == Decimal("14580.00")
    noted = [NewFact("noted", NOW, "test")]
    record_facts(breach.subject_id, noted, actor=signs.manager.actor, now=NOW)
    again = get_breach(signs.manager.actor, breach.public_id)
    assert again.shares == view.shares, "computing again keeps what a person said"


@pytest.mark.req("B-08")
def test_more_time_of_the_contract_moves_its_end_where_everybody_sees_it(db: None) -> None:
    company = make_company()
    roles = ["administrator", "service_manager", "account_manager", "service_consultant"]
    member = make_member(company.administrator, company.headquarters, roles)
    busy = make_member(company.administrator, company.headquarters, roles)
    breach = make_breach(member, busy, company.headquarters)
    right = Right.objects.get(breach=breach)
    assert (right.kind, right.state, right.extends_days) == ("extension", "open", 7)
    contract_id = breach.contract.public_id
    before = breach.contract.ends_on
    with pytest.raises(Forbidden):
        decide_right(
            actor=busy.actor,
            right_id=right.public_id,
            given=True,
            reason="x",
            version=right.version,
            now=breach.posted_at,
        )
    decide_right(
        actor=member.actor,
        right_id=right.public_id,
        given=True,
        reason="按条款顺延",
        version=right.version,
        now=breach.posted_at,
    )
    shown = get_contract(member.actor, contract_id)
    today = breach.posted_at.astimezone(CHINA).date()
    assert shown.runs_until(today) == before + timedelta(days=7)
    right.refresh_from_db()
    assert right.state == "given"
