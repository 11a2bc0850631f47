"""Steps of a ladder: taken once, by the time known at that moment, told to whoever holds the role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import Company, Member, make_company, make_member, make_unit, publish
from tests.factories.subjects import report_in

from yinuo.domains.network.models import Person
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.notices.models import Notice
from yinuo.domains.notices.services import retry_notice, settle_by_hand
from yinuo.domains.obligations.models import ChangeRow, EscalationRow
from yinuo.domains.obligations.services import act_on_due, record_facts, set_owner
from yinuo.domains.obligations.types import NewFact
from yinuo.platform.errors import IllegalMove, NotFound

pytestmark = pytest.mark.django_db

LADDER = """
plan: ladder
title: {zh: 有阶梯的方案, en: A plan with a ladder}
version: "1"
currency: CNY
timezone: Asia/Shanghai
selectors:
  level:
    values:
      - {code: serious, title: {zh: 严重, en: Serious}}
      - {code: low, title: {zh: 一般, en: Low}}
ladders:
  standard:
    - {at_percent: 50 %, notify: owner, by: app}
    - {at_percent: 80 %, notify: owner_superior, by: [app, sms]}
    - {at_percent: 100 %, notify: service_director, by: [app, phone]}
    - {every: 4 hours, notify: leadership, by: app}
escalation: standard
clauses:
  - id: respond
    number: "3.1"
    title: {zh: 响应, en: Response}
    promise: respond
    start: reported
    end: responded
    limit: {table: {by: level, rows: {serious: 100 minutes, low: 1000 minutes}}}
