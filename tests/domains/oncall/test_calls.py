"""The duty log: calls in and outside the hours, no answer, hand-over, what a month pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.factories import Member, make_company, make_customer, make_member, open_fault
from tests.factories.duty import make_rota, rotate

from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.oncall.call_selectors import (
    calls_owed,
    get_call,
    get_statement,
    list_calls,
    list_handovers,
)
from yinuo.domains.oncall.call_types import CallData, CallResult, PayEntryData, PayTerms
from yinuo.domains.oncall.models import Call, Handover, Rota
from yinuo.domains.oncall.selectors import list_gaps
from yinuo.domains.oncall.services import (
    acknowledge_handover,
    add_pay_entry,
    answer_call,
    cancel_pay_entry,
    log_call,
    miss_call,
    set_pay,
)
from yinuo.domains.oncall.services.calling import act_on_calls
from yinuo.domains.oncall.services.handing import escalate_handovers, hand_over_turns
from yinuo.domains.oncall.types import Narrowed
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.req("LV-09", "B-60")
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERMS = PayTerms(10, 60, *map(Decimal, ("600.00", "100.00", "100.00", "200.00", "45.00", "1.5")))


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class World:
    manager: Member
    september: Member
    october: Member
    rota: Rota

    def call(self, when: datetime, by: Member | None = None, **more: object) -> Call:
        data = CallData(when, "门禁控制器无响应", "周工", "13800000001", **more)  # type: ignore[arg-type]
        actor = (by or self.manager).actor
        return log_call(actor=actor, rota_id=self.rota.public_id, data=data, now=when)

    def answer(self, by: Member, call: Call, when: datetime, *, solved: bool = False) -> Call:
        call.refresh_from_db()
        return answer_call(
            actor=by.actor,
            call_id=call.public_id,
            version=call.version,
            answer=CallResult(12, "远程复位后仍离线", solved),
            now=when,
        )


@pytest.fixture
def world(db: None) -> World:
    company = make_company()
    admin, unit = company.administrator, company.headquarters
    manager = make_member(admin, unit, ["engineering_manager", "service_manager"])
    one, two = (make_member(admin, unit, ["duty_engineer"], name) for name in ("甲", "乙"))
    rota = make_rota(manager, unit)
    rotate(manager, rota, [one, two], date(2026, 9, 1), 4)
    return World(manager, one, two, rota)


def asked(call: Call) -> list[str]:
    return [one.person.name for one in call.tries.select_related("person").order_by("at", "id")]


def test_a_call_goes_to_the_engineer_on_duty_of_the_month(world: World) -> None:
    call = world.call(at(10, 1, 15))
    assert (call.state, call.person_id, asked(call)) == ("ringing", world.october.person.pk, ["乙"])
    assert Notice.objects.filter(topic="duty.call", person=world.october.person).count() == 2
    answered = world.answer(world.october, call, at(10, 1, 15, 5))
    assert (answered.state, answered.minutes, answered.result) == ("taken", 12, "远程复位后仍离线")


def test_a_call_outside_the_duty_hours_waits_and_is_the_first_at_eight(world: World) -> None:
    world.call(at(10, 1, 15))
    late = world.call(at(10, 2, 23, 10))
    assert (late.state, late.act_at, late.in_hours) == ("outside", at(10, 3, 8), False)
    world.call(at(10, 2, 16))
    first = list_calls(world.manager.actor, Narrowed(rota_id=world.rota.public_id)).items[0]
    assert first.public_id == late.public_id
    assert act_on_calls(now=at(10, 3, 7, 59)) == 2
    late.refresh_from_db()
    assert late.state == "outside"
    act_on_calls(now=at(10, 3, 8))
    late.refresh_from_db()
    assert (late.state, asked(late)) == ("ringing", ["乙"])


def test_in_office_hours_no_duty_counts(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.call(at(9, 10, 10))
    assert set(refused.value.fields) == {"called_at"}
    assert world.call(at(9, 10, 12, 30)).state == "ringing"


def test_without_an_answer_the_next_person_is_asked_and_then_the_managers(world: World) -> None:
    call = world.call(at(9, 12, 15))
    assert act_on_calls(now=at(9, 12, 15, 9)) == 0
    assert act_on_calls(now=at(9, 12, 15, 10)) == 1
    assert act_on_calls(now=at(9, 12, 15, 10)) == 0
    assert asked(call) == ["甲", "乙"]
    act_on_calls(now=at(9, 12, 15, 20))
    call.refresh_from_db()
    assert (call.state, call.act_at) == ("missed", None)
    assert Notice.objects.filter(topic="duty.nobody", person=world.manager.person).exists()


def test_somebody_may_say_at_once_that_nobody_answers(world: World) -> None:
    call = world.call(at(9, 12, 15))
    call.refresh_from_db()
    miss_call(
        actor=world.manager.actor,
        call_id=call.public_id,
        version=call.version,
        now=at(9, 12, 15, 1),
    )
    assert asked(call) == ["甲", "乙"]
    with pytest.raises(Conflict):
        miss_call(
            actor=world.manager.actor,
            call_id=call.public_id,
            version=call.version,
            now=at(9, 12, 15, 1),
        )


def test_who_was_asked_stands_at_the_request_the_call_became(world: World) -> None:
    customer = make_customer(world.manager, world.rota.unit)
    request = open_fault(world.manager, customer, level="")
    now = datetime.now(SHANGHAI)
    rotate(world.manager, world.rota, [world.october], date(2027, 1, 1), 1)
    Rota.objects.filter(pk=world.rota.pk).update(begins=0, ends=1440, office=[])
    world.call(now + timedelta(seconds=1), request_id=request.public_id)
    facts = FactRow.objects.filter(subject_id=request.public_id, kind="duty_asked")
    assert facts.count() == 1


def test_what_is_not_solved_stays_with_the_person_over_the_month_s_end(world: World) -> None:
    call = world.call(at(9, 12, 15))
    world.answer(world.september, call, at(9, 12, 15, 5))
    assert hand_over_turns(now=at(9, 30, 23, 59)) == 0
    assert hand_over_turns(now=at(10, 1, 0, 1)) == 1
    assert hand_over_turns(now=at(10, 1, 0, 2)) == 0
    row = list_handovers(world.october.actor)[0]
    assert (row.from_name, row.calls, [one.about for one in row.unsolved]) == (
        *("甲", 1),
        ["门禁控制器无响应"],
    )
    assert [one.public_id for one in calls_owed(world.september.actor)] == [call.public_id]
    assert calls_owed(world.october.actor) == []
    with pytest.raises((Forbidden, NotFound)):
        acknowledge(world.september, row.public_id)
    acknowledge(world.october, row.public_id)
    assert list_handovers(world.october.actor) == []
    with pytest.raises(IllegalMove):
        acknowledge(world.october, row.public_id)
    world.answer(world.september, call, at(10, 2, 9), solved=True)
    assert calls_owed(world.september.actor) == []


@pytest.mark.req("LV-09")
def test_a_hand_over_nobody_acknowledges_is_told_to_the_duty_managers_once(world: World) -> None:
    Rota.objects.filter(pk=world.rota.pk).update(acknowledge_minutes=90)
    assert hand_over_turns(now=at(10, 1, 0, 1)) == 1
    assert escalate_handovers(now=at(10, 1, 1, 30)) == 0
    assert escalate_handovers(now=at(10, 1, 1, 31)) == 1
    assert escalate_handovers(now=at(10, 1, 5)) == 0
    told = Notice.objects.filter(topic="duty.handover_late", channel="app")
    assert {one.person_id for one in told} == {world.manager.person.pk, world.october.person.pk}
    row = list_handovers(world.manager.actor)[0]
    assert (row.is_mine, row.escalated_at) == (False, at(10, 1, 1, 31))
    acknowledge(world.october, row.public_id)


@pytest.mark.req("LV-09")
def test_a_hand_over_acknowledged_in_time_is_told_to_nobody_else(world: World) -> None:
    assert hand_over_turns(now=at(10, 1, 0, 1)) == 1
    acknowledge(world.october, list_handovers(world.october.actor)[0].public_id)
    assert escalate_handovers(now=at(10, 2, 9)) == 0
    assert not Notice.objects.filter(topic="duty.handover_late").exists()


def acknowledge(by: Member, public_id: object) -> Handover:
    return acknowledge_handover(actor=by.actor, handover_id=public_id, version=1, now=at(10, 1, 9))


def entry(
    world: World, kind: str, person: Member, hours: str = "", by: Member | None = None
) -> object:
    return add_pay_entry(
        actor=(by or world.manager).actor,
        rota_id=world.rota.public_id,
        entry=PayEntryData(
            person_id=person.person.public_id,
            kind=kind,
            on=date(2026, 9, 20),
            note="客户投诉问题未解决" if kind == "complaint" else "国庆保障",
            hours=Decimal(hours) if hours else None,
        ),
        now=at(10, 1, 9),
    )


def paid(world: World) -> None:
    set_pay(
        actor=world.manager.actor,
        rota_id=world.rota.public_id,
        version=1,
        terms=TERMS,
        now=at(9, 1, 9),
    )


def test_the_statement_of_september_is_938_75(world: World) -> None:
    paid(world)
    entry(world, "complaint", world.september)
    entry(world, "overtime", world.september, "6.5")
    found = get_statement(
        world.september.actor, world.rota.public_id, world.september.person.public_id, "2026-09"
    )
    assert [(one.kind, one.amount) for one in found.lines] == [
        ("allowance", Decimal("600.00")),
        ("complaint", Decimal("-100.00")),
        ("unreachable", Decimal("0.00")),
        ("left_city", Decimal("0.00")),
        ("overtime", Decimal("438.75")),
    ]
    assert found.total == Decimal("938.75")


def test_other_settings_make_other_amounts(world: World) -> None:
    paid(world)
    taken = entry(world, "left_city", world.september)
    statement = (world.manager.actor, world.rota.public_id, world.september.person.public_id)
    assert get_statement(*statement, "2026-09").total == Decimal("400.00")
    cancel_pay_entry(
        actor=world.manager.actor,
        entry_id=taken.public_id,  # type: ignore[attr-defined]
        version=1,
        now=at(10, 1, 10),
    )
    assert get_statement(*statement, "2026-09").total == Decimal("600.00")


def test_pay_is_seen_by_the_person_and_who_makes_the_rota_only(world: World) -> None:
    wanted = (world.rota.public_id, world.september.person.public_id, "2026-09")
    with pytest.raises(NotFound):
        get_statement(world.october.actor, *wanted)
    with pytest.raises(NotFound):
        entry(world, "complaint", world.september, by=world.october)
    for month in ("2026-13", "x", "1999-01", ""):
        with pytest.raises(InvalidInput):
            get_statement(world.manager.actor, *wanted[:2], month)


@pytest.mark.parametrize(
    ("kind", "hours"),
    [("overtime", ""), ("overtime", "0"), ("overtime", "25"), ("complaint", "2"), ("x", "")],
)
def test_a_wrong_entry_is_refused(world: World, kind: str, hours: str) -> None:
    with pytest.raises(InvalidInput):
        entry(world, kind, world.september, hours)


def test_somebody_who_left_is_not_asked(world: World) -> None:
    person = world.september.person
    person.refresh_from_db()
    type(person).objects.filter(pk=person.pk).update(active=False)
    call = world.call(at(9, 12, 15))
    assert asked(call) == ["乙"]


def test_a_hole_on_new_year_s_eve_shows_and_its_call_reaches_the_managers(world: World) -> None:
    eve = at(12, 31, 20)
    gaps = list_gaps(world.manager.actor, world.rota.public_id, now=at(12, 20, 9))
    assert gaps[0].starts_at == at(1, 1, 8).replace(year=2027)
    world.rota.turns.filter(period__contains=eve).update(cancelled_at=eve)
    call = world.call(eve)
    assert (call.state, call.person_id) == ("missed", None)
    assert Notice.objects.filter(topic="duty.nobody", person=world.manager.person).exists()


def test_a_wrong_call_is_refused(world: World) -> None:
    for data in (
        CallData(at(9, 12, 15), "  "),
        CallData(at(9, 12, 15), "长" * 401),
        CallData(at(9, 12, 15), "x", "名" * 81),
        CallData(at(9, 12, 15).replace(tzinfo=None), "x"),
        CallData(at(9, 12, 16), "x"),
    ):
        with pytest.raises(InvalidInput):
            log_call(
                actor=world.manager.actor,
                rota_id=world.rota.public_id,
                data=data,
                now=at(9, 12, 15),
            )
    call = world.call(at(9, 12, 15))
    for answer in (
        CallResult(-1, "x", False),
        CallResult(1441, "x", False),
        CallResult(1, "", True),
    ):
        with pytest.raises(InvalidInput):
            answer_call(
                actor=world.manager.actor,
                call_id=call.public_id,
                version=call.version,
                answer=answer,
                now=at(9, 12, 15),
            )
    assert get_call(world.manager.actor, call.public_id).state == "ringing"
