"""Servers that know roads: OSRM's `/table`, AMap's `/v3/distance`. WGS-84 in, seconds out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from time import monotonic
from typing import Any, Protocol
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from yinuo.kernel.dispatch.coordinates import gcj02_of_wgs84

Place = tuple[float, float]
Table = list[list[float]]
LARGEST_ANSWER = 8_000_000
_PART = 65_536
_OSRM_PLACES, _AMAP_ORIGINS = 50, 100


class ProviderFailed(Exception):
    """A provider gave no answer that can be used; the text says in a word what happened."""


class Provider(Protocol):
    """One such server."""

    def questions(self, origins: int, ends: int) -> int:
        """How many questions a matrix of this size takes."""

    def table(self, origins: Sequence[Place], ends: Sequence[Place]) -> Table:
        """Seconds from each origin to each end. Raises ProviderFailed."""


class _NoRedirects(HTTPRedirectHandler):
    """A provider that sends us elsewhere is not the one that was configured."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_opener = build_opener(_NoRedirects)


def fetched(address: str, seconds: float) -> Any:
    """The JSON at an address, within so many seconds altogether. Raises ProviderFailed."""
    ends = monotonic() + seconds
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 - settings name it
    try:
        with _opener.open(request, timeout=seconds) as answer:
            content = b"".join(_parts(answer, ends))
        return json.loads(content)
    except ProviderFailed:
        raise
    except TimeoutError as error:
        raise ProviderFailed("slow") from error
    except (URLError, HTTPException, OSError) as error:
        is_slow = isinstance(getattr(error, "reason", None), TimeoutError)
        raise ProviderFailed("slow" if is_slow else "unreachable") from error
    except ValueError as error:
        raise ProviderFailed("malformed") from error


def _parts(answer: Any, ends: float) -> Iterator[bytes]:
    """The body piece by piece, so that one that trickles is given up in time."""
    size = 0
    while part := answer.read1(_PART):
        size += len(part)
        if size > LARGEST_ANSWER:
            raise ProviderFailed("malformed")
        if monotonic() > ends:
            raise ProviderFailed("slow")
        yield part


class Osrm:
    """A server with OSRM's interface (also Valhalla's and others' that imitate it)."""

    def __init__(self, address: str, seconds: float) -> None:
        self.address, self.seconds = address, seconds

    def questions(self, origins: int, ends: int) -> int:
        """A block of fifty by fifty each."""
        return -(-origins // _OSRM_PLACES) * -(-ends // _OSRM_PLACES)

    def table(self, origins: Sequence[Place], ends: Sequence[Place]) -> Table:
        """Seconds, block by block. Raises ProviderFailed."""
        found: Table = [[] for _ in origins]
        for first in range(0, len(origins), _OSRM_PLACES):
            some = origins[first : first + _OSRM_PLACES]
            for begin in range(0, len(ends), _OSRM_PLACES):
                block = self._block(some, ends[begin : begin + _OSRM_PLACES])
                for number, row in enumerate(block):
                    found[first + number].extend(row)
        return found

    def _block(self, origins: Sequence[Place], ends: Sequence[Place]) -> Table:
        places = ";".join(f"{east:.6f},{north:.6f}" for north, east in (*origins, *ends))
        numbers = [*range(len(origins)), *range(len(origins), len(origins) + len(ends))]
        asked = urlencode(
            {
                "sources": ";".join(map(str, numbers[: len(origins)])),
                "destinations": ";".join(map(str, numbers[len(origins) :])),
                "annotations": "duration",
            },
            safe=";",
        )
        answer = fetched(f"{self.address}/table/v1/driving/{places}?{asked}", self.seconds)
        if not isinstance(answer, dict) or answer.get("code") != "Ok":
            raise ProviderFailed("malformed")
        return _checked(answer.get("durations"), len(origins), len(ends))


class Amap:
    """AMap, or a server with its interface. It counts in GCJ-02 and takes many origins, one end."""

    def __init__(self, address: str, key: str, seconds: float) -> None:
        self.address, self.key, self.seconds = address, key, seconds

    def questions(self, origins: int, ends: int) -> int:
        """A hundred origins to one end each."""
        return -(-origins // _AMAP_ORIGINS) * ends

    def table(self, origins: Sequence[Place], ends: Sequence[Place]) -> Table:
        """Seconds, end by end. Raises ProviderFailed."""
        found: Table = [[] for _ in origins]
        for end in ends:
            for first in range(0, len(origins), _AMAP_ORIGINS):
                some = origins[first : first + _AMAP_ORIGINS]
                for number, seconds in enumerate(self._column(some, end)):
                    found[first + number].append(seconds)
        return found

    def _column(self, origins: Sequence[Place], end: Place) -> list[float]:
        asked = urlencode(
            {
                "origins": "|".join(map(_gcj02, origins)),
                "destination": _gcj02(end),
                "type": "1",
                "key": self.key,
            },
            safe="|,",
        )
        answer = fetched(f"{self.address}/v3/distance?{asked}", self.seconds)
        if not isinstance(answer, dict):
            raise ProviderFailed("malformed")
        if str(answer.get("status")) != "1":
            raise ProviderFailed("refused")
        rows = answer.get("results")
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise ProviderFailed("malformed")
        by_origin = {str(one.get("origin_id")): one.get("duration") for one in rows}
        given = [[by_origin.get(str(number)) for number in range(1, len(origins) + 1)]]
        return _checked(given, 1, len(origins))[0]


def _gcj02(place: Place) -> str:
    north, east = gcj02_of_wgs84(*place)
    return f"{float(east):.6f},{float(north):.6f}"


def _checked(found: Any, rows: int, columns: int) -> Table:
    """The numbers of a table of just this size. Raises ProviderFailed."""
    try:
        table = [[float(each) for each in row] for row in found]
    except (TypeError, ValueError) as error:
        raise ProviderFailed("malformed") from error
    if len(table) != rows or any(len(row) != columns for row in table):
        raise ProviderFailed("malformed")
    return table
