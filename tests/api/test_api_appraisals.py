"""Appraisals by REST: a month, a year, a person month by month; nothing known stays null."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.api.conftest import World


@pytest.mark.req("B-61", "R05")
def test_a_month_and_a_year_of_people_and_units_are_read_by_rest(world: World) -> None:
    api, ids, year = world.api, world.own.ids, datetime.now(UTC).year
    people = api.get(f"/appraisals?period={year}&limit=100").json()["items"]
    mine = next(one for one in people if one["id"] == ids["person_id"])
    assert mine["month"] is None
    assert mine["visits"] is None or mine["visits"]["due"] >= 0
    theirs = {one["id"] for one in people}
    assert world.foreign.ids["person_id"] not in theirs
    units = api.get(f"/appraisals/units?period={year}").json()["items"]
    assert ids["unit_id"] in {one["id"] for one in units}
    one = api.get(f"/appraisals/people/{ids['person_id']}?period={year}").json()
    assert one["whole"] == mine
    assert one["months"][0]["month"] == f"{year}-01"
    assert len(one["months"]) <= 12
    foreign = f"/appraisals/people/{world.foreign.ids['person_id']}"
    assert api.get(foreign).status_code == 404
    assert api.get("/appraisals?period=2026-13").status_code == 422


@pytest.mark.req("LV-09", "B-80")
def test_days_and_calls_of_duty_add_up_from_the_lists_by_rest(world: World) -> None:
    api, person, year = world.api, world.own.ids["person_id"], datetime.now(UTC).year
    months = api.get(f"/appraisals/people/{person}?period={year}").json()["months"]
    counted = {one["month"]: one["duty"] for one in months if one["duty"]}
    assert counted
    for month, duty in counted.items():
        asked = f"person_id={person}&period={month}"
        turns = api.get(f"/duty-turns?{asked}").json()["items"]
        assert sum(one["days"] for one in turns) == duty["days"]
        assert len(api.get(f"/duty-calls?{asked}").json()["items"]) == duty["calls"]
    assert api.get("/duty-calls?period=2026-13").status_code == 422
