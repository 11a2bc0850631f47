"""What people do to the ledger at the wrong time, or without the right to, over the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction
from tests.api.conftest import Api
from tests.factories import Company, make_company, make_member, publish
from tests.factories.breaches import Signs, clock, make_signs

from yinuo.domains.breaches.models import Breach
from yinuo.domains.contracts.models import Contract
from yinuo.domains.obligations.services import act_on_due, compute_outdated
from yinuo.domains.obligations.services.following import follow_contracts
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.domains.requests.types import OpenedRequest

JULY = {"starts_on": "2026-07-01", "ends_on": "2026-07-31"}
AUGUST = {"starts_on": "2026-08-01", "ends_on": "2026-08-31"}
CAPPED = """
plan: capped
title: {zh: 封顶, en: Capped}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - id: respond
    number: T-1
    title: {zh: 响应, en: Response}
    text: {zh: 4 小时内响应, en: A response within 4 hours}
    promise: respond
    start: reported
    end: responded
    limit: 4 hours
    remedies:
      - penalty: {amount: 500, per: breach}
        cap: {amount: 1000, over: contract}
"""


@dataclass
class Settled:
    """Story 2 lived through, and three callers: two who approve, and who caused the misses."""

    signs: Signs
    case: OpenedRequest
    manager: Api
    second: Api
    causer: Api

    def call(self, clause: str, step: str, by: Api | None = None, **body: Any) -> Any:
        """Take a step on a clause's breach, having seen its present version."""
        breach = self.signs.breach(clause)
        return (by or self.manager).post(
            f"/breaches/{breach.public_id}/{step}", {"version": breach.version, **body}
        )

    def state(self, period: dict[str, str]) -> Any:
        """Issue the customer's statement of a period."""
        body = {"customer_id": str(self.signs.customer.public_id), **period}
        return self.manager.post("/statements", body)

    def read(self, statement_id: str) -> dict[str, Any]:
        """A statement as the API shows it."""
        return self.manager.get(f"/statements/{statement_id}").json()


