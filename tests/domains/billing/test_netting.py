"""Penalties netted on statements: story 2 to the fen, each on one statement, corrected on the next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import make_company, make_member, make_unit
from tests.factories.billing import VISIT, publish_prices
from tests.factories.breaches import Signs, clock, make_signs
from tests.factories.document_templates import publish_written
from tests.factories.documents import rows_of_xlsx, words_of_docx, words_of_pdf

from yinuo.domains.billing.charge_selectors import get_statement
from yinuo.domains.billing.charge_types import StatementView, Work
from yinuo.domains.billing.paper_forms import PaperForm, statement_paper
from yinuo.domains.billing.services import charge_work, issue_statement
from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.services import approve_breach
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.permissions import Permission
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.types import OpenedRequest, StepFact
from yinuo.platform.database.fence import fenced
from yinuo.platform.errors import InvalidInput

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1), date(2026, 7, 31)
LATER = clock("08-02 09:00")


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


@pytest.fixture
def request_(signs: Signs) -> OpenedRequest:
    return signs.live_through()


def approve(signs: Signs, now: datetime = LATER) -> None:
    """A director approves whatever is priced and open."""
    waiting = Entry.objects.filter(approval__isnull=True).values("breach")
    for one in Breach.objects.filter(pk__in=waiting):
        approve_breach(
            actor=signs.director.actor, breach_id=one.public_id, version=one.version, now=now
        )


def state(signs: Signs, now: datetime = LATER, ends_on: date = JULY[1]) -> StatementView:
    made = issue_statement(
        actor=signs.manager.actor,
        customer_id=signs.customer.public_id,
        contract_id=signs.contract.public_id,
        starts_on=JULY[0],
        ends_on=ends_on,
        now=now,
    )
    return get_statement(signs.manager.actor, made.public_id)


@pytest.mark.req("SG-10", "B-08")
def test_story_2_comes_to_14580_in_figures_and_capitals_in_every_form(
    signs: Signs, request_: OpenedRequest
) -> None:
    approve(signs)
    statement = state(signs)
    assert sorted(one.amount for one in statement.penalties) == [Decimal(4860), Decimal(9720)]
    assert statement.penalised == Decimal("14580.00")
    assert statement.row.total == Decimal("-14580.00")
    pdf = words_of_pdf(statement_paper(statement, PaperForm.PDF, "zh").content)
    docx = words_of_docx(statement_paper(statement, PaperForm.DOCX, "zh").content)
    for words in (pdf, docx):
        for said in ("-4,860.00", "-9,720.00", "14,580.00 CNY", "人民币壹万肆仟伍佰捌拾元整"):
            assert said in words
        for one in statement.penalties:
            assert one.clause_title_zh in words
    *lines, total = rows_of_xlsx(statement_paper(statement, PaperForm.XLSX, "zh").content)
    assert sorted(row[7] for row in lines) == [-9720, -4860]
    assert total[7] == -14580


@pytest.mark.req("SG-10", "B-71")
def test_penalties_stand_in_the_companys_own_words_on_statements_issued_since(
    signs: Signs, request_: OpenedRequest
) -> None:
    def words(statement: StatementView) -> list[str]:
        *lines, _total = rows_of_xlsx(statement_paper(statement, PaperForm.XLSX, "zh").content)
        papers = (PaperForm.PDF, PaperForm.DOCX)
        made = [statement_paper(statement, one, "zh").content for one in papers]
        said = (words_of_pdf(made[0]), words_of_docx(made[1]), str(lines))
        return ["".join(one.split()) for one in said]

    approve(signs)
    before = state(signs)
    own = {"penalty": "违约扣款：{clause}", "clause": "合同第{number}款"}
    publish_written(signs.company.administrator, "statement-zh", title="对账单", words=own)
    assert ["违约扣款：" in one for one in words(before)] == [False] * 3
    later = LATER + timedelta(days=1)
    signs.record(request_, StepFact("responded", clock("07-11 12:59")), now=later)
    approve(signs, later)
    issued_at = datetime.now(UTC)
    since = words(state(signs, issued_at, ends_on=issued_at.date()))
    assert ["违约扣款：" in one for one in since] == [True] * 3
    assert ["合同第SG-" in one for one in since] == [True, True, False]


@pytest.mark.req("SG-10", "R42")
def test_what_is_not_approved_or_was_stated_comes_on_no_statement(
    signs: Signs, request_: OpenedRequest
) -> None:
    with pytest.raises(InvalidInput):
        state(signs)
    approve(signs)
    first = state(signs)
    with pytest.raises(InvalidInput):
        state(signs)
    assert get_statement(signs.manager.actor, first.row.public_id) == first


@pytest.mark.req("SG-10", "R41", "R42")
def test_a_late_fact_changes_no_issued_statement_and_comes_as_the_difference_on_the_next(
    signs: Signs, request_: OpenedRequest
) -> None:
    approve(signs)
    first = state(signs)
    paper = statement_paper(first, PaperForm.PDF, "zh").content
    later = LATER + timedelta(days=1)
    signs.record(request_, StepFact("responded", clock("07-11 12:59")), now=later)
    approve(signs, later)
    again = get_statement(signs.manager.actor, first.row.public_id)
    assert again == first
    assert statement_paper(again, PaperForm.PDF, "zh").content == paper
    second = state(signs, later, ends_on=later.date())
    assert [one.amount for one in second.penalties] == [Decimal("-4860.00")]
    assert second.row.total == Decimal("4860.00")
    assert "人民币肆仟捌佰陆拾元整" in second.row.capitals


@pytest.mark.req("SG-10", "B-70")
def test_penalties_are_netted_with_what_the_customer_owes(
    signs: Signs, request_: OpenedRequest
) -> None:
    approve(signs)
    prices = publish_prices(signs.company.administrator)
    Request.objects.filter(public_id=request_.public_id).update(
        cover="paid", cover_reason="decided"
    )
    work = Work(prices.public_id, (VISIT,), occurred_on=date(2026, 7, 15))
    charge_work(actor=signs.manager.actor, request_id=request_.public_id, work=work, now=LATER)
    statement = state(signs)
    assert (statement.charged, statement.penalised) == (Decimal("800.00"), Decimal("14580.00"))
    assert statement.row.total == Decimal("-13780.00")
    pdf = words_of_pdf(statement_paper(statement, PaperForm.PDF, "zh").content)
    for said in ("800.00 CNY", "14,580.00 CNY", "-13,780.00 CNY", "人民币负壹万叁仟柒佰捌拾元整"):
        assert said in pdf


@pytest.mark.req("SG-10", "R42")
def test_a_penalty_withdrawn_is_not_stated_first_and_taken_back_on_the_next(
    signs: Signs, request_: OpenedRequest
) -> None:
    approve(signs)
    later = LATER + timedelta(days=1)
    signs.record(request_, StepFact("responded", clock("07-11 09:10")), now=later)
    assert signs.breach("respond").state == "withdrawn"
    assert [one.amount for one in state(signs, later).penalties] == [Decimal("9720.00")]


@pytest.mark.req("B-70", "R42")
def test_a_charge_entered_after_its_month_was_stated_comes_on_the_next(
    signs: Signs, request_: OpenedRequest
) -> None:
    approve(signs)
    first = state(signs)
    prices = publish_prices(signs.company.administrator)
    Request.objects.filter(public_id=request_.public_id).update(
        cover="paid", cover_reason="decided"
    )
    work = Work(prices.public_id, (VISIT,), occurred_on=date(2026, 7, 15))
    charge_work(actor=signs.manager.actor, request_id=request_.public_id, work=work, now=LATER)
    made = issue_statement(
        actor=signs.manager.actor,
        customer_id=signs.customer.public_id,
        contract_id=signs.contract.public_id,
        starts_on=date(2026, 8, 1),
        ends_on=date(2026, 8, 2),
        now=LATER,
    )
    assert get_statement(signs.manager.actor, made.public_id).charged == Decimal("800.00")
    assert get_statement(signs.manager.actor, first.row.public_id) == first


@pytest.mark.req("B-70", "SV-02")
def test_who_may_read_a_statement_reads_every_line_of_its_total(
    signs: Signs, request_: OpenedRequest
) -> None:
    admin, headquarters = signs.company.administrator, signs.company.headquarters
    branch = make_unit(admin, headquarters)
    prices = publish_prices(admin)
    Request.objects.filter(public_id=request_.public_id).update(
        cover="paid", cover_reason="decided", unit_id=branch.pk
    )
    work = Work(prices.public_id, (VISIT,), occurred_on=date(2026, 7, 15))
    charge_work(actor=signs.manager.actor, request_id=request_.public_id, work=work, now=LATER)
    beside = make_unit(admin, headquarters)
    Customer.objects.filter(pk=signs.customer.pk).update(unit_id=beside.pk)
    made = state(signs)
    reader = make_member(admin, beside, ["service_manager"])
    with fenced(units=reader.actor.units_for(Permission.CHARGE_READ), person=None):
        seen = get_statement(reader.actor, made.row.public_id)
    assert seen.charged == Decimal("800.00")


@pytest.mark.req("SG-10", "R41")
def test_what_a_clause_posted_day_by_day_is_one_line_of_the_statement(signs: Signs) -> None:
    request = signs.open()
    signs.record(request, StepFact("responded", clock("07-11 10:00")), now=clock("07-11 10:00"))
    until = {"until": clock("07-13 18:00").isoformat()}
    agreed = clock("07-11 16:40")
    signs.record(request, StepFact("restoration_agreed", agreed, until), now=agreed)
    # Nobody records the end for three days: the price grows by a row a day.
    for day in ("07-13 18:00:01", "07-14 18:00:01", "07-15 18:00:01"):
        act_on_due(now=clock(day))
    restored = StepFact("restored", clock("07-15 10:30"))
    signs.record(request, restored, now=clock("07-16 09:00"))
    posted = list(Entry.objects.order_by("id").values_list("amount", flat=True))
    assert posted == [Decimal(4860)] * 3 + [Decimal(-4860)]
    approve(signs)
    (line,) = state(signs).penalties
    assert line.amount == Decimal("9720.00")
    assert "× 2" in line.computation_zh


def test_rows_that_cancel_out_make_no_statement_of_their_own(
    signs: Signs, request_: OpenedRequest
) -> None:
    signs.record(request_, StepFact("responded", clock("07-11 12:59")), now=LATER)
    respond = Breach.objects.get(clause="respond")
    assert (respond.state, respond.late_seconds, respond.stretches) == ("withdrawn", 0, [])
    approve_breach(
        actor=signs.director.actor, breach_id=respond.public_id, version=respond.version, now=LATER
    )
    with pytest.raises(InvalidInput):
        state(signs)
    approve(signs)
    assert [one.amount for one in state(signs).penalties] == [Decimal("9720.00")]
    assert not Entry.objects.filter(stated__isnull=True).exists(), "both rows went along"
