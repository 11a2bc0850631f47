"""Promised papers of contracts and projects: owed, written, checked, handed over (SG-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests.factories import (
    Company,
    Member,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_project,
)

from yinuo.domains.contracts.models import Contract
from yinuo.domains.contracts.papers import (
    PaperRow,
    PaperState,
    get_paper,
    list_papers,
    missing_papers,
)
from yinuo.domains.contracts.services import publish_plan
from yinuo.domains.contracts.services.papers import (
    HandoverData,
    PaperData,
    add_paper_version,
    check_paper,
    edit_paper,
    hand_over_paper,
    promise_paper,
    waive_paper,
)
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PLAN = Path(__file__).resolve().parents[3] / "plans" / "signage.yaml"


@dataclass(frozen=True)
class Deal:
    company: Company
    seller: Member
    contract: Contract


@pytest.fixture
def deal() -> Deal:
    company = make_company()
    version = publish_plan(
        actor=company.administrator.actor,
        source=PLAN.read_text(encoding="utf-8"),
        source_name=PLAN.name,
        now=NOW,
    )
    seller = make_member(company.administrator, company.headquarters, ["account_manager"])
    customer = make_customer(seller, company.headquarters)
    return Deal(company, seller, make_contract(seller, customer, version))


def pdf(text: str = "一") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7\n" + text.encode(), name="用户手册.pdf")


def write(deal: Deal, paper: PaperRow, text: str = "一") -> PaperRow:
    actor = deal.seller.actor
    add_paper_version(actor=actor, paper_id=paper.public_id, upload=pdf(text), now=NOW)
    return get_paper(actor, paper.public_id)


def check(deal: Deal, paper: PaperRow) -> PaperRow:
    actor = deal.seller.actor
    check_paper(actor=actor, paper_id=paper.public_id, version=paper.version, now=NOW)
    return get_paper(actor, paper.public_id)


def hand(deal: Deal, paper: PaperRow, **given: object) -> PaperRow:
    actor = deal.seller.actor
    values = {"taken_by": "李晓明", "handed_on": TODAY, "how": "in_person"} | given
    hand_over_paper(
        actor=actor,
        paper_id=paper.public_id,
        version=paper.version,
        data=HandoverData(**values),
        now=NOW,
    )
    return get_paper(actor, paper.public_id)


@pytest.mark.req("SG-08")
def test_contract_owes_what_its_plan_promises_until_each_is_handed_over(deal: Deal) -> None:
    missing = missing_papers(deal.contract.pk)
    assert [one.code for one in missing] == ["development", "user_manual", "administration_manual"]
    assert {one.state for one in missing} == {PaperState.NONE}
    manual = check(deal, write(deal, missing[1]))
    assert manual.state is PaperState.CHECKED
    given = hand(deal, manual, signed=pdf("回执"))
    assert given.state is PaperState.HANDED_OVER
    assert given.handovers[0].taken_by == "李晓明"
    assert given.handovers[0].signed is not None
    assert [one.code for one in missing_papers(deal.contract.pk)] == [
        "development",
        "administration_manual",
    ]
    entry = AuditEntry.objects.get(action="paper.hand_over")
    # Who took it is personal and stays out of the audit.
    assert "李晓明" not in str(entry.after)


@pytest.mark.req("SG-08")
def test_due_day_follows_the_project_s_end(deal: Deal) -> None:
    paper = missing_papers(deal.contract.pk)[0]
    assert paper.due_on is None
    project = make_project(deal.seller, deal.contract.customer)
    project.finished_on = TODAY - timedelta(days=1)
    project.save()
    Contract.objects.filter(pk=deal.contract.pk).update(project=project)
    actor = deal.seller.actor
    papers = list_papers(actor, project_id=project.public_id)
    assert len(papers) == 3
    assert {one.due_on for one in papers} == {TODAY - timedelta(days=1)}
    assert all(one.is_late(TODAY) for one in papers)
    assert not papers[0].is_late(TODAY - timedelta(days=1))


@pytest.mark.req("SG-08")
def test_newer_version_is_unchecked_and_missing_again(deal: Deal) -> None:
    paper = hand(deal, check(deal, write(deal, missing_papers(deal.contract.pk)[0])))
    again = write(deal, paper, "二")
    assert (again.state, again.is_missing) == (PaperState.WRITTEN, True)
    assert len(again.versions) == 2
    with pytest.raises(IllegalMove):
        hand(deal, again)
    assert hand(deal, check(deal, again)).state is PaperState.HANDED_OVER
    assert len(get_paper(deal.seller.actor, paper.public_id).handovers) == 2


@pytest.mark.req("SG-08")
def test_paper_without_version_is_neither_checked_nor_handed_over(deal: Deal) -> None:
    paper = missing_papers(deal.contract.pk)[0]
    with pytest.raises(IllegalMove):
        check(deal, paper)
    with pytest.raises(IllegalMove):
        hand(deal, paper)


@pytest.mark.parametrize(
    "given", [{"taken_by": " "}, {"how": "pigeon"}, {"handed_on": TODAY + timedelta(days=3)}]
)
def test_hand_over_nobody_can_have_done_is_refused(deal: Deal, given: dict[str, object]) -> None:
    paper = check(deal, write(deal, missing_papers(deal.contract.pk)[0]))
    with pytest.raises(InvalidInput):
        hand(deal, paper, **given)
    assert get_paper(deal.seller.actor, paper.public_id).is_missing


@pytest.mark.req("SG-08")
def test_paper_promised_by_hand_with_a_project_has_its_own_day(deal: Deal) -> None:
    actor, project = deal.seller.actor, make_project(deal.seller, deal.contract.customer)
    for bad in (
        PaperData(title=""),
        PaperData(title="图", due_days=3),
        PaperData(title="图", due_after="someday"),
        PaperData(title="图", due_after="signed", due_on=TODAY),
    ):
        with pytest.raises(InvalidInput):
            promise_paper(actor=actor, project_id=project.public_id, data=bad, now=NOW)
    data = PaperData(title="竣工图", kind="drawing", due_on=TODAY)
    made = promise_paper(actor=actor, project_id=project.public_id, data=data, now=NOW)
    [row] = list_papers(actor, project_id=project.public_id)
    assert (row.title_zh, row.due_on, row.is_late(TODAY)) == ("竣工图", TODAY, False)
    edit_paper(
        actor=actor,
        paper_id=made.public_id,
        version=1,
        data=PaperData(title="竣工图（蓝图）"),
        now=NOW,
    )
    with pytest.raises(Conflict):
        edit_paper(actor=actor, paper_id=made.public_id, version=1, data=data, now=NOW)


@pytest.mark.req("SG-08")
def test_waived_paper_is_not_missing_and_says_why(deal: Deal) -> None:
    paper = missing_papers(deal.contract.pk)[0]
    actor = deal.seller.actor
    waive = {"actor": actor, "paper_id": paper.public_id, "version": 1, "now": NOW}
    with pytest.raises(InvalidInput):
        waive_paper(**waive, reason=" ")
    waive_paper(**waive, reason="客户书面放弃")
    assert len(missing_papers(deal.contract.pk)) == 2
    assert get_paper(actor, paper.public_id).state is PaperState.WAIVED
    with pytest.raises(IllegalMove):
        write(deal, paper)


@pytest.mark.req("R02", "R03")
def test_reader_and_stranger_cannot_touch_papers(deal: Deal) -> None:
    paper = missing_papers(deal.contract.pk)[0]
    reader = make_member(deal.company.administrator, deal.company.headquarters, ["technician"])
    assert get_paper(reader.actor, paper.public_id).code == paper.code
    with pytest.raises(NotFound):
        add_paper_version(actor=reader.actor, paper_id=paper.public_id, upload=pdf(), now=NOW)
