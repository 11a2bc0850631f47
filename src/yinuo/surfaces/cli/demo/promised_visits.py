"""What the demo company's contracts promise by the period: held, missed, made good, running."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yinuo.domains.contracts.selectors import list_contracts
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services.following import follow_contracts, go_round
from yinuo.domains.obligations.services.holding import Held, hold_duty
from yinuo.domains.obligations.services.looking import look_at_contracts
from yinuo.surfaces.cli.demo.counted import count_depot

SOURCE = "console"
# By contract and clause: the visits, in days after its first day, with what came of them. Of the
# appliance maker's quarters the first is held late, the second in time.
HELD: dict[tuple[str, str], tuple[tuple[int, str], ...]] = {
    ("ZW-AQ-2026-078", "visits"): (
        (98, "季度巡检补做：上季度客户封网，不能进场；设备正常，日志已清理。"),
        (130, "季度巡检：规则库升级，建议更换一块硬盘。"),
    ),
    ("ZW-AQ-2025-041", "visits"): ((40, "季度巡检：设备正常。"), (160, "季度巡检：设备正常。")),
    ("ZW-RD-2026-005", "inspection"): ((120, "半年巡检：两处门禁电源老化，建议更换。"),),
    ("ZW-FWQ-2026-112", "inspection"): ((60, "技术巡检：固件升级，风扇积尘已清洁。"),),
    ("ZW-FWQ-2026-112", "proactive"): ((75, "主动回访：计划扩容存储，已转销售。"),),
    ("ZW-GB-2025-008", "proactive"): ((100, "播控机房保养：清洁、紧固、主备切换测试。"),),
    ("ZW-CL-2026-033", "quarterly_visit"): (
        (30, "季度走访：反映一批扣件防锈漆不匀，已转质量部门。"),
        (200, "季度走访：希望增加月度对账。"),
    ),
}
# How many parts the count of a contract's depot is short of.
COUNTED = {"ZW-GB-2025-008": 1, "ZW-FWQ-2026-112": 0}
SIGNS, SIGNS_VISITS = "ZW-BS-2026-021", "visits"
SUMMER_VISIT = (6, 24)


def hold_promised(actor: Actor, now: datetime) -> None:
    """Record what was held, then work out what all contracts promise, as a worker would."""
    today = now.date()
    for (number, clause), visits in HELD.items():
        row = _contract(actor, number)
        for days, note in visits:
            day = row.starts_on + timedelta(days=days)
            if day <= today:
                _hold(actor, row, clause, day, note, now)
    signs = _contract(actor, SIGNS)
    summer = date(today.year, *SUMMER_VISIT)
    if signs.starts_on <= summer <= today:
        note = "夏季巡访：标牌牢固，荣誉墙无需修缮，已拍照；建议更换一条老化灯带。"
        _hold(actor, signs, SIGNS_VISITS, summer, note, now)
    follow_contracts(now=now)
    while go_round(now=now, at_most=1_000) == 1_000:
        pass
    while look_at_contracts(now=now):
        pass
    for number, short in COUNTED.items():
        count_depot(actor, _contract(actor, number), short=short, now=now)


def _contract(actor: Actor, number: str) -> ContractRow:
    found = list_contracts(actor, text=number).items
    return next(one for one in found if one.number == number)


def _hold(actor: Actor, row: ContractRow, clause: str, day: date, note: str, now: datetime) -> None:
    """Recorded in the evening of the day, or now on the day itself."""
    at = min(now, datetime(day.year, day.month, day.day, 10, tzinfo=now.tzinfo))
    held = Held(clause, day, note=note)
    hold_duty(actor=actor, contract_id=row.public_id, held=held, source=SOURCE, now=at)
