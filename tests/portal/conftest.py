"""Two customers of the same unit, each with everything; a contact of the first one signs in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contact,
    make_contract,
    make_customer,
    make_member,
    make_site,
    open_fault,
    publish,
)

from yinuo.domains.assets.models import Asset
from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.customers.models import Contact, Customer, Site
from yinuo.domains.customers.services import give_contact_account
from yinuo.domains.requests.types import OpenedRequest
from yinuo.platform.accounts.hashing import Argon2idHasher
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import accept_invitation

ROLES = ("administrator", "service_consultant", "account_manager")
PASSWORD = "lamp-Orchard-52-quiet"
SECRET_WORDS = "内部：客户自己拔了电源"
_ROUND = re.compile(r'[0-9a-f]{32}|(name="csrfmiddlewaretoken" value|data-now)="[^"]*"')


@dataclass(frozen=True)
class Side:
    """One customer with one of everything."""

    customer: Customer
    site: Site
    contact: Contact
    asset: Asset
    request: OpenedRequest


@dataclass(frozen=True)
class World:
    """The visitor's own customer, another one of the same unit, and who works here."""

    own: Side
    foreign: Side
    member: Member
    version: PlanVersion
    user: User
    visitor: Client
    staff: Client


def make_side(by: Member, version: PlanVersion, phone: str) -> Side:
    customer = make_customer(by, by.person.unit)
    site = make_site(by, customer)
    contact = make_contact(by, customer, phone, site)
    asset = make_asset(by, customer, site)
    make_contract(by, customer, version)
    return Side(customer, site, contact, asset, open_fault(by, customer, asset=asset))


def browser(user: User, **options: bool) -> Client:
    """A browser signed in as this user, as he is now."""
    client = Client(headers={"Accept-Language": "en"}, **options)
    client.force_login(User.objects.get(pk=user.pk))
    return client


def invited(by: Member, contact: Contact, username: str) -> User:
    """The contact's account, with a password chosen by invitation."""
    now = datetime.now(UTC)
    secret = give_contact_account(
        actor=by.actor, contact_id=contact.public_id, username=username, now=now
    )
    return accept_invitation(secret=secret, password=PASSWORD, now=now)


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost: passwords are not the subject here."""
    monkeypatch.setattr(Argon2idHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2idHasher, "time_cost", 1)


@pytest.fixture
def world(db: None) -> World:
    """The company with both customers."""
    company = make_company()
    member = make_member(company.administrator, company.headquarters, ROLES, password=PASSWORD)
    version = publish(company.administrator)
    own = make_side(member, version, "13900010001")
    foreign = make_side(member, version, "13900010002")
    user = invited(member, own.contact, "wu.jiayi")
    return World(own, foreign, member, version, user, browser(user), browser(member.user))


def report_form(world: World, **typed: object) -> dict[str, object]:
    """What the form of a report sends."""
    form = {"key": uuid4().hex, "symptom": "面板告警灯常亮", "level": "serious"}
    return {**form, "asset_id": str(world.own.asset.public_id), **typed}


def send(world: World, **typed: object) -> HttpResponse:
    """Report a fault as the visitor."""
    return world.visitor.post("/my/report/", report_form(world, **typed))


def shown(response: HttpResponse) -> str:
    """The page without what differs between any two answers."""
    return _ROUND.sub("", response.content.decode())
