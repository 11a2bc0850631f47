"""Phones that come back from places without network, each with a day's work (B-40, G05).

    python -m bench.field [--phones 50] [--json]

A fresh database and web processes of their own. Each phone holds four sheets with ten operations
each (agreed, departed, arrived, five notes, report, signature) and three photographs of 300 KB. One
phone alone is measured first; then all come back in the same moment, over HTTP, while a consultant
reads the list of requests every 100 ms. Goal G05 asks for 300 phones within 15 minutes and a web
p95 of at most a second; the number here is scaled to two cores and printed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import threading
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import Image

from bench.candidates import member
from bench.company import Company, served_company

SHEETS, NOTES, PHOTOS, PIECE = 4, 5, 3, 262_144
# What the app sends in one call.
AT_ONCE = 20
GOAL_P95_MS = 1_000.0
STROKES = [[[x, 150 + (x * 7) % 60] for x in range(60, 700, 8)], [[720, 90], [760, 200]]]


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone's token and the sheets given to its engineer, with their versions."""

    secret: str
    sheets: list[tuple[str, int]]


def main() -> int:
    """Measure, print; 1 when something was lost, doubled or too slow for the web."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with served_company(workers=2) as company:
        phones = made(options.phones + 1)
        figures = measured(company, phones)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32}{value:>12}")
    is_whole = figures["applied"] == figures["sent"] and figures["photos"] == figures["photos_sent"]
    return int(not is_whole or figures["web_p95_ms"] > GOAL_P95_MS)


def made(phones: int) -> list[Phone]:
    """Engineers with phones, and sheets they have accepted."""
    admin, taker, manager = office()
    return [phone(admin, taker, manager, number) for number in range(phones)]


def office() -> tuple[Any, Any, Any]:
    """Who makes people, who takes calls, who gives out sheets."""
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id

    admin, taker = (get_actor(find_user_id(name) or 0) for name in ("bench", "taker"))
    return (
        admin,
        taker,
        get_actor(member(admin, "manager", "engineering_manager", datetime.now(UTC))),
    )


def phone(admin: Any, taker: Any, manager: Any, number: int) -> Phone:
    """One engineer with his phone and his sheets."""
    from yinuo.domains.devices.services import register_device

    engineer, sheets = engineer_with_sheets(admin, taker, manager, f"engineer{number}", SHEETS)
    _, secret = register_device(actor=engineer, name="bench", now=datetime.now(UTC))
    return Phone(secret, sheets)


def engineer_with_sheets(
    admin: Any, taker: Any, manager: Any, username: str, count: int
) -> tuple[Any, list[tuple[str, int]]]:
    """An engineer, and sheets given to him with their versions."""
    from yinuo.domains.fieldwork.models import WorkOrder
    from yinuo.domains.fieldwork.selectors import fresh_head
    from yinuo.domains.fieldwork.services import assign_work_order, issue_work_order
    from yinuo.domains.network.actors import get_actor

    now = datetime.now(UTC)
    engineer = get_actor(member(admin, username, "technician", now))
    sheets = []
    for _ in range(count):
        opened = request(taker, now)
        head = fresh_head(manager, opened.public_id)
        order = issue_work_order(
            actor=manager, request_id=opened.public_id, head=head, source="bench", now=now
        )
        assign_work_order(
            actor=engineer,
            work_order_id=order.public_id,
            assignee_id=engineer.person_public_id,
            source="bench",
            now=now,
        )
        version = WorkOrder.objects.get(public_id=order.public_id).version
        sheets.append((str(order.public_id), version))
    return engineer, sheets


def request(taker: Any, now: datetime) -> Any:
    """A request about any asset."""
    from yinuo.domains.assets.models import Asset
    from yinuo.domains.requests.services import open_request
    from yinuo.domains.requests.types import Intake

    asset = Asset.objects.select_related("customer", "site").order_by("?")[0]
    intake = Intake(
        asset.customer.public_id,
        "设备不通",
        level="serious",
        asset_id=asset.public_id,
        site_id=asset.site.public_id if asset.site else None,
    )
    return open_request(actor=taker, intake=intake, now=now)


def measured(company: Company, phones: list[Phone]) -> dict[str, Any]:
    """One alone, then all others at once while somebody reads."""
    from yinuo.domains.devices.models import Operation, PhotoUpload

    began = time.perf_counter()
    come_back(company, phones[0])
    alone = time.perf_counter() - began
    stop, waits = threading.Event(), list[float]()
    reader = threading.Thread(target=read_on, args=(company, stop, waits))
    reader.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(len(phones) - 1) as pool:
        list(pool.map(lambda one: come_back(company, one), phones[1:]))
    together = time.perf_counter() - began
    stop.set()
    reader.join()
    waits.sort()
    sent = sum(len(one.sheets) for one in phones) * (NOTES + 5)
    return {
        "phones_at_once": len(phones) - 1,
        "one_phone_seconds": round(alone, 2),
        "all_phones_seconds": round(together, 1),
        "operations_per_second": round((len(phones) - 1) * SHEETS * (NOTES + 5) / together, 1),
        "sent": sent,
        "applied": Operation.objects.filter(state="applied").count(),
        "photos_sent": len(phones) * PHOTOS,
        "photos": PhotoUpload.objects.filter(file_id__isnull=False).count(),
        "web_median_ms": round(statistics.median(waits), 1),
        "web_p95_ms": round(waits[int(len(waits) * 0.95)], 1),
        "load": round(os.getloadavg()[0], 1),
    }


def come_back(company: Company, one: Phone, cut: tuple[type[Exception], ...] = ()) -> None:
    """Send everything; what was told to wait, or cut by one of these errors, is sent again, as the
    app does."""
    operations = [step for sheet in one.sheets for step in operations_of(*sheet)]
    while operations:
        few = operations[:AT_ONCE]
        body = {"device_time": datetime.now(UTC).isoformat(), "operations": few}
        answer = post(company, one.secret, "/field/operations", body, cut)
        settled = {said["id"] for said in answer["results"] if said["state"] == "applied"}
        if not settled:
            raise SystemExit(f"nothing was taken: {answer['results'][0]}")
        operations = [step for step in operations if step["id"] not in settled]
    for number in range(PHOTOS):
        send_photo(company, one.secret, one.sheets[number % len(one.sheets)][0], cut)


def operations_of(sheet: str, version: int) -> list[dict[str, Any]]:
    """Ten operations of one visit, in order."""
    now = datetime.now(UTC)
    agreed = (now + timedelta(hours=1)).isoformat()
    note = ("need", {"what": "other", "text": "现场情况说明，等待客户开门"})
    report = {"work_done": "更换电源模块并测试", "result": "done", "findings": "电源模块损坏"}
    bodies = [
        ("step", {"kind": "appointed", "agreed_for": agreed, "way": "地铁"}),
        ("step", {"kind": "departed"}),
        ("step", {"kind": "arrived", "arrival": {"way": "skipped", "reason": "无信号"}}),
        *([note] * NOTES),
        ("report", report),
        ("sign", {"signer_name": "王工", "strokes": STROKES}),
    ]
    made: list[dict[str, Any]] = []
    for kind, body in bodies:
        step = {
            "id": str(uuid4()),
            "work_order_id": sheet,
            "kind": kind,
            "occurred_at": now.isoformat(),
            "base_version": version,
            "body": body,
        }
        made.append(step | ({"after": made[-1]["id"]} if made else {}))
    return made


def send_photo(company: Company, secret: str, sheet: str, cut: tuple[type[Exception], ...]) -> None:
    """One photograph in its pieces, from where the server has it."""
    content = picture()
    sent = {
        "id": str(uuid4()),
        "work_order_id": sheet,
        "name": "photo.jpg",
        "sha256": sha256(content).hexdigest(),
        "size": len(content),
        "taken_at": datetime.now(UTC).isoformat(),
    }
    at = post(company, secret, "/field/photos", sent, cut)["received"]
    while at < len(content):
        piece = {"at": at, "content_base64": b64encode(content[at : at + PIECE]).decode()}
        at = post(company, secret, f"/field/photos/{sent['id']}/pieces", piece, cut)["received"]


def picture() -> bytes:
    """A photograph of about 300 KB that no other is like."""
    file = BytesIO()
    Image.frombytes("RGB", (400, 300), os.urandom(360_000)).save(file, "JPEG", quality=92)
    return file.getvalue()


def post(
    company: Company,
    secret: str,
    path: str,
    body: Any,
    cut: tuple[type[Exception], ...],
) -> Any:
    """The answer to one call; a server that is busy, or was cut off, is asked again. Where a
    photograph stands elsewhere than thought, what the refusal says of it."""
    for _ in range(600):
        try:
            status, wait, content = posted(company, secret, path, body)
        except cut:
            time.sleep(0.3)
            continue
        if status == 200:
            return json.loads(content)
        if status == 409:
            return json.loads(content)["error"]["details"]
        if status not in (429, 503):
            raise SystemExit(f"{path}: {status} {content[:300]!r}")
        time.sleep(wait * random.uniform(0.75, 1.25))
    raise SystemExit(f"{path}: busy for too long")


def posted(company: Company, secret: str, path: str, body: Any) -> tuple[int, float, bytes]:
    """Status, seconds to wait and content of one answer."""
    connection = HTTPConnection(company.address, timeout=120)
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    try:
        connection.request("POST", f"/api/v1{path}", json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, float(response.headers["Retry-After"] or 1), response.read()
    finally:
        connection.close()


def read_on(company: Company, stop: threading.Event, waits: list[float]) -> None:
    """Read the list of requests every 100 ms until told to stop; milliseconds each."""
    headers = {"Authorization": f"Bearer {company.token}"}
    while not stop.wait(0.1):
        began = time.perf_counter()
        connection = HTTPConnection(company.address, timeout=120)
        connection.request("GET", "/api/v1/requests", headers=headers)
        connection.getresponse().read()
        connection.close()
        waits.append((time.perf_counter() - began) * 1_000)


if __name__ == "__main__":
    sys.exit(main())
