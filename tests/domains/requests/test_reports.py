"""Problem reports: drafted, issued for ever, delivered, corrected by a further version."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document
from pypdf import PdfReader
from tests.factories import Member
from tests.factories.repairs import NEXT_MORNING, RESTORED, Repair, make_repair, state

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.models import StepWords
from yinuo.domains.requests.report_document import report_docx, report_pdf
from yinuo.domains.requests.report_forms import digest_of
from yinuo.domains.requests.report_models import ProblemReport
from yinuo.domains.requests.report_types import Delivery, ReportView
from yinuo.domains.requests.reports import get_report, reports_of_request
from yinuo.domains.requests.services.reports import deliver_report, draft_report, issue_report
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db

ANSWERS = {
    "kind": "network",
    "symptom": "播出平台链路中断",
    "cause": "光模块老化，收光功率低于门限",
    "method": "更换光模块与交换板",
    "loss": "频道停播 14 小时 25 分",
}


@pytest.fixture
def repair() -> Repair:
    return make_repair()


def draft(
    repair: Repair, answers: dict[str, str] = ANSWERS, by: Member | None = None, version: int = 0
) -> ReportView:
    return draft_report(
        actor=(by or repair.technician).actor,
        request_id=repair.request.public_id,
        answers=answers,
        version=version or None,
        now=NEXT_MORNING,
    )


def issue(repair: Repair, report: ReportView, at: datetime = NEXT_MORNING) -> ReportView:
    return issue_report(
        actor=repair.technician.actor, report_id=report.public_id, version=report.version, now=at
    )


def deliver(
    repair: Repair, report: ReportView, delivery: Delivery | None = None, at: datetime | None = None
) -> ReportView:
    return deliver_report(
        actor=repair.consultant.actor,
        report_id=report.public_id,
        delivery=delivery or Delivery("email", "周工"),
        source="test",
        now=at or NEXT_MORNING + timedelta(minutes=5),
    )


def promise(repair: Repair, actor: Actor | None = None):
    return reports_of_request(actor or repair.reader.actor, repair.request.public_id).promise


@pytest.mark.req("BP-11")
def test_a_report_delivered_the_next_morning_keeps_its_promise(repair: Repair) -> None:
    before = promise(repair)
    assert before.state == "running"
    assert before.due_at == RESTORED + timedelta(hours=24)
    deliver(repair, issue(repair, draft(repair)))
    after = promise(repair)
    assert after.state == "met"
    assert after.ended_at == NEXT_MORNING + timedelta(minutes=5)


@pytest.mark.req("BP-11")
def test_the_form_is_filled_with_what_the_facts_know(repair: Repair) -> None:
    found = reports_of_request(repair.technician.actor, repair.request.public_id)
    known = {entry.code: entry.value for entry in found.blank}
    assert known["symptom"] == "播出平台网络链路中断，频道停播"
    assert known["cause"] == "光模块老化"
    assert known["method"] == "更换光模块与交换板"
    assert known["kind"] == ""


@pytest.mark.req("BP-11")
def test_a_draft_may_be_incomplete_but_the_issued_report_not(repair: Repair) -> None:
    report = draft(repair, {"kind": "network"})
    with pytest.raises(InvalidInput) as refused:
        issue(repair, report)
    assert set(refused.value.fields) == {"symptom", "cause", "method", "loss"}


@pytest.mark.parametrize(
    "answers",
    [{"kind": "weather"}, {"mood": "x"}, {"cause": "长" * 20_001}, {"cause": "a\x00b"}],
)
def test_a_draft_takes_only_what_the_plan_asks(repair: Repair, answers: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft(repair, answers)
    assert set(refused.value.fields) == set(answers)
    assert not ProblemReport.objects.exists()


def test_nothing_is_issued_before_the_request_is_restored() -> None:
    repair = make_repair(restored_at=None)
    with pytest.raises(IllegalMove):
        issue(repair, draft(repair))


@pytest.mark.req("BP-11", "R42")
def test_an_issued_report_never_changes_and_a_correction_is_a_new_version(repair: Repair) -> None:
    first = issue(repair, draft(repair))
    with pytest.raises(IllegalMove):
        issue(repair, first)
    second = draft(repair, ANSWERS | {"loss": "频道停播 14 小时"})
    assert (second.edition, second.public_id != first.public_id) == (2, True)
    kept = get_report(repair.reader.actor, first.public_id)
    assert kept == first
    issued = issue(repair, second)
    assert issued.digest != first.digest
    found = reports_of_request(repair.reader.actor, repair.request.public_id)
    assert [one.edition for one in found.issued] == [2, 1]


@pytest.mark.req("R42")
@pytest.mark.parametrize(
    "change",
    ["SET answers = '{}'", "SET head = '{}'", "SET issued_at = now()", "SET edition = 9"],
)
def test_the_database_refuses_to_change_an_issued_report(repair: Repair, change: str) -> None:
    issue(repair, draft(repair))
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"UPDATE requests_report {change}")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM requests_report")


def test_an_issued_report_keeps_the_names_of_its_day(repair: Repair) -> None:
    report = issue(repair, draft(repair))
    type(repair.customer).objects.update(name="改名后的客户")
    assert get_report(repair.reader.actor, report.public_id).head.customer == report.head.customer
    assert "岭南" in report.head.customer


@pytest.mark.req("R38")
def test_two_people_who_write_the_same_draft_do_not_overwrite_each_other(repair: Repair) -> None:
    first = draft(repair)
    draft(repair, ANSWERS | {"loss": "甲"}, version=first.version)
    for stale in (first.version, 0):
        with pytest.raises(Conflict):
            draft(repair, ANSWERS | {"loss": "乙"}, version=stale)
    with pytest.raises(Conflict):
        issue(repair, first)


def test_a_report_is_delivered_once_and_not_before_it_is_issued(repair: Repair) -> None:
    report = draft(repair)
    with pytest.raises(IllegalMove):
        deliver(repair, report)
    report = issue(repair, report)
    early = Delivery("email", occurred_at=NEXT_MORNING - timedelta(minutes=1))
    future = Delivery("email", occurred_at=NEXT_MORNING + timedelta(days=1))
    for wrong in (early, future, Delivery("pigeon"), Delivery("email", "长" * 81)):
        with pytest.raises(InvalidInput):
            deliver(repair, report, wrong)
    deliver(repair, report)
    with pytest.raises(IllegalMove):
        deliver(repair, report)
    kinds = [fact.kind for fact in facts_of_subject(repair.request.public_id)]
    assert kinds.count("report_delivered") == 1


@pytest.mark.req("BP-11")
def test_a_report_of_paper_entered_late_counts_from_when_it_was_given(repair: Repair) -> None:
    late = NEXT_MORNING + timedelta(days=40)
    report, actor = draft(repair), repair.technician.actor
    for wrong in (RESTORED - timedelta(minutes=1), late + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            issue_report(
                actor=actor, report_id=report.public_id, version=1, given_at=wrong, now=late
            )
    issued = issue_report(
        actor=actor, report_id=report.public_id, version=1, given_at=NEXT_MORNING, now=late
    )
    deliver(repair, issued, Delivery("paper", "周工", NEXT_MORNING), at=late)
    assert promise(repair).state == "met"
    assert promise(repair).ended_at == NEXT_MORNING


def test_the_fact_of_delivery_names_nobody(repair: Repair) -> None:
    deliver(repair, issue(repair, draft(repair)))
    fact = facts_of_subject(repair.request.public_id)[0]
    assert fact.kind == "report_delivered"
    assert "周工" not in str(fact.attrs)


@pytest.mark.req("R03")
def test_a_stranger_finds_no_report_and_a_reader_changes_none(repair: Repair) -> None:
    report = draft(repair)
    with pytest.raises(NotFound):
        get_report(repair.stranger.actor, report.public_id)
    with pytest.raises(NotFound):
        reports_of_request(repair.stranger.actor, repair.request.public_id)
    with pytest.raises(NotFound):
        draft(repair, by=repair.stranger)
    with pytest.raises(Forbidden):
        draft(repair, by=repair.reader, version=report.version)


def test_a_merged_or_cancelled_request_gets_no_report() -> None:
    repair = make_repair(restored_at=None)
    state(repair, "cancelled", RESTORED)
    with pytest.raises(IllegalMove):
        draft(repair)


@pytest.mark.req("BP-11", "SA-15")
@pytest.mark.parametrize(("language", "words"), [("zh", "问题报告"), ("en", "Problem report")])
def test_the_report_on_paper_says_what_the_screen_says(
    repair: Repair, language: str, words: str
) -> None:
    report = issue(repair, draft(repair))
    made = report_pdf(report, language, NEXT_MORNING)
    assert made == report_pdf(report, language, NEXT_MORNING + timedelta(days=9))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    plain = "".join(text.split())
    for said in (words, report.head.number, "华信传媒技术有限公司", *list(ANSWERS.values())[1:]):
        assert "".join(said.split()) in plain
    assert "2026-02-1512:05" in plain


@pytest.mark.req("BP-11", "B-71")
@pytest.mark.parametrize(("language", "words"), [("zh", "问题报告"), ("en", "Problem report")])
def test_the_report_as_docx_says_the_same(repair: Repair, language: str, words: str) -> None:
    report = issue(repair, draft(repair))
    made = report_docx(report, language, NEXT_MORNING)
    assert made == report_docx(report, language, NEXT_MORNING + timedelta(days=9))
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    lines = [one.text for one in (*document.sections[0].header.paragraphs, *document.paragraphs)]
    text = "\n".join([*cells, *lines])
    for said in (words, report.head.number, "华信传媒技术有限公司", *list(ANSWERS.values())[1:]):
        assert said in text
    assert "2026-02-15 12:05" in text


@pytest.mark.req("SA-15")
def test_the_appliance_makers_report_is_due_in_three_working_days() -> None:
    repair = make_repair("appliance")
    found = reports_of_request(repair.reader.actor, repair.request.public_id)
    assert [entry.code for entry in found.blank if entry.needed] == [
        *("kind", "symptom", "cause", "method"),
    ]
    assert found.promise is not None
    # 15 February to 23 February are holidays: the 24th, 25th and 26th count.
    assert found.promise.due_at == datetime(2026, 2, 27, tzinfo=RESTORED.tzinfo)


@pytest.mark.req("R59", "R42")
def test_an_erased_contact_leaves_the_issued_report_and_its_hash_as_they_are(
    repair: Repair,
) -> None:
    report = issue(repair, draft(repair))
    assert report.head.contact
    row = ProblemReport.objects.get(public_id=report.public_id)
    assert report.head.contact not in str(row.head)
    # Erasing empties the words and their salt; nothing of the report's own row changes.
    StepWords.objects.filter(digest=row.head["person"]).update(words={}, salt="")
    after = get_report(repair.reader.actor, report.public_id)
    assert (after.head.contact, after.head.phone, after.head.is_erased) == ("", "", True)
    kept = {"form": row.form, "head": row.head, "answers": row.answers, "edition": row.edition}
    assert digest_of(**kept) == after.digest == report.digest
    pages = PdfReader(BytesIO(report_pdf(after, "zh", NEXT_MORNING))).pages
    words = "".join(page.extract_text() for page in pages)
    assert report.head.contact not in words
