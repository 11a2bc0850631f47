"""Prices and quotes over the API: the same figures, the same refusals."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.api.conftest import Api, World
from tests.api.samples import body_of

from yinuo.platform.journal.models import IdempotencyKey

STORY = [
    {"code": "visit", "quantity": "1", "persons": 2, "zone": "inner"},
    {"code": "second_visit", "quantity": "1", "persons": 2, "zone": "inner"},
    {"code": "transport", "quantity": "2", "zone": "inner"},
]
ANNUAL = [
    *({"code": code, "quantity": quantity} for code, quantity in [("information_point", "126")]),
    *({"code": code, "quantity": quantity} for code, quantity in [("switch", "12")]),
    *({"code": code, "quantity": quantity} for code, quantity in [("server", "3"), ("pc", "85")]),
    {"code": "voice_point", "quantity": "60"},
    {"code": "exchange", "quantity": "1", "size": "128"},
    *({"code": code, "quantity": quantity} for code, quantity in [("camera", "64")]),
    {"code": "cctv_host", "quantity": "2"},
]


def draft(world: World, items: list[dict[str, object]]) -> str:
    body = body_of("draft_quote", world.own.ids) | {"items": items}
    answer = world.api.post("/quotes", body)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


@pytest.mark.req("LV-10", "LV-13", "B-70")
@pytest.mark.parametrize(("items", "total"), [(STORY, "1840.00"), (ANNUAL, "34540.00")])
def test_items_are_priced_and_a_quote_keeps_the_same_lines(
    world: World, items: list[dict[str, object]], total: str
) -> None:
    address = f"/price-lists/{world.own.ids['price_list_id']}/price"
    priced = world.api.post(address, {"items": items}).json()
    assert priced["total"] == total
    quote = world.api.get(f"/quotes/{draft(world, items)}").json()
    assert quote["lines"] == priced["lines"]
    assert (quote["total"], quote["capitals"]) == (total, priced["capitals"])
    pdf = world.api.get(f"/quotes/{quote['id']}/pdf?language=zh").json()
    pages = PdfReader(BytesIO(b64decode(pdf["content_base64"]))).pages
    text = "".join(one.extract_text() for one in pages)
    assert f"{float(total):,.2f}" in text
    assert quote["capitals"] in text


@pytest.mark.req("B-70")
def test_wrong_items_are_named_by_their_place_and_field(world: World) -> None:
    address = f"/price-lists/{world.own.ids['price_list_id']}/price"
    items = [
        STORY[0] | {"quantity": "-1"},
        STORY[2] | {"zone": "moon"},
        {"code": "x", "quantity": "1"},
    ]
    fields = world.api.post(address, {"items": items}).json()["error"]["fields"]
    assert set(fields) == {"items.0.quantity", "items.1.zone", "items.2.code"}


@pytest.mark.req("B-70", "R37")
def test_the_link_is_in_the_first_answer_only_and_kept_nowhere(world: World) -> None:
    quote = draft(world, STORY)
    body = {"version": 1}
    first = world.api("POST", f"/quotes/{quote}/send", body, Idempotency_Key="send-once-1")
    again = world.api("POST", f"/quotes/{quote}/send", body, Idempotency_Key="send-once-1")
    link = first.json()["link"]
    assert again.json()["link"] is None
    assert again.headers["Idempotency-Replayed"] == "true"
    path = link.replace("http://testserver", "")
    secret = path.strip("/").rpartition("/")[2]
    assert secret not in str(list(IdempotencyKey.objects.values_list("answer", flat=True)))
    holder = Client(headers={"Accept-Language": "en"})
    assert "1,840.00" in holder.get(path).content.decode()
    assert holder.post(path, {"name": "王主任", "outcome": "accepted"}).status_code == 302
    found = world.api.get(f"/quotes/{quote}").json()
    assert (found["state"], found["ended_by"], found["steps"]) == ("accepted", "王主任", [])
    late = world.api.post(f"/quotes/{quote}/withdraw", {"version": 3, "reason": "x"})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "illegal_move")


@pytest.mark.req("R38")
def test_who_edits_an_older_version_sees_both_sides(world: World) -> None:
    quote = draft(world, STORY)
    body = body_of("edit_quote", world.own.ids)
    assert world.api.put(f"/quotes/{quote}", body).status_code == 200
    answer = world.api.put(f"/quotes/{quote}", body | {"title": "另一个"})
    assert answer.status_code == 409
    details = answer.json()["error"]["details"]
    assert details["yours"]["title"] == "另一个"
    assert details["present"]["version"] == 2


@pytest.mark.req("B-70")
def test_a_list_with_a_mistake_is_refused_with_its_place(world: World) -> None:
    admin = Api(world.company.administrator.token())
    answer = admin.post("/price-lists", {"source": "price_list: x\ntitle: x\nentries: []\n"})
    assert answer.status_code == 422
    assert ":3:10:" in answer.json()["error"]["fields"]["source"]
