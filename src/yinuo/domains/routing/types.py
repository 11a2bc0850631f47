"""What routing takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class RoutingState(StrEnum):
    """How a search for a unit stands."""

    RUNNING = "running"
    ACCEPTED = "accepted"
    EXHAUSTED = "exhausted"


class Outcome(StrEnum):
    """What became of a unit on the way."""

    PASSED_OVER = "passed_over"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class OfferStep:
    """A unit on the way of a request, in its place. `held` is how long it had the request."""

    public_id: UUID
    unit_name: str
    level: int
    distance_km: int | None
    outcome: str
    passed_over: str
    said: str
    made_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_by: str

    @property
    def held(self) -> timedelta | None:
        """From the offer to its answer; None while it runs and for whoever was passed over."""
        return self.ended_at - self.made_at if self.ended_at and self.expires_at else None


@dataclass(frozen=True, slots=True)
class RoutingView:
    """A search for a unit, its steps in order. `may_start` asks anew, once it is over."""

    public_id: UUID | None
    state: str
    product_line: str
    follower_name: str
    started_at: datetime | None
    started_by: str
    steps: tuple[OfferStep, ...]
    may_start: bool
    may_answer: bool

    @property
    def current(self) -> OfferStep | None:
        """The unit that is asked, or that has taken it."""
        wanted = (Outcome.OFFERED, Outcome.ACCEPTED)
        return next((one for one in reversed(self.steps) if one.outcome in wanted), None)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as the unit that was asked sees it: no more of the customer than the way there."""

    public_id: UUID
    version: int
    outcome: str
    unit_name: str
    request_public_id: UUID
    request_number: str
    symptom: str
    product_line: str
    asset_name: str
    area: str
    distance_km: int | None
    reported_at: datetime
    made_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    said: str
    follower_name: str
    follower_phone: str
    may_answer: bool
    # True once the unit has taken it: it sees the request then.
    is_mine: bool
