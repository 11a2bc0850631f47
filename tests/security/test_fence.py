"""The second fence: with every policy torn down, foreign rows still do not come out (SV-02)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.db import connection
from django.test import Client
from tests.api.conftest import World
from tests.factories import make_member
from tests.factories.after import thank
from tests.factories.clinic import make_seat
from tests.factories.duty import make_rota, rotate
from tests.factories.fair import make_published
from tests.factories.repair_orders import take

from yinuo.domains.assets import policies as assets
from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts import policies as contracts
from yinuo.domains.contracts.models import Contract
from yinuo.domains.customers import policies as customers
from yinuo.domains.customers.models import Customer
from yinuo.domains.emergency import policies as emergency
from yinuo.domains.emergency.models import ChainEscalation, EmergencyPlan
from yinuo.domains.feedback import policies as feedback
from yinuo.domains.feedback.models import AppealDecision, Complaint, ScoreAppeal
from yinuo.domains.network.reading import reading
from yinuo.domains.oncall import call_policies as oncall
from yinuo.domains.oncall import policies as rotas
from yinuo.domains.oncall.models import Call, CallTry, Rota, Turn
from yinuo.domains.oncall.selectors import people_on_duty
from yinuo.domains.repairs import policies as repairs
from yinuo.domains.repairs.models import RepairOrder
from yinuo.domains.requests import policies as requests
from yinuo.domains.requests.models import ClinicSeat, Request
from yinuo.domains.routing import policies as routing
from yinuo.domains.routing.models import Offer
from yinuo.platform.database.fence import fenced

FENCES = import_module("yinuo.domains.network.migrations.0002_fence")
REPAIRS = import_module("yinuo.domains.repairs.migrations.0001_initial")
STANDBY = import_module("yinuo.domains.repairs.migrations.0002_standby")
CONDITIONS = (
    FENCES.CONDITIONS | {"repairs_order": REPAIRS.CONDITIONS["repairs_order"]} | STANDBY.CONDITIONS
)
CASES = FENCES.CASES | {"repairs_step": REPAIRS.CONDITIONS["repairs_step"]}
STOCK = import_module("yinuo.domains.parts.migrations.0001_initial")
CASES |= STOCK.CASES
CASES |= import_module("yinuo.domains.fieldwork.migrations.0004_companions").CASES
PREVENTION = import_module("yinuo.domains.prevention.migrations.0002_fence")
CASES |= PREVENTION.CASES
CASES |= import_module("yinuo.domains.prevention.migrations.0004_fence_of_decisions").CASES
CASES |= import_module("yinuo.domains.parts.migrations.0002_requests").CASES
CASES |= import_module("yinuo.domains.parts.migrations.0003_repairs_of_parts").CASES
CASES |= import_module("yinuo.domains.feedback.migrations.0008_fence").CASES
CASES |= import_module("yinuo.domains.trainings.migrations.0002_fence").CASES
CASES |= import_module("yinuo.domains.oncall.migrations.0002_fence").CASES
GOODS = import_module("yinuo.domains.goods.migrations.0001_initial")
CONDITIONS |= GOODS.CONDITIONS
CASES |= GOODS.CASES
CASES |= import_module("yinuo.domains.software.migrations.0001_initial").CASES
RELOCATIONS = import_module("yinuo.domains.relocations.migrations.0001_initial")
CONDITIONS |= RELOCATIONS.CONDITIONS
CASES |= RELOCATIONS.CASES
# What the world has no row of: told in the tests beside them.
EMPTY = {
    *("emergency_escalation", "oncall_call_try", "checklists_follow_up"),
    *("feedback_call_back", "feedback_complaint_step", "repairs_step"),
    *("feedback_appeal_decision", "feedback_published_score"),
}
# A unit's own: no customer reads them.
OURS = {name for name in CASES if name.startswith(("oncall_", "parts_"))}


MODULES = (
    *("policies", "selectors", "page", "complaints"),
    *("call_policies", "call_selectors"),
)


def seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.req("SV-02")
@pytest.mark.parametrize("table", sorted({*CONDITIONS, *CASES} - EMPTY))
def test_a_member_of_a_centre_reads_rows_of_its_own_only(world: World, table: str) -> None:
    everything = seen(table)
    with reading(world.own.member.actor):
        own = seen(table)
    with reading(world.foreign.member.actor):
        theirs = seen(table)
    assert own > 0
    assert own + theirs <= everything
    assert seen(table) == everything


@pytest.mark.req("SV-02")
@pytest.mark.parametrize("table", sorted(CONDITIONS))
def test_a_customer_reads_his_own_rows_only_and_nobody_reads_none(world: World, table: str) -> None:
    customer = Customer.objects.get(public_id=world.own.ids["customer_id"])
    with fenced(customers=[customer.pk]):
        assert seen(table) > 0
        assert not Customer.objects.exclude(pk=customer.pk).exists()
    with fenced():
        assert seen(table) == 0


@pytest.mark.req("SV-02")
@pytest.mark.parametrize("table", sorted(CASES))
def test_nobody_reads_none_of_what_was_done_about_cases(world: World, table: str) -> None:
    with fenced():
        assert seen(table) == 0


@pytest.mark.req("SV-02")
def test_what_hangs_on_a_row_is_read_with_it_only(world: World) -> None:
    ids, now = world.own.ids, datetime.now(UTC)
    tables = (
        *("feedback_complaint_step", "oncall_call_try", "emergency_escalation"),
        *("repairs_step", "feedback_appeal_decision", "feedback_published_score"),
    )
    with reading(world.foreign.member.actor):
        before = {table: seen(table) for table in tables}
    thank(world.own.member, Complaint.objects.get(public_id=ids["complaint_id"]))
    order = RepairOrder.objects.get(public_id=ids["repair_id"])
    take(world.own.member, order, "backup_confirmed")
    call = Call.objects.get(public_id=ids["call_id"])
    CallTry.objects.create(call=call, person=world.foreign.member.person, at=now)
    plan = EmergencyPlan.objects.get(public_id=ids["emergency_plan_id"])
    about = {"revision": 0, "position": 0, "rung": 0, "repetition": 0}
    ChainEscalation.objects.create(plan=plan, since=now, at=now, taken_at=now, **about)
    appeal = ScoreAppeal.objects.get(public_id=ids["appeal_id"])
    about = {"decided_at": now, "decided_by": "经理", "reason": "属实"}
    AppealDecision.objects.create(appeal=appeal, upheld=True, **about)
    make_published(appeal.unit, appeal.engineer)
    for table, others in before.items():
        with reading(world.own.member.actor):
            assert seen(table) > 0, table
        with reading(world.foreign.member.actor):
            assert seen(table) == others, table


@pytest.mark.req("SV-02", "R06")
def test_a_customer_reads_what_was_done_about_his_own_cases(world: World) -> None:
    plan = EmergencyPlan.objects.get(public_id=world.own.ids["emergency_plan_id"])
    theirs = EmergencyPlan.objects.get(public_id=world.foreign.ids["emergency_plan_id"])
    with fenced(customers=[plan.request.customer_id]):
        assert EmergencyPlan.objects.filter(pk=plan.pk).exists()
        assert not EmergencyPlan.objects.filter(pk=theirs.pk).exists()
        assert {one: seen(one) for one in OURS} == dict.fromkeys(OURS, 0)


@pytest.mark.req("SV-03")
def test_an_invited_expert_reads_that_one_case_and_loses_it(world: World) -> None:
    expert = make_member(
        world.company.administrator, world.foreign.member.person.unit, ["technician"]
    )
    request = Request.objects.get(public_id=world.own.ids["request_id"])
    with reading(expert.actor):
        assert not Request.objects.filter(pk=request.pk).exists()
    seat = make_seat(world.own.member, expert, request)
    with reading(expert.actor):
        own = Request.objects.filter(unit=request.unit)
        assert [one.pk for one in own] == [request.pk]
        assert ClinicSeat.objects.filter(request=request).count() == 1
    ClinicSeat.objects.filter(pk=seat.pk).update(state="ended", ended_at=seat.invited_at)
    with reading(expert.actor):
        assert not Request.objects.filter(unit=request.unit).exists()
        assert ClinicSeat.objects.filter(person=expert.person).count() == 1


@pytest.mark.req("SV-02", "B-60")
def test_a_rota_is_read_by_its_unit_and_by_those_whose_people_are_on_it(world: World) -> None:
    """A rota above a unit names its people: who is on call there is known behind the fence too."""
    admin, top = world.company.administrator, world.company.headquarters
    there, away = world.foreign.member, world.own.member
    manager = make_member(admin, top, ["engineering_manager"])
    guest = make_member(admin, there.person.unit, ["technician"])
    rota = make_rota(manager, top, "总部热线")
    for reader in (guest, there, away):
        with reading(reader.actor):
            assert not Rota.objects.filter(pk=rota.pk).exists()
    [turn] = rotate(manager, rota, [guest], datetime.now(UTC).date(), 1)
    # The lunch gap is duty on every day.
    noon = turn.period.lower + timedelta(hours=12, minutes=30)
    for reader in (guest, there):
        with reading(reader.actor):
            assert Turn.objects.filter(pk=turn.pk).exists()
            assert guest.person.pk in people_on_duty(noon)
    with reading(away.actor):
        assert not Turn.objects.filter(pk=turn.pk).exists()


@pytest.mark.req("SV-02")
def test_headquarters_reads_everything(world: World) -> None:
    everything = seen("requests_request")
    with reading(world.company.administrator.actor):
        assert seen("requests_request") == everything


@pytest.mark.req("SV-02")
@pytest.mark.parametrize(
    ("policy", "name", "model", "path"),
    [
        (requests, "visible_requests", Request, "/requests/{request_id}/"),
        (customers, "visible_customers", Customer, "/customers/{customer_id}/"),
        (assets, "visible_assets", Asset, "/assets/{asset_id}/"),
        (contracts, "visible_contracts", Contract, "/contracts/{contract_id}/"),
        (emergency, "visible_plans", EmergencyPlan, "/emergency/{emergency_plan_id}/"),
        (feedback, "visible_complaints", Complaint, "/complaints/{complaint_id}/"),
        (repairs, "visible_repairs", RepairOrder, "/repairs/{repair_id}/"),
        (oncall, "visible_calls", Call, "/duty/calls/{call_id}/"),
        (rotas, "visible_rotas", Rota, "/duty/rotas/{rota_id}/"),
        (routing, "visible_offers", Offer, "/offers/{offer_id}/"),
    ],
)
def test_a_policy_that_forgets_its_condition_still_shows_nothing_foreign(
    lax_browser: Client, world: World, monkeypatch: pytest.MonkeyPatch, policy, name, model, path
) -> None:
    domain = policy.__name__.rpartition(".")[0]
    for module in MODULES:
        if find_spec(f"{domain}.{module}") is None:
            continue
        loaded = import_module(f"{domain}.{module}")
        if hasattr(loaded, name):
            monkeypatch.setattr(loaded, name, lambda *_args, **_options: model.objects.all())
    assert lax_browser.get(path.format(**world.foreign.ids)).status_code == 404
    assert lax_browser.get(path.format(**world.own.ids)).status_code == 200


@pytest.mark.req("SV-02")
def test_the_role_is_given_back_when_the_reading_fails(world: World) -> None:
    everything = seen("customers_customer")
    with pytest.raises(ZeroDivisionError), reading(world.own.member.actor):
        raise ZeroDivisionError
    assert seen("customers_customer") == everything
