"""Who may do what until when, through the API."""

from __future__ import annotations

import pytest
from tests.api.conftest import Api, World
from tests.factories import make_member


@pytest.fixture
def planner(world: World) -> Api:
    company = world.company
    member = make_member(company.administrator, company.headquarters, ["service_manager"])
    return Api(member.token())


@pytest.mark.req("SV-02", "R38")
def test_what_work_demands_is_set_at_headquarters_for_all(world: World, planner: Api) -> None:
    demand = {"product_line": "服务器", "skills": [{"name": "RAID", "level": 3}]}
    assert world.api.post("/qualifications", demand).status_code == 403
    made = planner.post("/qualifications", demand, Idempotency_Key="k" * 20)
    assert made.status_code == 200, made.content
    again = planner.post("/qualifications", demand, Idempotency_Key="k" * 20)
    assert (again.json(), again["Idempotency-Replayed"]) == (made.json(), "true")
    # A second setting of the same line needs the version it is based on.
    assert planner.post("/qualifications", {**demand, "visit_minutes": 30}).status_code == 409
    later = {**demand, "version": made.json()["version"], "visit_minutes": 30}
    assert planner.post("/qualifications", later).json()["version"] == 2
    rows = world.api.get("/qualifications").json()["items"]
    assert [(one["product_line"], one["visit_minutes"]) for one in rows] == [("服务器", 30)]


@pytest.mark.req("R58")
def test_where_people_live_is_kept_from_whoever_only_reads(world: World, planner: Api) -> None:
    person = world.own.ids["person_id"]
    capacity = {
        "version": planner.get(f"/people/{person}").json()["version"],
        "skills": [],
        "tools": [],
        "shift": [{"weekday": 1, "start": 510, "end": 1080}],
        "home": {"latitude": "22.543100", "longitude": "114.057900"},
    }
    assert planner.put(f"/people/{person}/capacity", capacity).status_code == 200
    company = world.company
    reader = Api(make_member(company.administrator, company.headquarters, ["quality"]).token())
    assert planner.get(f"/people/{person}/capacity").json()["home"] is not None
    assert reader.get(f"/people/{person}/capacity").json()["home"] is None
    assert reader.put(f"/people/{person}/capacity", capacity).status_code == 403
