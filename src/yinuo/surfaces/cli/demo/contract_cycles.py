"""The contracts of the demo company, each at its true stage, with what happened to them since."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yinuo.domains.assets.services import create_project
from yinuo.domains.contracts.cycle import cycle_of
from yinuo.domains.contracts.papers import list_papers
from yinuo.domains.contracts.selectors import get_contract, list_contracts
from yinuo.domains.contracts.services import (
    AgreementData,
    ContractData,
    QuotaData,
    SupplementData,
    UseData,
    add_agreement,
    add_supplement,
    advance_contract,
    create_contract,
    grant_quota,
    keep_agreement,
    suspend_contract,
    use_quota,
)
from yinuo.domains.contracts.types import ContractRow
from yinuo.domains.network.types import Actor
from yinuo.surfaces.cli.demo.customer_files import PaperTrail

BROADCAST, ESTATE = "ZW-GB-2025-008", "ZW-RD-2026-005"
SERVERS, MATERIALS, HOSPITAL, ENDED = (
    "ZW-FWQ-2026-112",
    "ZW-CL-2026-033",
    "ZW-AQ-2026-078",
    "ZW-AQ-2025-041",
)
# How many stages each goes on; the one of the signs stays at Q, because papers are still owed.
STAGES = {BROADCAST: 2, ESTATE: 3, SERVERS: 2, MATERIALS: 2, HOSPITAL: 2, ENDED: 2}


def move_contracts(actor: Actor, now: datetime) -> None:
    """Bring every contract to its stage and let a few things happen to some."""
    cycles = _Cycles(actor, now)
    for number, stages in STAGES.items():
        cycles.advance(number, stages)
    cycles.sign_extension()
    cycles.agree()
    cycles.count()
    cycles.change()


class _Cycles:
    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.today = now.date()

    def _one(self, number: str) -> ContractRow:
        found = list_contracts(self.actor, text=number).items
        return next(one for one in found if one.number == number)

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def advance(self, number: str, stages: int) -> None:
        """Hand over what is still owed, and enter so many stages."""
        trail = PaperTrail(self.actor, self.now)
        row = self._one(number)
        for paper in list_papers(self.actor, contract_id=row.public_id):
            if paper.is_missing:
                trail.deliver(paper.public_id)
        for _stage in range(stages):
            row = get_contract(self.actor, row.public_id)
            missing = [
                one.condition
                for one in cycle_of(self.actor, row.public_id, self.now).asked
                if not one.holds
            ]
            assert not missing, (number, missing)
            self._do(advance_contract, row, version=row.version)

    def sign_extension(self) -> None:
        """A second delivery to a customer: finished, its papers complete, not yet accepted."""
        servers = self._one(SERVERS)
        project = create_project(
            actor=self.actor,
            customer_id=servers.customer_public_id,
            name="存储扩容二期",
            finished_on=self._day(-6),
            now=self.now,
        )
        number = "ZW-FWQ-2026-139"
        create_contract(
            actor=self.actor,
            customer_id=servers.customer_public_id,
            data=ContractData(
                number=number,
                plan_version_id=servers.plan_version_public_id,
                starts_on=self._day(14),
                ends_on=self._day(14 + 365),
                total=Decimal(420_000),
                project_id=project.public_id,
            ),
            now=self.now - timedelta(days=30),
        )
        self.advance(number, 1)

    def agree(self) -> None:
        """Promises made beside the plan: kept, overdue, due soon, due later."""
        hospital = self._one(HOSPITAL)
        kept = self._agree(hospital, -90, -60, "向信息科移交设备配置备份与恢复说明。")
        keep_agreement(
            actor=self.actor,
            agreement_id=kept.public_id,
            version=kept.version,
            kept_on=self._day(-63),
            outcome="已移交，孙科长签收。",
            now=self.now,
        )
        self._agree(hospital, -40, -4, "提交防火墙策略梳理报告，注明三处待确认策略。")
        self._agree(hospital, -20, 3, "完成住院部机房备机切换演练，演练记录交院方存档。")
        self._agree(self._one(BROADCAST), -30, 25, "重要节目保障期前派一名工程师驻场三天。")
        self._agree(self._one(ESTATE), -300, None, "维修备件先用后结，每季度末对账。")

    def _agree(self, row: ContractRow, agreed: int, due: int | None, text: str) -> Any:
        data = AgreementData(
            text,
            self._day(agreed),
            due_on=None if due is None else self._day(due),
            responsible_id=None if due is None else self.actor.person_public_id,
        )
        return self._do(add_agreement, row, data=data)

    def count(self) -> None:
        """Visits and hours bought with a contract, half of them used."""
        servers = self._one(SERVERS)
        for kind, included, amount in (("visits", 6, 1), ("hours", 60, 10)):
            year = QuotaData(kind, Decimal(included), servers.starts_on, self._day(215))
            self._do(grant_quota, servers, data=year)
            for number, days in enumerate((-130, -80, -25), 1):
                used = UseData(
                    kind,
                    Decimal(amount),
                    f"第 {number} 次例行维护",
                    self._day(days),
                    "补录：系统启用前的服务记录",
                )
                self._do(use_quota, servers, data=used)

    def change(self) -> None:
        """One contract is suspended for some weeks, another runs longer by a supplement."""
        self._do(
            suspend_contract,
            self._one(MATERIALS),
            begins_on=self._day(-2),
            ends_on=self._day(19),
            reason="产线停产检修，双方书面同意暂停服务。",
        )
        longer = SupplementData(
            "补充协议一",
            effective_on=self._day(-30),
            ends_on=self._day(640),
            note="新增两台探针，服务期顺延三个月。",
        )
        self._do(add_supplement, self._one(HOSPITAL), data=longer)

    def _do(self, service: Any, row: ContractRow, **more: Any) -> Any:
        return service(actor=self.actor, contract_id=row.public_id, now=self.now, **more)
