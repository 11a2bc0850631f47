"""A supplement looked at over the API before it is added: what it says is what is posted then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Api
from tests.factories import make_company, make_member, publish
from tests.factories.breaches import Signs, clock, make_signs

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.contracts.models import Contract, Supplement
from yinuo.domains.obligations import supplementing
from yinuo.domains.obligations.models import ChangeRow, ContractLook, ObligationRow, SubjectRow
from yinuo.domains.obligations.services import act_on_due, compute_outdated
from yinuo.domains.obligations.services.following import follow_contracts
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.domains.obligations.services.settling import lines_of
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.journal.models import AuditEntry, OutboxEvent

WATCHED = (Supplement, SubjectRow, ContractLook, ObligationRow, ChangeRow, Breach, Entry)
SHARED_CAP = """
plan: shared_cap
title: {zh: 共用上限, en: Shared cap}
version: "1"
currency: CNY
timezone: Asia/Shanghai
parameters:
  answer_hours: {title: {zh: 响应小时数, en: Hours to respond}, unit: hours, default: 4}
clauses:
  - id: respond
    number: T-1
    title: {zh: 响应, en: Response}
    text: {zh: 按合同约定响应, en: A response as the contract says}
    promise: respond
    start: reported
    end: responded
    limit: {parameter: answer_hours}
    remedies:
      - penalty: {amount: 500, per: breach}
        cap: {amount: 500, over: contract}
