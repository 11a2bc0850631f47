"""A plan may say how often stock and people are counted: the count falls due, and is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories import make_asset, make_company, make_contract, make_customer, publish
from tests.factories.contract_promises import KEEPING, look_around

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations.counts import keepings_of
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.obligations.services.counting import Counted, count_kept
from yinuo.domains.obligations.today import list_running

pytestmark = pytest.mark.django_db

RHYTHM = (
    KEEPING.replace("plan: keeping", "plan: rhythm")
    + """
  - id: depot_count
    kind: recurring
    number: "7.3"
    title: {zh: 备件库每月盘点, en: Monthly count of the depot}
    promise: stock
    done: {fact: counted, where: {clause: depot}}
    period: month
"""
)
MAY = datetime(2026, 5, 4, 4, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 4, tzinfo=UTC)
JULY = datetime(2026, 7, 2, 4, tzinfo=UTC)


@pytest.mark.req("MS-07", "BP-16", "B-07")
def test_a_count_falls_due_by_the_plans_rhythm_and_is_missed_when_nobody_counted(
    time_machine,
) -> None:
    time_machine.move_to(MAY, tick=False)
    company = make_company()
    boss = company.administrator
    customer = make_customer(boss, company.headquarters)
    asset = make_asset(boss, customer)
    Asset.objects.filter(pk=asset.pk).update(model="BC-9")
    plan = publish(boss, RHYTHM)
    contract: Contract = make_contract(boss, customer, plan, starts_on=date(2026, 5, 1))
    look_around(MAY)
    due = ObligationRow.objects.get(clause="depot_count")
    assert (due.state, due.due_at) == ("running", datetime(2026, 5, 31, 16, tzinfo=UTC))
    assert "depot_count" in {one.clause for one in list_running(boss.actor, now=MAY).items}
    depot, guards = keepings_of(contract.pk, contract.public_id, contract.plan_version_id)
    assert (depot.next_due, guards.next_due) == (due.due_at, None)

    def count(clause: str, have: dict[str, int], now: datetime) -> None:
        count_kept(
            actor=boss.actor,
            contract_id=contract.public_id,
            counted=Counted(clause, now.date(), have),
            source="test",
            now=now,
        )

    count("guards", {"": 2}, MAY)
    due.refresh_from_db()
    assert due.state == "running", "people were counted, not the depot"
    count("depot", {"BC-9": 0}, MAY)
    due.refresh_from_db()
    assert due.state == "met", "it was counted, though something is missing"
    assert ObligationRow.objects.get(clause="depot").state == "missed"
    time_machine.move_to(JUNE, tick=False)
    look_around(JUNE)
    assert ObligationRow.objects.filter(clause="depot_count", state="running").count() == 1
    time_machine.move_to(JULY, tick=False)
    look_around(JULY)
    states = ObligationRow.objects.filter(clause="depot_count").order_by("due_at")
    assert [one.state for one in states] == ["met", "missed", "running"]
