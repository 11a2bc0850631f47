"""Rotas and turns through the services users go through."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.factories.company import Member

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.oncall.call_types import CallData, PayEntryData
from yinuo.domains.oncall.models import Call, Handover, PayEntry, Rota, Turn
from yinuo.domains.oncall.services import (
    add_pay_entry,
    create_rota,
    log_call,
    make_turns,
    miss_call,
)
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation

SHANGHAI = ZoneInfo("Asia/Shanghai")
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


def make_call(by: Member, turn: Turn, *, ringing: bool = False) -> Call:
    """A call of the night before, outside the duty hours: it waits; or one that somebody is asked
    for."""
    now = datetime.now(UTC)
    night = now.astimezone(SHANGHAI).replace(hour=23, minute=0) - timedelta(days=1)
    holiday = datetime(2026, 10, 1, 15, tzinfo=SHANGHAI)
    data = CallData(holiday if ringing else night, "门禁控制器无响应", "周工", "13800000001")
    return log_call(actor=by.actor, rota_id=turn.rota.public_id, data=data, now=now)


def make_passed_call(by: Member, turn: Turn, to: Member) -> Call:
    """A call that nobody answered, passed on to whoever has the turn after this one."""
    rotate(by, turn.rota, [to], turn.period.upper.astimezone(SHANGHAI).date(), 1)
    call = make_call(by, turn, ringing=True)
    now = datetime.now(UTC)
    return miss_call(actor=by.actor, call_id=call.public_id, version=call.version, now=now)


def make_pay_entry(by: Member, turn: Turn) -> PayEntry:
    """A deduction of whoever has the turn."""
    now = datetime.now(UTC)
    return add_pay_entry(
        actor=by.actor,
        rota_id=turn.rota.public_id,
        entry=PayEntryData(
            turn.person.public_id, "unreachable", now.astimezone(SHANGHAI).date(), "两次未接"
        ),
        now=now,
    )


def make_handover(to: Member, turn: Turn) -> Handover:
    """The log of a turn handed to somebody, as the clock does it when the turn is over."""
    return Handover.objects.create(
        turn=turn, to=to.person, made_at=datetime.now(UTC), calls=0, unsolved=[]
    )
