"""Visits fall due by promise and by rhythm, are spoken about, ordered and counted once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localtime
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_site,
    publish,
)
from tests.factories.contract_promises import look_around
from tests.factories.prevention import agree, make_series, open_visit, work_on_visits
from tests.factories.work import advance, take

from yinuo.domains.customers.models import Customer, CustomerVisit
from yinuo.domains.customers.services import ConsentData, record_consent
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.notices.models import Notice
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.domains.prevention.models import DueVisit, Series
from yinuo.domains.prevention.rhythms import Past, dues_of
from yinuo.domains.prevention.selectors import get_due_visit, list_due_visits
from yinuo.domains.prevention.services import (
    hold_visit,
    order_visit,
    read_meter,
    remind_customer,
    skip_visit,
)
from yinuo.domains.prevention.types import Beat, Result
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db]
ROLES = ["service_manager", "account_manager", "technician"]
ZONE = "Asia/Shanghai"
PLAN = """
plan: rounds
title: {zh: 巡访, en: Rounds}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - id: visits
    kind: recurring
    number: "5.1"
    title: {zh: 季度保养, en: Quarterly care}
    promise: maintain
    done: maintained
    period: quarter
    make_up: 15 days
    outreach:
      - {fact: contacted, ahead: 4-6 days}
      - {fact: reminded, ahead: 1-2 days}
    remedies:
      - penalty: {amount: 500}
