"""The health record: each line says what is and shows the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    open_fault,
    publish,
)

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.services.papers import PaperData, promise_paper
from yinuo.domains.customers.selectors import get_customer
from yinuo.domains.customers.services import VisitData, record_visit
from yinuo.domains.feedback.health import health_of_asset, health_of_customer
from yinuo.domains.feedback.health_types import Health, HealthLine, LineKind, Tone
from yinuo.domains.feedback.health_windows import (
    Windows,
    health_windows,
    set_health_windows,
    windows_version,
)
from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.platform.errors import Conflict, Forbidden, InvalidInput
from yinuo.surfaces.console.health_words import sentence

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROLES = ["service_specialist", "account_manager"]


@dataclass(frozen=True)
class Stage:
    admin: Member
    member: Member
    asset: Asset
    contract_id: object

    def health(self, now: datetime = NOW) -> Health:
        row = get_customer(self.member.actor, self.asset.customer.public_id)
        return health_of_customer(self.member.actor, row, now)

    def line(self, kind: LineKind, now: datetime = NOW) -> HealthLine:
        return next(one for one in self.health(now).lines if one.kind is kind)

    def fault(self, days_ago: float, asset: Asset | None = None) -> Request:
        opened = open_fault(self.member, self.asset.customer, asset=asset)
        row = Request.objects.get(public_id=opened.public_id)
        Request.objects.filter(pk=row.pk).update(reported_at=NOW - days_ago * DAY)
        row.refresh_from_db()
        return row


@pytest.fixture
def stage() -> Stage:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES)
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, publish(company.administrator))
    asset = make_asset(member, customer)
    return Stage(company.administrator, member, asset, contract.public_id)


@pytest.mark.req("BP-12")
def test_customer_without_history_says_so_in_every_line(stage: Stage) -> None:
    with override("en"):
        said = {line.kind: sentence(line) for line in stage.health().lines}
    assert said[LineKind.OPEN_REQUESTS] == "Nothing is open."
    assert said[LineKind.VISITS] == "Nobody has called on this customer yet."
    assert said[LineKind.PAPERS] == "No paper is promised."
    assert said[LineKind.SATISFACTION] == "No answer within 365 days."
    assert stage.health().tone is Tone.WATCH


@pytest.mark.req("BP-12")
def test_faults_of_one_asset_within_the_window_are_a_repeat_with_its_cases(stage: Stage) -> None:
    other = make_asset(stage.member, stage.asset.customer)
    inside = [stage.fault(days, stage.asset) for days in (3, 50)]
    stage.fault(91, stage.asset)
    stage.fault(2, other)
    dropped = stage.fault(1, stage.asset)
    Request.objects.filter(pk=dropped.pk).update(state="cancelled")
    line = stage.line(LineKind.REPEATS)
    assert (line.figures["groups"], line.figures["count"]) == (1, 2)
    assert {case.name for case in line.cases} == {row.number for row in inside}
    with override("en"):
        assert sentence(line) == "“防火墙” failed 2 times within 90 days."
    stage.fault(4, stage.asset)
    assert stage.line(LineKind.REPEATS).tone is Tone.ACT


@pytest.mark.req("BP-12")
def test_missed_promise_asks_for_action_and_leads_to_its_request(stage: Stage) -> None:
    opened = open_fault(stage.member, stage.asset.customer, asset=stage.asset)
    later = opened.reported_at + 30 * DAY
    while act_on_due(now=later):
        pass
    line = stage.line(LineKind.BROKEN_PROMISES, later)
    assert line.tone is Tone.ACT
    assert line.figures["missed"] > 0
    assert {case.public_id for case in line.cases} == {opened.public_id}
    assert stage.health(later).tone is Tone.ACT


@pytest.mark.req("BP-12")
def test_bad_answer_is_shown_until_a_better_one_follows(stage: Stage) -> None:
    opened = open_fault(stage.member, stage.asset.customer, asset=stage.asset)
    at = opened.reported_at
    for kind, hours in (("responded", 1), ("restored", 2)):
        report_fact(
            actor=stage.member.actor,
            request_id=opened.public_id,
            report=Report(kind, occurred_at=at + hours * HOUR),
            source="phone",
            now=at + 3 * HOUR,
        )
    for hours, opinion in ((4, "dissatisfied"), (5, "satisfied")):
        answers = CallBackAnswers(True, True, opinion, spoken_to="李", opinion="又断了一次")
        record_call_back(
            actor=stage.member.actor,
            request_id=opened.public_id,
            answers=answers,
            source="console",
            now=at + hours * HOUR,
        )
        line = stage.line(LineKind.SATISFACTION, at + 6 * HOUR)
        expected = Tone.ACT if opinion == "dissatisfied" else Tone.WATCH
        assert (line.tone, line.figures["bad"]) == (expected, 1)
        assert [case.public_id for case in line.cases] == [opened.public_id]


@pytest.mark.req("BP-12")
def test_first_and_return_visits_are_told_and_an_overdue_one_asks_for_action(stage: Stage) -> None:
    today = NOW.date()
    for days, again in ((400, 30), (200, 90)):
        day = today - timedelta(days=days)
        record_visit(
            actor=stage.member.actor,
            customer_id=stage.asset.customer.public_id,
            data=VisitData(day, "顾明远", "走访", again_on=day + timedelta(days=again)),
            now=NOW,
        )
    health, line = stage.health(), stage.line(LineKind.VISITS)
    assert health.visits is not None
    assert (health.visits.first_on, health.visits.returns) == (today - timedelta(days=400), 1)
    assert (line.tone, line.figures["late_days"]) == (Tone.ACT, 110)
    with override("en"):
        assert "1 return visit" in sentence(line)
        assert "110 days ago" in sentence(line)


@pytest.mark.req("SG-08")
def test_missing_papers_ask_for_action_once_they_are_late(stage: Stage) -> None:
    data = PaperData(title="用户手册", due_on=NOW.date())
    promise_paper(actor=stage.member.actor, contract_id=stage.contract_id, data=data, now=NOW)
    assert stage.line(LineKind.PAPERS).tone is Tone.GOOD
    late = stage.line(LineKind.PAPERS, NOW + DAY)
    assert (late.tone, late.figures["late"]) == (Tone.ACT, 1)
    assert late.cases[0].text[0] == "用户手册"


@pytest.mark.req("BP-12")
def test_cover_that_ends_soon_is_named(stage: Stage) -> None:
    contract = Contract.objects.get(public_id=stage.contract_id)
    for days, ending, tone in ((91, 0, Tone.GOOD), (90, 1, Tone.WATCH), (0, 0, Tone.WATCH)):
        contract.ends_on = NOW.date() + timedelta(days=days)
        contract.save()
        line = stage.line(LineKind.EXPIRING)
        assert (line.figures["ending"], line.tone) == (ending, tone)
        assert [case.name for case in line.cases] == [contract.number] * ending
    with override("en"):
        assert sentence(stage.line(LineKind.EXPIRING)) == "No contract is in force."


@pytest.mark.req("B-23", "BP-12")
def test_health_of_an_asset_counts_only_its_own(stage: Stage) -> None:
    other = make_asset(stage.member, stage.asset.customer)
    mine = stage.fault(3, stage.asset)
    stage.fault(3, other)
    row = get_asset(stage.member.actor, stage.asset.public_id)
    health = health_of_asset(stage.member.actor, row, NOW)
    lines = {line.kind: line for line in health.lines}
    assert [case.name for case in lines[LineKind.OPEN_REQUESTS].cases] == [mine.number]
    assert lines[LineKind.AVAILABILITY].figures["down_now"]


@pytest.mark.req("BP-12")
def test_statements_stay_few_however_much_happened(stage: Stage) -> None:
    def statements() -> int:
        row = get_customer(stage.member.actor, stage.asset.customer.public_id)
        actor = stage.member.actor
        with CaptureQueriesContext(connection) as queries:
            health_of_customer(actor, row, NOW)
        return len(queries)

    stage.fault(3, stage.asset)
    # The plan is compiled once.
    statements()
    few = statements()
    for days in range(1, 6):
        stage.fault(days, stage.asset)
    assert statements() == few
    assert few <= 10


@pytest.mark.req("R01")
def test_what_a_person_may_not_see_is_in_no_line(stage: Stage) -> None:
    stage.fault(3, stage.asset)
    stranger = make_member(stage.admin, stage.asset.customer.unit, ["parts_manager"])
    row = get_customer(stage.member.actor, stage.asset.customer.public_id)
    health = health_of_customer(stranger.actor, row, NOW)
    lines = {line.kind: line for line in health.lines}
    assert lines[LineKind.EXPIRING].figures["running"] == 0


@pytest.mark.req("BP-12")
def test_windows_are_the_company_s_to_set(stage: Stage) -> None:
    stage.fault(3, stage.asset)
    stage.fault(50, stage.asset)
    assert stage.line(LineKind.REPEATS).figures["groups"] == 1
    with pytest.raises(Forbidden):
        set_health_windows(
            actor=stage.member.actor, version=0, windows=Windows(repeat_days=30), now=NOW
        )
    actor = stage.admin.actor
    with pytest.raises(InvalidInput):
        set_health_windows(actor=actor, version=0, windows=Windows(due_days=0), now=NOW)
    set_health_windows(actor=actor, version=0, windows=Windows(repeat_days=30), now=NOW)
    assert stage.line(LineKind.REPEATS).figures["groups"] == 0
    with pytest.raises(Conflict):
        set_health_windows(actor=actor, version=0, windows=Windows(), now=NOW)
    set_health_windows(actor=actor, version=windows_version(), windows=Windows(), now=NOW)
    assert health_windows() == Windows()
