"""A company right after set-up, and browsers signed in to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import Person, Role, ServiceUnit
from yinuo.domains.network.services import found_company
from yinuo.platform.accounts.hashing import Argon2idHasher
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import NewUser, create_user

PASSWORD = "lamp-Orchard-52-quiet"
PLAN_FILE = Path(__file__).resolve().parents[2] / "plans" / "appliance.yaml"
_HIDDEN = re.compile(r'<input type="hidden" name="(key|version)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost: passwords are not the subject here."""
    monkeypatch.setattr(Argon2idHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2idHasher, "time_cost", 1)


class Browser(Client):
    """A person's browser: fills in forms as they are shown, hidden fields included."""

    def hidden(self, address: str) -> dict[str, str]:
        """The key and the version that the form at this address carries."""
        page = self.get(address, headers={"Accept-Language": "en"})
        assert page.status_code == 200, page.content.decode()
        form = page.content.decode().partition('id="editor"')[2]
        return dict(_HIDDEN.findall(form))

    def fill(self, address: str, /, **typed: object) -> Any:
        """Open the form and send it with what was typed."""
        return self.send(address, self.hidden(address) | typed)

    def send(self, address: str, content: Mapping[str, object]) -> Any:
        """Send a form as it is."""
        return self.post(address, content, headers={"Accept-Language": "en"})

    def read(self, address: str) -> str:
        """The text of a page that must be there."""
        page = self.get(address, headers={"Accept-Language": "en"})
        assert page.status_code == 200, page.status_code
        return page.content.decode()


@dataclass(frozen=True)
class Company:
    """The company as its administrator found it."""

    headquarters: ServiceUnit
    browser: Browser


def browser_of(user: User) -> Browser:
    """A browser signed in as this user."""
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def company(db: None) -> Company:
    """Headquarters and the administrator, nothing else."""
    now = timezone.now()
    user = create_user(NewUser("chen.min", "陈敏", PASSWORD), now=now)
    found_company(name="一诺服务总部", code="HQ", admin_name="陈敏", user_id=user.pk, now=now)
    return Company(ServiceUnit.objects.get(), browser_of(user))


@pytest.fixture
def colleague(company: Company) -> Callable[..., Browser]:
    """Makes a person with one role and gives his browser."""

    def make(role: str, unit: ServiceUnit | None = None, name: str = "李娜") -> Browser:
        number = User.objects.count()
        user = create_user(NewUser(f"user{number}", name, PASSWORD), now=timezone.now())
        place = unit or company.headquarters
        person = Person.objects.create(name=name, name_key="li na", unit=place, user=user)
        person.assignments.create(role=Role.objects.get(code=role), unit=place)
        return browser_of(user)

    return make


@pytest.fixture
def branch(company: Company) -> ServiceUnit:
    """A unit below headquarters."""
    company.browser.fill(
        "/settings/units/new/", parent_id=company.headquarters.public_id, code="SZ", name="深圳"
    )
    return ServiceUnit.objects.get(code="SZ")


@pytest.fixture
def customer(company: Company) -> Customer:
    """A customer of headquarters, with an awkwardly long name."""
    name = "深圳前海云帆数据服务有限公司（华南区域运营管理中心）"
    unit_id = company.headquarters.public_id
    company.browser.fill("/customers/new/", name=name, short_name="云帆", unit_id=unit_id)
    return Customer.objects.get()


@pytest.fixture
def plan(company: Company) -> PlanVersion:
    """The shipped plan, published."""
    company.browser.fill("/plans/publish/", source=PLAN_FILE.read_text(), do="publish")
    return PlanVersion.objects.get()
