"""The kind of a contract is chosen among those its plan tells apart."""

from __future__ import annotations

import pytest
from tests.console.conftest import Company

from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.customers.models import Customer

TWO_KINDS = """
plan: kinds
title: {zh: 分合同类型的方案, en: Plan for two kinds of contract}
version: "1"
currency: CNY
timezone: Asia/Shanghai
selectors:
  contract_kind:
    values:
      - {code: annual, title: {zh: 年度合同, en: Annual contract}}
      - {code: per_visit, title: {zh: 按次, en: Per visit}}
clauses:
  - id: on_site
    number: "1.1"
    title: {zh: 到场, en: On site}
    text: {zh: 24 小时内到场。, en: On site within 24 hours.}
    promise: on_site
    applies_to: {contract_kind: annual}
    start: reported
    end: arrived
    limit: 24 hours
"""


@pytest.fixture
def version(company: Company) -> PlanVersion:
    """The plan of two kinds, published."""
    company.browser.fill("/plans/publish/", source=TWO_KINDS, do="publish")
    return PlanVersion.objects.get(code="kinds")


def _given(version: PlanVersion, kind: str) -> dict[str, object]:
    return {
        "number": "HT-2026-7",
        "plan_version_id": version.public_id,
        "starts_on": "2026-01-01",
        "kind": kind,
    }


@pytest.mark.req("B-06")
def test_the_kinds_of_the_plan_are_offered_by_name_and_kept_by_code(
    company: Company, customer: Customer, version: PlanVersion
) -> None:
    page = company.browser.read(f"/contracts/terms/?plan_version_id={version.public_id}")
    assert "Annual contract" in page
    assert "Per visit" in page
    path = f"/customers/{customer.public_id}/contracts/new/"
    company.browser.fill(path, **_given(version, "年度合同"))
    contract = Contract.objects.get()
    assert contract.kind == "annual"
    assert "Annual contract" in company.browser.read(f"/contracts/{contract.public_id}/")


@pytest.mark.req("B-06")
def test_a_kind_no_clause_would_ever_apply_to_is_refused_with_those_there_are(
    company: Company, customer: Customer, version: PlanVersion
) -> None:
    path = f"/customers/{customer.public_id}/contracts/new/"
    answer = company.browser.fill(path, **_given(version, "yearly"))
    assert answer.status_code == 422
    assert "It knows: Annual contract · Per visit" in answer.content.decode()
    assert not Contract.objects.exists()


def test_a_kind_of_an_earlier_version_does_not_hold_up_other_changes(
    company: Company, customer: Customer, version: PlanVersion
) -> None:
    path = f"/customers/{customer.public_id}/contracts/new/"
    company.browser.fill(path, **_given(version, ""))
    Contract.objects.update(kind="by_letter")
    contract = Contract.objects.get()
    changed = _given(version, "by_letter") | {"annual_fee": "1200", "version": contract.version}
    company.browser.fill(f"/contracts/{contract.public_id}/edit/", **changed)
    contract.refresh_from_db()
    assert (contract.kind, contract.annual_fee) == ("by_letter", 1200)
