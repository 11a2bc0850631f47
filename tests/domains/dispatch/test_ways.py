"""Travel times from a real local server with faults: believed when sound, else the estimate."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from tests.domains.dispatch.test_sending import World, another_sheet, world

from yinuo.domains.dispatch.models import TravelFactors
from yinuo.domains.dispatch.ways import calibrate, matrix, present_travel
from yinuo.domains.dispatch.ways.asking import FAILURES, forget_troubles
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.kernel.dispatch.coordinates import wgs84_of_gcj02
from yinuo.kernel.dispatch.travel import LEAST_TRIPS

__all__ = ["world"]
PLACES = [(31.23, 121.47), (31.30, 121.50), (31.10, 121.40)]
UNKNOWN = (float("nan"), float("nan"))
WHEN = datetime(2026, 11, 23, 2, tzinfo=UTC)
PARKING = 300


class Roads(ThreadingHTTPServer):
    """A server that answers as it is told: `fault` is one of the cases below, or none."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.fault = ""
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answering(BaseHTTPRequestHandler):
    server: Roads

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        roads = self.server
        roads.asked.append(self.path)
        if roads.fault == "dead":
            self.connection.close()
            return
        if roads.fault == "slow":
            time.sleep(1.5)
        body = json.dumps(self._body()).encode()
        if roads.fault == "malformed":
            body = b"<html>busy</html>"
        self.send_response(500 if roads.fault == "broken" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if roads.fault != "trickling":
            self.wfile.write(body)
            return
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.1)

    def _body(self) -> Any:
        asked = parse_qs(urlparse(self.path).query)
        seconds = {"absurd": 1, "negative": -900}.get(self.server.fault, 1234.4)
        if "/v3/distance" in self.path:
            if self.server.fault == "refused":
                return {"status": "0", "info": "USER_DAILY_QUERY_OVER_LIMIT"}
            count = len(asked["origins"][0].split("|"))
            rows = [{"origin_id": str(n + 1), "duration": str(seconds)} for n in range(count)]
            return {"status": "1", "results": rows[::-1]}
        rows, columns = (len(asked[name][0].split(";")) for name in ("sources", "destinations"))
        if self.server.fault == "short":
            columns -= 1
        cell = None if self.server.fault == "null" else seconds
        return {"code": "Ok", "durations": [[cell] * columns for _ in range(rows)]}


@pytest.fixture
def roads(db: None, settings: Any) -> Iterator[Roads]:
    server = Roads()
    Thread(target=server.serve_forever, daemon=True).start()
    settings.TRAVEL_PROVIDER, settings.TRAVEL_URL = "osrm", server.address
    settings.TRAVEL_KEY, settings.TRAVEL_SECONDS, settings.TRAVEL_QUOTA = "k", 0.6, 100
    forget_troubles()
    yield server
    server.shutdown()
    server.server_close()
    forget_troubles()


@pytest.mark.req("BP-16", "B-32")
@pytest.mark.parametrize("provider", ["osrm", "amap"])
def test_a_sound_answer_counts_with_our_parking_and_the_unknown_stays_estimated(
    roads: Roads, settings: Any, provider: str
) -> None:
    settings.TRAVEL_PROVIDER = provider
    found = matrix([*PLACES, UNKNOWN], PLACES, WHEN, now=WHEN)
    assert (found.source, found.trouble) == (provider, "")
    same = np.eye(4, 3, dtype=bool)
    assert (found.seconds[:3][~same[:3]] == 1234 + PARKING).all()
    assert (found.seconds[same] == 0).all()
    usual = present_travel().roads.usual_seconds
    assert (found.seconds[3] == usual).all()


def test_amap_is_asked_in_its_own_coordinates(roads: Roads, settings: Any) -> None:
    settings.TRAVEL_PROVIDER = "amap"
    matrix(PLACES[:1], PLACES[1:2], WHEN, now=WHEN)
    asked = parse_qs(urlparse(roads.asked[0]).query)
    for name, place in (("origins", PLACES[0]), ("destination", PLACES[1])):
        east, north = map(float, asked[name][0].split(","))
        assert abs(north - place[0]) > 0.001
        back = [float(one) for one in wgs84_of_gcj02(north, east)]
        assert back == pytest.approx(place, abs=2e-6)