"""


@pytest.fixture
def calendar(db: None) -> Iterator[Any]:
    with time_machine.travel(clock("08-03 10:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def signs(calendar: Any) -> Iterator[Signs]:
    with transaction.atomic():
        company = make_company()
        made = make_signs(company)
        roles = ["service_manager", "service_consultant", "account_manager"]
        writer = make_member(company.administrator, company.headquarters, roles)
        yield Signs(company, writer, made.manager, made.director, made.customer, made.contract)
        transaction.set_rollback(True)


def written() -> list[Any]:
    """Everything that stands in the tables a supplement concerns."""
    rows = [list(model.objects.order_by("pk").values()) for model in WATCHED]
    return [*rows, AuditEntry.objects.count(), OutboxEvent.objects.count()]


def work_until_done(now: Any) -> None:
    follow_contracts(now=now)
    while look_at_contracts(now=now) or compute_outdated(now=now):
        pass


def opened(signs: Signs, at: datetime) -> UUID:
    intake = Intake(signs.customer.public_id, "灯箱不亮")
    return open_request(actor=signs.consultant.actor, intake=intake, now=at).public_id


def amounts() -> dict[str, str]:
    found: dict[str, Any] = {}
    for row in Breach.objects.order_by("pk"):
        found[str(row.subject_id)] = found.get(str(row.subject_id), 0) + row.amount
    return {one: f"{amount:.2f}" for one, amount in found.items()}


@pytest.mark.req("B-08", "B-22")
def test_what_the_preview_says_is_what_adding_the_supplement_posts(signs: Signs) -> None:
    case = signs.live_through()
    running = signs.open(clock("08-03 08:59"))
    act_on_due(now=clock("08-03 10:00"))
    work_until_done(clock("08-03 10:00"))
    api, base = Api(signs.consultant.token()), f"/contracts/{signs.contract.public_id}/supplements"
    change = {
        "number": "BC-1",
        "effective_on": "2026-07-11",
        "total": "600000",
        "parameters": {"on_site_hours": "4"},
    }
    stood = written()
    first = api.post(f"{base}/preview?limit=1", change)
    assert first.status_code == 200, first.content
    looked = first.json()
    rest = api.post(f"{base}/preview?limit=1&cursor={looked['next_cursor']}", change).json()
    assert written() == stood, "looking writes nothing"
    assert (looked["total"], looked["open"], rest["next_cursor"]) == (2, 2, "")
    assert (looked["difference"], rest["difference"]) == ("3420.00", "3420.00")
    (begun,), (late,) = looked["items"], rest["items"]
    assert [one["subject_id"] for one in (begun, late)] == [
        str(running.public_id),
        str(case.public_id),
    ]
    moved = {one["number"]: (one["old_due_at"], one["new_due_at"]) for one in begun["moved"]}
    assert moved == {"SG-09": ("2026-08-03T08:59:00+00:00", "2026-08-03T04:59:00+00:00")}
    assert (begun["posted"], begun["priced"]) == ("0.00", "0.00")
    money = (late["posted"], late["priced"], late["difference"])
    assert money == ("14580.00", "18000.00", "3420.00")

    added = api.post(base, change)
    assert added.status_code == 201, added.content
    work_until_done(clock("08-03 10:00:01"))
    assert amounts()[str(case.public_id)] == late["priced"]
    reached = api.get(f"{base}/{added.json()['id']}/cases?limit=1").json()
    more = api.get(f"{base}/{added.json()['id']}/cases?cursor={reached['next_cursor']}").json()
    assert (reached["total"], reached["open"], more["next_cursor"]) == (2, 2, "")
    assert [one["moved"] for one in reached["items"]] == [begun["moved"]]
    assert [one["amount"] for one in more["items"]] == ["18000.00"]


@pytest.mark.req("B-08")
def test_the_preview_knows_the_case_that_loses_its_money_by_a_shared_cap(
    signs: Signs, calendar: Any
) -> None:
    Contract.objects.filter(pk=signs.contract.pk).update(
        plan_version=publish(signs.company.administrator, SHARED_CAP), parameters={}
    )
    before, after = opened(signs, clock("08-02 23:00")), opened(signs, clock("08-03 00:00"))
    act_on_due(now=clock("08-03 10:00"))
    work_until_done(clock("08-03 10:00"))
    first, second = str(before), str(after)
    assert amounts() == {first: "500.00", second: "0.00"}
    api, base = Api(signs.consultant.token()), f"/contracts/{signs.contract.public_id}/supplements"
    change = {"number": "B", "effective_on": "2026-08-03", "parameters": {"answer_hours": "1"}}
    looked = api.post(f"{base}/preview", change).json()
    found = {one["subject_id"]: one["difference"] for one in looked["items"]}
    assert (found, looked["difference"]) == ({first: "-500.00", second: "500.00"}, "0.00")
    assert api.post(base, change).status_code == 201
    work_until_done(clock("08-03 10:00:01"))
    assert amounts() == {first: "0.00", second: "500.00"}


def statements_of(api: Api, address: str, change: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    with CaptureQueriesContext(connection) as found:
        answer = api.post(address, change)
    assert answer.status_code == 200, answer.content
    return len(found), answer.json()


@pytest.mark.req("B-08", "B-22", "G02")
def test_of_too_many_cases_only_those_of_the_page_are_worked_out_and_no_money_is_guessed(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    Contract.objects.filter(pk=signs.contract.pk).update(
        plan_version=publish(signs.company.administrator, SHARED_CAP), parameters={}
    )
    for minutes in range(8):
        opened(signs, clock(f"08-02 23:{minutes:02}"))
    after = opened(signs, clock("08-03 00:00"))
    act_on_due(now=clock("08-03 10:00"))
    work_until_done(clock("08-03 10:00"))
    api = Api(signs.consultant.token())
    look = f"/contracts/{signs.contract.public_id}/supplements/preview?limit=3"
    change = {"number": "B", "effective_on": "2026-08-02", "parameters": {"answer_hours": "1"}}
    monkeypatch.setattr(supplementing, "MOST_AT_ONCE", 9)
    statements, whole = statements_of(api, look, change)
    assert (whole["money"], whole["total"], whole["difference"]) == ("whole", 9, "0.00")
    monkeypatch.setattr(supplementing, "MOST_AT_ONCE", 8)
    worked_out: list[Any] = []
    monkeypatch.setattr(
        supplementing, "lines_of", lambda cases: worked_out.extend(cases) or lines_of(cases)
    )
    fewer, looked = statements_of(api, look, change)
    assert len(worked_out) == 3 + 1, "those of the page, and the contract itself"
    assert fewer <= statements
    assert (looked["money"], looked["total"], looked["difference"]) == ("after_saving", 9, None)
    money = [(one["posted"], one["priced"], one["difference"]) for one in looked["items"]]
    assert money == [("0.00", None, None)] * 3
    assert looked["items"][0]["subject_id"] == str(after)
    assert [one["moved"] for one in looked["items"]] == [one["moved"] for one in whole["items"]]
    again = api.post(f"{look}&cursor={looked['next_cursor']}", change).json()
    assert {one["subject_id"] for one in again["items"]}.isdisjoint(
        one["subject_id"] for one in looked["items"]
    )


@pytest.mark.req("B-22")
def test_money_that_depends_on_no_other_case_stands_beside_it_however_many_there_are(
    signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        signs.live_through()
    act_on_due(now=clock("08-03 10:00"))
    work_until_done(clock("08-03 10:00"))
    monkeypatch.setattr(supplementing, "MOST_AT_ONCE", 1)
    address = f"/contracts/{signs.contract.public_id}/supplements/preview?limit=1"
    change = {"number": "BC-1", "effective_on": "2026-07-11", "total": "600000"}
    looked = Api(signs.consultant.token()).post(address, change).json()
    assert (looked["money"], looked["total"], looked["difference"]) == ("by_case", 2, None)
    assert [one["difference"] for one in looked["items"]] == ["3420.00"]


@pytest.mark.req("B-22")
def test_what_cannot_be_added_cannot_be_looked_at_either(signs: Signs) -> None:
    api, base = Api(signs.consultant.token()), f"/contracts/{signs.contract.public_id}/supplements"
    for sent, field in (
        ({"number": "B", "effective_on": "2025-01-01", "total": "1"}, "effective_on"),
        ({"number": "B", "effective_on": "2026-08-03"}, "note"),
    ):
        refused = [api.post(address, sent) for address in (f"{base}/preview", base)]
        assert [one.status_code for one in refused] == [422, 422]
        assert [set(one.json()["error"]["fields"]) for one in refused] == [{field}, {field}]
    good = {"number": "B", "effective_on": "2026-08-03", "total": "1"}
    assert api.post(f"{base}/preview?cursor=mine", good).status_code == 422
