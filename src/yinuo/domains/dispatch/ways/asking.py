"""Asking the provider: within its quota, not while it is broken, never believing nonsense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from logging import getLogger
from time import monotonic
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from yinuo.domains.dispatch.ways.estimate import present_travel
from yinuo.domains.dispatch.ways.providers import Amap, Osrm, Place, Provider, ProviderFailed
from yinuo.kernel.dispatch.coordinates import distance_km
from yinuo.kernel.dispatch.travel import SAME_DOOR_KM, Travel

ESTIMATE = "estimate"
# So many failures in a row leave a provider alone for so long.
FAILURES, REST_SECONDS = 3, 60.0
# No road is faster than this, none so much slower than the estimate.
FASTEST_KM_H = 160.0
SLOWEST_TIMES, SLOWEST_MORE = 6.0, 3600.0
_log = getLogger("yinuo.travel")
Seconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """Seconds from each origin (row) to each end, and who said so.

    ``source`` is the provider's name or `ESTIMATE`; ``trouble`` says in a word why it is the
    estimate although a provider is configured: slow, unreachable, malformed, absurd, refused,
    quota, resting.
    """

    seconds: Seconds
    source: str
    trouble: str = ""


@dataclass
class Breaker:
    """What this process knows of its provider."""

    failures: int = 0
    rests_until: float = 0.0
    day: date | None = None
    asked: int = 0

    def trouble(self, questions: int, today: date) -> str:
        """Why it cannot be asked so many questions now; empty when it can. Counts them."""
        if monotonic() < self.rests_until:
            return "resting"
        if self.day != today:
            self.day, self.asked = today, 0
        if self.asked + questions > settings.TRAVEL_QUOTA:
            return "quota"
        self.asked += questions
        return ""

    def note(self, *, failed: bool) -> None:
        """After so many failures in a row leave it alone for a while."""
        self.failures = self.failures + 1 if failed else 0
        if self.failures >= FAILURES:
            self.failures, self.rests_until = 0, monotonic() + REST_SECONDS


@dataclass
class _Known:
    breaker: Breaker = field(default_factory=Breaker)


_known = _Known()


def forget_troubles() -> None:
    """Begin anew with the provider, as a process that just started."""
    _known.breaker = Breaker()


def matrix(
    origins: Sequence[Place], ends: Sequence[Place], when: datetime, *, now: datetime
) -> Answer:
    """Seconds between places (latitude, longitude; NaN unknown), leaving at `when`.

    The quota is that of the day of `now`, whatever day is asked about. Unknown places and the same
    door are always the estimate's. Never raises: without an answer that can be believed it is the
    estimate's altogether, so that all ways are measured alike.
    """
    travel = present_travel()
    zone = ZoneInfo(settings.TIME_ZONE)
    hour = when.astimezone(zone).hour
    here, there = _columns(origins), _columns(ends)
    estimate = travel.matrix(here, there, hour)
    provider = _provider()
    known = [_places(origins), _places(ends)]
    if provider is None or not all(known):
        return Answer(estimate, ESTIMATE)
    questions = provider.questions(len(known[0]), len(known[1]))
    trouble = _known.breaker.trouble(questions, now.astimezone(zone).date())
    if trouble:
        return Answer(estimate, ESTIMATE, trouble)
    try:
        found = provider.table(
            [origins[number] for number in known[0]], [ends[number] for number in known[1]]
        )
        seconds = _merged(estimate, found, known, (here, there), travel)
    except ProviderFailed as error:
        _known.breaker.note(failed=True)
        _log.warning("travel provider failed", extra={"trouble": str(error)})
        return Answer(estimate, ESTIMATE, str(error))
    _known.breaker.note(failed=False)
    return Answer(seconds, settings.TRAVEL_PROVIDER)


def _provider() -> Provider | None:
    if settings.TRAVEL_PROVIDER == "osrm":
        return Osrm(settings.TRAVEL_URL, settings.TRAVEL_SECONDS)
    if settings.TRAVEL_PROVIDER == "amap":
        return Amap(settings.TRAVEL_URL, settings.TRAVEL_KEY, settings.TRAVEL_SECONDS)
    return None


def _columns(places: Sequence[Place]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    given = np.array(places, dtype=np.float64).reshape(-1, 2)
    return given[:, 0], given[:, 1]


def _places(places: Sequence[Place]) -> list[int]:
    """Which of them are known."""
    return [number for number, one in enumerate(places) if not np.isnan(one).any()]


def _merged(
    estimate: Seconds,
    found: list[list[float]],
    known: list[list[int]],
    columns: tuple[tuple[NDArray[np.float64], ...], tuple[NDArray[np.float64], ...]],
    travel: Travel,
) -> Seconds:
    """The provider's driving with our parking, where both places are known and apart."""
    (north, east), (to_north, to_east) = columns
    straight = distance_km(north[:, None], east[:, None], to_north[None, :], to_east[None, :])
    block = np.ix_(known[0], known[1])
    way, driving = straight[block], np.array(found, dtype=np.float64)
    apart = way >= SAME_DOOR_KM
    least = way / FASTEST_KM_H * 3600.0
    most = estimate[block] * SLOWEST_TIMES + SLOWEST_MORE
    if not np.isfinite(driving).all() or ((driving < least) | (driving > most))[apart].any():
        raise ProviderFailed("absurd")
    merged = estimate.copy()
    whole = np.rint(driving).astype(np.int64) + travel.roads.parking_seconds
    merged[block] = np.where(apart, whole, 0)
    return merged