@pytest.mark.req("R30")
@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("dead", "unreachable"),
        ("broken", "unreachable"),
        ("slow", "slow"),
        ("trickling", "slow"),
        ("malformed", "malformed"),
        ("short", "malformed"),
        ("null", "malformed"),
        ("absurd", "absurd"),
        ("negative", "absurd"),
    ],
)
def test_every_fault_leaves_the_estimate_in_time(roads: Roads, fault: str, trouble: str) -> None:
    estimate = present_travel().matrix(*[tuple(zip(*PLACES, strict=True))] * 2, 10)
    roads.fault = fault
    began = time.monotonic()
    found = matrix(PLACES, PLACES, WHEN, now=WHEN)
    assert time.monotonic() - began < 2.5
    assert (found.source, found.trouble) == ("estimate", trouble)
    assert (found.seconds == estimate).all()


def test_amap_s_refusal_is_told_apart(roads: Roads, settings: Any) -> None:
    settings.TRAVEL_PROVIDER, roads.fault = "amap", "refused"
    assert matrix(PLACES, PLACES, WHEN, now=WHEN).trouble == "refused"


def test_a_broken_provider_is_left_alone_for_a_while(roads: Roads) -> None:
    roads.fault = "broken"
    troubles = [matrix(PLACES, PLACES, WHEN, now=WHEN).trouble for _ in range(FAILURES + 2)]
    assert troubles == ["unreachable"] * FAILURES + ["resting"] * 2
    assert len(roads.asked) == FAILURES


def test_the_day_s_quota_is_kept_and_the_next_day_begins_anew(roads: Roads, settings: Any) -> None:
    settings.TRAVEL_QUOTA = 2
    later = WHEN + timedelta(days=1)
    # Whichever day is planned, it is today that the provider is asked.
    troubles = [matrix(PLACES, PLACES, when, now=WHEN).trouble for when in (WHEN, later, WHEN)]
    assert troubles == ["", "", "quota"]
    assert matrix(PLACES, PLACES, later, now=later).source == "osrm"
    assert len(roads.asked) == 3


def test_large_matrices_are_asked_in_blocks(roads: Roads) -> None:
    many = [(31.0 + n / 500, 121.0 + n / 700) for n in range(70)]
    roads.fault = ""
    found = matrix(many, many[:10], WHEN, now=WHEN)
    assert found.seconds.shape == (70, 10)
    assert len(roads.asked) == 2


@pytest.mark.req("BP-16")
def test_recorded_trips_correct_the_estimate_and_absurd_records_do_not(world: World) -> None:
    before = present_travel()
    home = (31.24, 121.47)
    site = (31.23, 121.47)
    straight = int(before.seconds(*home, *site, 10))
    driving = straight - PARKING
    begins = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    lasting = [2 * driving + PARKING] * LEAST_TRIPS + [90_000]
    for number, seconds in enumerate(lasting, start=1):
        order = another_sheet(world)
        departed = begins - timedelta(days=2 * number)
        WorkOrder.objects.filter(pk=order.pk).update(
            assignee=world.near.person,
            state="arrived",
            departed_at=departed,
            arrived_at=departed + timedelta(seconds=seconds),
        )
        if number < LEAST_TRIPS:
            assert calibrate(datetime.now(UTC)) == number
            assert not TravelFactors.objects.exists()
    assert calibrate(datetime.now(UTC)) == LEAST_TRIPS + 1
    after = int(present_travel().seconds(*home, *site, 10))
    assert after == pytest.approx(2 * driving + PARKING, abs=2)


@pytest.mark.req("B-31", "BP-16")
def test_who_can_go_is_ranked_by_the_ways_that_trips_have_taught(world: World) -> None:
    shipped = {one.name: one for one in world.going().goers}
    thrice = {"overall": 3.0, "by_band": [], "by_hour": []}
    TravelFactors.objects.create(computed_at=datetime.now(UTC), trips=9, content=thrice)
    learnt = {one.name: one for one in world.going().goers}
    for name in ("近", "远"):
        driving = shipped[name].travel_seconds - PARKING
        assert learnt[name].travel_seconds == pytest.approx(3 * driving + PARKING, abs=180)
        assert learnt[name].terms["travel"] > shipped[name].terms["travel"]
