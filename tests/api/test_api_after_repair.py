"""Reports, call-backs and attachments over the API, with bad input of every kind."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.api.conftest import World


def sent(content: bytes) -> str:
    return b64encode(content).decode()


@pytest.mark.req("BP-11", "R42")
def test_a_report_goes_from_draft_to_delivery_and_prints(world: World) -> None:
    request_id, report_id = world.own.ids["restored_id"], world.own.ids["report_id"]
    issued = world.api.post(f"/reports/{report_id}/issue", {"version": 1})
    assert (issued.status_code, len(issued.json()["digest"])) == (200, 64)
    again = world.api.post(f"/reports/{report_id}/issue", {"version": 2})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_move")
    body = {"report_id": report_id, "channel": "email", "received_by": "王工"}
    assert world.api.post("/report-deliveries", body).json()["delivered_at"]
    printed = world.api.get(f"/reports/{report_id}/pdf?language=en").json()
    pages = PdfReader(BytesIO(b64decode(printed["content_base64"]))).pages
    assert issued.json()["head"]["number"] in pages[0].extract_text()
    assert world.api.get(f"/requests/{request_id}/reports").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "email", "received_by": "长" * 81}, "received_by"),
        ({"channel": "email", "occurred_at": "2020-01-01T00:00:00+08:00"}, "occurred_at"),
        ({"channel": "email", "occurred_at": "2199-01-01T00:00:00+08:00"}, "occurred_at"),
        ({"channel": "email", "occurred_at": "2026-01-01T00:00:00"}, "occurred_at"),
    ],
)
def test_a_wrong_delivery_is_refused_at_its_field(
    world: World, body: dict[str, Any], field: str
) -> None:
    given = {"report_id": world.own.ids["issued_report_id"], **body}
    answer = world.api.post("/report-deliveries", given)
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {field}


@pytest.mark.req("LV-06", "R30")
@pytest.mark.parametrize(
    "body",
    [
        {"reached": True},
        {"reached": "yes"},
        {"reached": True, "done": True, "satisfaction": "happy"},
        {"reached": True, "done": True, "satisfaction": "dissatisfied"},
        {"reached": False, "done": True},
        {"reached": True, "done": True, "satisfaction": "fair", "opinion": "a\u0000b"},
        {"reached": True, "done": True, "satisfaction": "fair", "points": 100},
    ],
)
def test_a_call_back_that_says_nonsense_is_refused(world: World, body: dict[str, Any]) -> None:
    given = {"request_id": world.own.ids["restored_id"], **body}
    assert world.api.post("/call-backs", given).status_code == 422


@pytest.mark.req("LV-06")
def test_nobody_is_called_back_before_the_repair(world: World) -> None:
    body = {"request_id": world.own.ids["request_id"], "reached": False}
    answer = world.api.post("/call-backs", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "illegal_move")


@pytest.mark.req("R25")
@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("../../etc/passwd.txt", b"notes", 201),
        ("C:\\windows\\system.ini.txt", b"notes", 201),
        ("图.svg", b"<svg/>", 422),
        ("图.png", b"<svg/>", 422),
        ("页.html", b"<html></html>", 422),
        ("页.txt", b"<!doctype html><script>1</script>", 422),
        ("页.h\u200btml", b"<html></html>", 422),
        ("\u200b", b"notes", 422),
        ("空.txt", b"", 422),
        ("程序.pdf", b"MZ\x90\x00", 422),
    ],
)
def test_a_file_is_taken_by_what_it_is(
    world: World, name: str, content: bytes, status: int
) -> None:
    path = f"/requests/{world.own.ids['request_id']}/files"
    answer = world.api.post(path, {"name": name, "content_base64": sent(content)})
    assert answer.status_code == status, answer.content
    if status == 201:
        kept = answer.json()["name"]
        assert not {"/", "\\", ":"} & set(kept)
        assert not kept.startswith(".")


@pytest.mark.req("R25", "R30")
@pytest.mark.parametrize(
    ("content", "status"), [("not base64!", 422), ("QQ", 422), ("QUFB" * 700_000, 413)]
)
def test_bytes_that_are_none_or_too_many_are_refused(
    world: World, content: str, status: int
) -> None:
    path = f"/requests/{world.own.ids['request_id']}/files"
    answer = world.api.post(path, {"name": "记录.txt", "content_base64": content})
    assert answer.status_code == status


@pytest.mark.req("R02")
def test_a_file_is_read_through_its_own_request_only(world: World) -> None:
    ids = world.own.ids
    own = world.api.get(f"/requests/{ids['request_id']}/files/{ids['file_id']}")
    assert b64decode(own.json()["content_base64"]) == "现场记录".encode()
    other = world.api.get(f"/requests/{ids['restored_id']}/files/{ids['file_id']}")
    assert other.status_code == 404
