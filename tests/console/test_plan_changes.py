"""What a plan version changes, before and after it is published, and moving contracts to it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.console.conftest import PLAN_FILE, Browser, Company

from yinuo.domains.contracts.models import Contract, PlanVersion
from yinuo.domains.contracts.services import publish_plan
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.models import Person, Role
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake
from yinuo.platform.accounts.models import User

LATER = PLAN_FILE.read_text().replace("limit: 30 minutes", "limit: 20 minutes", 1)


def plain(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def contract(company: Company, customer: Customer, plan: PlanVersion) -> Contract:
    """A contract of the customer on the first version."""
    company.browser.fill(
        f"/customers/{customer.public_id}/contracts/new/",
        number="HT-2026-1",
        starts_on="2026-01-01",
        plan_version_id=plan.public_id,
    )
    return Contract.objects.get()


@pytest.fixture
def later(company: Company, plan: PlanVersion) -> PlanVersion:
    """The second version, which responds faster."""
    return publish_plan(
        actor=get_actor(User.objects.get(username="chen.min").pk),
        source=LATER,
        source_name="later.yaml",
        now=timezone.now(),
    )


def test_checking_shows_what_would_change_and_what_a_case_would_get(
    company: Company, plan: PlanVersion
) -> None:
    answer = company.browser.fill("/plans/publish/", source=LATER, do="check")
    page = plain(answer.content.decode())
    assert "What changes from v1" in page
    assert "30 minutes → 20 minutes" in page
    assert "What a case reported now would get" in page
    assert PlanVersion.objects.count() == 1


def test_a_first_version_says_that_there_is_none_before(company: Company) -> None:
    answer = company.browser.fill("/plans/publish/", source=LATER, do="check")
    assert "No version of this code is published yet." in plain(answer.content.decode())


def test_a_version_shows_its_changes_its_contracts_and_its_due_times(
    company: Company, contract: Contract, later: PlanVersion
) -> None:
    page = plain(company.browser.read(f"/plans/{later.public_id}/"))
    assert "What changed since v1" in page
    assert "v1 · 1 contract" in page
    first = contract.plan_version.public_id
    assert contract.number in company.browser.read(f"/contracts/?plan_version={first}")
    assert contract.number not in company.browser.read(
        f"/contracts/?plan_version={later.public_id}"
    )


@pytest.mark.req("R38")
def test_a_contract_is_moved_after_reading_what_changes(
    company: Company, contract: Contract, later: PlanVersion
) -> None:
    address = f"/contracts/{contract.public_id}/"
    assert f"{address}move/" in company.browser.read(address)
    shown = plain(company.browser.read(f"{address}move/"))
    assert "30 minutes → 20 minutes" in shown
    assert "Requests already running keep the plan they began with." in shown
    content = company.browser.hidden(f"{address}move/") | {"plan_version_id": later.public_id}
    assert company.browser.send(f"{address}move/", content).status_code == 302
    contract.refresh_from_db()
    assert contract.plan_version_id == later.pk
    assert f"{address}move/" not in company.browser.read(address)
    stale = content | {"key": "another-key-of-mine"}
    assert company.browser.send(f"{address}move/", stale).status_code in (409, 422)


@pytest.mark.req("R38")
def test_a_version_lists_its_contracts_and_leads_to_moving_them(
    company: Company, contract: Contract, later: PlanVersion, colleague: Callable[..., Browser]
) -> None:
    first = f"/plans/{contract.plan_version.public_id}/"
    page = company.browser.read(first)
    move = f"/contracts/{contract.public_id}/move/?to={later.public_id}"
    assert contract.number in page
    assert move in page
    reader = colleague("service_consultant").read(first)
    assert contract.number in reader
    assert move not in reader
    assert "No contract is on this version." in company.browser.read(f"/plans/{later.public_id}/")


@pytest.mark.req("R38")
def test_moving_shows_each_running_case_under_both_versions(
    company: Company, contract: Contract, customer: Customer, later: PlanVersion
) -> None:
    actor = get_actor(User.objects.get(username="chen.min").pk)
    intake = Intake(customer_id=customer.public_id, symptom="不通", level="serious")
    open_request(actor=manager_of(actor), intake=intake, now=timezone.now())
    page = plain(company.browser.read(f"/contracts/{contract.public_id}/move/"))
    assert "Running cases keep theirs 1" in page
    assert "keeps v1" in page
    assert "Under v2" in page
    assert "promises are the same under both" in page


def manager_of(actor: Actor) -> Actor:
    """The administrator, who also takes calls from now on."""
    person = Person.objects.get(user_id=actor.user_id)
    role = Role.objects.get(code="service_manager")
    person.assignments.create(role=role, unit=person.unit)
    return get_actor(actor.user_id or 0)


@pytest.mark.req("R01")
def test_who_may_not_change_contracts_cannot_move_them(
    company: Company, contract: Contract, later: PlanVersion, colleague: Callable[..., Browser]
) -> None:
    reader = colleague("service_consultant")
    address = f"/contracts/{contract.public_id}/"
    assert "move/" not in reader.read(address)
    assert reader.get(f"{address}move/").status_code in (403, 404)
    assert reader.post(f"{address}move/", {"plan_version_id": later.public_id}).status_code in (
        403,
        404,
    )
    contract.refresh_from_db()
    assert contract.plan_version.number == 1


@pytest.mark.parametrize("to", ["x", "00000000-0000-0000-0000-000000000000", "%00"])
def test_a_version_that_is_not_there_is_absent(
    company: Company, contract: Contract, later: PlanVersion, to: str
) -> None:
    answer = company.browser.get(f"/contracts/{contract.public_id}/move/?to={to}")
    assert answer.status_code in (400, 404)
