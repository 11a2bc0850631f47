"""A visit ends by the plan's own results; the usual four hold where it names none (LV-15)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.factories import make_contract, make_customer, make_member, open_fault, publish
from tests.factories.centre import Centre
from tests.factories.work import make_work_order

from yinuo.domains.fieldwork.documents import work_order_docx
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.services import report_work
from yinuo.domains.fieldwork.types import VisitReport, WorkOrderPage
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.obligations.services.holding import take_back_held
from yinuo.domains.requests.models import Request
from yinuo.planfile import check_text
from yinuo.platform.errors import InvalidInput

pytestmark = [pytest.mark.django_db, pytest.mark.req("LV-15")]
SIGNS = (Path(__file__).parents[3] / "plans" / "signage.yaml").read_text(encoding="utf-8")
PLAN = SIGNS.replace("{code: done, title: {zh: 已完成", "{code: lit, title: {zh: 已亮灯")


@pytest.fixture
def sheet(centre: Centre) -> WorkOrderPage:
    customer = make_customer(centre.specialist, centre.unit)
    admin = centre.company.administrator
    make_contract(
        make_member(admin, centre.unit, ["account_manager"]), customer, publish(admin, PLAN)
    )
    request = open_fault(centre.specialist, customer, level=_level())
    order = make_work_order(centre.specialist, centre.technician, request, "arrived")
    return get_work_order_page(centre.technician.actor, order.public_id, now=datetime.now(UTC))


def _level() -> str:

    plan = check_text(PLAN).plan
    assert plan is not None
    return plan.levels[0].code if plan.levels else ""


def report(centre: Centre, sheet: WorkOrderPage, result: str, why: str = "") -> None:
    report_work(
        actor=centre.technician.actor,
        work_order_id=sheet.row.public_id,
        report=VisitReport("灯箱进水", "清理并更换电源", result, result_reason=why),
        source="test",
        now=datetime.now(UTC),
    )


def state(sheet: WorkOrderPage) -> str:
    return Request.objects.get(public_id=sheet.row.request_public_id).state


def test_the_plans_results_are_offered_and_one_that_is_done_restores(centre, sheet):
    assert [one.code for one in sheet.results][:3] == ["lit", "to_repair", "weather"]
    report(centre, sheet, "lit")
    assert state(sheet) == "restored"
    found = get_work_order_page(centre.technician.actor, sheet.row.public_id, now=datetime.now(UTC))
    assert found.result is not None
    assert found.result.title.zh == "已亮灯"


def test_a_result_that_asks_why_wants_the_reason_and_leaves_the_request_open(centre, sheet):
    with pytest.raises(InvalidInput) as caught:
        report(centre, sheet, "weather")
    assert list(caught.value.fields) == ["result_reason"]
    report(centre, sheet, "weather", "六级风，高空作业停止")
    assert state(sheet) == "on_site"


@pytest.mark.parametrize("result", ["done", "", "nonsense", "LIT"])
def test_a_result_of_another_plan_is_refused(centre, sheet, result):
    with pytest.raises(InvalidInput) as caught:
        report(centre, sheet, result)
    assert "result" in caught.value.fields


def test_without_own_results_the_usual_four_hold(centre):
    order = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    now = datetime.now(UTC)
    found = get_work_order_page(centre.technician.actor, order.public_id, now=now)
    assert [one.code for one in found.results] == ["done", "to_repair", "contact_again", "other"]


def test_the_printed_sheet_offers_the_plans_results(centre, sheet):
    made, _number = work_order_docx(
        centre.technician.actor, sheet.row.public_id, language="zh", now=datetime.now(UTC)
    )
    text = ZipFile(BytesIO(made)).read("word/document.xml").decode()
    assert "已亮灯" in text
    assert "天气或高空条件不允许" in text


@pytest.mark.req("SG-03")
def test_a_result_that_holds_a_visit_counts_for_the_contract_until_written_otherwise(centre, sheet):
    contract = Request.objects.get(public_id=sheet.row.request_public_id).contract
    assert contract is not None

    def visits() -> list[str]:
        rows = FactRow.objects.filter(subject_id=contract.public_id, attrs__has_key="sheet")
        return list(rows.order_by("id").values_list("kind", flat=True))

    report(centre, sheet, "weather", "台风")
    assert visits() == []
    report(centre, sheet, "visit_held")
    assert visits() == ["visited"]
    report(centre, sheet, "visit_held")
    assert visits() == ["visited"]
    report(centre, sheet, "weather", "台风")
    assert visits() == ["visited", "withdrawn"]
    report(centre, sheet, "visit_held")
    assert visits() == ["visited", "withdrawn", "visited"]


@pytest.mark.req("SG-03", "R42")
def test_what_a_person_took_back_does_not_come_again_with_the_same_sheet(centre, sheet):
    contract = Request.objects.get(public_id=sheet.row.request_public_id).contract
    assert contract is not None
    facts = FactRow.objects.filter(subject_id=contract.public_id).order_by("id")

    def told() -> list[str]:
        kinds = facts.filter(kind__in=("visited", "withdrawn"))
        return list(kinds.values_list("kind", flat=True))

    report(centre, sheet, "visit_held")
    manager = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    take_back_held(
        actor=manager.actor,
        contract_id=contract.public_id,
        fact_id=facts.get(kind="visited").public_id,
        reason="误记",
        source="test",
        now=datetime.now(UTC),
    )
    report(centre, sheet, "visit_held")
    assert told() == ["visited", "withdrawn"]
    report(centre, sheet, "weather", "台风")
    assert told() == ["visited", "withdrawn"], "it is not taken back twice"
    report(centre, sheet, "visit_held")
    assert told() == ["visited", "withdrawn"], "the person's word still stands"


def test_a_visit_cannot_hold_what_no_promise_of_the_contract_counts() -> None:
    wrong = check_text(PLAN.replace("holds: visited", "holds: visitted"))
    assert [(one.code, one.line) for one in wrong.problems if one.code == "unknown_name"]
    assert "visited" in str(wrong.problems)
