"""Visits due in the demo company: to be spoken about, agreed, with a sheet, overdue, by use."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.network.selectors import list_people
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.selectors import list_due_visits
from yinuo.domains.prevention.services import (
    agree_visit,
    create_series,
    hold_visit,
    note_attempt,
    order_visit,
    read_meter,
)
from yinuo.domains.prevention.services.following import follow_promises, renew_visits
from yinuo.domains.prevention.services.telling import tell_of_visits
from yinuo.domains.prevention.types import Agreement, Beat, DueRow, Result, SeriesData

SOURCE = "console"
_SELLER = "赵婉清"
_WORK = "清洁除尘、紧固接线、检查风扇与电源、备份配置，并当场答疑。"
_HOURS, _READ, _OVER = Decimal(500), Decimal(3120), Decimal(3655)


def go_round(actor: Actor, now: datetime) -> None:
    """Let a worker find what contracts promise, set up three series, and speak to two customers."""
    while follow_promises(now=now):
        pass
    _set_up(actor, now)
    _call_on_customers(actor, now)
    rows = [one for one in list_due_visits(actor, now=now).items if one.is_of_promise]
    if len(rows) > 1:
        _agree(actor, rows[-1], now)
        order = _agree(actor, rows[-2], now)
        order_visit(actor=actor, visit_id=rows[-2].public_id, version=order, source=SOURCE, now=now)
    if len(rows) > 2:
        note_attempt(
            actor=actor,
            visit_id=rows[0].public_id,
            version=rows[0].version,
            words="王工出差，下周一再约；机房封网到月底。",
            now=now - timedelta(hours=3),
        )
    for step in (renew_visits, tell_of_visits):
        while step(now=now):
            pass


def _call_on_customers(actor: Actor, now: datetime) -> None:
    """The account manager's quarterly calls on two customers; one of this quarter is made."""
    seller = list_people(actor, text=_SELLER)[0].public_id
    begins = now.date().replace(month=1, day=1)
    quarterly = Beat("period", begins, every="quarter")
    for customer in list_customers(actor, limit=2).items:
        data = SeriesData("sales", "季度走访", "听取质量与服务意见", quarterly, person_id=seller)
        create_series(actor=actor, customer_id=customer.public_id, data=data, now=now)
    due = list_due_visits(actor, now=now, kind="sales").items
    made = next(one for one in due if one.person_name == _SELLER)
    heard = "设备质量与服务满意，建议增加备件储备；已转配件经理。"
    # On the first day of a quarter, no earlier than that.
    held_on = max(made.begins_on, (now - timedelta(days=1)).date())
    result = Result(held_on, _SELLER, heard)
    hold_visit(
        actor=actor,
        visit_id=made.public_id,
        version=made.version,
        result=result,
        source=SOURCE,
        now=now,
    )


def _agree(actor: Actor, row: DueRow, now: datetime) -> int:
    at = (now + timedelta(days=2)).replace(hour=2, minute=0, second=0, microsecond=0)
    words = "设备运行正常；约定清洁保养并更换过滤网，费用含在合同内。"
    visit = agree_visit(
        actor=actor,
        visit_id=row.public_id,
        version=row.version,
        agreement=Agreement("李工", at, words),
        source=SOURCE,
        now=now - timedelta(hours=2),
    )
    return visit.version


def _set_up(actor: Actor, now: datetime) -> None:
    """One by interval that is overdue, one by use whose meter has passed its figure."""
    assets = list_assets(actor, limit=6).items
    first, second = assets[0], assets[-1]
    begun = now.date() - timedelta(days=200)
    overdue = Beat("interval", begun, every_days=180)
    data = SeriesData("maintenance", "半年除尘保养", _WORK, overdue, asset_id=first.public_id)
    create_series(actor=actor, customer_id=first.customer_public_id, data=data, now=now)
    use = Beat("usage", begun, usage_every=_HOURS, usage_unit="小时")
    data = SeriesData("maintenance", "按运行小时保养", _WORK, use, asset_id=second.public_id)
    series = create_series(actor=actor, customer_id=second.customer_public_id, data=data, now=now)
    for days_ago, value in ((200, _READ), (1, _OVER)):
        day = now.date() - timedelta(days=days_ago)
        read_meter(actor=actor, series_id=series.public_id, read_on=day, value=value, now=now)
