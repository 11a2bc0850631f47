"""Complaints of the demo company: one closed with a gift, one to be answered today."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.feedback.complaint_types import ComplaintData, Doing
from yinuo.domains.feedback.complaints import list_complaints
from yinuo.domains.feedback.services import (
    handle_complaint,
    open_complaint,
    take_sheet_answers,
)
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import list_requests
from yinuo.kernel.complaint_states import Principle

SAID = "大门灯箱报修后首次响应晚了一小时二十分钟，现场只好自己先拦起来。"
AGAIN = "报修后首次响应又晚了，现场等了两个小时没有人联系。"
DONE = {
    Principle.THANK: "感谢客户指出问题。",
    Principle.LISTEN: "完整听取并记录，未打断。",
    Principle.APOLOGISE: "值班主管致电道歉。",
    Principle.SATISFY: "客户表示愿意继续合作。",
    Principle.QUICK: "当天答复，未超出权限。",
    Principle.FAIR: "无先例，参照同行做法，赠送清洁服务礼盒。",
    Principle.JUST: "已分别听取客户和值班工程师的说明。",
    Principle.SUM_UP: "夜间值班只有一人，交接时出现空档。",
}

ANSWERED = (("answered", "致电说明原因并致歉。"), ("settled", "已安排再次上门复查。"))


def hear_complaints(actor: Actor, now: datetime) -> None:
    """Take the answers of signed sheets, and two complaints about the first requests."""
    while take_sheet_answers(now=now):
        pass
    _work_on_answers(actor, now)
    first, second = list_requests(actor, limit=2).items
    came = now - timedelta(days=6)
    about = ComplaintData(
        "response_time", SAID, request_id=first.public_id, rings=2, received_at=came
    )
    complaint = open_complaint(actor=actor, data=about, now=came)
    acts = [*(Doing(one.value, text) for one, text in DONE.items()), *_to_the_end(now)]
    for number, doing in enumerate(acts, 1):
        handle_complaint(
            actor=actor,
            complaint_id=complaint.public_id,
            version=number,
            doing=doing,
            now=came + timedelta(minutes=20 * number),
        )
    again = ComplaintData(
        "response_time",
        AGAIN,
        request_id=second.public_id,
        rings=3,
        received_at=now - timedelta(hours=3),
    )
    open_complaint(actor=actor, data=again, now=now - timedelta(hours=3))


def _to_the_end(now: datetime) -> list[Doing]:
    """What follows the eight steps: a department asked, a gift, the answer, the lesson."""
    return [
        Doing("asked", "为什么响应晚了？", department="工程部"),
        Doing("replied", "值班表有空档，当晚无人接手。", department="工程部"),
        Doing("redressed", "赠送清洁服务礼盒。", redress="gift", cost=Decimal("268.00")),
        Doing("answered", "说明原因，致歉，并告知改进措施。"),
        Doing("settled", "客户接受答复和礼盒。"),
        Doing(
            "closed",
            "夜间增加第二名值守人员。",
            responsibility="值班表空档",
            sanction="无",
            improve_by=(now + timedelta(days=20)).date(),
        ),
    ]


def _work_on_answers(actor: Actor, now: datetime) -> None:
    """Dissatisfied customers of some time ago were answered; most wait to be asked again."""
    for row in list_complaints(actor, state="received", limit=200).items:
        if row.received_at > now - timedelta(days=2):
            continue
        acts = [*((one.value, text) for one, text in DONE.items()), *ANSWERED]
        for number, (kind, text) in enumerate(acts, row.version):
            handle_complaint(
                actor=actor,
                complaint_id=row.public_id,
                version=number,
                doing=Doing(kind, text, done_at=row.received_at + timedelta(minutes=30 * number)),
                now=now,
            )
