"""Plans in the product: all six shipped ones carry a request; versions differ and contracts move."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.api.conftest import Api
from tests.factories import (
    Company,
    Member,
    appliance_source,
    later_appliance_source,
    make_company,
    make_contract,
    make_customer,
    make_member,
    publish,
)
from tests.factories.promises import PLANS

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.obligations.models import ObligationRow

pytestmark = pytest.mark.django_db

FIGURES = """
plan: figures
title: {zh: 有参数的方案, en: Plan with a figure}
version: "1"
currency: CNY
timezone: Asia/Shanghai
parameters:
  on_site_hours: {title: {zh: 到场时限, en: Time}, unit: hours, default: 24, lowest: 2, highest: 72}
clauses:
  - id: on_site
    number: "1.1"
    title: {zh: 到场, en: On site}
    promise: on_site
    start: reported
    end: arrived
    limit: {parameter: on_site_hours}
"""


TWO_CLAUSES = """
plan: two
title: {zh: 两条, en: Two clauses}
version: "1"
currency: CNY
timezone: Asia/Shanghai
clauses:
  - {id: respond, title: {zh: 响应, en: Response}, promise: respond, start: reported, end: responded, limit: 30 minutes}
  - {id: restore, title: {zh: 恢复, en: Restoration}, promise: restore, start: reported, end: restored, limit: 8 hours}
