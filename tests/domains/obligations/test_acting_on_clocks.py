"""What a worker does at, before and after the instant a promise falls due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from tests.factories import make_company
from tests.factories.subjects import RESPOND_WITHIN, broken_plan, publish_one_promise, report
from tests.plugins.committed import CommittedDatabase

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.models import ObligationRow, SubjectRow
from yinuo.domains.obligations.services import act_on_due, record_facts
from yinuo.domains.obligations.types import NewFact
from yinuo.platform.journal.models import OutboxEvent

REPORTED = datetime(2026, 5, 1, 15, 10, tzinfo=UTC)
DUE = REPORTED + RESPOND_WITHIN
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def version(db: None) -> PlanVersion:
    return publish_one_promise(make_company().administrator)


def states() -> list[str]:
    return sorted(ObligationRow.objects.values_list("state", flat=True))


def misses() -> int:
    return OutboxEvent.objects.filter(topic="obligation.missed").count()


def test_a_promise_is_still_kept_at_its_due_instant_and_missed_just_after(
    version: PlanVersion,
) -> None:
    report(version.pk, REPORTED)
    assert act_on_due(now=DUE - INSTANT) == 0
    assert act_on_due(now=DUE) == 1
    assert (states(), misses()) == (["running"], 0)
    assert act_on_due(now=DUE + timedelta(seconds=1)) == 1
    assert (states(), misses()) == (["missed"], 1)


def test_a_fact_recorded_at_the_due_instant_does_not_keep_the_miss_from_being_marked(
    version: PlanVersion,
) -> None:
    subject = report(version.pk, REPORTED)
    record_facts(subject, [NewFact("noted", DUE, "test")], actor=SYSTEM, now=DUE)
    assert act_on_due(now=DUE + INSTANT) == 1
    assert (states(), misses()) == (["missed"], 1)


def test_a_worker_that_comes_a_microsecond_late_marks_the_miss(version: PlanVersion) -> None:
    report(version.pk, REPORTED)
    assert act_on_due(now=DUE + INSTANT) == 1
    assert (states(), misses()) == (["missed"], 1)


def test_an_event_at_the_due_instant_recorded_after_a_look_is_in_time(
    version: PlanVersion,
) -> None:
    subject = report(version.pk, REPORTED)
    act_on_due(now=DUE)
    record_facts(subject, [NewFact("responded", DUE, "test")], actor=SYSTEM, now=DUE)
    assert act_on_due(now=DUE + timedelta(days=1)) == 0
    assert (states(), misses()) == (["met"], 0)


def test_a_miss_is_told_once_however_often_it_is_computed(version: PlanVersion) -> None:
    subject = report(version.pk, REPORTED)
    act_on_due(now=DUE + INSTANT)
    for hours in range(1, 4):
        later = DUE + timedelta(hours=hours)
        record_facts(subject, [NewFact("noted", later, "test")], actor=SYSTEM, now=later)
        ObligationRow.objects.update(next_at=later)
        act_on_due(now=later)
    assert (states(), misses()) == (["missed"], 1)


def test_a_late_fact_that_unmakes_a_miss_and_its_correction_do_not_tell_twice(
    version: PlanVersion,
) -> None:
    subject = report(version.pk, REPORTED)
    act_on_due(now=DUE + INSTANT)
    later = DUE + timedelta(hours=1)
    record_facts(subject, [NewFact("responded", DUE, "test")], actor=SYSTEM, now=later)
    assert (states(), misses()) == (["met"], 1)


def test_a_subject_that_cannot_be_computed_stops_no_other_and_is_tried_again(
    version: PlanVersion,
) -> None:
    poisoned, *_ = (report(version.pk, REPORTED) for _ in range(4))
    SubjectRow.objects.filter(subject_id=poisoned).update(plan_version_id=broken_plan().pk)
    now = DUE + timedelta(seconds=1)
    assert act_on_due(now=now) == 4
    assert states() == ["missed"] * 3 + ["running"]
    left = ObligationRow.objects.get(subject_id=poisoned)
    assert left.next_at is not None
    assert left.next_at > now
    SubjectRow.objects.filter(subject_id=poisoned).update(plan_version_id=version.pk)
    assert act_on_due(now=left.next_at) == 1
    assert (states(), misses()) == (["missed"] * 4, 4)


def test_no_more_subjects_are_taken_at_once_than_asked_for(version: PlanVersion) -> None:
    for _ in range(5):
        report(version.pk, REPORTED)
    assert act_on_due(now=DUE + INSTANT, at_most=3) == 3
    assert act_on_due(now=DUE + INSTANT, at_most=3) == 2
    assert misses() == 5


REFUSE_EVENTS = """
CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no event today' USING ERRCODE = 'disk_full'; END $$;
CREATE CONSTRAINT TRIGGER refuse_event AFTER INSERT ON outbox_event {} FOR EACH ROW
    EXECUTE FUNCTION refuse_event();
"""


@pytest.mark.req("R36")
@pytest.mark.parametrize("moment", ["", "DEFERRABLE INITIALLY DEFERRED"])
def test_a_miss_that_cannot_be_told_is_not_marked_either(
    committed: CommittedDatabase, moment: str
) -> None:
    version = publish_one_promise(make_company().administrator)
    for _ in range(3):
        report(version.pk, REPORTED)
    with connection.cursor() as cursor:
        cursor.execute(REFUSE_EVENTS.format(moment))
    with pytest.raises(DatabaseError, match="no event today"):
        act_on_due(now=DUE + INSTANT)
    assert (states(), misses()) == (["running"] * 3, 0)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse_event ON outbox_event")
    act_on_due(now=DUE + INSTANT)
    assert (states(), misses()) == (["missed"] * 3, 3)


@pytest.mark.req("R36")
def test_a_state_that_cannot_be_stored_is_not_told(committed: CommittedDatabase) -> None:
    version = publish_one_promise(make_company().administrator)
    poisoned, *_ = (report(version.pk, REPORTED) for _ in range(3))
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE obligations_obligation ADD CONSTRAINT no_miss"
            f" CHECK (state <> 'missed' OR subject_id <> '{poisoned}')"
        )
    act_on_due(now=DUE + INSTANT)
    assert (states(), misses()) == (["missed", "missed", "running"], 2)
    told = OutboxEvent.objects.values_list("payload__subject", flat=True)
    assert f"request:{poisoned}" not in set(told)
