"""A newer table of statutory days: live promises are computed anew, closed ones never move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import make_company
from tests.factories.subjects import RESPOND_WITHIN, broken_plan, publish_one_promise, report

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.checking import forgotten_subjects
from yinuo.domains.obligations.models import ChangeRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services import compute_outdated, record_facts
from yinuo.domains.obligations.types import NewFact

REPORTED = datetime(2026, 5, 1, 15, 10, tzinfo=UTC)
DUE = REPORTED + RESPOND_WITHIN
NOW = REPORTED + timedelta(minutes=5)
# What an older table, without this day, might have said.
OLD_DUE = DUE + timedelta(days=1)


@pytest.fixture
def version(db: None) -> PlanVersion:
    return publish_one_promise(make_company().administrator)


def as_by_an_older_table() -> None:
    ObligationRow.objects.update(due_at=OLD_DUE)
    SubjectRow.objects.filter(holidays__isnull=False).update(holidays=202_501)


@pytest.mark.req("B-03")
def test_a_live_promise_takes_the_new_due_time_and_says_why(version: PlanVersion) -> None:
    report(version.pk, REPORTED)
    as_by_an_older_table()
    assert compute_outdated(now=NOW) == 1
    assert ObligationRow.objects.get().due_at == DUE
    change = ChangeRow.objects.get()
    assert (change.cause, change.old_due_at, change.new_due_at) == ("holidays", OLD_DUE, DUE)


@pytest.mark.req("B-03")
def test_a_closed_promise_never_moves(version: PlanVersion) -> None:
    subject = report(version.pk, REPORTED)
    record_facts(subject, [NewFact("responded", NOW, "test")], actor=SYSTEM, now=NOW)
    as_by_an_older_table()
    assert compute_outdated(now=NOW) == 0
    assert ObligationRow.objects.get().due_at == OLD_DUE


def test_a_subject_keeps_its_table_while_a_promise_of_it_lives(version: PlanVersion) -> None:
    subject = report(version.pk, REPORTED)
    bound = SubjectRow.objects.get(subject_id=subject)
    assert bound.holidays is not None
    SubjectRow.objects.update(holidays=None)
    assert forgotten_subjects() == [subject]
    record_facts(subject, [NewFact("responded", NOW, "test")], actor=SYSTEM, now=NOW)
    assert SubjectRow.objects.get(subject_id=subject).holidays is None
    assert forgotten_subjects() == []


def test_it_goes_on_where_it_stopped_and_is_done_once(version: PlanVersion) -> None:
    for _ in range(5):
        report(version.pk, REPORTED)
    as_by_an_older_table()
    assert [compute_outdated(now=NOW, at_most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert set(ObligationRow.objects.values_list("due_at", flat=True)) == {DUE}
    assert ChangeRow.objects.count() == 5


def test_a_case_that_cannot_be_computed_is_left_to_the_clock_and_stops_no_other(
    version: PlanVersion,
) -> None:
    poisoned, healthy = report(version.pk, REPORTED), report(version.pk, REPORTED)
    SubjectRow.objects.filter(subject_id=poisoned).update(plan_version_id=broken_plan().pk)
    as_by_an_older_table()
    assert compute_outdated(now=NOW) == 2
    assert compute_outdated(now=NOW) == 0
    assert ObligationRow.objects.get(subject_id=healthy).due_at == DUE
    left = ObligationRow.objects.get(subject_id=poisoned).next_at
    assert left is not None
    assert left > NOW