"""


@pytest.fixture
def company() -> Company:
    return make_company()


@pytest.fixture
def member(company: Company) -> Member:
    roles = ["administrator", "service_consultant", "account_manager"]
    return make_member(company.administrator, company.headquarters, roles)


def published_by_two(writer: Api, second: Api, source: str) -> Any:
    """A plan drafted by one, approved by another and published."""
    draft = writer.post("/plan-drafts", {"source": source}).json()
    approved = second.post(f"/plan-drafts/{draft['id']}/approve", {"version": 1})
    assert approved.status_code == 200, approved.content
    published = writer.post(f"/plan-drafts/{draft['id']}/publish", {"version": 2})
    assert published.status_code == 201, published.content
    return published


@pytest.mark.req("R38")
def test_a_first_version_too_waits_for_a_second_person(company: Company, member: Member) -> None:
    refused = Api(member.token()).post("/plan-versions", {"source": appliance_source()})
    assert refused.status_code == 422
    assert "second person" in refused.json()["error"]["fields"]["source"]
    assert not PlanVersion.objects.exists()


@pytest.mark.req("R38")
def test_who_is_alone_sets_a_company_up_with_a_first_version(company: Company) -> None:
    alone = Api(company.administrator.token())
    made = alone.post("/plan-versions", {"source": appliance_source()})
    assert made.status_code == 201, made.content
    refused = alone.post("/plan-versions", {"source": later_appliance_source()})
    assert refused.status_code == 422
    assert PlanVersion.objects.count() == 1


@pytest.mark.req("R38")
def test_moving_shows_running_cases_under_both_versions_and_writes_nothing(
    company: Company, member: Member
) -> None:
    before, after = publish(member), publish(member, later_appliance_source())
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, before)
    api = Api(member.token())
    body = {"customer_id": str(customer.public_id), "symptom": "不通", "level": "serious"}
    request = api.post("/requests", body).json()
    kept = list(ObligationRow.objects.order_by("id").values_list("public_id", "due_at", "state"))
    path = f"/contracts/{contract.public_id}/if-moved/{after.public_id}"
    shown = api.get(path).json()
    assert shown["total"] == 1
    assert [one["subject_id"] for one in shown["cases"]] == [request["id"]]
    assert shown["cases"][0]["kept_number"] == before.number
    dues = {one["clause"]: one for one in shown["cases"][0]["dues"]}
    due, other = (datetime.fromisoformat(dues["respond"][name]) for name in ("due_at", "other"))
    assert due - other == timedelta(minutes=10)
    same = [one for name, one in dues.items() if name != "respond"]
    assert same
    assert all(one["due_at"] == one["other"] for one in same)
    row = ObligationRow.objects.get(subject_id=request["id"], clause="respond")
    assert row.due_at == due
    now = list(ObligationRow.objects.order_by("id").values_list("public_id", "due_at", "state"))
    assert now == kept
    other_plan = publish(member, FIGURES)
    refused = api.get(f"/contracts/{contract.public_id}/if-moved/{other_plan.public_id}")
    assert refused.status_code == 422


@pytest.mark.req("R38")
def test_promises_one_version_alone_knows_stand_beside_nothing(
    company: Company, member: Member
) -> None:
    whole = publish(member, TWO_CLAUSES)
    shorter = publish(member, TWO_CLAUSES[: TWO_CLAUSES.index("  - {id: restore")])
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, whole)
    api = Api(member.token())
    body = {"customer_id": str(customer.public_id), "symptom": "不通"}
    api.post("/requests", body)
    shown = api.get(f"/contracts/{contract.public_id}/if-moved/{shorter.public_id}").json()
    gone = [one for one in shown["cases"][0]["dues"] if one["clause"] == "restore"]
    assert [(one["due_at"] is None, one["other"]) for one in gone] == [(False, None)]
    # The case keeps what it began with also once the contract has moved; then it reads as kept.
    move = {"version": 1, "plan_version_id": str(shorter.public_id)}
    assert api.post(f"/contracts/{contract.public_id}/move", move).status_code == 200
    again = api.get(f"/contracts/{contract.public_id}/if-moved/{shorter.public_id}").json()
    assert again["cases"][0]["kept_number"] == whole.number


@pytest.mark.req("B-01")
@pytest.mark.parametrize("name", sorted(file.name for file in PLANS.glob("*.yaml")))
def test_every_shipped_plan_carries_a_request_through_the_api(
    company: Company, member: Member, name: str
) -> None:
    api = Api(member.token())
    source = (PLANS / name).read_text(encoding="utf-8")
    published = published_by_two(api, Api(company.administrator.token()), source)
    customer = make_customer(member, company.headquarters)
    contract = api.post(
        "/contracts",
        {
            "customer_id": str(customer.public_id),
            "number": "HT-1",
            "plan_version_id": published.json()["id"],
            "starts_on": "2020-01-01",
        },
    )
    assert contract.status_code == 201, contract.content
    preview = api.post(f"/plan-versions/{published.json()['id']}/preview", {})
    assert preview.status_code == 200
    body = {"customer_id": str(customer.public_id), "symptom": "不工作"}
    asked = api.post("/requests/preview", body)
    levels = asked.json()["levels"]
    if levels:
        body["level"] = levels[0]["code"]
    opened = api.post("/requests", body)
    assert opened.status_code == 201, opened.content
    assert opened.json()["obligations"], "the plan promises something from the report on"


def test_a_version_says_what_it_changes_in_both_languages(member: Member) -> None:
    before, after = publish(member), publish(member, later_appliance_source())
    api = Api(member.token())
    changes = api.get(f"/plan-versions/{after.public_id}/changes-since/{before.public_id}").json()
    changed = next(one for one in changes["clauses"] if one["clause"] == "respond")
    limit = next(one for one in changed["fields"] if one["field"] == "limit")
    assert (limit["before"]["zh"], limit["after"]["zh"]) == ("30 分钟", "20 分钟")
    assert (limit["before"]["en"], limit["after"]["en"]) == ("30 minutes", "20 minutes")
    same = api.get(f"/plan-versions/{before.public_id}/changes-since/{before.public_id}").json()
    assert same == {"clauses": [], "parameters": [], "calendars": []}


def test_clauses_added_and_removed_are_named(member: Member) -> None:
    lines = appliance_source().split("\n")
    start = lines.index("  - id: confirm")
    end = next(i for i in range(start + 1, len(lines)) if lines[i].startswith("  - id:"))
    shorter = publish(member, "\n".join([*lines[:start], *lines[end:]]))
    whole = publish(member)
    api = Api(member.token())

    def kinds(version: object, since: object) -> list[tuple[str, str]]:
        found = api.get(f"/plan-versions/{version}/changes-since/{since}").json()
        return [(one["kind"], one["clause"]) for one in found["clauses"]]

    assert kinds(whole.public_id, shorter.public_id) == [("added", "confirm")]
    assert kinds(shorter.public_id, whole.public_id) == [("removed", "confirm")]


@pytest.mark.req("R38")
def test_a_moved_contract_promises_by_the_new_version_and_running_cases_keep_theirs(
    company: Company, member: Member
) -> None:
    before, after = publish(member), publish(member, later_appliance_source())
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, before)
    api = Api(member.token())
    body = {"customer_id": str(customer.public_id), "symptom": "不通", "level": "serious"}
    running = api.post("/requests", body).json()
    path, move = f"/contracts/{contract.public_id}/move", {"plan_version_id": str(after.public_id)}
    assert api.post(path, move | {"version": 1}).status_code == 200
    assert api.post(path, move | {"version": 1}).status_code in (409, 422)
    fresh = api.post("/requests", body).json()

    def minutes(request: dict[str, object]) -> int:
        row = ObligationRow.objects.get(subject_id=str(request["id"]), promise="respond")
        return int((row.due_at - row.started_at).total_seconds() // 60)

    assert (minutes(running), minutes(fresh)) == (30, 20)
    on_new = api.get(f"/contracts?plan_version_id={after.public_id}").json()["items"]
    assert [one["number"] for one in on_new] == [contract.number]


def test_a_contract_does_not_move_to_another_plan(company: Company, member: Member) -> None:
    contract = make_contract(member, make_customer(member, company.headquarters), publish(member))
    other = publish(member, FIGURES)
    answer = Api(member.token()).post(
        f"/contracts/{contract.public_id}/move",
        {"version": 1, "plan_version_id": str(other.public_id)},
    )
    assert answer.status_code == 422
    assert "plan_version_id" in answer.json()["error"]["fields"]


@pytest.mark.parametrize("figure", [1, 73, "soon", True, -5, 10**12])
def test_a_figure_outside_the_bounds_of_its_plan_is_refused(
    company: Company, member: Member, figure: object
) -> None:
    version = publish(member, FIGURES)
    customer = make_customer(member, company.headquarters)
    body = {
        "customer_id": str(customer.public_id),
        "number": "HT-1",
        "plan_version_id": str(version.public_id),
        "starts_on": "2026-01-01",
        "parameters": {"on_site_hours": figure},
    }
    answer = Api(member.token()).post("/contracts", body)
    assert answer.status_code == 422
    assert "on_site_hours" in answer.json()["error"]["fields"]["parameters"]
    allowed = body | {"parameters": {"on_site_hours": 4}}
    assert Api(member.token()).post("/contracts", allowed).status_code == 201


def test_a_contract_whose_figure_the_next_version_forbids_does_not_move(
    company: Company, member: Member
) -> None:
    version = publish(member, FIGURES)
    stricter = publish(member, FIGURES.replace("highest: 72", "highest: 24"))
    customer = make_customer(member, company.headquarters)
    api = Api(member.token())
    made = api.post(
        "/contracts",
        {
            "customer_id": str(customer.public_id),
            "number": "HT-1",
            "plan_version_id": str(version.public_id),
            "starts_on": "2026-01-01",
            "parameters": {"on_site_hours": 48},
        },
    ).json()
    answer = api.post(
        f"/contracts/{made['id']}/move",
        {"version": 1, "plan_version_id": str(stricter.public_id)},
    )
    assert answer.status_code == 422
    assert "on_site_hours" in answer.json()["error"]["fields"]["parameters"]


@pytest.mark.parametrize("broken", ["plan: [", "plan: x", "\u0000", "&a [*a]", "a: " * 2000])
def test_a_broken_plan_file_is_refused_with_its_place(member: Member, broken: str) -> None:
    answer = Api(member.token()).post("/plan-versions", {"source": broken})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]
