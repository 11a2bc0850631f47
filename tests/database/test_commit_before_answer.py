"""A web server says 2xx only for what is committed, also when it is told to end (R48)."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import psycopg
import pytest
from tests.factories import make_company, make_customer, make_member
from tests.plugins.committed import CommittedDatabase
from tests.system.installation import wait_until
from tests.system.processes import PATIENCE_SECONDS, Web

# What a client got: a status, or 0 for a connection that ended without an answer.
Answer = tuple[str, int]


class Caller:
    """Opens requests at a served company, each with a key of its own."""

    def __init__(self, web: Web, database: CommittedDatabase, token: str, customer: str) -> None:
        self.web, self.database = web, database
        self.token, self.customer = token, customer
        self.answers: list[Answer] = []
        self.threads: list[threading.Thread] = []

    def open(self, symptom: str) -> int:
        """Opens one request about `symptom`; the status, 0 without an answer."""
        body = {"customer_id": self.customer, "symptom": symptom}
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content_Type": "application/json",
            "Idempotency_Key": "key-of-" + symptom.replace(" ", "-"),
        }
        try:
            status, _ = self.web.ask("POST", "/api/v1/requests", json.dumps(body), **headers)
        except (OSError, HTTPException):
            status = 0
        self.answers.append((symptom, status))
        return status

    def open_meanwhile(self, symptom: str) -> None:
        thread = threading.Thread(target=self.open, args=[symptom])
        thread.start()
        self.threads.append(thread)

    def join(self) -> list[Answer]:
        """Waits for every answer; all of them, in the order of the symptoms."""
        for thread in self.threads:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()
        return sorted(self.answers)

    def stored(self) -> list[str]:
        """Symptoms of the requests that are there."""
        rows = self.database.ask("SELECT symptom FROM requests_request ORDER BY symptom")
        return [str(row[0]) for row in rows]

    def traces(self) -> list[int]:
        """How many rows each part of opening a request has left."""
        tables = ["requests_request", "obligations_fact", "obligations_subject", "idempotency_key"]
        counts = [self.database.ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
        audit = "SELECT count(*) FROM audit_entry WHERE action = 'request.open'"
        events = "SELECT count(*) FROM outbox_event WHERE topic = 'request.opened'"
        counts += [self.database.ask(one)[0][0] for one in (audit, events)]
        return [int(str(count)) for count in counts]


@pytest.fixture
def caller(committed: CommittedDatabase, tmp_path: Path) -> Iterator[Caller]:
    company = make_company()
    roles = ("service_consultant", "account_manager")
    member = make_member(company.administrator, company.headquarters, roles)
    customer = make_customer(member, company.headquarters)
    url = committed.url_with(lock_timeout="60s")
    web = Web(committed.environment(DATABASE_URL=url, YINUO_VAR=str(tmp_path)))
    try:
        web.wait_started()
        yield Caller(web, committed, member.token(), str(customer.public_id))
    finally:
        web.clear_up()


BREAK_AT_COMMIT = """
CREATE FUNCTION break_connection() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER break_connection AFTER INSERT ON requests_request
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.symptom LIKE 'broken%')
    EXECUTE FUNCTION break_connection();
"""


@pytest.mark.req("R48", "R36")
def test_a_connection_that_breaks_at_the_commit_is_no_success(caller: Caller) -> None:
    with caller.database.as_owner() as owner:
        owner.execute(BREAK_AT_COMMIT)
    assert caller.open("before") == 201
    left = caller.traces()
    for number in range(3):
        assert caller.open(f"broken {number}") >= 500
    assert caller.traces() == left
    assert caller.open("later") == 201
    assert caller.stored() == ["before", "later"]
    assert caller.web.runs


@pytest.mark.req("R48", "R36")
def test_a_connection_that_breaks_before_the_commit_is_no_success(caller: Caller) -> None:
    assert caller.open("before") == 201
    left = caller.traces()
    with psycopg.connect(caller.database.owner_url) as holding:
        holding.execute("LOCK TABLE outbox_event IN EXCLUSIVE MODE")
        caller.open_meanwhile("cut off")
        waiting = caller.database.waiting_for_locks
        assert wait_until(lambda: len(waiting()) == 1, PATIENCE_SECONDS)
        caller.database.ask("SELECT pg_terminate_backend(%s)", waiting())
        caller.join()
    assert dict(caller.answers)["cut off"] >= 500
    assert caller.traces() == left


@pytest.mark.req("R48")
@pytest.mark.parametrize("is_released", [True, False], ids=["finishes", "refuses"])
def test_after_term_what_is_in_flight_is_stored_and_answered_or_neither(
    caller: Caller, is_released: bool
) -> None:
    symptoms = [f"in flight {number}" for number in range(4)]
    assert caller.open("before") == 201
    with psycopg.connect(caller.database.owner_url) as holding:
        holding.execute("LOCK TABLE outbox_event IN EXCLUSIVE MODE")
        for symptom in symptoms:
            caller.open_meanwhile(symptom)
        waiting = caller.database.waiting_for_locks
        assert wait_until(lambda: len(waiting()) == len(symptoms), PATIENCE_SECONDS)
        caller.web.send(signal.SIGTERM)
        if not is_released:
            caller.web.process.wait(20)
    caller.web.process.wait(20)
    answers = dict(caller.join())
    if is_released:
        assert set(answers.values()) == {201}
    else:
        assert [answers[symptom] for symptom in symptoms].count(201) == 0
    acknowledged = sorted(one for one, status in answers.items() if status == 201)
    assert set(acknowledged) <= set(caller.stored())
    assert caller.web.status("/healthz") == 0