"""


@dataclass(frozen=True)
class Stage:
    admin: Member
    member: Member
    unit: ServiceUnit
    customer: Customer


@pytest.fixture
def stage() -> Stage:
    company = make_company()
    unit = company.headquarters
    member = make_member(company.administrator, unit, ROLES)
    return Stage(company.administrator, member, unit, make_customer(member, unit))


def _now() -> datetime:
    # In the zone of the office: its day may be the next already.
    return localtime()


def _morning(now: datetime, days: int) -> datetime:
    """A time of day at which customers may be told."""
    return (now + timedelta(days=days)).replace(hour=9)


def _promised(stage: Stage, now: datetime) -> DueVisit:
    """The visit of this quarter that a contract promises, as a worker found it."""
    contract = make_contract(
        stage.member, stage.customer, publish(stage.admin, PLAN), starts_on=date(now.year, 1, 1)
    )
    look_around(now)
    work_on_visits(now)
    return DueVisit.objects.get(series__contract=contract, state="due")


@pytest.mark.req("BP-10", "SA-12")
def test_a_promise_lists_its_visit_with_the_day_the_kernel_says_and_the_days_of_its_clause(
    stage: Stage,
) -> None:
    now = _now()
    visit = _promised(stage, now)
    row = ObligationRow.objects.get(public_id=visit.obligation_id)
    assert row.due_at is not None
    assert visit.due_on == (row.due_at + timedelta(hours=8)).date() - timedelta(days=1)
    series = visit.series
    assert (series.contact_from, series.contact_by) == (6, 4)
    assert (series.remind_from, series.remind_by) == (2, 1)
    assert visit.stake == Decimal(500)
    work_on_visits(now + timedelta(minutes=1))
    assert Series.objects.count() == DueVisit.objects.count() == 1


@pytest.mark.req("BP-10", "SV-09", "LV-04")
def test_agreed_ordered_and_done_counts_for_the_promise_once(stage: Stage) -> None:
    now = _now()
    visit = _promised(stage, now)
    agree(stage.member, visit)
    ordered = order_visit(
        actor=stage.member.actor,
        visit_id=visit.public_id,
        version=visit.version + 1,
        source="test",
        now=now,
    )
    sheet = WorkOrder.objects.select_related("request").get(public_id=ordered.sheet_id)
    assert sheet.request.kind == "planned_visit"
    assert (sheet.contact_name, sheet.handling_plan) == ("王工", "费用含在合同内")
    promises = ObligationRow.objects.filter(subject_id=sheet.request.public_id)
    assert not promises.filter(promise="respond").exists()
    take(stage.member, sheet)
    advance(stage.member, sheet, "worked")
    later = _now() + timedelta(minutes=1)
    work_on_visits(later)
    visit.refresh_from_db()
    assert (visit.state, visit.held_by) == ("held", stage.member.person.name)
    promise = ObligationRow.objects.get(public_id=visit.obligation_id)
    assert promise.state == "met"
    kept = FactRow.objects.filter(subject_id=visit.series.contract.public_id)
    assert sorted(kept.values_list("kind", flat=True)) == ["contacted", "maintained"]
    work_on_visits(later + timedelta(minutes=20))
    assert kept.filter(kind="maintained").count() == 1


@pytest.mark.req("BP-10")
def test_missed_beyond_the_time_to_make_good_it_is_over_and_the_breach_stays_the_ledgers(
    stage: Stage,
) -> None:
    now = _now()
    visit = _promised(stage, now)
    over = datetime.combine(visit.due_on, datetime.min.time(), UTC) + timedelta(days=3)
    look_around(over)
    work_on_visits(over)
    row = get_due_visit(stage.member.actor, visit.public_id, over)
    assert (row.state, row.is_late) == ("due", True)
    assert row.make_good_until == visit.due_on + timedelta(days=16)
    lost = over + timedelta(days=20)
    look_around(lost)
    work_on_visits(lost)
    visit.refresh_from_db()
    assert visit.state == "missed"
    assert ObligationRow.objects.get(public_id=visit.obligation_id).state == "missed"
    assert visit.series.visits.filter(state="due").count() == 1


@pytest.mark.req("BP-10")
def test_whoever_sees_to_it_is_told_once_when_to_speak_and_when_to_remind(stage: Stage) -> None:
    now = _now()
    contact = make_contact(stage.member, stage.customer)
    series = make_series(
        stage.member,
        stage.customer,
        beat=Beat("once", now.date(), now.date() + timedelta(days=5)),
        person_id=stage.member.person.public_id,
        contact_id=contact.public_id,
    )
    for _ in range(2):
        work_on_visits(now)
    assert Notice.objects.filter(topic="visit.contact", channel="app").count() == 1
    visit = agree(stage.member, open_visit(series))
    work_on_visits(now)
    assert not Notice.objects.filter(topic="visit.remind").exists()
    work_on_visits(_morning(now, 2))
    work_on_visits(_morning(now, 3))
    assert Notice.objects.filter(topic="visit.remind", channel="app").count() == 1
    remind_customer(
        actor=stage.member.actor,
        visit_id=visit.public_id,
        version=visit.version,
        told="",
        channel="sms",
        source="test",
        now=now,
    )
    sent = Notice.objects.get(topic="visit.reminder")
    assert (sent.channel, sent.state, sent.recipient) == ("sms", "waiting", "王工")


@pytest.mark.req("BP-10")
def test_a_series_may_tell_the_customer_by_itself(stage: Stage) -> None:
    now = _now()
    contact = make_contact(stage.member, stage.customer)
    series = make_series(
        stage.member, stage.customer, contact_id=contact.public_id, tells_customer=True
    )
    visit = agree(stage.member, open_visit(series))
    work_on_visits(_morning(now, 3))
    visit.refresh_from_db()
    assert visit.reminded_at is not None
    assert Notice.objects.filter(topic="visit.reminder", channel="sms").count() == 1


@pytest.mark.req("BP-10", "B-20")
def test_a_contact_who_refused_messages_is_called_instead(stage: Stage) -> None:
    now = _now()
    contact = make_contact(stage.member, stage.customer)
    said = ConsentData({"mail": False}, "phone")
    record_consent(actor=stage.member.actor, contact_id=contact.public_id, data=said, now=now)
    series = make_series(
        stage.member, stage.customer, contact_id=contact.public_id, tells_customer=True
    )
    visit = agree(stage.member, open_visit(series))
    with pytest.raises(InvalidInput) as refused:
        remind_customer(
            actor=stage.member.actor,
            visit_id=visit.public_id,
            version=visit.version,
            told="",
            channel="sms",
            source="test",
            now=now,
        )
    assert set(refused.value.fields) == {"channel"}
    work_on_visits(_morning(now, 3))
    visit.refresh_from_db()
    assert visit.reminded_at is None
    assert not Notice.objects.filter(topic="visit.reminder").exists()
    assert Notice.objects.filter(topic="visit.remind").exists()


@pytest.mark.req("BP-12", "MS-05")
def test_held_without_a_sheet_it_is_a_call_on_the_customer_and_the_next_one_follows(
    stage: Stage,
) -> None:
    now = _now()
    beat = Beat("interval", now.date() - timedelta(days=30), every_days=30)
    series = make_series(stage.member, stage.customer, beat=beat, kind="call")
    visit = open_visit(series)
    assert visit.due_on == now.date()
    hold_visit(
        actor=stage.member.actor,
        visit_id=visit.public_id,
        version=1,
        result=Result(now.date(), "赵经理", "希望增加备件"),
        source="test",
        now=now,
    )
    call = CustomerVisit.objects.get(customer=stage.customer)
    assert (call.visitors, call.outcome) == ("赵经理", "希望增加备件")
    work_on_visits(now + timedelta(days=1))
    assert open_visit(series).due_on == now.date() + timedelta(days=30)


@pytest.mark.req("SG-03")
def test_seasons_periods_and_use_come_as_the_kernel_says() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    seasons = Beat(
        "season",
        date(2026, 1, 1),
        seasons=(("06-01", "08-31"), ("12-01", "02-28")),
        make_up_days=10,
    )
    summer, *_more = dues_of(seasons, Past((date(2026, 9, 5),)), ZONE, now)[1:]
    # Held within ten days after the season it still counts for it.
    assert (summer.begins_on, summer.due_on, summer.is_met) == (
        date(2026, 6, 1),
        date(2026, 8, 31),
        True,
    )
    use = Beat("usage", date(2026, 1, 1), usage_every=Decimal(500))
    read = ((date(2026, 1, 1), Decimal(100)), (date(2026, 5, 1), Decimal(590)))
    assert dues_of(use, Past(readings=read), ZONE, now) == []
    [due] = dues_of(use, Past(readings=(*read, (date(2026, 6, 1), Decimal(600)))), ZONE, now)
    assert due.due_on == date(2026, 6, 1)


@pytest.mark.req("BP-10")
def test_a_meter_never_runs_back_and_belongs_to_series_by_use_only(stage: Stage) -> None:
    now = _now()
    use = Beat("usage", now.date() - timedelta(days=60), usage_every=Decimal(500), usage_unit="h")
    series = make_series(stage.member, stage.customer, beat=use)

    def read(days_ago: int, value: int, of: Series = series) -> None:
        read_meter(
            actor=stage.member.actor,
            series_id=of.public_id,
            read_on=now.date() - timedelta(days=days_ago),
            value=Decimal(value),
            now=now,
        )

    read(60, 100)
    read(1, 640)
    with pytest.raises(InvalidInput):
        read(0, 600)
    assert open_visit(series).due_on == now.date() - timedelta(days=1)
    with pytest.raises(IllegalMove):
        read(0, 700, make_series(stage.member, stage.customer))


@pytest.mark.req("BP-10")
def test_let_off_with_a_reason_the_rhythm_goes_on_and_overdue_stands_first(stage: Stage) -> None:
    now = _now()
    soon = make_series(
        stage.member, stage.customer, beat=Beat("once", now.date(), now.date() + timedelta(days=2))
    )
    late = make_series(
        stage.member,
        stage.customer,
        beat=Beat("interval", now.date() - timedelta(days=40), every_days=30),
    )
    rows = list_due_visits(stage.member.actor, now=now).items
    assert [one.series_public_id for one in rows] == [late.public_id, soon.public_id]
    assert (rows[0].late_days, rows[1].late_days) == (10, 0)
    skip_visit(
        actor=stage.member.actor,
        visit_id=rows[0].public_id,
        version=rows[0].version,
        reason="客户停产检修",
        now=now,
    )
    work_on_visits(now + timedelta(days=1))
    assert open_visit(late).due_on == now.date() + timedelta(days=30)


@pytest.mark.req("R06")
def test_nobody_plans_for_customers_of_other_units(stage: Stage) -> None:
    other = make_member(stage.admin, stage.unit, ["leadership"])
    with pytest.raises(NotFound):
        make_series(other, stage.customer)
    site = make_site(stage.member, make_customer(stage.member, stage.unit))
    with pytest.raises(NotFound):
        make_series(stage.member, stage.customer, site_id=site.public_id)
    asset = make_asset(stage.member, stage.customer)
    assert make_series(stage.member, stage.customer, asset_id=asset.public_id).asset == asset
