"""Seats at the expert clinic of a case."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.factories.company import Member

from yinuo.domains.requests.clinic_models import ClinicSeat
from yinuo.domains.requests.services import Invitation, invite_expert, join_clinic


def make_seat(host: Member, expert: Member, request: object, *, joined: bool = False) -> ClinicSeat:
    """An expert invited by the host; with `joined` he has accepted."""
    now = datetime.now(UTC)
    seat = invite_expert(
        actor=host.actor,
        request_id=request.public_id,  # type: ignore[attr-defined]
        invitation=Invitation(expert.person.public_id, "阵列卡报错怎么判断？", "RAID"),
        source="test",
        now=now,
    )
    if joined:
        seat = join_clinic(
            actor=expert.actor, seat_id=seat.public_id, version=1, source="test", now=now
        )
    return seat