@pytest.fixture
def calendar(db: None) -> Iterator[Any]:
    with time_machine.travel(clock("08-03 09:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def company(calendar: Any) -> Iterator[Company]:
    with transaction.atomic():
        yield make_company()
        transaction.set_rollback(True)


@pytest.fixture
def settled(company: Company) -> Settled:
    signs = make_signs(company)
    # The consultant is in charge of the case, so he holds its misses: give him every right.
    causer = make_member(
        company.administrator,
        company.headquarters,
        ["service_manager", "service_consultant", "account_manager"],
    )
    signs = Signs(company, causer, signs.manager, signs.director, signs.customer, signs.contract)
    case = signs.live_through()
    deciders = (Api(one.token()) for one in (signs.manager, signs.director))
    return Settled(signs, case, *deciders, Api(causer.token()))


def approved(settled: Settled) -> dict[str, Any]:
    """Both prices approved and on the statement of July, as the API shows it."""
    for clause in ("respond", "restore"):
        assert settled.call(clause, "approval").status_code == 200
    made = settled.state(JULY)
    assert made.status_code == 201, made.content
    assert made.json()["total"] == "-14580.00"
    return settled.read(made.json()["id"])


@pytest.mark.req("B-08", "R07")
def test_who_caused_a_miss_neither_waives_nor_approves_it(settled: Settled) -> None:
    assert (
        settled.call("respond", "waiver", settled.causer, amount="1.00", reason="小事").json()[
            "error"
        ]["code"]
        == "forbidden"
    )
    assert settled.call("respond", "approval", settled.causer).status_code == 403
    assert settled.call("respond", "waiver", amount="60.00", reason="客户同意").status_code == 200
    assert settled.signs.breach("respond").amount == Decimal("4800.00")


@pytest.mark.req("B-08", "R41", "R42")
def test_a_dispute_after_the_statement_leaves_it_and_comes_on_the_next(settled: Settled) -> None:
    stated = approved(settled)
    dispute = {"side": "customer", "reason": "客户认为三天"}
    assert settled.call("restore", "dispute", settled.causer, **dispute).status_code == 200
    assert settled.state(JULY).status_code == 422, "nothing else is to be stated"
    decided = settled.call("restore", "decision", owed="14580.00", reason="按客户记录")
    assert decided.status_code == 200, decided.content
    assert settled.call("restore", "approval").status_code == 403, "he decided it himself"
    assert settled.call("restore", "approval", settled.second).status_code == 200
    second = settled.state({**JULY, "ends_on": "2026-08-02"}).json()
    (line,) = settled.read(second["id"])["penalties"]
    assert (line["kind"], line["amount"]) == ("correction", "4860.00")
    assert settled.read(stated["id"]) == stated


@pytest.mark.req("B-08", "R41", "R42")
def test_a_fact_that_arrives_after_the_statement_is_a_row_of_the_next(
    settled: Settled, calendar: Any
) -> None:
    stated = approved(settled)
    calendar.shift(timedelta(hours=1))
    fact = {"kind": "responded", "occurred_at": "2026-07-11T12:59:00+08:00"}
    told = settled.causer.post(f"/requests/{settled.case.public_id}/facts", fact)
    assert told.status_code == 201, told.content
    assert settled.call("respond", "approval").status_code == 200
    second = settled.state({**JULY, "ends_on": "2026-08-02"}).json()
    assert second["total"] == "4860.00"
    assert [one["amount"] for one in settled.read(second["id"])["penalties"]] == ["-4860.00"]
    assert settled.read(stated["id"]) == stated


@pytest.mark.req("B-04", "B-08")
def test_a_plan_withdrawn_while_a_case_runs_still_prices_it(
    company: Company, settled: Settled, calendar: Any
) -> None:
    running = settled.signs.open(clock("08-03 09:00"))
    version = settled.signs.contract.plan_version.public_id
    administrator = Api(company.administrator.token())
    gone = administrator.post(f"/plan-versions/{version}/withdraw", {"reason": "条款有误"})
    assert gone.status_code == 200, gone.content
    calendar.move_to(clock("08-03 13:00:01"))
    act_on_due(now=clock("08-03 13:00:01"))
    page = settled.manager.get(f"/breaches?subject_id={running.public_id}").json()
    assert [one["amount"] for one in page["items"] if one["clause"] == "respond"] == ["4860.00"]
    contract = {
        "number": "BP-NEW",
        "customer_id": str(settled.signs.customer.public_id),
        "plan_version_id": str(version),
        "starts_on": "2026-08-03",
    }
    assert settled.causer.post("/contracts", contract).status_code == 422


@pytest.mark.req("B-08")
def test_a_total_changed_half_way_prices_what_begins_after_it(
    settled: Settled, calendar: Any
) -> None:
    contract = settled.signs.contract
    change = {"number": "BC-1", "effective_on": "2026-08-03", "total": "500000.00"}
    added = settled.causer.post(f"/contracts/{contract.public_id}/supplements", change)
    assert added.status_code == 201, added.content
    later = settled.signs.open(clock("08-03 09:00"))
    calendar.move_to(clock("08-03 13:00:01"))
    act_on_due(now=clock("08-03 13:00:01"))
    items = settled.manager.get("/breaches?clause=respond").json()["items"]
    assert {one["subject_id"]: one["amount"] for one in items} == {
        str(later.public_id): "5000.00",
        str(settled.case.public_id): "4860.00",
    }


@pytest.mark.req("B-08", "R41", "R42")
def test_a_supplement_that_reaches_back_comes_on_the_next_statement_as_a_difference(
    settled: Settled, calendar: Any
) -> None:
    stated = approved(settled)
    contract = settled.signs.contract
    calendar.move_to(clock("08-03 10:00"))
    change = {"number": "BC-2", "effective_on": "2026-07-11", "total": "600000.00"}
    added = settled.causer.post(f"/contracts/{contract.public_id}/supplements", change)
    assert added.status_code == 201, added.content
    work_until_done(clock("08-03 10:00:01"))
    assert (settled.signs.breach("respond").amount, settled.signs.breach("restore").amount) == (
        Decimal("6000.00"),
        Decimal("12000.00"),
    )
    for clause in ("respond", "restore"):
        assert settled.call(clause, "approval").status_code == 200
    second = settled.state({**JULY, "ends_on": "2026-08-02"}).json()
    assert second["total"] == "-3420.00"
    lines = settled.read(second["id"])["penalties"]
    assert sorted(one["amount"] for one in lines) == ["1140.00", "2280.00"]
    assert settled.read(stated["id"]) == stated
    work_until_done(clock("08-03 10:00:02"))
    assert settled.signs.breach("respond").amount == Decimal("6000.00"), "once is enough"


@pytest.mark.req("B-08", "B-22")
def test_a_supplement_reaches_back_to_the_day_of_the_report_and_no_further(
    settled: Settled, calendar: Any
) -> None:
    contract = settled.signs.contract
    running = settled.signs.open(clock("08-03 08:59"))
    change = {
        "number": "BC-3",
        "effective_on": "2026-07-12",
        "total": "600000.00",
        "parameters": {"on_site_hours": "4"},
    }
    asked = f"/obligations?subject_id={running.public_id}"
    due = {one["clause"]: one["due_at"] for one in settled.causer.get(asked).json()["items"]}
    added = settled.causer.post(f"/contracts/{contract.public_id}/supplements", change)
    assert added.status_code == 201, added.content
    work_until_done(clock("08-03 09:00:01"))
    now = {one["clause"]: one["due_at"] for one in settled.causer.get(asked).json()["items"]}
    assert {name: at for name, at in now.items() if at != due[name]} == {
        "on_site": "2026-08-03T04:59:00+00:00"
    }
    calendar.move_to(clock("08-03 13:00:01"))
    act_on_due(now=clock("08-03 13:00:01"))
    items = settled.manager.get("/breaches?clause=respond").json()["items"]
    assert {one["subject_id"]: one["amount"] for one in items} == {
        str(running.public_id): "6000.00",
        str(settled.case.public_id): "4860.00",
    }


def work_until_done(now: Any) -> None:
    """What a worker does about contracts that were changed."""
    follow_contracts(now=now)
    while look_at_contracts(now=now) or compute_outdated(now=now):
        pass


@pytest.mark.req("B-08")
def test_a_cap_reached_exactly_leaves_nothing_for_the_next_and_is_given_back(
    company: Company, settled: Settled, calendar: Any
) -> None:
    version = publish(company.administrator, CAPPED)
    Contract.objects.filter(pk=settled.signs.contract.pk).update(plan_version=version)
    intake = {"customer_id": str(settled.signs.customer.public_id), "symptom": "灯箱不亮"}
    cases = [
        settled.causer.post(
            "/requests", {**intake, "reported_at": f"2026-08-03T08:0{minute}:00+08:00"}
        )
        for minute in range(3)
    ]
    ids = [case.json()["id"] for case in cases]
    calendar.move_to(clock("08-03 18:00"))
    act_on_due(now=clock("08-03 18:00"))

    def amounts() -> list[str]:
        found = {
            str(row.subject_id): str(row.amount)
            for row in Breach.objects.filter(plan_version=version)
        }
        return [found.get(one, "") for one in ids]

    assert amounts() == ["500.00", "500.00", "0.00"]
    in_time = {"kind": "responded", "occurred_at": "2026-08-03T12:00:00+08:00"}
    told = settled.causer.post(f"/requests/{ids[0]}/facts", in_time)
    assert told.status_code == 201, told.content
    assert amounts() == ["0.00", "500.00", "500.00"], "what was free again goes to the third"
