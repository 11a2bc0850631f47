"""A year of service becomes one document: what was held, found, failed, kept, said, advised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    open_fault,
    publish,
)
from tests.factories.prevention import make_series, open_visit

from yinuo.domains.prevention.services import hold_visit, skip_visit
from yinuo.domains.prevention.types import Beat, Result
from yinuo.domains.prevention.year_document import year_pdf
from yinuo.domains.prevention.year_report import compile_year
from yinuo.platform.errors import InvalidInput, NotFound

pytestmark = [pytest.mark.django_db]


@pytest.mark.req("SA-09", "SV-09", "SA-12")
def test_a_year_holds_its_visits_faults_and_advice_and_becomes_a_pdf(
    django_assert_max_num_queries,
) -> None:
    company = make_company()
    roles = ["service_manager", "account_manager"]
    member = make_member(company.administrator, company.headquarters, roles)
    customer = make_customer(member, company.headquarters)
    contract = make_contract(member, customer, publish(company.administrator))
    asset = make_asset(member, customer)
    numbers = [open_fault(member, customer, asset=asset).number for _ in range(2)]
    now = datetime.now(UTC) + timedelta(minutes=1)
    beat = Beat("once", now.date(), now.date() + timedelta(days=3))
    visit = open_visit(make_series(member, customer, beat=beat))
    result = Result(now.date(), "李工", "建议更换风扇")
    hold_visit(
        actor=member.actor,
        visit_id=visit.public_id,
        version=1,
        result=result,
        source="test",
        now=now,
    )
    actor, asked = member.actor, {"customer_id": customer.public_id, "year": now.year}
    with django_assert_max_num_queries(24):
        report = compile_year(actor, now=now, **asked)
    assert [(one.who, one.words) for one in report.visits] == [("李工", "建议更换风扇")]
    assert [one.number for one in report.faults] == numbers
    assert report.advice
    for language in ("zh", "en"):
        assert year_pdf(report, language, now).startswith(b"%PDF")
    of_contract = compile_year(actor, now=now, contract_id=contract.public_id, **asked)
    assert (of_contract.visits, of_contract.contract_number) == ((), contract.number)
    with pytest.raises(InvalidInput):
        compile_year(actor, now=now, **(asked | {"year": now.year + 1}))
    branch = make_unit(company.administrator, company.headquarters)
    other = make_member(company.administrator, branch, ["service_manager"])
    with pytest.raises(NotFound):
        compile_year(other.actor, now=now, **asked)


@pytest.mark.req("SA-09")
def test_the_customer_never_reads_why_we_let_a_visit_off() -> None:
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ["service_manager"])
    customer = make_customer(member, company.headquarters)
    now = datetime.now(UTC)
    visit = open_visit(make_series(member, customer, beat=Beat("once", now.date(), now.date())))
    skip_visit(
        actor=member.actor,
        visit_id=visit.public_id,
        version=visit.version,
        reason="客户拖欠货款",
        now=now,
    )
    report = compile_year(member.actor, customer_id=customer.public_id, year=now.year, now=now)
    assert [(one.state, one.words) for one in report.visits] == [("skipped", "")]
