"""Who sees and does what: generated from the API's own description, so nothing is left out."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from tests.api.conftest import Api, World
from tests.api.routes import OF_HEADQUARTERS, Route, routes
from tests.api.samples import body_of
from tests.factories import make_customer, make_member, make_site

from yinuo.domains.network.models import ServiceUnit
from yinuo.platform.journal.models import AuditEntry

ALL = list(routes())
# Lists, and the questions whose answer comes in pages.
PAGED = [one for one in ALL if "cursor" in {each["name"] for each in one.details["parameters"]}]
# Plans belong to the whole company: there is no foreign one.
SHARED = {"version_id", "plan_version_id", "later_plan_version_id", "price_list_id", "template_id"}
SHARED |= {"draft_id", "approved_draft_id", "test_id", "part_id", "faulty_part_id"}
SHARED |= {"document_code", "template_text_id"}
SHARED |= {"article_id", "article_code", "item_id", "release_id", "release_file_id"}
# Without an id in path, body or query there is nothing foreign to name.
WITH_PATH_ID = [(one, name) for one in ALL for name in one.path_ids]
# Any colleague of the company may be asked for advice, so nobody is foreign there.
OF_THE_COMPANY = {("invite_expert", "person_id")}
WITH_BODY_ID = [
    (one, name)
    for one in ALL
    for name in one.body_ids
    if one.operation not in OF_HEADQUARTERS and (one.operation, name) not in OF_THE_COMPANY
]
WITH_QUERY_ID = [(one, name) for one in ALL for name in one.query_ids]


def ids_of(cases: list[tuple[Route, str]]) -> list[str]:
    return [f"{route.operation}-{name}" for route, name in cases]


def singular(name: str) -> str:
    return name.removesuffix("s") if name.endswith("_ids") else name


def other_id(world: World, name: str) -> str:
    return str(uuid4()) if name in SHARED else world.foreign.ids[name]


@pytest.mark.req("R03", "R01")
@pytest.mark.parametrize(("route", "name"), WITH_PATH_ID, ids=ids_of(WITH_PATH_ID))
def test_a_foreign_object_answers_like_an_absent_one(world: World, route: Route, name: str) -> None:
    body = body_of(route.operation, world.own.ids)
    before = AuditEntry.objects.count()
    foreign = world.api(route.method, route.at(world.own.ids | {name: other_id(world, name)}), body)
    absent = world.api(route.method, route.at(world.own.ids | {name: str(uuid4())}), body)
    malformed = world.api(route.method, route.at(world.own.ids | {name: "x'--"}), body)
    assert foreign.status_code == absent.status_code == malformed.status_code == 404
    assert foreign.content == absent.content == malformed.content
    assert _headers(foreign) == _headers(absent)
    assert AuditEntry.objects.count() == before


@pytest.mark.req("R02", "R03")
@pytest.mark.parametrize(("route", "name"), WITH_BODY_ID, ids=ids_of(WITH_BODY_ID))
def test_a_foreign_id_in_any_field_answers_like_an_absent_one(
    world: World, route: Route, name: str
) -> None:
    def send(value: str) -> Any:
        body = body_of(route.operation, world.own.ids)
        assert body is not None
        assert name in body, "the sample must use every field that holds an id"
        body[name] = [value] if name.endswith("_ids") else value
        return world.api(route.method, route.at(world.own.ids), body)

    before = AuditEntry.objects.count()
    foreign, absent = send(other_id(world, singular(name))), send(str(uuid4()))
    assert foreign.status_code == absent.status_code == 404, foreign.content
    assert foreign.content == absent.content
    assert AuditEntry.objects.count() == before


@pytest.mark.req("R02")
@pytest.mark.parametrize("operation", ["open_request", "create_contact", "create_contract"])
def test_a_site_of_another_customer_counts_as_absent(world: World, operation: str) -> None:
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    neighbour = make_site(world.own.member, make_customer(world.own.member, unit))
    route = next(one for one in ALL if one.operation == operation)
    body = body_of(operation, world.own.ids)
    assert body is not None
    name = "site_ids" if "site_ids" in body else "site_id"
    body[name] = [str(neighbour.public_id)] if name == "site_ids" else str(neighbour.public_id)
    assert world.api(route.method, route.path, body).status_code == 404


@pytest.mark.req("R02", "R03", "R05")
@pytest.mark.parametrize(("route", "name"), WITH_QUERY_ID, ids=ids_of(WITH_QUERY_ID))
def test_a_foreign_id_in_a_filter_answers_like_an_absent_one(
    world: World, route: Route, name: str
) -> None:
    foreign = world.api.get(f"{route.path}?{name}={other_id(world, name)}")
    absent = world.api.get(f"{route.path}?{name}={uuid4()}")
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert foreign.status_code == 404 or not foreign.json()["items"]
    own = world.api.get(f"{route.path}?{name}={world.own.ids[name]}")
    assert own.json()["items"]


@pytest.mark.req("R01", "R03")
@pytest.mark.parametrize("route", ALL, ids=lambda one: one.operation)
def test_every_operation_works_on_ones_own(world: World, route: Route) -> None:
    """The refusals above would mean nothing if the same call were refused on own objects too."""
    answer = world.api(
        route.method, route.at(world.own.ids), body_of(route.operation, world.own.ids)
    )
    if route.operation in OF_HEADQUARTERS:
        assert answer.status_code == 403
        return
    assert answer.status_code in {200, 201}, answer.content
    assert world.foreign.ids["customer_id"] not in answer.content.decode()


@pytest.mark.req("R03")
@pytest.mark.parametrize("route", PAGED, ids=lambda one: one.path)
def test_a_list_shows_and_pages_through_visible_rows_only(world: World, route: Route) -> None:
    asked = body_of(route.operation, world.own.ids)

    def paged(limit: int) -> list[Any]:
        found, cursor = [], ""
        while True:
            address = f"{route.path.format(**world.own.ids)}?limit={limit}&cursor={cursor}"
            page = world.api(route.method, address, asked).json()
            found += page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return found

    seen = paged(1)
    assert seen == paged(200)
    foreign = {
        one
        for name, one in world.foreign.ids.items()
        if name not in SHARED and "version" not in name
    }
    told = json.dumps(seen)
    assert not [one for one in foreign if one in told]


@pytest.mark.req("R01", "R16")
@pytest.mark.parametrize("route", ALL, ids=lambda one: one.operation)
def test_a_token_without_the_scope_is_refused_before_anything_is_read(
    world: World, route: Route
) -> None:
    scopes = sorted({one.right for one in ALL} - {route.right})
    api = Api(world.own.member.token(*scopes))
    own = api(route.method, route.at(world.own.ids), body_of(route.operation, world.own.ids))
    absent = {name: str(uuid4()) for name in world.own.ids}
    other = api(route.method, route.at(absent), body_of(route.operation, world.own.ids))
    assert own.status_code == other.status_code == 403
    assert own.json()["error"]["code"] == "forbidden"
    assert own.content == other.content


@pytest.mark.req("R01", "R16")
@pytest.mark.parametrize("route", ALL, ids=lambda one: one.operation)
def test_nobody_gets_anything_without_a_token(world: World, route: Route) -> None:
    api = Api("yn_" + "A" * 43)
    answer = api(route.method, route.at(world.own.ids), body_of(route.operation, world.own.ids))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.req("R01")
def test_a_technician_records_work_but_cannot_close_or_change_the_level(world: World) -> None:
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    api = Api(make_member(world.company.administrator, unit, ["technician"]).token())
    request = f"/requests/{world.own.ids['request_id']}"
    assert api.post(f"{request}/facts", {"kind": "responded"}).status_code == 201
    assert api.post(f"{request}/facts", {"kind": "restored"}).status_code == 201
    refused = api.post(f"{request}/facts", {"kind": "confirmed_by_customer"})
    assert refused.json()["error"]["code"] == "forbidden"
    level = {"version": 3, "level": "general", "reason": "x"}
    assert api.post(f"{request}/level", level).status_code == 403
    offered = {step["kind"] for step in api.get(request).json()["next_steps"]}
    assert "noted" in offered
    assert not offered & {"confirmed_by_customer", "archived", "cancelled", "reopened", "merged"}
    assert api.get(request).json()["acts"] == ["escalate", "handover", "questions", "take"]


def _headers(answer: Any) -> dict[str, str]:
    return {
        name: value
        for name, value in answer.headers.items()
        if name not in {"X-Request-Id", "Content-Security-Policy"}
    }
