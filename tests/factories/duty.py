"""Rotas and turns through the services users go through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.factories.company import Member

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.oncall.models import Rota, Turn
from yinuo.domains.oncall.services import create_rota, make_turns
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation

OFFICE = parse_shift("1-5 08:30-12:00 13:30-18:00")


def make_rota(by: Member, unit: ServiceUnit, name: str = "技术值班") -> Rota:
    """Every day from 08:00 to 22:30 outside office hours."""
    data = RotaData(name, office=OFFICE)
    return create_rota(actor=by.actor, unit_id=unit.public_id, data=data, now=datetime.now(UTC))


def rotate(
    by: Member,
    rota: Rota,
    people: list[Member],
    first: date,
    turns: int = 2,
    rhythm: Rhythm = Rhythm.MONTH,
) -> list[Turn]:
    """Turns of these people one after another."""
    rotation = Rotation([one.person.public_id for one in people], rhythm, first, turns)
    now = datetime.now(UTC)
    make_turns(actor=by.actor, rota_id=rota.public_id, rotation=rotation, now=now)
    return list(Turn.objects.filter(rota=rota, cancelled_at__isnull=True).order_by("period"))


def make_turn(by: Member, unit: ServiceUnit, person: Member) -> Turn:
    """A month's turn that began yesterday."""
    first = datetime.now(UTC).date() - timedelta(days=1)
    return rotate(by, make_rota(by, unit), [person], first, 1)[0]
