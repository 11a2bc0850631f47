"""A relocation planned, approved, carried out in order, rolled back when a step fails, accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import make_company, make_customer, make_member
from tests.factories.company import Member
from tests.factories.relocations import approve, carry_out, plan

from yinuo.domains.customers.models import Customer
from yinuo.domains.relocations.models import Relocation, RelocationEvent, RelocationStep
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Desk:
    """A project manager with one customer."""

    member: Member
    customer: Customer
    browser: Browser

    def do(self, found: Relocation, position: int, kind: str, **typed: Any) -> Any:
        step = RelocationStep.objects.get(relocation=found, position=position)
        given = {"text": "已办理", "minutes": "15"} | typed
        made = self.browser.fill(f"/relocations/steps/{step.public_id}/{kind}/", **given)
        found.refresh_from_db()
        return made


@pytest.fixture
def desk(db: None) -> Desk:
    company = make_company()
    roles = ["service_manager", "account_manager"]
    member = make_member(company.administrator, company.headquarters, roles)
    customer = make_customer(member, company.headquarters)
    return Desk(member, customer, browser_of(User.objects.get(pk=member.user.pk)))


def states(found: Relocation) -> list[str]:
    return list(found.steps.order_by("position").values_list("state", flat=True))


@pytest.mark.req("SA-13")
def test_a_plan_is_written_approved_frozen_carried_out_and_accepted(desk: Desk) -> None:
    made = desk.browser.fill(
        f"/customers/{desk.customer.public_id}/relocations/new/", title="机房搬迁", text="搬至新楼"
    )
    assert made.status_code == 302, plain(made)
    found = Relocation.objects.get()
    address = f"/relocations/{found.public_id}/"
    today = timezone.localdate().isoformat()
    early = desk.browser.fill(f"{address}approve/", name="周工", on=today)
    assert early.status_code == 409, "no step yet"
    begins = timezone.localtime() + timedelta(days=1)
    for what in ("备份", "迁移"):
        added = desk.browser.fill(
            f"{address}step/",
            what=what,
            who="李工",
            interruption_minutes="20",
            planned_from=f"{begins:%Y-%m-%dT%H:%M}",
            planned_to=f"{begins + timedelta(hours=1):%Y-%m-%dT%H:%M}",
            check_how="业务连通",
            roll_back="切回原机",
        )
        assert added.status_code == 302, plain(added)
    assert desk.do(found, 1, "started").status_code == 409, "the customer has not approved it"
    assert desk.browser.fill(f"{address}approve/", name="周工", on=today).status_code == 302
    found.refresh_from_db()
    assert len(found.content_hash) == 64
    step = found.steps.get(position=1)
    late = desk.browser.fill(f"/relocations/steps/{step.public_id}/remove/")
    assert late.status_code == 409, "an approved plan stays as it is"
    assert desk.do(found, 2, "started").status_code == 409, "the first one comes first"
    for position, minutes in ((1, "0"), (2, "35")):
        assert desk.do(found, position, "started").status_code == 302
        assert desk.do(found, position, "done", minutes=minutes).status_code == 302
    page = plain(desk.browser.read(address))
    assert "more than planned" not in page
    assert "Interruption real, minutes 35" in page
    assert found.state == "done"
    accepted = desk.browser.fill(f"{address}accept/", name="孙科长", on=today, text="运行正常")
    assert accepted.status_code == 302
    found.refresh_from_db()
    assert (found.state, found.accepted_by) == ("accepted", "孙科长")
    with pytest.raises(DatabaseError), transaction.atomic():
        RelocationEvent.objects.update(text="x")


@pytest.mark.req("SA-13")
def test_when_a_step_fails_those_begun_are_rolled_back_the_last_first(desk: Desk) -> None:
    found = approve(desk.member, plan(desk.member, desk.customer, "备份", "迁移", "切换"))
    carry_out(desk.member, found, 1, "started", "done")
    desk.do(found, 2, "started")
    assert desk.do(found, 2, "failed", text="").status_code == 422, "say what happened"
    assert desk.do(found, 2, "failed", text="光模块不亮").status_code == 302
    assert found.state == "rolling_back"
    assert desk.do(found, 3, "started").status_code == 409
    assert desk.do(found, 1, "rolled_back").status_code == 409, "the last one first"
    assert desk.do(found, 2, "rolled_back").status_code == 302
    assert desk.do(found, 1, "rolled_back").status_code == 302
    assert (found.state, states(found)) == (
        "rolled_back",
        ["rolled_back", "rolled_back", "waiting"],
    )
    assert found.steps.get(position=2).real_minutes == 30, "coming back takes time as well"
    replanned = desk.browser.fill(f"/relocations/{found.public_id}/replan/", text="更换光模块")
    assert replanned.status_code == 302
    found.refresh_from_db()
    assert (found.state, found.revision, found.approved_by) == ("planning", 2, "")
    assert "光模块不亮" in desk.browser.read(f"/relocations/{found.public_id}/"), "its record stays"


@pytest.mark.req("SA-13")
def test_only_a_step_marked_parallel_begins_beside_the_one_before(desk: Desk) -> None:
    names = ("备份", "通知", "迁移")
    found = approve(desk.member, plan(desk.member, desk.customer, *names, parallel=("通知",)))
    desk.do(found, 1, "started")
    assert desk.do(found, 3, "started").status_code == 409
    assert desk.do(found, 2, "started").status_code == 302
    assert states(found) == ["running", "running", "waiting"]


@pytest.mark.req("SA-13", "R30")
def test_a_plan_changed_behind_the_customers_back_is_not_carried_out(desk: Desk) -> None:
    found = approve(desk.member, plan(desk.member, desk.customer, "备份"))
    RelocationStep.objects.filter(relocation=found).update(roll_back="无")
    assert "not the one that the customer approved" in plain(desk.do(found, 1, "started"))
    for minutes in ("-1", "100001", "x", ""):
        assert desk.do(found, 1, "done", minutes=minutes).status_code in (409, 422)
    assert states(found) == ["waiting"]


@pytest.mark.req("SA-13")
def test_the_plan_is_given_as_pdf_and_docx(desk: Desk) -> None:
    found = approve(desk.member, plan(desk.member, desk.customer, "备份", "迁移"))
    carry_out(desk.member, found, 1, "started", "done")
    for form, begin in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = desk.browser.get(f"/relocations/{found.public_id}/{form}/")
        assert answer.status_code == 200
        assert answer.content.startswith(begin)


@pytest.mark.req("SA-13")
def test_a_sent_plan_waits_unchanged_until_it_is_answered_or_taken_back(desk: Desk) -> None:
    found = plan(desk.member, desk.customer, "备份")
    at = f"/relocations/{found.public_id}/"
    assert f"{at}send/" in desk.browser.get(at).content.decode()
    desk.browser.fill(f"{at}send/")
    found.refresh_from_db()
    assert found.state == "sent"
    page = desk.browser.get(at).content.decode()
    assert (f"{at}step/" in page, f"{at}back/" in page, f"{at}approve/" in page) == (
        False,
        True,
        True,
    )
    assert desk.browser.fill(f"{at}back/", text=" ").status_code == 422
    assert desk.browser.fill(f"{at}back/", text="还要加一步").status_code == 302
    found.refresh_from_db()
    assert found.state == "planning"
