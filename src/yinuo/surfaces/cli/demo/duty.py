"""The demo company's on-call rota: a month each, one cover, and a gap that shows itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import list_turns
from yinuo.domains.oncall.services import cover_turn, create_rota, make_turns
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation

_PEOPLE = ("罗毅", "陈大勇")


def keep_watch(actor: Actor, now: datetime) -> None:
    """A rota of headquarters with two months of turns from this month on, and a cover."""
    zone = ZoneInfo(settings.TIME_ZONE)
    unit = next(one for one in list_units(actor) if one.level == 1)
    people = {one.name: one.public_id for one in list_people(actor)}
    office = parse_shift("1-5 08:30-12:00 13:30-18:00")
    rota = create_rota(
        actor=actor, unit_id=unit.public_id, data=RotaData("技术热线值班", office=office), now=now
    )
    rotation = Rotation(
        people=[people[name] for name in _PEOPLE],
        rhythm=Rhythm.MONTH,
        first=now.astimezone(zone).date().replace(day=1),
        turns=2,
    )
    make_turns(actor=actor, rota_id=rota.public_id, rotation=rotation, now=now)
    later = list_turns(actor, rota.public_id, since=now)[-1]
    day = later.starts_at.astimezone(zone).date() + timedelta(days=5)
    begins = datetime.combine(day, time(8), zone)
    cover_turn(
        actor=actor,
        turn_id=later.public_id,
        version=later.version,
        person_id=people["欧阳晓峰"],
        starts_at=begins,
        ends_at=begins + timedelta(days=2),
        reason="家中有事，与欧阳晓峰调班",
        now=now,
    )
