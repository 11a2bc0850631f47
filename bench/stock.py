"""Stock while very many take of it: never below zero, always what the ledger says (G32).

    python -m bench.stock [--clients 50] [--parts 1000] [--depots 10] [--seconds 120] [--json]

A fresh database and web processes of their own. Every client, in a connection of its own, goes on
for so long: half of the time about a few parts that all want and of which little is there, it sends
parts from depot to depot, receives what is under way, throws away and takes in; every tenth part is
followed by serial number. Meanwhile one reads the lists of stock over HTTP, another compares stock,
pieces and ledger in the database. Afterwards all is counted against what the clients were told.
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
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from bench.company import served_company

# Each depot begins with so many of each part, and pieces where a part is followed by serial number.
EACH, PIECES_OF, HOT = 3, 10, 10
AT_ONCE = 200
BROKEN = ("below_zero", "not_as_ledger", "not_as_told", "failed")


@dataclass(slots=True)
class Shelves:
    """What there is to take: depots, parts, the serial numbers of those followed by them."""

    depots: list[str]
    parts: list[str]
    serials: dict[str, list[str]]


@dataclass(slots=True)
class Tally:
    """What the clients were answered. `under_way` are shipments with their version."""

    waits: list[float] = field(default_factory=list)
    refusals: Counter[int] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    under_way: list[tuple[str, int]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, number: int) -> None:
        """So many more of it were done."""
        with self.lock:
            self.done[what] += number


@dataclass(slots=True)
class Seen:
    """What those saw who only read."""

    reads: int = 0
    below_zero: int = 0
    not_as_ledger: int = 0


def main() -> int:
    """Measure, print; 1 when stock was wrong at any read, or is not what clients were told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--parts", type=int, default=200)
    parser.add_argument("--depots", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with served_company(workers=2) as company:
        secret, shelves, there = stocked(options.depots, options.parts)
        figures = measured(company.address, secret, shelves, there, options)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:32}{value:>12}")
    return int(any(figures[name] for name in BROKEN))


def stocked(depots: int, parts: int) -> tuple[str, Shelves, int]:
    """A token for parts, filled depots, and how many parts lie in them."""
    from yinuo.domains.network.actors import get_actor
    from yinuo.domains.network.selectors import find_user_id, list_units
    from yinuo.domains.parts.services import create_depot, create_part, receive_parts
    from yinuo.domains.parts.types import DepotData, PartData, Received
    from yinuo.platform.accounts.services import create_token

    now, user = datetime.now(UTC), find_user_id("bench") or 0
    keeper = get_actor(user)
    units = list_units(keeper)
    shelves = Shelves([], [], {})
    for number in range(depots):
        data = DepotData(f"库房{number}", "centre")
        unit = units[number % len(units)].public_id
        made = create_depot(actor=keeper, unit_id=unit, data=data, now=now)
        shelves.depots.append(str(made.public_id))
    for number in range(parts):
        tracking = "serial" if number % PIECES_OF == 0 else "bulk"
        data = PartData(f"P-{number:05}", f"备件{number}", tracking=tracking, cost=Decimal(100))
        part = str(create_part(actor=keeper, data=data, now=now).public_id)
        shelves.parts.append(part)
        if tracking == "serial":
            shelves.serials[part] = [f"{number}-{place}" for place in range(depots)]
    for place, depot in enumerate(shelves.depots):
        lines = [
            Received(part, serials=(shelves.serials[part][place],))
            if part in shelves.serials
            else Received(part, EACH)
            for part in shelves.parts
        ]
        for begin in range(0, parts, AT_ONCE):
            few = lines[begin : begin + AT_ONCE]
            receive_parts(actor=keeper, depot_id=depot, lines=few, now=now)
    ends = now + timedelta(days=1)
    _, secret = create_token(user_id=user, name="b", scopes=["part:*"], expires_at=ends, now=now)
    there = depots * (EACH * parts - (EACH - 1) * len(shelves.serials))
    return secret, shelves, there


def measured(
    address: str, secret: str, shelves: Shelves, there: int, options: argparse.Namespace
) -> dict[str, Any]:
    """Everybody at once for so long, then the sums."""
    over, tally, seen = threading.Event(), Tally(), Seen()
    with ThreadPoolExecutor(options.clients + 2) as pool:
        working = [
            pool.submit(work, Client(address, secret), shelves, tally, over)
            for _ in range(options.clients)
        ]
        working.append(pool.submit(read_lists, Client(address, secret), shelves, seen, over))
        working.append(pool.submit(compare, seen, over))
        time.sleep(options.seconds)
        load = round(os.getloadavg()[0], 1)
        over.set()
        for one in working:
            one.result()
    told = there + tally.done["received"] - tally.done["scrapped"]
    waits = sorted(tally.waits)
    if tally.failures:
        print(*tally.failures[:5], sep="\n", file=sys.stderr)
    return {
        "clients": options.clients,
        "parts": options.parts,
        "depots": options.depots,
        "writes": len(waits),
        "writes_per_second": round(len(waits) / options.seconds, 1),
        **{f"parts_{name}": tally.done[name] for name in ("sent", "received", "scrapped")},
        "shipments_taken_in": tally.done["shipments_taken_in"],
        "refused_409": tally.refusals[409],
        "refused_422": tally.refusals[422],
        "median_ms": round(statistics.median(waits), 1),
        "p95_ms": round(waits[int(len(waits) * 0.95)], 1),
        "reads": seen.reads,
        "below_zero": seen.below_zero,
        "not_as_ledger": seen.not_as_ledger + wrong(),
        "not_as_told": abs(told - present()),
        "failed": len(tally.failures),
        "load": load,
    }


