"""Whatever is sent, the answer is clear, in the reader's language, and never our fault (R30)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.api.conftest import Api, World
from tests.api.samples import body_of
from tests.factories import make_contract, make_customer, publish

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.models import Request
from yinuo.platform.accounts.models import ApiToken
from yinuo.platform.accounts.services.tokens import revoke_token

MARKUP = "<script>alert(1)</script>{{7*7}}${7*7}'\"--;DROP TABLE x"
EMOJI = "🔥👩‍🔧 ＡＢＣ ０１２３"


def intake(world: World, **changes: Any) -> dict[str, Any]:
    body = body_of("open_request", world.own.ids)
    assert body is not None
    return body | changes


def problem(answer: Any, status: int = 422) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    return answer.json()["error"]


def other_customer(world: World) -> Any:
    unit = ServiceUnit.objects.get(public_id=world.own.ids["unit_id"])
    return make_customer(world.own.member, unit)


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reported_at": "2026-05-01T23:10:00"}, "reported_at", "zone"),
        ({"reported_at": "2199-01-01T00:00:00Z"}, "reported_at", "1970 and 2199"),
        ({"reported_at": "2198-01-01T00:00:00Z"}, "reported_at", "future"),
        ({"reported_at": "yesterday"}, "reported_at", "Give a time"),
        ({"reported_at": 1777648200}, "reported_at", "Give a time"),
        ({"symptom": "  "}, "symptom", "Describe"),
        ({"symptom": "x" * 60_001}, "symptom", "60000"),
        ({"symptom": "a\x00b"}, "symptom", "cannot be stored"),
        ({"symptom": 5}, "symptom", "text"),
        ({"level": ""}, "level", "Choose the level"),
        ({"level": "deadly"}, "level", "no such level"),
        ({"category": "weather"}, "category", "no such category"),
        ({"kind": "prayer"}, "kind", "Choose one"),
        ({"channel": "pigeon"}, "channel", "Choose one"),
        ({"caller_name": "x" * 81}, "caller_name", "80"),
        ({"customer_id": None}, "customer_id", "id"),
        ({"customer_id": "1 OR 1=1"}, "customer_id", "id"),
        ({"state": "archived"}, "state", "no such field"),
        ({"unit_id": "x"}, "unit_id", "no such field"),
        ({"opened_by": "me"}, "opened_by", "no such field"),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(
    world: World, changes: dict[str, Any], field: str, words: str
) -> None:
    before = Request.objects.count()
    error = problem(world.api.post("/requests", intake(world, **changes)))
    assert error["code"] == "invalid_input"
    assert list(error["fields"]) == [field]
    assert words in error["fields"][field]
    assert Request.objects.count() == before


@pytest.mark.req("R04")
@pytest.mark.parametrize("name", ["id", "version2", "unit", "pk", "__class__", "_connector"])
def test_a_field_nobody_declared_is_an_error(world: World, name: str) -> None:
    for operation, path in {
        "open_request": "/requests",
        "create_customer": "/customers",
        "create_asset": "/assets",
        "create_contract": "/contracts",
    }.items():
        body = body_of(operation, world.own.ids)
        assert body is not None
        error = problem(world.api.post(path, body | {name: 1}))
        assert list(error["fields"]) == [name]


@pytest.mark.req("R05")
@pytest.mark.parametrize(
    "query",
    ["order=name", "customer__name=x", "customer__unit__code=HQ", "state__in=new", "expand=unit"],
)
def test_only_declared_filters_are_taken(world: World, query: str) -> None:
    for path in ("/requests", "/customers", "/assets", "/obligations", "/units"):
        error = problem(world.api.get(f"{path}?{query}"))
        assert error["fields"] == {query.partition("=")[0]: "There is no such field."}


@pytest.mark.req("R05")
@pytest.mark.parametrize("cursor", ["x", "a:b:c", "é", "W10:1:x", "%00"])
def test_a_cursor_that_is_not_ours_is_refused(world: World, cursor: str) -> None:
    assert list(problem(world.api.get(f"/requests?cursor={cursor}"))["fields"]) == ["cursor"]


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ("{", {}, 400, "malformed_body"),
        (b"\xff\xfe", {}, 400, "malformed_body"),
        ('{"symptom": "\\ud800"}', {}, 400, "malformed_body"),
        ('{"a": NaN}', {}, 400, "malformed_body"),
        ("[" * 5000, {}, 400, "malformed_body"),
        ("[]", {}, 422, "invalid_input"),
        ("", {}, 422, "invalid_input"),
        ("{}", {"Content_Type": "text/plain"}, 415, "unsupported_media_type"),
        (
            "a=b",
            {"Content_Type": "application/x-www-form-urlencoded"},
            415,
            "unsupported_media_type",
        ),
        ('{"symptom": "' + "x" * 2_700_000 + '"}', {}, 413, "body_too_large"),
    ],
    ids=["cut", "bytes", "surrogate", "nan", "deep", "list", "empty", "text", "form", "large"],
)
def test_a_body_that_is_not_one_json_object_is_refused(
    world: World, body: Any, headers: dict[str, str], status: int, code: str
) -> None:
    assert problem(world.api.post("/requests", body, **headers), status)["code"] == code


@pytest.mark.req("R30")
def test_methods_and_addresses_that_do_not_exist_are_answered_in_json(world: World) -> None:
    wrong = world.api("DELETE", "/requests")
    assert problem(wrong, 405)["code"] == "method_not_allowed"
    assert wrong["Allow"] == "GET, POST"
    for path in ("/nothing", "/", "/requests/a/b/c", "/requests/%00", "/docs"):
        assert problem(world.api.get(path), 404)["code"] == "not_found"


@pytest.mark.req("R30")
def test_an_error_of_ours_says_nothing_but_its_request_id(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("SELECT secret FROM /etc/passwd")

    monkeypatch.setattr("yinuo.surfaces.api.resources.requests.list_requests", broken)
    answer = world.api.get("/requests")
    assert problem(answer, 500)["code"] == "internal_error"
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content
    assert answer["X-Request-Id"]
    assert answer["X-Request-Id"].encode() not in answer.content


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "There is nothing here that you may see."),
        ("zh-CN", "这里没有您可以查看的内容"),
        ("fr", "这里没有您可以查看的内容"),
        ("\x7f;q=", "这里没有您可以查看的内容"),
    ],
)
def test_messages_come_in_the_readers_language(world: World, language: str, message: str) -> None:
    api = Api(world.own.member.token(), language)
    assert message in problem(api.get("/requests/x"), 404)["message"]


@pytest.mark.req("R30")
@pytest.mark.parametrize("text", [MARKUP, EMOJI, "设备\n\t不通", "あ" * 50_000])
def test_any_text_is_stored_as_it_was_written(world: World, text: str) -> None:
    short = text[:60]
    body = intake(world, symptom=text, caller_name=short, caller_phone=short[:40])
    answer = world.api.post("/requests", body)
    assert answer.status_code == 201, answer.content
    page = world.api.get(f"/requests/{answer.json()['id']}").json()
    assert page["symptom"] == text.strip()
    assert page["caller_name"] == short.strip()
    customer = {"unit_id": world.own.ids["unit_id"], "name": short, "notes": text[:4000]}
    made = world.api.post("/customers", customer).json()
    assert world.api.get(f"/customers/{made['id']}").json()["name"] == short.strip()


@pytest.mark.req("R30")
def test_full_width_digits_of_a_number_find_the_caller(world: World) -> None:
    body = {
        "customer_id": world.own.ids["customer_id"],
        "name": "张工",
        "phones": ["＋８６ １３９ ００１２ ３４５６"],
    }
    assert world.api.post("/contacts", body).status_code == 201
    again = problem(world.api.post("/contacts", body | {"phones": ["电话"]}))
    assert list(again["fields"]) == ["phones"]


@pytest.mark.req("R30")
def test_without_contract_or_after_its_end_the_work_is_paid_and_promises_nothing(
    world: World,
) -> None:
    bare, ended = other_customer(world), other_customer(world)
    version = publish(world.company.administrator)
    make_contract(world.own.member, ended, version, ends_on=date(2021, 1, 1))
    for customer, reason in ((bare, "no_contract"), (ended, "contract_ended")):
        body = {"customer_id": str(customer.public_id), "symptom": "不通"}
        answer = world.api.post("/requests", body).json()
        assert (answer["cover"]["kind"], answer["cover"]["reason"]) == ("paid", reason)
        assert answer["obligations"] == []
        worded = problem(world.api.post("/requests", body | {"level": "serious"}))
        assert list(worded["fields"]) == ["level"]


@pytest.mark.req("R16")
def test_a_wrong_expired_or_revoked_token_opens_nothing(world: World) -> None:
    member, now = world.own.member, datetime.now(UTC)
    expired = member.token(lives=timedelta(days=1), made_at=now - timedelta(days=2))
    revoked = member.token("request:read")
    token = ApiToken.objects.latest("id")
    assert Api(revoked).get("/requests").status_code == 200
    revoke_token(public_id=token.public_id, now=now)
    good = member.token()
    for text in (expired, revoked, good[:-1], good + "x", good.upper(), "", "令牌", "a b"):
        answer = Api(text.encode().decode("latin-1")).get("/requests")
        assert problem(answer, 401)["code"] == "sign_in_needed", text
    basic = world.api("GET", "/requests", Authorization=f"Basic {good}")
    assert basic.status_code == 401
    assert world.api("GET", "/requests", Authorization=None).status_code == 401


@pytest.mark.req("R16")
def test_a_session_cookie_never_signs_a_call_in(world: World) -> None:
    api = Api("")
    api.client.force_login(world.own.member.user)
    assert api.get("/requests").status_code == 401


@pytest.mark.req("R30")
def test_a_plan_file_with_errors_is_refused_with_its_lines(world: World) -> None:
    before = PlanVersion.objects.count()
    for source in ("clauses: [", "plan: x\nclauses: 5\n", "&a [*a, *a]", "\ufeff", "x" * 10):
        error = problem(world.api.post("/plan-versions", {"source": source}))
        assert error["fields"]["source"]
        assert "/" not in error["fields"]["source"].replace("https://", "")
    assert PlanVersion.objects.count() == before


@pytest.mark.req("R30")
@pytest.mark.parametrize("amount", [1250.5, "1e3", "-1", "１２", "NaN", "12.345", "9" * 13])
def test_money_is_text_with_at_most_two_decimals(world: World, amount: Any) -> None:
    body = body_of("create_contract", world.own.ids)
    assert body is not None
    error = problem(world.api.post("/contracts", body | {"total": amount}))
    assert list(error["fields"]) == ["total"]
