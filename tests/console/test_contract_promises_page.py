"""What a contract promises, on its page, its customer's and its project's; recording what was held."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from tests.console.conftest import Company
from tests.factories.contract_promises import look_around
from tests.factories.promises import PLANS

from yinuo.domains.assets.models import Project
from yinuo.domains.assets.services import create_project
from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.services import publish_plan
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.actors import get_actor
from yinuo.domains.obligations.models import FactRow, ObligationRow
from yinuo.platform.accounts.models import User


@pytest.fixture
def signs(company: Company, customer: Customer) -> Contract:
    """A sign maker's contract since March, looked at in July."""
    version: PlanVersion = publish_plan(
        actor=get_actor(User.objects.get().pk),
        source=(PLANS / "signage.yaml").read_text(),
        source_name="signage.yaml",
        now=datetime(2026, 3, 1, tzinfo=UTC),
    )
    company.browser.fill(
        f"/customers/{customer.public_id}/contracts/new/",
        number="BP-2026-001",
        plan_version_id=version.public_id,
        starts_on="2026-03-02",
        total="486000",
    )
    return Contract.objects.get()


def box(company: Company, address: str) -> str:
    """The text of the box of promises, tags left out."""
    page = company.browser.read(address).partition('id="own-promises"')[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("</section>")[0]).split())


@pytest.mark.req("MS-07", "SG-03", "B-07")
def test_the_contracts_page_lists_visits_figures_papers_and_agreements_in_one_list(
    company: Company, signs: Contract
) -> None:
    now = datetime.now(UTC)
    look_around(now)
    address = f"/contracts/{signs.public_id}/"
    company.browser.fill(
        address + "agree/",
        text="每月 5 日前提交上月报告",
        agreed_on="2026-03-02",
        due_on=now.date().isoformat(),
    )
    shown = box(company, address)
    for words in ("Loss caused by us", "Development documents", "每月 5 日前提交上月报告"):
        assert words in shown
    assert "at most 0" in shown
    assert "Loss caused by us" in box(company, f"/customers/{signs.customer.public_id}/")


@pytest.mark.req("MS-07", "B-07")
def test_a_projects_page_lists_what_the_contracts_made_for_it_promise(
    company: Company, signs: Contract
) -> None:
    project = create_project(
        actor=get_actor(User.objects.get().pk),
        customer_id=signs.customer.public_id,
        name="校园标识",
        accepted_on=date(2026, 3, 1),
        now=datetime(2026, 3, 2, tzinfo=UTC),
    )
    Contract.objects.update(project_id=Project.objects.get().pk)
    look_around(datetime.now(UTC))
    assert "Loss caused by us" in box(company, f"/projects/{project.public_id}/")


@pytest.mark.req("SG-03", "BP-12")
def test_a_visit_is_recorded_on_the_contract_and_taken_back(
    company: Company, signs: Contract
) -> None:
    address = f"/contracts/{signs.public_id}/"
    look_around(datetime.now(UTC))
    sent = company.browser.fill(
        address + "hold/", what="visits:visited", held_on="2026-07-01", note="荣誉墙需修缮"
    )
    assert sent.status_code == 302, sent.content.decode()
    fact = FactRow.objects.get(kind="visited")
    summer = ObligationRow.objects.filter(clause="visits", state="met")
    assert summer.count() == 1
    assert "1 of 1 held" in box(company, address)
    assert "荣誉墙需修缮" in company.browser.read(f"/customers/{signs.customer.public_id}/")
    back = f"{address}hold/{fact.public_id}/back/"
    assert company.browser.fill(back, reason="记错客户").status_code == 302
    assert summer.count() == 0
    assert company.browser.fill(back, reason="再来一次").status_code == 409


def test_the_form_keeps_what_was_typed_when_the_day_is_wrong(
    company: Company, signs: Contract
) -> None:
    sent = company.browser.fill(
        f"/contracts/{signs.public_id}/hold/",
        what="visits:visited",
        held_on="2025-01-01",
        note="荣誉墙需修缮",
    )
    assert sent.status_code == 422
    assert "荣誉墙需修缮" in sent.content.decode()
    assert not FactRow.objects.exists()


@pytest.mark.req("B-07")
def test_a_figure_leads_to_the_cases_behind_it(company: Company, signs: Contract) -> None:
    look_around(datetime.now(UTC))
    figure = ObligationRow.objects.filter(clause="own_loss", state="running").get()
    page = company.browser.read(f"/promises/{figure.public_id}/cases/")
    assert "No case was counted in this period so far." in page
    visit = f"/promises/{signs.public_id}/cases/"
    assert company.browser.get(visit).status_code == 404
