"""What a process keeps of the network in mind is never older than what was committed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import Company, Member, make_company, make_member

from yinuo.domains.network.candidates import crowd_for
from yinuo.domains.network.crowd import Crowd
from yinuo.domains.network.models import Assignment, Change, Person
from yinuo.domains.network.qualification_types import Demand
from yinuo.platform.accounts.models import User


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def sender(company: Company) -> Member:
    return make_member(company.administrator, company.headquarters, ["engineering_manager"])


def crowd(company: Company, sender: Member) -> Crowd:
    at = datetime.now(UTC)
    unit = company.headquarters.pk
    return crowd_for(sender.actor, [Demand(unit, at, at + timedelta(hours=2))])


@pytest.mark.req("B-31")
def test_people_who_come_move_and_leave_are_seen_at_once(company: Company, sender: Member) -> None:
    before = crowd(company, sender)
    goer = make_member(company.administrator, company.headquarters, ["technician"])
    assert set(crowd(company, sender).ids) - set(before.ids) == {goer.person.pk}
    Person.objects.filter(pk=goer.person.pk).update(home_latitude=31, home_longitude=121)
    found = crowd(company, sender)
    assert found.latitude[found.row_of[goer.person.pk]] == 31
    User.objects.filter(pk=goer.user.pk).update(is_active=False)
    assert goer.person.pk not in crowd(company, sender).row_of
    User.objects.filter(pk=goer.user.pk).update(is_active=True)
    Assignment.objects.filter(person=goer.person).delete()
    assert goer.person.pk not in crowd(company, sender).row_of


def test_what_was_undone_is_not_kept_in_mind(company: Company, sender: Member) -> None:
    before = crowd(company, sender)
    with transaction.atomic():
        make_member(company.administrator, company.headquarters, ["technician"])
        assert len(crowd(company, sender)) == len(before) + 1
        transaction.set_rollback(True)
    assert crowd(company, sender).ids.tolist() == before.ids.tolist()


def test_asking_again_reads_what_changed_and_the_absences_only(
    company: Company, sender: Member
) -> None:
    at = datetime.now(UTC)
    actor, demand = sender.actor, Demand(company.headquarters.pk, at, at + timedelta(hours=2))
    crowd_for(actor, [demand])
    User.objects.filter(pk=sender.user.pk).update(last_login=at)
    with CaptureQueriesContext(connection) as asked:
        crowd_for(actor, [demand])
    assert len(asked) == 2


def test_only_the_newest_changes_are_kept(company: Company) -> None:
    for number in range(260):
        Person.objects.filter(pk=company.administrator.person.pk).update(phone=str(number))
    assert 200 <= Change.objects.count() <= 240
