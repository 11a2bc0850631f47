"""Rotas, and turns made in rotation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.network import policies as network
from yinuo.domains.network.holders import Holder, holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.shifts import checked_shift
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.models import Rota, Turn
from yinuo.domains.oncall.policies import visible_rotas
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

MOST_TURNS = 400
DAY_MINUTES = 1440
DECEMBER = 12


def create_rota(*, actor: Actor, unit_id: object, data: RotaData, now: datetime) -> Rota:
    """Set up a rota of a unit. Raises InvalidInput per field, NotFound for a foreign unit."""
    unit = network.unit_for(actor, unit_id, Permission.DUTY_WRITE)
    name = data.name.strip()
    problems: dict[str, str] = {}
    if not name or len(name) > 80:
        problems["name"] = _("Give a name of at most 80 characters.")
    elif Rota.objects.filter(unit=unit, name=name).exists():
        problems["name"] = _("The unit has a rota of this name.")
    if not 0 <= data.begins < data.ends <= DAY_MINUTES:
        problems["ends"] = _("Duty ends after it begins, on the same day.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        rota = Rota.objects.create(
            unit=unit,
            name=name,
            begins=data.begins,
            ends=data.ends,
            office=[list(one) for one in checked_shift(data.office)],
        )
        after = {"name": name, "unit": unit.code, "begins": data.begins, "ends": data.ends}
        work.audit("duty.create_rota", rota, after=after)
        return rota


def make_turns(*, actor: Actor, rota_id: object, rotation: Rotation, now: datetime) -> Rota:
    """Make turns one after another from a day on: the people in order, and again from the first.

    Raises InvalidInput for nobody or too many turns, NotFound for people who do not carry out work
    in that part of the tree, IllegalMove when a turn is there already.
    """
    rota = one_of(visible_rotas(actor, Permission.DUTY_WRITE), rota_id)
    if not 1 <= rotation.turns <= MOST_TURNS:
        raise InvalidInput({"turns": _("Make 1 to 400 turns at once.")})
    people = [able_person(rota, one).id for one in rotation.people]
    if not people:
        raise InvalidInput({"people": _("Name at least one person.")})
    spans = list(_spans(rotation))
    with writing(actor=actor, now=now) as work:
        made = [
            Turn(
                rota=rota,
                person_id=people[number % len(people)],
                period=span,
                made_at=now,
                made_by=actor.label,
            )
            for number, span in enumerate(spans)
        ]
        insert(made)
        after = {"turns": len(made), "from": str(rotation.first), "rhythm": rotation.rhythm.value}
        work.audit("duty.make_turns", rota, after=after)
        return rota


def able_person(rota: Rota, person_id: object) -> Holder:
    """Somebody who carries out work in the rota's part of the tree; NotFound otherwise."""
    wanted = parse_public_id(person_id)
    people = holders_around(Permission.WORK_ORDER_PERFORM, rota.unit_id)
    found = next((one for one in people if one.public_id == wanted), None)
    if found is None:
        raise NotFound
    return found


def insert(turns: list[Turn]) -> None:
    """Insert turns. Raises IllegalMove when somebody has a part of that time already."""
    try:
        with transaction.atomic():
            Turn.objects.bulk_create(turns)
    except IntegrityError as error:
        message = _("Somebody has the turn for a part of this time already.")
        raise IllegalMove(message) from error


def _spans(rotation: Rotation) -> Iterator[tuple[datetime, datetime]]:
    zone, day = ZoneInfo(settings.TIME_ZONE), rotation.first
    for _number in range(rotation.turns):
        following = _after(day, rotation.rhythm, rotation.first.day)
        yield (
            datetime.combine(day, time(0), zone),
            datetime.combine(following, time(0), zone),
        )
        day = following


def _after(day: date, rhythm: Rhythm, first_day: int) -> date:
    """The day on which the next turn begins; a month from the 31st ends with its last day."""
    if rhythm is not Rhythm.MONTH:
        return day + timedelta(days=1 if rhythm is Rhythm.DAY else 7)
    year, month = (day.year + 1, 1) if day.month == DECEMBER else (day.year, day.month + 1)
    beyond = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return beyond.replace(day=min(first_day, beyond.day))
