"""The demo company's dispatch: visits that wait, two placed, one of them for two people, tomorrow
being planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yinuo.domains.dispatch.along import who_can_go_along
from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.plan_types import Mode
from yinuo.domains.dispatch.services import place_visit, send_along, start_plan
from yinuo.domains.fieldwork.selectors import fresh_head
from yinuo.domains.fieldwork.services import issue_work_order
from yinuo.domains.network.performers import planned_units
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.platform.errors import IllegalMove
from yinuo.surfaces.cli.demo.emergencies import let_people_go

SOURCE = "console"
WAITING, PLACED = 9, 2


def fill_board(desk: Actor, now: datetime) -> None:
    """Sheets for the newest open requests, some of them placed tomorrow; a plan for the rest."""
    tomorrow = (now + timedelta(days=1)).astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    placed = 0
    for row in list_requests(desk, state="open").items[:WAITING]:
        head = replace(fresh_head(desk, row.public_id), work_wanted="到场检查并恢复运行")
        order = issue_work_order(
            actor=desk, request_id=row.public_id, head=head, source=SOURCE, now=now
        )
        let_people_go(row.public_id, now)
        if placed < PLACED:
            at = datetime.combine(tomorrow, time(9 + 5 * placed), ZoneInfo(settings.TIME_ZONE))
            is_placed = _place(desk, order.public_id, at, now)
            if is_placed and not placed:
                _send_along(desk, order.public_id, now)
            placed += is_placed
    unit = planned_units(desk)[0]
    start_plan(
        actor=desk,
        unit_id=unit.public_id,
        first_on=tomorrow,
        days=1,
        mode=Mode.LEAST,
        now=now,
    )


def _send_along(desk: Actor, order_id: object, now: datetime) -> None:
    """Somebody goes along to the first visit; nobody where nobody else can."""
    along = who_can_go_along(desk, order_id, now=now)
    free = [one.public_id for one in along.people if not one.obstacles]
    send_along(
        actor=desk, work_order_id=order_id, person_ids=free[:1], version=along.version, now=now
    )


def _place(desk: Actor, order_id: object, at: datetime, now: datetime) -> bool:
    """Give a sheet to the first who can go tomorrow at that time; False: nobody can, it waits."""
    for goer in who_can_go(desk, order_id, now=now).goers:
        try:
            place_visit(
                actor=desk,
                work_order_id=order_id,
                person_id=goer.public_id,
                starts_at=at,
                version=1,
                source=SOURCE,
                now=now,
            )
        except IllegalMove:
            continue
        return True
    return False