"""
REPORTED = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class World:
    """Headquarters with a unit below; a case of the unit in the charge of its engineer."""

    def __init__(self) -> None:
        self.company: Company = make_company()
        admin = self.company.administrator
        self.unit = make_unit(admin, self.company.headquarters, "SZ")
        self.owner = self.member(["technician"])
        version = publish(admin, LADDER)
        self.subject = report_in(
            self.unit.pk, version.pk, REPORTED, level="serious", owner_id=self.owner.person.pk
        )

    def member(self, roles: Sequence[str], *, at_the_top: bool = False) -> Member:
        place = self.company.headquarters if at_the_top else self.unit
        return make_member(self.company.administrator, place, roles)

    def after(self, minutes: int) -> None:
        act_on_due(now=REPORTED + minutes * MINUTE)

    def record(self, kind: str, minutes: int, **attrs: str) -> None:
        at = REPORTED + minutes * MINUTE
        record_facts(self.subject, [NewFact(kind, at, "test", attrs)], actor=SYSTEM, now=at)


@pytest.fixture
def world() -> World:
    return World()


def told(member: Member, channel: str = "app") -> int:
    return Notice.objects.filter(person=member.person, channel=channel).count()


@pytest.mark.req("B-02")
def test_each_step_tells_its_role_once(world: World) -> None:
    manager = world.member(["service_manager"])
    director = world.member(["service_director"], at_the_top=True)
    world.after(49)
    assert Notice.objects.count() == 0
    world.after(50)
    assert (told(world.owner), told(manager)) == (1, 0)
    world.after(50)
    world.after(79)
    assert (told(world.owner), told(manager)) == (1, 0)
    world.after(80)
    assert (told(world.owner), told(manager), told(manager, "sms")) == (1, 1, 1)
    world.after(100)
    assert (told(director), told(director, "phone")) == (1, 1)
    world.after(101)
    assert Notice.objects.count() == 5


def test_repetitions_come_again_until_the_promise_is_kept(world: World) -> None:
    world.member(["service_manager"])
    leader = world.member(["leadership"], at_the_top=True)
    for hours in range(1, 10):
        world.after(100 + 60 * hours)
    assert told(leader) == 2
    world.record("responded", 100 + 60 * 10)
    for hours in range(11, 20):
        world.after(100 + 60 * hours)
    assert told(leader) == 2


def test_a_worker_that_was_away_tells_the_last_repetition_and_keeps_all(world: World) -> None:
    world.member(["service_manager"])
    leader = world.member(["leadership"], at_the_top=True)
    world.after(100 + 60 * 25)
    assert told(leader) == 1
    repeated = EscalationRow.objects.filter(step=3)
    assert list(repeated.order_by("repetition").values_list("told", flat=True)) == [False] * 5 + [
        True
    ]


def test_a_later_due_time_takes_the_steps_not_yet_taken_with_it(world: World) -> None:
    manager = world.member(["service_manager"])
    world.after(50)
    world.record("classified", 60, level="low")
    world.after(90)
    world.after(500)
    assert (told(world.owner), told(manager)) == (1, 0)
    world.after(800)
    assert (told(world.owner), told(manager)) == (1, 1)


def test_a_promise_kept_in_time_takes_no_further_step(world: World) -> None:
    world.record("responded", 40)
    world.after(2000)
    assert EscalationRow.objects.count() == 0


def test_a_step_that_a_persons_own_act_comes_before_the_worker_is_not_lost(world: World) -> None:
    world.record("noted", 55)
    assert told(world.owner) == 1
    world.after(56)
    assert told(world.owner) == 1


def test_a_role_nobody_holds_in_the_unit_is_sought_above_it(world: World) -> None:
    above = world.member(["service_manager"], at_the_top=True)
    world.after(80)
    assert told(above) == 1
    nearer = world.member(["service_director"])
    world.after(100)
    assert (told(nearer), told(above)) == (1, 1)


def test_a_role_nobody_holds_at_all_comes_visibly_to_the_administrator(world: World) -> None:
    world.after(100)
    admin = world.company.administrator
    meant = Notice.objects.filter(person=admin.person).values_list("data__role", "data__is_meant")
    assert set(meant) == {("owner_superior", False), ("service_director", False)}


def test_the_superior_of_a_manager_is_the_director_not_himself(world: World) -> None:
    manager = world.member(["service_manager"])
    director = world.member(["service_director"])
    set_owner(world.subject, person_id=manager.person.pk, actor=SYSTEM, now=REPORTED)
    world.after(80)
    assert (told(manager), told(director)) == (1, 1)


def test_somebody_who_left_is_not_told_but_whoever_stands_above_him(world: World) -> None:
    manager = world.member(["service_manager"])
    Person.objects.filter(pk=world.owner.person.pk).update(active=False)
    world.after(50)
    assert (told(world.owner), told(manager)) == (0, 1)


def test_a_case_without_owner_tells_the_superior(world: World) -> None:
    manager = world.member(["service_manager"])
    set_owner(world.subject, person_id=None, actor=SYSTEM, now=REPORTED)
    world.after(50)
    assert told(manager) == 1
    assert Notice.objects.get(person=manager.person).data["is_meant"] is False


@pytest.mark.req("R47")
def test_a_channel_without_address_fails_and_is_tried_again_when_there_is_one(
    world: World,
) -> None:
    manager = world.member(["service_manager"])
    admin = world.company.administrator
    world.after(80)
    notice = Notice.objects.get(channel="sms")
    assert (notice.state, notice.trouble) == ("failed", "no_address")
    again = retry_notice(actor=admin.actor, notice_id=notice.public_id, now=REPORTED)
    assert (again.state, again.attempts) == ("failed", 1)
    Person.objects.filter(pk=manager.person.pk).update(phone="13800000000")
    again = retry_notice(actor=admin.actor, notice_id=notice.public_id, now=REPORTED)
    assert (again.state, again.address) == ("waiting", "13800000000")
    with pytest.raises(IllegalMove):
        retry_notice(actor=admin.actor, notice_id=notice.public_id, now=REPORTED)
    done = settle_by_hand(actor=admin.actor, notice_id=notice.public_id, now=REPORTED)
    assert done.state == "sent"
    with pytest.raises(IllegalMove):
        settle_by_hand(actor=admin.actor, notice_id=notice.public_id, now=REPORTED)


@pytest.mark.req("R03")
def test_nobody_settles_what_is_not_in_his_outbox(world: World) -> None:
    manager = world.member(["service_manager"])
    world.after(80)
    notice = Notice.objects.get(channel="sms")
    for service in (retry_notice, settle_by_hand):
        with pytest.raises(NotFound):
            service(actor=manager.actor, notice_id=notice.public_id, now=REPORTED)


@pytest.mark.req("B-04")
def test_what_a_fact_changes_is_kept_with_the_fact_that_changed_it(world: World) -> None:
    world.record("classified", 60, level="low")
    change = ChangeRow.objects.get()
    assert (change.cause, [one["kind"] for one in change.facts]) == ("facts", ["classified"])
    assert change.old_due_at == REPORTED + 100 * MINUTE
    assert change.new_due_at == REPORTED + 1000 * MINUTE
    world.after(1001)
    newest = ChangeRow.objects.order_by("-id")[0]
    assert (newest.cause, newest.old_state, newest.new_state) == ("clock", "running", "missed")
