"""The writing path: all or nothing, once, never over somebody else's change, never back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Api, World
from tests.api.routes import OF_HEADQUARTERS, routes
from tests.api.samples import body_of

from yinuo.domains.obligations.models import FactRow, ObligationRow, SubjectRow
from yinuo.domains.requests.models import Request
from yinuo.platform.journal.models import AuditEntry, IdempotencyKey, OutboxEvent
from yinuo.platform.sequences.models import DocumentSeries

WRITES = [one for one in routes() if "Idempotency-Key" in str(one.details["parameters"])]
EDITS = [one for one in WRITES if one.method == "PUT" and one.operation not in OF_HEADQUARTERS]
ALLOWED = [one for one in WRITES if one.operation not in OF_HEADQUARTERS]
STEP_TABLES = (
    Request,
    FactRow,
    SubjectRow,
    ObligationRow,
    AuditEntry,
    OutboxEvent,
    IdempotencyKey,
)
APPEND_ONLY = ("audit_entry", "obligations_fact", "contracts_plan_version")


def counts() -> list[Any]:
    return [
        *(model.objects.count() for model in STEP_TABLES),
        *DocumentSeries.objects.order_by("series").values_list("series", "last"),
    ]


def intake(world: World, **changes: Any) -> dict[str, Any]:
    body = body_of("open_request", world.own.ids)
    assert body is not None
    return body | changes


@pytest.mark.req("R36")
@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("audit_entry", "action <> 'request.open'"),
        ("outbox_event", "topic <> 'request.opened'"),
        ("obligations_obligation", "clause <> 'respond'"),
        ("idempotency_key", "status <> 201"),
    ],
)
def test_a_request_is_stored_whole_or_not_at_all(world: World, table: str, condition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT broken CHECK ({condition}) NOT VALID")
    before = counts()
    answer = world.api.post("/requests", intake(world))
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal_error"
    assert set(answer.json()["error"]) == {"code", "message"}
    assert counts() == before


@pytest.mark.req("R36")
def test_opening_a_request_leaves_one_trace_of_each_kind(world: World) -> None:
    before = counts()
    answer = world.api.post("/requests", intake(world), X_Request_Id="trace-me-0001")
    promises = len(answer.json()["obligations"])
    grown = [new - old for new, old in zip(counts()[:7], before[:7], strict=True)]
    facts = len(world.api.get(f"/requests/{answer.json()['id']}/facts").json()["items"])
    assert grown == [1, facts, 1, promises, 1, 1, 1]
    assert facts
    assert promises
    entry = AuditEntry.objects.get(subject_id=answer.json()["id"])
    assert (entry.action, entry.request_id) == ("request.open", "trace-me-0001")
    assert answer["X-Request-Id"] == "trace-me-0001"


def test_opening_a_request_takes_seven_statements(
    world: World,
) -> None:
    """Caller, place, asset, cover, groups, number, and one statement that writes everything."""
    world.api.post("/requests", intake(world))
    with CaptureQueriesContext(connection) as queries:
        assert world.api.post("/requests", intake(world)).status_code == 201
    own = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(own) == 7, own


@pytest.mark.req("R37")
@pytest.mark.parametrize("route", ALLOWED, ids=lambda one: one.operation)
def test_the_same_key_takes_effect_once_and_is_answered_alike(world: World, route: Any) -> None:
    body, path = body_of(route.operation, world.own.ids), route.at(world.own.ids)
    first = world.api(route.method, path, body, Idempotency_Key="the-same-key")
    before = counts()
    again = world.api(route.method, path, body, Idempotency_Key="the-same-key")
    told = first.json()
    if "link" in told:
        # The secret is kept nowhere: who asks again learns that it was told before.
        told["link"] = None
    assert (again.status_code, again.json()) == (first.status_code, told)
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert counts() == before


@pytest.mark.req("R37")
def test_the_same_key_with_another_content_is_refused(world: World) -> None:
    world.api.post("/requests", intake(world), Idempotency_Key="the-same-key")
    before = counts()
    other = world.api.post(
        "/requests", intake(world, symptom="别的"), Idempotency_Key="the-same-key"
    )
    assert (other.status_code, other.json()["error"]["code"]) == (422, "idempotency_mismatch")
    assert counts() == before


@pytest.mark.req("R37")
def test_a_key_belongs_to_one_person_and_one_address(world: World) -> None:
    first = world.api.post("/requests", intake(world), Idempotency_Key="the-same-key")
    other = Api(world.foreign.member.token())
    foreign_body = body_of("open_request", world.foreign.ids)
    second = other.post("/requests", foreign_body, Idempotency_Key="the-same-key")
    assert second.status_code == 201
    assert second.json()["id"] != first.json()["id"]


@pytest.mark.req("R37")
@pytest.mark.parametrize("key", [None, "", "short", "x" * 129, "with space in", "钥匙钥匙钥匙钥匙"])
@pytest.mark.parametrize("route", WRITES, ids=lambda one: one.operation)
def test_a_write_without_a_good_key_is_refused(world: World, route: Any, key: str | None) -> None:
    before = counts()
    answer = world.api(
        route.method,
        route.at(world.own.ids),
        body_of(route.operation, world.own.ids),
        Idempotency_Key=key.encode().decode("latin-1") if key else key,
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "idempotency_key_missing")
    assert counts() == before


@pytest.mark.req("R37")
def test_a_refused_call_leaves_its_key_free(world: World) -> None:
    refused = world.api.post("/requests", intake(world, symptom=" "), Idempotency_Key="k" * 20)
    assert refused.status_code == 422
    assert world.api.post("/requests", intake(world), Idempotency_Key="k" * 20).status_code == 201


# A part is read with its asset; a file's own address gives its bytes.
READ_IN_LISTS = {"edit_component", "caption_request_file", "caption_asset_photo"}


@pytest.mark.req("R38")
@pytest.mark.parametrize("route", EDITS, ids=lambda one: one.operation)
def test_a_stale_edit_is_refused_with_both_sides(world: World, route: Any) -> None:
    path, body = route.at(world.own.ids), body_of(route.operation, world.own.ids)
    assert body is not None
    sent = body["version"]
    now = world.api.put(path, body).json()["version"]
    assert now == sent + 1
    stale = world.api.put(path, body)
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_version")
    details = stale.json()["error"]["details"]
    if route.operation not in READ_IN_LISTS:
        assert details["present"] == world.api.get(path.removesuffix("/report")).json()
    assert details["present"]["version"] == now
    assert details["yours"]["version"] == sent
    assert body.items() >= {k: details["yours"][k] for k in ("name", "number") if k in body}.items()
    body["version"] = now
    assert world.api.put(path, body).json()["version"] == now + 1


@pytest.mark.req("R38")
def test_a_level_changed_on_a_stale_page_is_refused_with_both_versions(world: World) -> None:
    path = f"/requests/{world.own.ids['request_id']}"
    seen = int(world.own.ids["request_version"])
    assert (
        world.api.post(f"{path}/facts", {"kind": "responded", "version": seen}).status_code == 201
    )
    body = {"version": seen, "level": "general", "reason": "轻微"}
    stale = world.api.post(f"{path}/level", body)
    assert stale.status_code == 409
    details = stale.json()["error"]["details"]
    assert details["yours"] == body
    assert details["present"] == world.api.get(path).json()
    assert details["present"]["version"] == seen + 1
    again = world.api.post(
        f"{path}/facts", {"kind": "noted", "version": seen, "values": {"text": "晚"}}
    )
    assert again.json()["error"]["code"] == "stale_version"


@pytest.mark.req("R39")
@pytest.mark.parametrize("kind", ["archived", "confirmed_by_customer", "reopened", "restored"])
def test_an_illegal_move_is_refused_and_changes_nothing(world: World, kind: str) -> None:
    path = f"/requests/{world.own.ids['request_id']}"
    before = counts()
    values = {"reason": "x"} if kind == "reopened" else {}
    answer = world.api.post(f"{path}/facts", {"kind": kind, "values": values})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "illegal_move")
    assert counts() == before
    assert world.api.get(path).json()["state"] == "new"


@pytest.mark.req("R39")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE requests_request SET state = 'gone'",
        "UPDATE requests_request SET cover = 'free'",
        "UPDATE obligations_obligation SET state = 'forgiven'",
        "UPDATE network_unit SET level = 4",
    ],
)
def test_the_database_itself_refuses_a_state_that_does_not_exist(
    world: World, statement: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.req("R36", "R42")
@pytest.mark.parametrize("role", ["owner", "application"])
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
    ids=["update", "delete", "truncate"],
)
def test_what_is_recorded_stays(world: World, table: str, statement: str, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if role == "application":
            cursor.execute(f'SET LOCAL ROLE "{settings.DATABASE_APPLICATION_ROLE}"')
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            cursor.execute(statement.format(table))
    expected = ["append-only", "permission denied"] if role == "application" else ["append-only"]
    assert any(words in str(refusal.value) for words in expected)


@pytest.mark.req("R09")
def test_objects_are_named_by_random_ids_and_never_by_numbers(world: World) -> None:
    first = world.api.post("/requests", intake(world)).json()
    second = world.api.post("/requests", intake(world)).json()
    assert first["id"][:8] == second["id"][:8], "sortable by time"
    assert first["id"][14] == "7"
    assert first["id"][19:] != second["id"][19:]
    for name in (first["number"], str(Request.objects.latest("id").pk), uuid4().hex[:8]):
        assert world.api.get(f"/requests/{name}").status_code == 404
