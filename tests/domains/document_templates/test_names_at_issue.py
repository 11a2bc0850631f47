"""The company and a unit are renamed: papers already issued keep the names they went out with."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests.factories import make_company, make_member, make_unit, rename
from tests.factories.billing import (
    make_charge,
    make_quote,
    make_sent_quote,
    make_statement,
    publish_prices,
)
from tests.factories.centre import Centre, make_centre
from tests.factories.charge_backs import make_charge_back
from tests.factories.checklists import begin, fill, finish, publish_template
from tests.factories.company import Company
from tests.factories.documents import words_of_docx, words_of_pdf
from tests.factories.letters import make_sent_letter
from tests.factories.relocations import approve, plan
from tests.factories.work import make_work_order, step

from yinuo.domains.billing.charge_back_document import charge_back_paper
from yinuo.domains.billing.charge_back_selectors import get_charge_back
from yinuo.domains.billing.charge_selectors import get_statement
from yinuo.domains.billing.documents import quote_docx, quote_pdf
from yinuo.domains.billing.letter_document import letter_docx, letter_pdf
from yinuo.domains.billing.letters import get_letter
from yinuo.domains.billing.paper_forms import PaperForm
from yinuo.domains.billing.selectors import get_quote
from yinuo.domains.billing.statement_document import statement_docx, statement_pdf
from yinuo.domains.checklists.documents import checklist_pdf
from yinuo.domains.fieldwork.documents import work_order_pdf
from yinuo.domains.network.naming import company_name, names_at
from yinuo.domains.relocations.documents import relocation_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-71")]
COMPANY, UNIT = "新名称服务有限公司", "新名称分公司"


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def now() -> datetime:
    return datetime.now(UTC)


def rename_both(centre: Centre) -> None:
    rename(centre.company.administrator, centre.company.headquarters, COMPANY)
    rename(centre.company.administrator, centre.unit, UNIT)


def bears_new_names(pdf: bytes) -> tuple[bool, bool]:
    words = words_of_pdf(pdf)
    return COMPANY in words, UNIT in words


def test_what_was_sent_or_issued_is_the_same_to_the_byte_and_a_draft_follows(
    centre: Centre,
) -> None:
    admin = centre.company.administrator
    seller = make_member(admin, centre.unit, ["account_manager"])
    prices = publish_prices(admin)
    sent = make_sent_quote(seller, centre.customer, prices)
    draft = make_quote(seller, centre.customer, prices)
    make_charge(seller, centre.request, prices)
    stated = make_statement(seller, centre.customer)
    writer = make_member(admin, centre.unit, ["service_consultant", "service_manager"])
    letter = make_sent_letter(writer, centre.request)

    def papers() -> list[bytes]:
        quote = get_quote(seller.actor, sent.public_id, now=now())
        statement = get_statement(seller.actor, stated.public_id)
        of = get_letter(writer.actor, letter.public_id)
        return [
            *(quote_pdf(quote, "zh", now()), quote_docx(quote, "en", now())),
            *(statement_pdf(statement, "zh"), statement_docx(statement, "zh")),
            *(letter_pdf(of, "zh", now()), letter_docx(of, "zh", now())),
        ]

    before = papers()
    rename_both(centre)
    rename_both(centre)
    assert papers() == before
    waiting = get_quote(seller.actor, draft.public_id, now=now())
    assert bears_new_names(quote_pdf(waiting, "zh", now())) == (True, True)


def test_a_signed_sheet_its_checklist_and_an_approved_plan_keep_the_names_they_were_signed_with(
    centre: Centre,
) -> None:
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    template = publish_template(centre.company.administrator)
    checklist = begin(centre.technician, sheet, template)
    fill(centre.technician, checklist, {"host_use": "yes"})
    finish(centre.technician, checklist, reason="客户要求改日再检")
    manager = make_member(centre.company.administrator, centre.unit, ["service_manager"])
    approved = approve(manager, plan(manager, centre.customer, "备份"))

    def papers() -> list[tuple[bool, bool]]:
        of: Any = {"language": "zh", "now": now()}
        technician = centre.technician.actor
        made = (
            work_order_pdf(technician, sheet.public_id, **of)[0],
            checklist_pdf(technician, checklist.public_id, **of)[0],
            relocation_pdf(manager.actor, approved.public_id, **of)[0],
        )
        return [bears_new_names(one) for one in made]

    rename_both(centre)
    assert papers() == [(True, True), (True, True), (False, False)]
    for kind in ("worked", "signed"):
        step(centre.technician, sheet, kind)
    rename(centre.company.administrator, centre.company.headquarters, "再次更名")
    rename(centre.company.administrator, centre.unit, "再次更名的分公司")
    assert papers() == [(True, True), (True, True), (False, False)]


def test_a_charge_back_names_the_unit_as_it_was_called(company: Company) -> None:
    admin = company.administrator
    below = make_unit(admin, company.headquarters, name="合作方甲")
    by, busy = (
        make_member(
            admin, company.headquarters, ["administrator", "service_manager", "account_manager"]
        )
        for _ in range(2)
    )
    made = make_charge_back(by, busy, below)
    rename(admin, below, UNIT)
    found = get_charge_back(by.actor, made.public_id)
    paper = charge_back_paper(found, PaperForm.DOCX, "zh").content
    words = words_of_docx(paper)
    assert ("合作方甲" in words, UNIT in words) == (True, False)
    assert found.row.unit_name == UNIT, "lists name it as it is called now"


def test_a_name_holds_until_the_instant_it_was_changed(company: Company) -> None:
    unit, admin = company.headquarters, company.administrator
    first = unit.name
    begun = now()
    rename(admin, unit, "第二个名称")
    between = now()
    rename(admin, unit, "第三个名称")
    called = [names_at(unit.pk, at).unit for at in (begun, between, now())]
    assert called == [first, "第二个名称", "第三个名称"]


def test_the_page_that_renames_says_what_stays(company: Company) -> None:
    before = now()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(company.administrator.user)
    address = f"/settings/units/{company.headquarters.public_id}/"
    page = client.get(address).content.decode()
    assert "Papers already issued keep the name" in page
    typed = dict(re.findall(r'name="(key|version)"[^>]*value="([^"]*)"', page))
    sent = client.post(address, typed | {"name": COMPANY, "active": "on"})
    assert sent.status_code == 302
    assert company_name() == COMPANY
    assert names_at(company.headquarters.pk, before) == (company.headquarters.name,) * 2
