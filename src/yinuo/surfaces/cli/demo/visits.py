"""A visit of the demo company: from the sheet that sends somebody out to the filed sheet."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from yinuo.domains.fieldwork.selectors import fresh_head, get_work_order_version
from yinuo.domains.fieldwork.services import (
    assign_work_order,
    issue_work_order,
    report_work,
    sign_work_order,
    take_step,
)
from yinuo.domains.fieldwork.types import (
    CustomerPart,
    StepReport,
    VisitReport,
)
from yinuo.domains.network.types import Actor
from yinuo.surfaces.cli.demo.emergencies import let_people_go

SOURCE = "console"
WORK = (
    ("电源模块输出异常，更换后恢复。", "更换电源模块 1 只，整机复测 30 分钟。", "电源模块 × 1"),
    ("光纤跳线弯折，衰减超限。", "更换跳线并重新绑扎，链路复测正常。", "光纤跳线 × 2"),
    ("配置与版本不一致，主备切换后不回切。", "统一版本，修正配置，做三次切换测试。", ""),
    ("风扇积尘停转，温度告警。", "清洁机箱，更换风扇，观察温度回落。", "风扇 × 1"),
    ("接口板接触不良。", "重新插拔并紧固，端口误码清零。", ""),
)
# How satisfied customers are, as often as they are.
OPINIONS = ("very_satisfied",) * 5 + ("satisfied",) * 6 + ("fair", "", "dissatisfied")
# A name in a few strokes.
SIGNATURE = (
    "[[[120,90],[300,80],[220,210],[160,250]],[[380,70],[520,100],[430,240]],[[600,90],[760,220]]]"
)

# The steps of a visit in their order, each with the least and the most minutes before it.
BEATS = (
    (1, 4, "accept"),
    (3, 12, "phone"),
    (5, 20, "depart"),
    (25, 95, "arrive"),
    (25, 150, "work"),
    (3, 12, "sign"),
    (20, 200, "hand_in"),
    (20, 300, "file"),
)


class Visit:
    """One sheet and the person who carries it out."""

    def __init__(
        self, request_id: object, technician: Actor, centre: Actor, chance: random.Random
    ) -> None:
        self.request_id = request_id
        self.technician = technician
        self.centre = centre
        self.chance = chance
        self.order_id: object = None

    def issue(self, wanted: str, at: datetime) -> None:
        """Write the sheet and give it to the technician."""
        head = replace(
            fresh_head(self.centre, self.request_id),
            work_wanted=wanted,
            handling_plan="带常用备件与测试仪表，到场先了解情况再处理。",
        )
        order = issue_work_order(
            actor=self.centre, request_id=self.request_id, head=head, source=SOURCE, now=at
        )
        self.order_id = order.public_id
        let_people_go(self.request_id, at)
        assign_work_order(
            actor=self.centre,
            work_order_id=self.order_id,
            assignee_id=self.technician.person_public_id,
            source=SOURCE,
            now=at,
        )

    def tell(self, what: str, at: datetime) -> None:
        """Let one step happen."""
        getattr(self, f"_{what}")(at)

    def _accept(self, at: datetime) -> None:
        self._step(StepReport("accepted"), at)

    def _phone(self, at: datetime) -> None:
        agreed = at + timedelta(hours=1)
        way = "电话约定到场时间，客户派人陪同"
        self._step(StepReport("appointed", agreed_for=agreed, way=way), at)

    def _depart(self, at: datetime) -> None:
        self._step(StepReport("departed"), at)

    def _arrive(self, at: datetime) -> None:
        self._step(StepReport("arrived"), at)

    def _work(self, at: datetime) -> None:
        findings, done, parts = self.chance.choice(WORK)
        report = VisitReport(findings, done, "done", parts_used=parts)
        report_work(
            actor=self.technician,
            work_order_id=self.order_id,
            report=report,
            source=SOURCE,
            now=at,
        )

    def _sign(self, at: datetime) -> None:
        opinion = self.chance.choice(OPINIONS)
        part = CustomerPart(
            signer_name="值班负责人",
            works=True,
            accessories="none",
            satisfaction=opinion,
            dissatisfied_with=("speed",) if opinion == "dissatisfied" else (),
        )
        sign_work_order(
            actor=self.technician,
            work_order_id=self.order_id,
            version=get_work_order_version(self.technician, self.order_id),
            part=part,
            strokes=SIGNATURE,
            source=SOURCE,
            now=at,
        )

    def _hand_in(self, at: datetime) -> None:
        self._step(StepReport("returned"), at)

    def _file(self, at: datetime) -> None:
        take_step(
            actor=self.centre,
            work_order_id=self.order_id,
            report=StepReport("filed"),
            source=SOURCE,
            now=at,
        )

    def _step(self, report: StepReport, at: datetime) -> None:
        take_step(
            actor=self.technician,
            work_order_id=self.order_id,
            report=report,
            source=SOURCE,
            now=at,
        )
