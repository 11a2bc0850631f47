"""The customer file: companies in a tree, sites on earth, roles, consent, calls on a customer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from tests.factories import (
    Company,
    make_company,
    make_contact,
    make_customer,
    make_member,
    make_unit,
)
from tests.factories import make_site as make_plain_site

from yinuo.domains.customers.consents import consents_of, has_refused
from yinuo.domains.customers.models import Customer
from yinuo.domains.customers.selectors import (
    get_contact,
    get_customer,
    list_contacts,
    list_customer_visits,
)
from yinuo.domains.customers.services import (
    ConsentData,
    VisitData,
    create_customer,
    edit_contact,
    edit_customer,
    edit_site,
    record_consent,
    record_visit,
)
from yinuo.domains.customers.trees import customer_tree
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.models import AuditEntry
from yinuo.platform.positions import Position, position_of

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def below(company: Company, parent: Customer | None, name: str) -> Customer:
    return create_customer(
        actor=company.administrator.actor,
        unit_id=company.headquarters.public_id,
        name=name,
        parent_id=parent.public_id if parent else None,
        now=NOW,
    )


def move(actor: Actor, customer: Customer, parent: Customer | None) -> Customer:
    customer.refresh_from_db()
    return edit_customer(
        actor=actor,
        customer_id=customer.public_id,
        version=customer.version,
        name=customer.name,
        short_name=customer.short_name,
        notes=customer.notes,
        active=customer.active,
        parent_id=parent.public_id if parent else None,
        now=NOW,
    )


@pytest.mark.req("B-20")
def test_tree_of_companies_is_read_from_the_top_in_one_query(company: Company) -> None:
    group = below(company, None, "长风集团")
    north = below(company, group, "长风北方")
    office = below(company, north, "长风北京")
    below(company, group, "长风南方")
    actor = company.administrator.actor
    with CaptureQueriesContext(connection) as queries:
        tree = customer_tree(actor, office.pk)
    assert len(queries) == 1
    assert [(one.name, one.level) for one in tree] == [
        ("长风集团", 0),
        ("长风北方", 1),
        ("长风北京", 2),
        ("长风南方", 1),
    ]
    assert get_customer(actor, office.public_id).parent_name == "长风北方"


@pytest.mark.req("B-20")
def test_circle_of_companies_is_refused_with_its_reason(company: Company) -> None:
    group = below(company, None, "长风集团")
    office = below(company, below(company, group, "长风北方"), "长风北京")
    actor = company.administrator.actor
    for parent in (group, office):
        with pytest.raises(InvalidInput) as refused:
            move(actor, group, parent)
        assert "parent_id" in refused.value.fields
    group.refresh_from_db()
    assert group.parent_id is None


def test_tree_of_nine_levels_is_refused(company: Company) -> None:
    last = None
    for level in range(8):
        last = below(company, last, f"第{level}级")
    with pytest.raises(InvalidInput):
        below(company, last, "第九级")


@pytest.mark.req("B-20")
@pytest.mark.usefixtures("committed")
def test_two_moves_at_once_never_close_a_circle() -> None:
    company = make_company()
    first, second = below(company, None, "甲公司"), below(company, None, "乙公司")
    actor, gate, refused = company.administrator.actor, Barrier(2), []

    def go(child: Customer, parent: Customer) -> None:
        gate.wait()
        try:
            move(actor, child, parent)
        except InvalidInput as error:
            refused.append(error.fields)
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert sum(one.parent_id is not None for one in Customer.objects.all()) == 1


@pytest.mark.req("R02")
def test_parent_out_of_sight_cannot_be_named_is_not_shown_and_stays(company: Company) -> None:
    group = make_customer(company.administrator, company.headquarters, "长风集团")
    branch = make_unit(company.administrator, company.headquarters, "SZ")
    clerk = make_member(company.administrator, branch, ["account_manager"])
    office = make_customer(clerk, branch, "长风深圳")
    with pytest.raises(NotFound):
        move(clerk.actor, office, group)
    move(company.administrator.actor, office, group)
    assert get_customer(clerk.actor, office.public_id).parent_public_id is None
    assert [one.name for one in customer_tree(clerk.actor, office.pk)] == ["长风深圳"]
    move(clerk.actor, office, None)
    office.refresh_from_db()
    assert office.parent_id == group.pk


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("90.000001", "0"), ("-91", "0"), ("0", "180.5"), ("NaN", "0"), ("0", "Infinity")],
)
@pytest.mark.req("B-20")
def test_position_off_the_earth_is_refused(latitude: str, longitude: str) -> None:
    with pytest.raises(InvalidInput):
        Position(Decimal(latitude), Decimal(longitude))


def test_half_a_position_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        position_of(Decimal("22.5"), None)
    assert "longitude" in refused.value.fields


@pytest.mark.req("B-20")
def test_position_and_price_zone_are_kept_with_their_history(company: Company) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    site = make_plain_site(company.administrator, customer)
    edit_site(
        actor=company.administrator.actor,
        site_id=site.public_id,
        version=site.version,
        name=site.name,
        address="科技园一路 8 号",
        zone=site.zone,
        active=True,
        position=Position(Decimal("22.5431"), Decimal("114.0579")),
        price_zone="B",
        now=NOW,
    )
    site.refresh_from_db()
    assert (site.latitude, site.price_zone) == (Decimal("22.543100"), "B")
    entry = AuditEntry.objects.get(action="site.edit")
    assert entry.before["price_zone"] == ""
    assert entry.after["longitude"] == "114.057900"


@pytest.mark.req("B-20")
def test_roles_come_from_the_shipped_list_and_their_change_is_on_record(company: Company) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    contact = make_contact(company.administrator, customer)
    values = {
        "actor": company.administrator.actor,
        "contact_id": contact.public_id,
        "version": contact.version,
        "name": contact.name,
        "phones": ["13900010001"],
        "site_id": None,
        "title": "",
        "email": "",
        "active": True,
        "now": NOW,
    }
    with pytest.raises(InvalidInput) as refused:
        edit_contact(**values, roles=["emperor"])
    assert "roles" in refused.value.fields
    edit_contact(**values, roles=["finance", "decision_maker"])
    row = get_contact(company.administrator.actor, contact.public_id)
    assert row.roles == ("decision_maker", "finance")
    entry = AuditEntry.objects.get(action="contact.edit")
    assert (entry.before["roles"], entry.after["roles"]) == ([], ["decision_maker", "finance"])


@pytest.mark.req("B-20")
def test_newest_word_of_a_contact_counts_and_the_former_stays(company: Company) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    contact = make_contact(company.administrator, customer)
    actor = company.administrator.actor
    assert not has_refused(contact.pk, "survey")
    for number, given in enumerate((True, True, False)):
        record_consent(
            actor=actor,
            contact_id=contact.public_id,
            data=ConsentData({"survey": given}, "phone"),
            now=NOW + timedelta(hours=number),
        )
    assert has_refused(contact.pk, "survey")
    # Saying the same again adds nothing.
    assert [one.given for one in consents_of(contact.pk)] == [False, True]
    row = list_contacts(actor, customer_id=customer.public_id).items[0]
    assert [(one.purpose, one.given, one.how) for one in row.consents] == [
        ("survey", False, "phone")
    ]
    assert AuditEntry.objects.filter(action="contact.consent").count() == 2


@pytest.mark.parametrize(
    "data",
    [
        ConsentData({"fax": True}, "phone"),
        ConsentData({"call": True}, "telepathy"),
        ConsentData({"call": True}, "phone", given_at=NOW + timedelta(days=1)),
    ],
)
def test_consent_nobody_can_have_given_is_refused(company: Company, data: ConsentData) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    contact = make_contact(company.administrator, customer)
    with pytest.raises(InvalidInput):
        record_consent(
            actor=company.administrator.actor, contact_id=contact.public_id, data=data, now=NOW
        )


@pytest.mark.req("BP-12")
def test_first_visit_is_the_earliest_day_whatever_was_entered_first(company: Company) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    actor = company.administrator.actor
    for day, purpose in ((TODAY, "回访"), (TODAY - timedelta(days=200), "首次走访")):
        record_visit(
            actor=actor,
            customer_id=customer.public_id,
            data=VisitData(visited_on=day, visitors="顾明远", purpose=purpose),
            now=NOW,
        )
    visits = list_customer_visits(actor, customer.public_id).items
    assert [(one.number, one.purpose) for one in visits] == [(2, "回访"), (1, "首次走访")]
    assert visits[1].is_first


@pytest.mark.req("BP-12")
def test_visit_to_come_or_with_a_foreign_contact_is_refused(company: Company) -> None:
    customer = make_customer(company.administrator, company.headquarters)
    stranger = make_contact(
        company.administrator, make_customer(company.administrator, company.headquarters)
    )
    actor = company.administrator.actor
    good = {"visitors": "顾明远", "purpose": "回访"}
    for data in (
        VisitData(visited_on=TODAY + timedelta(days=3), **good),
        VisitData(visited_on=TODAY, again_on=TODAY, **good),
        VisitData(visited_on=TODAY, visitors=" ", purpose="回访"),
    ):
        with pytest.raises(InvalidInput):
            record_visit(actor=actor, customer_id=customer.public_id, data=data, now=NOW)
    foreign = VisitData(visited_on=TODAY, contact_id=stranger.public_id, **good)
    with pytest.raises(NotFound):
        record_visit(actor=actor, customer_id=customer.public_id, data=foreign, now=NOW)