class Client:
    """One connection, kept open."""

    def __init__(self, address: str, secret: str) -> None:
        self.connection = HTTPConnection(address, timeout=120)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def asked(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and answer."""
        headers = self.headers | ({"Idempotency-Key": str(uuid4())} if body else {})
        content = json.dumps(body) if body else None
        self.connection.request(method, f"/api/v1{path}", content, headers)
        response = self.connection.getresponse()
        return response.status, json.loads(response.read())


def work(client: Client, shelves: Shelves, tally: Tally, over: threading.Event) -> None:
    """One act after the other until told to stop."""
    while not over.is_set():
        act = random.choices((send, arrive, scrap, receive), (45, 30, 15, 10))[0]
        act(client, shelves, tally)


def write(client: Client, tally: Tally, path: str, body: Any) -> Any:
    """The answer when it was done; None for a refusal, which is counted."""
    began = time.perf_counter()
    status, answer = client.asked("POST", path, body)
    tally.waits.append((time.perf_counter() - began) * 1_000)
    if status in (200, 201):
        return answer
    if status not in (409, 422):
        tally.failures.append(f"{path}: {status} {answer}")
    tally.refusals[status] += 1
    return None


def send(client: Client, shelves: Shelves, tally: Tally) -> None:
    """One or two of a part, or a piece, from one depot to another."""
    depot, to_depot = random.sample(shelves.depots, 2)
    line, number = chosen(shelves)
    body = {"to_depot_id": to_depot, "lines": [line]}
    if answer := write(client, tally, f"/depots/{depot}/shipments", body):
        tally.add("sent", number)
        tally.under_way.append((answer["id"], answer["version"]))


def arrive(client: Client, shelves: Shelves, tally: Tally) -> None:
    """Take in one of the shipments; others may be about to take in the same."""
    if not tally.under_way:
        return
    shipment, version = random.choice(tally.under_way[-20:])
    if write(client, tally, f"/shipments/{shipment}/receipts", {"version": version}):
        tally.under_way.remove((shipment, version))
        tally.add("shipments_taken_in", 1)


def scrap(client: Client, shelves: Shelves, tally: Tally) -> None:
    """Throw one away."""
    line, number = chosen(shelves)
    path = f"/depots/{random.choice(shelves.depots)}/scrappings"
    if write(client, tally, path, {"lines": [line], "reason": "损坏"}):
        tally.add("scrapped", number)


def receive(client: Client, shelves: Shelves, tally: Tally) -> None:
    """Take one in from a supplier; a piece that is known lies somewhere, and is refused."""
    line, number = chosen(shelves)
    path = f"/depots/{random.choice(shelves.depots)}/receipts"
    if write(client, tally, path, {"lines": [line]}):
        tally.add("received", number)


def chosen(shelves: Shelves) -> tuple[dict[str, Any], int]:
    """A line and how many it is; every other time of the parts that all want."""
    few = random.random() < 0.5
    part = random.choice(shelves.parts[:HOT] if few else shelves.parts)
    if part in shelves.serials:
        return {"part_id": part, "serials": [random.choice(shelves.serials[part])]}, 1
    number = random.randint(1, 2)
    return {"part_id": part, "quantity": number}, number


def read_lists(client: Client, shelves: Shelves, seen: Seen, over: threading.Event) -> None:
    """What lies in the depots, as people see it."""
    while not over.wait(0.05):
        status, answer = client.asked("GET", f"/stock?depot_id={random.choice(shelves.depots)}")
        rows = answer["items"] if status == 200 else [{"on_hand": -1, "free": -1}]
        seen.reads += 1
        seen.below_zero += sum(row["on_hand"] < 0 or row["free"] < 0 for row in rows)


def compare(seen: Seen, over: threading.Event) -> None:
    """Stock, pieces and ledger in the database, again and again."""
    while not over.wait(0.5):
        seen.reads += 1
        seen.not_as_ledger += wrong()


def wrong() -> int:
    """Balances and pieces that are not where and as many as the ledger says."""
    from yinuo.domains.parts.checking import wrong_stock

    return len(wrong_stock())


def present() -> int:
    """How many parts lie in depots and are under way."""
    from django.db.models import F, Sum

    from yinuo.domains.parts.models import Balance, ShipmentLine

    lying = Balance.objects.aggregate(sum=Sum("on_hand"))["sum"] or 0
    travelling = ShipmentLine.objects.aggregate(sum=Sum(F("sent") - F("received")))["sum"] or 0
    return int(lying + travelling)


if __name__ == "__main__":
    sys.exit(main())
