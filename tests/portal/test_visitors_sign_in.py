"""How a customer's contact gets in, where he lands, and how he is out at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.factories import make_contact, make_member
from tests.portal.conftest import PASSWORD, ROLES, World, browser, invited
from tests.security.addresses import addresses

from yinuo.domains.customers.models import Contact, Customer
from yinuo.domains.customers.services import edit_contact, edit_customer, withdraw_contact_account
from yinuo.domains.customers.visitors import get_visitor
from yinuo.domains.network.services import link_user
from yinuo.platform.accounts.models import Invitation, User
from yinuo.platform.accounts.services.tokens import create_token
from yinuo.platform.errors import SignInNeeded
from yinuo.platform.journal.models import AuditEntry
from yinuo.surfaces.api.urls import api

# Open to everybody, or about one's own account; the field app's shell holds nothing of anybody.
NOT_STAFF_ONLY = (
    *("/my/", "/accounts/", "/language/", "/appearance/", "/setup/", "/welcome/", "/l/"),
    "/field/",
)
STAFF_ONLY = [
    one
    for one in addresses()
    if one.path not in {"/healthz", "/readyz", "/"} and not one.path.startswith(NOT_STAFF_ONLY)
]
OWN = [one for one in addresses() if one.path.startswith("/my/")]


def account_form(world: World, contact: Contact, client: Client | None = None) -> dict[str, str]:
    page = (client or world.staff).get(f"/contacts/{contact.public_id}/account/").content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return {"key": found[1], "username": "li.gong"}


@pytest.mark.req("R15", "R16")
def test_an_invitation_is_shown_once_and_leads_to_the_own_requests(world: World) -> None:
    contact = make_contact(world.member, world.own.customer, "13900010003")
    address = f"/contacts/{contact.public_id}/account/"
    form = account_form(world, contact)
    given = world.staff.post(address, form)
    found = re.search(r'id="invitation">\s*([^<\s]+)', given.content.decode())
    assert given.status_code == 200
    assert found
    again = world.staff.post(address, form)
    assert again.status_code == 200
    assert 'id="invitation"' not in again.content.decode()

    link = "/welcome/?" + urlsplit(found[1]).query
    newcomer = Client(headers={"Accept-Language": "en"})
    assert newcomer.get(link).status_code == 200
    assert newcomer.get(link).status_code == 200, "looking at a link never uses it up"
    entered = newcomer.post(link, {"password": PASSWORD, "password_again": PASSWORD}, follow=True)
    assert entered.redirect_chain[-1][0] == "/my/"
    assert world.own.request.number in entered.content.decode()
    assert Client().get(link).status_code == 404


@pytest.mark.req("R15")
def test_an_invitation_expires_and_a_new_one_voids_it(world: World) -> None:
    contact = make_contact(world.member, world.own.customer, "13900010003")
    world.staff.post(f"/contacts/{contact.public_id}/account/", account_form(world, contact))
    address = f"/contacts/{contact.public_id}/invitation/"
    links = [
        re.search(r"invitation=([\w-]+)", world.staff.post(address).content.decode())
        for _ in range(2)
    ]
    first, second = (f"/welcome/?invitation={found[1]}" for found in links if found)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Invitation.objects.update(
        created_at=datetime.now(UTC) - timedelta(days=9),
        expires_at=datetime.now(UTC) - timedelta(days=6),
    )
    assert Client().get(second).status_code == 404


@pytest.mark.req("R02", "R08")
def test_only_who_may_change_the_customer_gives_a_sign_in(world: World) -> None:
    contact = make_contact(world.member, world.own.customer, "13900010003")
    unit = world.member.person.unit
    technician = browser(make_member(world.member, unit, ["technician"]).user)
    before = AuditEntry.objects.count()
    for path in ("account/", "invitation/", "account/end/"):
        refused = technician.post(
            f"/contacts/{contact.public_id}/{path}", {"key": "k" * 9, "username": "x"}
        )
        assert refused.status_code in {403, 404}
    assert AuditEntry.objects.count() == before


def test_a_taken_or_bad_name_is_explained_and_changes_nothing(world: World) -> None:
    contact = make_contact(world.member, world.own.customer, "13900010003")
    address = f"/contacts/{contact.public_id}/account/"
    form = account_form(world, contact)
    for name in ("wu.jiayi", "a b", "", "x" * 5000):
        answer = world.staff.post(address, form | {"username": name})
        assert answer.status_code == 422, name
    contact.refresh_from_db()
    assert contact.user_id is None


def end_contact(world: World) -> None:
    row = world.own.contact
    row.refresh_from_db()
    edit_contact(
        actor=world.member.actor,
        contact_id=row.public_id,
        version=row.version,
        name=row.name,
        phones=["13900010001"],
        site_id=None,
        title="",
        email="",
        active=False,
        roles=[],
        now=datetime.now(UTC),
    )


def end_customer(world: World) -> None:
    row = Customer.objects.get(pk=world.own.customer.pk)
    edit_customer(
        actor=world.member.actor,
        customer_id=row.public_id,
        version=row.version,
        name=row.name,
        short_name="",
        notes="",
        active=False,
        parent_id=None,
        now=datetime.now(UTC),
    )


def end_account(world: World) -> None:
    withdraw_contact_account(
        actor=world.member.actor, contact_id=world.own.contact.public_id, now=datetime.now(UTC)
    )


@pytest.mark.req("R06", "R14")
@pytest.mark.parametrize("end", [end_contact, end_customer, end_account])
def test_who_loses_his_sign_in_is_out_with_his_next_click(world: World, end: object) -> None:
    address = f"/my/requests/{world.own.request.public_id}/"
    assert world.visitor.get(address).status_code == 200
    end(world)  # type: ignore[operator]
    for path in (address, f"{address}version/", "/my/", "/my/report/", "/my/assets/"):
        answer = world.visitor.get(path)
        assert answer.status_code in {302, 401}, path
        assert world.own.request.number not in answer.content.decode()
    assert world.visitor.post("/my/report/", {"symptom": "x"}).status_code == 401
    # Nor does signing in once more help.
    assert browser(world.user).get(address).status_code in {302, 401}


@pytest.mark.req("R01", "R03")
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_gets_no_page_of_the_console(world: World, method: str) -> None:
    side = world.own
    ids = {"customer_id": side.customer, "site_id": side.site, "contact_id": side.contact}
    ids |= {"asset_id": side.asset, "request_id": side.request, "version_id": world.version}
    known = {name: str(thing.public_id) for name, thing in ids.items()}
    before = AuditEntry.objects.count()
    assert len(STAFF_ONLY) > 40
    for one in STAFF_ONLY:
        some_id = str(side.customer.public_id)
        path = one.at({name: known.get(name, some_id) for name in one.ids})
        answer = getattr(world.visitor, method)(path)
        assert answer.status_code in {404, 405}, (path, answer.status_code)
        if answer.status_code == 404:
            assert "This page is for people who work here" in answer.content.decode(), path
    assert AuditEntry.objects.count() == before
    start = world.visitor.get("/")
    assert (start.status_code, start.headers["Location"]) == (302, "/my/")


@pytest.mark.req("R01", "R16")
def test_a_visitor_gets_nothing_by_the_api(world: World) -> None:
    """Neither by his session nor by a token, should one ever exist for his account."""
    now = datetime.now(UTC)
    _, secret = create_token(
        user_id=world.user.pk, name="x", scopes=["*"], expires_at=now + timedelta(days=1), now=now
    )
    operations = [
        (path, method)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
        if method in {"get", "post", "put", "delete"}
    ]
    assert len(operations) > 30
    some_id = str(world.own.request.public_id)
    for pattern, method in operations:
        path = re.sub(r"\{\w+\}", some_id, pattern)
        for headers in ({}, {"Authorization": f"Bearer {secret}"}):
            answer = getattr(world.visitor, method)(
                path, content_type="application/json", headers=headers
            )
            assert answer.status_code == 401, (path, method, answer.status_code)


@pytest.mark.req("R01")
def test_who_works_here_gets_no_page_of_a_customer(world: World) -> None:
    for one in OWN:
        path = one.at({name: str(world.own.request.public_id) for name in one.ids})
        for answer in (world.staff.get(path), world.staff.post(path)):
            assert answer.status_code in {404, 405}, path
            assert world.own.request.number not in answer.content.decode()
    assert "This page is for customers" in world.staff.get("/my/").content.decode()


@pytest.mark.req("R01")
def test_an_account_of_somebody_who_works_here_is_never_a_visitors(world: World) -> None:
    colleague = make_member(world.member, world.member.person.unit, ROLES)
    Contact.objects.filter(pk=world.foreign.contact.pk).update(user_id=colleague.user.pk)
    with pytest.raises(SignInNeeded):
        get_visitor(colleague.user.pk)
    # Nor the other way round: becoming a person ends being a visitor.
    person = make_member(world.member, world.member.person.unit, []).person
    person.user = None
    person.save(update_fields=["user"])
    link_user(
        actor=world.member.actor,
        person_id=person.public_id,
        user_id=world.user.pk,
        now=datetime.now(UTC),
    )
    with pytest.raises(SignInNeeded):
        get_visitor(world.user.pk)


def test_a_visitor_finds_his_own_account_pages(world: World) -> None:
    for path in ("/accounts/password/change/", "/accounts/sessions/"):
        page = world.visitor.get(path)
        assert page.status_code == 200
        text = page.content.decode()
        assert "/tokens/" not in text
        assert "/customers/" not in text


def test_two_contacts_of_a_customer_see_the_same_requests(world: World) -> None:
    colleague = make_contact(world.member, world.own.customer, "13900010009")
    other = browser(invited(world.member, colleague, "zhang.san"))
    assert world.own.request.number in other.get("/my/").content.decode()
    assert User.objects.filter(username="zhang.san").count() == 1
