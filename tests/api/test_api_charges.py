"""Charges and statements over the API: entered once, credited by rows, stated once, as documents."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from django.utils.timezone import localdate
from tests.api.conftest import World
from tests.api.samples import body_of
from tests.factories.documents import rows_of_xlsx, words_of_docx, words_of_pdf

from yinuo.domains.requests.models import Request

STORY = [
    {"code": "visit", "quantity": "1", "persons": 2, "zone": "inner"},
    {"code": "second_visit", "quantity": "1", "persons": 2, "zone": "inner"},
    {"code": "transport", "quantity": "2", "zone": "inner"},
]


@pytest.fixture
def paid(world: World) -> str:
    """A request that the customer pays and on which no charge stands yet."""
    request = world.own.ids["into_id"]
    Request.objects.filter(public_id=request).update(cover="paid", cover_reason="decided")
    return request


def charge(world: World, request: str, **more: Any) -> Any:
    body = {
        "request_id": request,
        "price_list_id": world.own.ids["price_list_id"],
        "items": STORY,
        "occurred_on": localdate().isoformat(),
    }
    return world.api.post("/charges", body | more)


def state(world: World, **more: Any) -> Any:
    body = body_of("issue_statement", world.own.ids)
    assert body is not None
    return world.api.post("/statements", body | more)


def paper(world: World, address: str) -> bytes:
    answer = world.api.get(f"{address}?language=zh")
    assert answer.status_code == 200, answer.content
    return b64decode(answer.json()["content_base64"])


@pytest.mark.req("LV-10", "B-70", "R37")
def test_work_is_entered_once_line_by_line(world: World, paid: str) -> None:
    entered = charge(world, paid)
    assert entered.status_code == 201, entered.content
    rows = world.api.get(f"/charges?request_id={paid}").json()["items"]
    assert [row["amount"] for row in reversed(rows)] == ["800.00", "640.00", "400.00"]
    assert sorted(entered.json()["ids"]) == sorted(row["id"] for row in rows)
    cost = world.api.get(f"/requests/{paid}/cost").json()
    assert (cost["customer"], cost["at_our_cost"]) == ("1840.00", "0.00")


@pytest.mark.req("R42", "B-70")
def test_a_credit_is_a_further_row_and_happens_once(world: World, paid: str) -> None:
    first = charge(world, paid).json()["ids"][0]
    address = f"/charges/{first}/correction"
    assert world.api.post(address, {"reason": " "}).status_code == 422
    assert world.api.post(address, {"reason": "未上门"}).status_code == 201
    again = world.api.post(address, {"reason": "未上门"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_move")
    assert world.api.get(f"/charges/{first}").json()["is_reversed"]
    assert world.api.get(f"/requests/{paid}/cost").json()["customer"] == "1040.00"


@pytest.mark.req("LV-11", "B-70")
def test_goodwill_and_misdiagnosis_need_a_reason_and_are_ours(world: World, paid: str) -> None:
    for borne_by in ("goodwill", "misdiagnosis"):
        refused = charge(world, paid, borne_by=borne_by)
        assert refused.json()["error"]["fields"].keys() == {"reason"}
        assert charge(world, paid, borne_by=borne_by, reason="误判").status_code == 201
    cost = world.api.get(f"/requests/{paid}/cost").json()
    assert (cost["misdiagnosis"], cost["goodwill"]) == ("1840.00", "1840.00")
    assert (cost["at_our_cost"], cost["customer"]) == ("3680.00", "0.00")
    rows = world.api.get(f"/charges?request_id={paid}&borne_by=misdiagnosis").json()["items"]
    assert len(rows) == 3


@pytest.mark.req("B-70", "B-71")
def test_a_statement_holds_each_charge_once_and_is_a_document(world: World, paid: str) -> None:
    charge(world, paid)
    whose = {"customer_id": world.own.ids["customer_id"], "contract_id": None}
    issued = state(world, **whose)
    assert issued.status_code == 201, issued.content
    made = world.api.get(f"/statements/{issued.json()['id']}").json()
    amounts = [row["amount"] for row in made["charges"]]
    assert made["total"] == f"{sum(float(one) for one in amounts):.2f}"
    twice = state(world, **whose)
    assert twice.status_code == 422
    assert "nothing to state" in twice.json()["error"]["fields"]["ends_on"]
    assert not world.api.get(f"/charges?request_id={paid}&open=true").json()["items"]
    address = f"/statements/{made['id']}"
    shown = f"{float(made['total']):,.2f}"
    assert shown in words_of_pdf(paper(world, f"{address}/pdf"))
    docx = words_of_docx(paper(world, f"{address}/docx"))
    assert shown in docx
    assert made["capitals"] in docx
    *lines, total = rows_of_xlsx(paper(world, f"{address}/xlsx"))
    assert [f"{row[7]:.2f}" for row in lines] == amounts
    assert f"{total[7]:.2f}" == made["total"]


@pytest.mark.req("B-70")
def test_a_charge_after_the_statement_stands_on_the_next(world: World, paid: str) -> None:
    charge(world, paid)
    whose = {"customer_id": world.own.ids["customer_id"], "contract_id": None}
    first = state(world, **whose).json()
    late = charge(world, paid, items=STORY[:1]).json()["ids"]
    second = state(world, **whose).json()
    assert second["total"] == "800.00"
    rows = world.api.get(f"/statements/{second['id']}").json()["charges"]
    assert [row["id"] for row in rows] == late
    assert world.api.get(f"/statements/{first['id']}").json()["total"] == first["total"]


@pytest.mark.req("LV-11")
def test_a_letter_is_answered_on_paper_with_the_paper_as_proof(world: World) -> None:
    letter = world.own.ids["sent_letter_id"]
    body = body_of("record_letter_answer", world.own.ids)
    assert body is not None
    address = f"/letters/{letter}/paper-answer"
    broken = body | {"file": {"name": "a.txt", "content_base64": "%%%"}}
    refused = world.api.post(address, broken)
    assert "content_base64" in refused.json()["error"]["fields"]
    assert world.api.post(address, body).status_code == 200
    found = world.api.get(f"/letters/{letter}").json()
    assert (found["state"], found["ended_by"], found["ended_way"]) == ("accepted", "李工", "paper")
    again = world.api.post(address, body | {"version": found["version"]})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_move")


@pytest.mark.req("LV-10", "B-70")
def test_a_proposal_is_read_accepted_once_and_gone(world: World) -> None:
    sheet = world.own.ids["work_order_id"]
    request = world.api.get(f"/work-orders/{sheet}").json()["request_id"]
    address = f"/requests/{request}/charge-proposals"
    proposed = world.api.get(address).json()["items"]
    assert [(one["work_order_id"], one["borne_by"]) for one in proposed] == [(sheet, "customer")]
    assert next(item["code"] for item in proposed[0]["items"]) == "visit"
    bare = world.api.post(f"/charge-proposals/{sheet}/acceptance", {})
    assert bare.status_code == 422, "no site tells the zone"
    whole = {"items": STORY[:1]}
    accepted = world.api.post(f"/charge-proposals/{sheet}/acceptance", whole)
    assert accepted.status_code == 201, accepted.content
    row = world.api.get(f"/charges/{accepted.json()['ids'][0]}").json()
    assert (row["amount"], row["borne_by"], row["split"]) == ("800.00", "customer", None)
    assert world.api.get(address).json()["items"] == []
    for step, body in (("acceptance", whole), ("rejection", {"reason": "免收"})):
        again = world.api.post(f"/charge-proposals/{sheet}/{step}", body)
        assert again.json()["error"]["code"] == "illegal_move"
