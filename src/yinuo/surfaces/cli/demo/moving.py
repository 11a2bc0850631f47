"""A relocation of the demo company: approved and under way, one more sent for approval."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.customers.selectors import list_customers
from yinuo.domains.network.types import Actor
from yinuo.domains.relocations.selectors import get_relocation
from yinuo.domains.relocations.services import (
    add_step,
    approve_relocation,
    handle_step,
    plan_relocation,
    send_relocation,
)
from yinuo.domains.relocations.types import Signature, StepData, StepDoing
from yinuo.platform.days import day_of

_CUSTOMER = "东海市第一人民医院"
_TITLE = "门诊楼机房防火墙搬迁至住院部机房"
_TEXT = (
    "门诊楼机房改造，两台边界防火墙及入侵检测探针迁至住院部机房。"
    "双机轮流切换，门诊挂号与医保业务不停。"
)
# What, who, minutes of interruption, how checked, how rolled back, beside the one before.
_STEPS = (
    ("备份两台防火墙配置与日志", "李工", 0, "备份文件可在实验机还原", "无需回退", False),
    ("通知门诊、住院科室值班人员", "客户信息科", 0, "各科室回执", "撤回通知", True),
    (
        "备机 B 下架、迁移、上电",
        "李工、王工",
        0,
        "B 机自检正常，主备状态为备",
        "B 机装回原机柜",
        False,
    ),
    ("业务切换至 B 机", "李工", 5, "挂号、医保、影像抽测各 10 笔", "切回 A 机", False),
    ("A 机与探针迁移、上电", "王工", 0, "A 机自检正常，探针有流量", "装回原机柜", False),
    ("恢复双机热备并观察 2 小时", "李工", 3, "主备切换一次，会话不丢", "单机运行并保留现场", False),
)
# The move that waits for the customer's approval.
_NEXT = (
    ("备份灾备设备配置", "李工", 0, "备份可还原", "无需回退"),
    ("灾备设备迁移、上电、恢复复制", "李工、王工", 30, "复制延迟恢复正常", "装回原机柜"),
)


def move_equipment(actor: Actor, now: datetime) -> None:
    """Three steps are done, the fourth runs; the plan of another move waits for approval."""
    found = [one for one in list_customers(actor, text=_CUSTOMER).items if one.name == _CUSTOMER]
    if not found:
        return
    customer_id, planned_at = found[0].public_id, now - timedelta(days=9)
    moved = plan_relocation(
        actor=actor, customer_id=customer_id, title=_TITLE, text=_TEXT, now=planned_at
    ).public_id
    begins = now - timedelta(hours=5)
    for number, (what, who, minutes, check, back, beside) in enumerate(_STEPS):
        at = begins + timedelta(hours=number)
        hour = timedelta(hours=1)
        data = StepData(what, who, at, at + hour, minutes, check, back, is_parallel=beside)
        add_step(
            actor=actor,
            relocation_id=moved,
            version=get_relocation(actor, moved).row.version,
            data=data,
            now=planned_at,
        )
    approve_relocation(
        actor=actor,
        relocation_id=moved,
        version=get_relocation(actor, moved).row.version,
        signed=Signature("孙晓东", day_of(now - timedelta(days=4))),
        now=now - timedelta(days=4),
    )
    for number, minutes in enumerate((0, 0, 0)):
        at = begins + timedelta(hours=number)
        _take(actor, moved, number, StepDoing("started", at=at), now)
        done = StepDoing("done", "按检查项确认正常。", minutes, at + timedelta(minutes=40))
        _take(actor, moved, number, done, now)
    _take(actor, moved, 3, StepDoing("started", at=now - timedelta(minutes=20)), now)
    _plan_next(actor, customer_id, now)


def _plan_next(actor: Actor, customer_id: object, now: datetime) -> None:
    later = "新院区灾备机房搬迁"
    next_one = plan_relocation(
        actor=actor, customer_id=customer_id, title=later, text="夜间分两步迁移。", now=now
    ).public_id
    for number, (what, who, minutes, check, back) in enumerate(_NEXT):
        at = now + timedelta(days=12, hours=number)
        add_step(
            actor=actor,
            relocation_id=next_one,
            version=get_relocation(actor, next_one).row.version,
            data=StepData(what, who, at, at + timedelta(hours=1), minutes, check, back),
            now=now,
        )
    send_relocation(
        actor=actor,
        relocation_id=next_one,
        version=get_relocation(actor, next_one).row.version,
        now=now,
    )


def _take(actor: Actor, moved: object, number: int, doing: StepDoing, now: datetime) -> None:
    view = get_relocation(actor, moved)
    step = view.steps[number]
    handle_step(
        actor=actor,
        step_id=step.public_id,
        version=view.row.version,
        doing=doing,
        now=now,
    )
