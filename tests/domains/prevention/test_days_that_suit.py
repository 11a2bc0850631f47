"""Days are proposed where people are anyway; a month is planned at once, each visit by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import make_company, make_customer, make_member, make_site
from tests.factories.prevention import make_series, open_visit
from tests.factories.work import issue

from yinuo.domains.customers.models import Site
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.prevention.days import Stop, ToPlace, spread
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.proposals import plan_of_month, propose_days
from yinuo.domains.prevention.services import plan_month
from yinuo.domains.prevention.types import Beat, MonthPlan
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake

ROLES = ["service_manager", "account_manager"]


@pytest.mark.req("BP-10")
@pytest.mark.django_db
def test_the_day_on_which_somebody_is_next_door_leads_with_the_reason(
    django_assert_max_num_queries,
) -> None:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES)
    here, there = (make_customer(member, company.headquarters) for _ in range(2))
    sites = [make_site(member, one) for one in (here, there)]
    for site, north in zip(sites, ("22.540000", "22.560000"), strict=True):
        Site.objects.filter(pk=site.pk).update(latitude=north, longitude="114.050000")
    now = datetime.now(UTC)
    near = now + timedelta(days=10)
    while near.weekday() > 3:
        near += timedelta(days=1)
    intake = Intake(customer_id=there.public_id, symptom="停机", site_id=sites[1].public_id)
    request = open_request(actor=member.actor, intake=intake, now=now)
    sheet = issue(member, request)
    WorkOrder.objects.filter(public_id=sheet.public_id).update(service_at=near.replace(hour=3))
    beat = Beat("once", now.date(), now.date() + timedelta(days=20))
    series = make_series(member, here, beat=beat, site_id=sites[0].public_id)
    visit = open_visit(series)
    actor = member.actor
    with django_assert_max_num_queries(8):
        days = propose_days(actor, visit.public_id, now)
    assert len(days) == 3
    assert (days[0].on, days[0].customer, days[0].km) == (near.date(), there.name, 2.2)
    assert days[1].km is None


@pytest.mark.req("BP-10")
@pytest.mark.django_db
def test_a_month_is_planned_with_sheets_and_what_changed_meanwhile_is_left() -> None:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES)
    now = datetime.now(UTC)
    beat = Beat("once", now.date(), now.date() + timedelta(days=25))
    customers = [make_customer(member, company.headquarters) for _ in range(3)]
    visits = [open_visit(make_series(member, one, beat=beat)) for one in customers]
    month = (now + timedelta(days=25)).date()
    rows, beyond = plan_of_month(member.actor, company.headquarters.public_id, month, now)
    assert (len(rows), beyond) == (3, 0)
    assert all(row.day for row in rows)
    day = now.date() + timedelta(days=5)
    stale = visits[0].version + 1
    chosen = [(visits[0].public_id, stale, day)]
    chosen += [(one.public_id, one.version, day) for one in visits[1:]]
    done = plan_month(
        actor=member.actor, plan=MonthPlan(tuple(chosen), with_sheets=True), source="test", now=now
    )
    assert (done.planned, done.sheets) == (2, 2)
    assert [name for name, _why in done.left] == [customers[0].name]
    states = DueVisit.objects.order_by("id").values_list("state", "planned_on")
    assert list(states) == [("due", None), ("ordered", day), ("ordered", day)]
    assert WorkOrder.objects.filter(service_at__isnull=False).count() == 2


@pytest.mark.req("BP-10")
def test_visits_draw_each_other_and_a_full_day_takes_no_more() -> None:
    monday = date(2026, 5, 4)
    days = [monday, monday + timedelta(days=1), monday + timedelta(days=2)]
    far = Stop(days[0], (31.0, 121.0), "远", "")
    visits = [ToPlace(str(n), str(n), (22.5 + n / 1000, 114.0), monday, days[-1]) for n in range(4)]
    found = spread(visits, days, [far], 2)
    assert sorted(one.on for one in found.values()) == [days[1], days[1], days[2], days[2]]
    assert found["1"].on == found["0"].on
