"""Real workers on one database: killed, frozen past their lease, restarted; every effect once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from tests.factories import make_company, publish
from tests.factories.subjects import (
    ONE_PROMISE,
    broken_plan,
    report,
    report_in,
)
from tests.plugins.committed import CommittedDatabase
from tests.system.installation import wait_until
from tests.system.processes import PATIENCE_SECONDS, Worker

from yinuo.domains.obligations.models import SubjectRow

SUBJECTS = 200
STEP = "    escalation: [{at_percent: 100 %, notify: owner, by: app}]\n"
HELD = 2
Begin = Callable[[], Worker]


@pytest.fixture
def begin(committed: CommittedDatabase, tmp_path: Path) -> Iterator[Begin]:
    """Starts workers, and ends whatever of them is left."""
    begun: list[Worker] = []
    url = committed.url_with(lock_timeout="60s")
    environment = committed.environment(DATABASE_URL=url, YINUO_VAR=str(tmp_path))

    def run() -> Worker:
        begun.append(Worker(environment))
        return begun[-1].wait_started()

    yield run
    for worker in begun:
        worker.clear_up()


@pytest.fixture
def subjects(committed: CommittedDatabase) -> list[UUID]:
    """Cases whose response has been due for a while, as if no worker had run.

    Each has one step of its ladder to take, which tells the administrator.
    """
    company = make_company()
    version = publish(company.administrator, ONE_PROMISE + STEP)
    unit_id, owner_id = company.headquarters.pk, company.administrator.person.pk
    reported = datetime.now(UTC) - timedelta(hours=1)
    return [
        report_in(unit_id, version.pk, reported, level="", owner_id=owner_id)
        for _ in range(SUBJECTS)
    ]


class Hold:
    """A row lock that stops whichever worker comes to one of these subjects, in mid-step."""

    def __init__(self, database: CommittedDatabase, subjects: list[UUID]) -> None:
        self.database = database
        self.connection = psycopg.connect(database.owner_url)
        self.connection.execute(
            "SELECT 1 FROM obligations_obligation WHERE subject_id = ANY(%s) FOR UPDATE",
            [subjects],
        )

    def waiting(self) -> list[int]:
        """Server processes of the workers that wait for the lock."""
        return self.database.waiting_for_locks()

    def release(self) -> None:
        self.connection.close()


def misses(database: CommittedDatabase) -> int:
    question = "SELECT count(*) FROM obligations_obligation WHERE state = 'missed'"
    return int(str(database.ask(question)[0][0]))


def told(database: CommittedDatabase) -> list[str]:
    """What each event of a miss is about, doubles included."""
    question = "SELECT payload->>'subject' FROM outbox_event WHERE topic = 'obligation.missed'"
    return sorted(str(row[0]) for row in database.ask(question))


def steps(database: CommittedDatabase) -> list[str]:
    """What each step taken and each notice told is about, doubles included."""
    question = "SELECT subject_id FROM {} ORDER BY subject_id"
    taken, notices = (
        [f"request:{row[0]}" for row in database.ask(question.format(table))]
        for table in ("obligations_escalation", "notices_notice")
    )
    assert taken == notices
    return taken


def names(subjects: list[UUID]) -> list[str]:
    return sorted(f"request:{one}" for one in subjects)


@pytest.mark.req("G13")
def test_killed_and_frozen_workers_lose_no_miss_and_tell_none_twice(
    committed: CommittedDatabase, subjects: list[UUID], begin: Begin
) -> None:
    hold = Hold(committed, subjects)
    killed = begin()
    killed.wait_for(lambda: len(hold.waiting()) == 1)
    frozen = begin()
    frozen.wait_for(lambda: len(hold.waiting()) == 2)
    killed.send(signal.SIGKILL)
    killed.process.wait()
    frozen.send(signal.SIGSTOP)
    lost = hold.waiting()
    hold.release()
    fresh = begin()
    fresh.wait_for(lambda: misses(committed) == SUBJECTS)
    assert told(committed) == steps(committed) == names(subjects)
    # The frozen one still believes in its step, whose connection the server has given up.
    question = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
    assert wait_until(lambda: committed.ask(question, [lost]) == [(0,)], PATIENCE_SECONDS)
    frozen.send(signal.SIGCONT)
    frozen.wait_for(lambda: "the database did not answer" in frozen.log)
    more = report(
        SubjectRow.objects.first().plan_version_id, datetime.now(UTC) - timedelta(hours=1)
    )
    fresh.wait_for(lambda: misses(committed) == SUBJECTS + 1)
    assert told(committed) == names([*subjects, more])
    assert committed.ask("SELECT count(*) FROM notices_notice") == [(SUBJECTS + 1,)]
    assert frozen.runs


@pytest.mark.req("G13")
def test_four_workers_share_what_is_due_and_one_bad_plan_stops_none(
    committed: CommittedDatabase, subjects: list[UUID], begin: Begin
) -> None:
    poisoned, healthy = subjects[:HELD], subjects[HELD:]
    broken = broken_plan()
    SubjectRow.objects.filter(subject_id__in=poisoned).update(plan_version_id=broken.pk)
    workers = [begin() for _ in range(4)]
    workers[0].wait_for(lambda: misses(committed) == len(healthy))
    assert told(committed) == steps(committed) == names(healthy)
    assert all(worker.runs for worker in workers)
    assert "could not be computed" in "".join(worker.log for worker in workers)
    later = "SELECT bool_and(next_at > now()) FROM obligations_obligation WHERE state = 'running'"
    assert committed.ask(later) == [(True,)]


@pytest.mark.req("R48")
def test_term_lets_the_step_in_hand_finish(
    committed: CommittedDatabase, subjects: list[UUID], begin: Begin
) -> None:
    hold = Hold(committed, subjects[:1])
    worker = begin()
    worker.wait_for(lambda: len(hold.waiting()) == 1)
    before = misses(committed)
    worker.send(signal.SIGTERM)
    os.sched_yield()
    hold.release()
    assert worker.process.wait(20) == 0, worker.log[-2000:]
    assert misses(committed) > before
    assert misses(committed) == len(told(committed)) == len(set(told(committed)))
