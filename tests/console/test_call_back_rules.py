"""Who is phoned back is drawn by rules as data: the same lot for everybody, never a complaint."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.console.conftest import Browser
from tests.factories import Member, make_member
from tests.factories.after import make_complaint, make_restored
from tests.factories.repairs import BEIJING, REPORTED, Repair, make_repair

from yinuo.domains.feedback.selectors import list_due_call_backs
from yinuo.kernel.sampling import is_drawn, lot
from yinuo.platform.accounts.models import User

ADDRESS = "/call-backs/rules/edit/"


@pytest.fixture
def repair(db: None) -> Repair:
    return make_repair("appliance", "serious", steps=(), restored_at=None)


def browser(member: Member) -> Browser:
    found = Browser()
    found.force_login(User.objects.get(pk=member.user.pk))
    return found


def due(by: Member) -> set[str]:
    return {one.number for one in list_due_call_backs(by.actor, limit=100).items}


@given(st.uuids(), st.dates(), st.integers(0, 100), st.integers(0, 100))
def test_a_greater_share_keeps_all_of_a_smaller_one(case, day, one, other) -> None:
    assert 0 <= lot(case, day) < 100
    assert not is_drawn(case, day, min(one, other)) or is_drawn(case, day, max(one, other))
    assert not is_drawn(case, day, 0)
    assert is_drawn(case, day, 100)


@pytest.mark.req("B-62", "MS-06")
def test_the_list_of_the_day_is_drawn_by_the_rules_and_complaints_always_are(
    repair: Repair,
) -> None:
    by = repair.consultant
    manager = make_member(repair.company.administrator, repair.unit, ["service_manager"])
    cases = [make_restored(by, repair.customer) for _ in range(12)]
    assert {one.number for one in cases} <= due(by)
    office, desk = browser(manager), browser(by)
    assert desk.get(ADDRESS).status_code == 403
    unit = {"unit_id": str(repair.unit.public_id)}
    assert office.fill(ADDRESS, **unit, percent="101").status_code == 422
    assert office.fill(ADDRESS, **unit, percent="1.5").status_code == 422
    assert office.fill(ADDRESS, **unit, percent="50").status_code == 302
    assert office.fill(ADDRESS, **unit, percent="20").status_code == 422
    day = datetime.now(BEIJING).date()
    drawn = {one.number for one in cases if is_drawn(UUID(str(one.public_id)), day, 50)}
    assert due(by) == drawn

    [rule] = [
        part.partition('"')[0]
        for part in office.read("/call-backs/rules/").split(f"{ADDRESS}?of=")[1:]
    ]
    assert office.fill(f"{ADDRESS}?of={rule}", percent="0").status_code == 302
    assert due(by) == set()
    make_complaint(by, cases[0])
    assert due(by) == {cases[0].number}
    assert office.fill(ADDRESS, **unit, kind="fault", percent="100").status_code == 302
    assert due(by) == {one.number for one in cases}
    assert browser(repair.stranger).get(f"{ADDRESS}?of={rule}").status_code in (403, 404)


@pytest.mark.req("MS-06")
@pytest.mark.django_db
def test_a_call_that_the_plan_promises_is_never_left_to_the_lot() -> None:
    """The materials supplier promises one for each quality request."""
    repair = make_repair(
        "materials", "quality", steps=[("responded", REPORTED + timedelta(hours=1))]
    )
    manager = make_member(repair.company.administrator, repair.unit, ["service_manager"])
    unit = {"unit_id": str(repair.unit.public_id)}
    assert browser(manager).fill(ADDRESS, **unit, percent="0").status_code == 302
    assert due(repair.consultant) == {repair.request.number}
