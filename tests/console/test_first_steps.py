"""An empty company tells its administrator what to enter first."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import make_company, make_contract, make_customer, publish

from yinuo.surfaces.console.views.archive.plans import shipped_plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def browser(company):
    client = Client()
    client.force_login(company.administrator.user)
    return client


def test_the_start_page_lists_the_first_steps_until_a_contract_stands(company, browser):
    admin = company.administrator
    page = browser.get("/")
    assert page.status_code == 200
    assert "/plans/publish/" in page.text
    make_contract(admin, make_customer(admin, company.headquarters), publish(admin))
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("code", sorted(shipped_plans()))
def test_every_shipped_plan_can_be_the_beginning_of_an_own_one(browser, code):
    page = browser.get("/plans/publish/", {"shipped": code})
    assert f"plan: {code}" in page.text


def test_a_name_that_is_no_shipped_plan_opens_no_file(browser):
    page = browser.get("/plans/publish/", {"shipped": "../pyproject"})
    assert page.status_code == 200
    assert "requires-python" not in page.text
