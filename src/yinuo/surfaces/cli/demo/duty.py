"""The demo company's on-call rota: a month each, one cover, and a gap that shows itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.shifts import parse_shift
from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.call_types import CallData, CallResult, PayEntryData, PayTerms
from yinuo.domains.oncall.selectors import get_rota, list_turns
from yinuo.domains.oncall.services import (
    add_pay_entry,
    answer_call,
    cover_turn,
    create_rota,
    log_call,
    make_turns,
    set_pay,
)
from yinuo.domains.oncall.types import Rhythm, RotaData, Rotation

_TERMS = PayTerms(10, 60, *map(Decimal, ("600.00", "100.00", "100.00", "100.00", "45.00", "1.5")))
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
    _keep_log(actor, rota.public_id, now)


def _keep_log(actor: Actor, rota_id: object, now: datetime) -> None:
    """Amounts, a call of the night that waits, one that is solved, hours of overtime."""
    rota = get_rota(actor, rota_id)
    set_pay(actor=actor, rota_id=rota_id, version=rota.version, terms=_TERMS, now=now)
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    evening = today.replace(hour=21, minute=5, second=0, microsecond=0) - timedelta(days=1)
    known = CallData(evening, "门禁刷卡无反应，已远程重启控制器", "李桂芳", "028-5550 0303")
    call = log_call(actor=actor, rota_id=rota_id, data=known, now=now)
    answer_call(
        actor=actor,
        call_id=call.public_id,
        version=call.version,
        answer=CallResult(14, "远程重启后恢复，观察一夜", solved=True),
        now=now,
    )
    night = evening.replace(hour=23, minute=10)
    waits = CallData(night, "3 号摄像机离线，客户要求明早处理", "黄志远", "13900000303")
    log_call(actor=actor, rota_id=rota_id, data=waits, now=now)
    taker = list_turns(actor, rota_id, since=now)[0]
    if taker.person_id != actor.person_id:
        add_pay_entry(
            actor=actor,
            rota_id=rota_id,
            entry=PayEntryData(
                person_id=taker.person_public_id,
                kind="overtime",
                on=today.date().replace(day=1),
                note="节日保障，现场值守",
                hours=Decimal("6.5"),
            ),
            now=now,
        )
