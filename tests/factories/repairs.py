"""The broadcaster of story 1, whose link went down at night and was up again at noon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.factories.archive import make_asset, make_customer, make_site
from tests.factories.company import Company, Member, make_company, make_member, make_unit
from tests.factories.promises import PLANS, make_contract, publish

from yinuo.domains.customers.models import Customer
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, OpenedRequest, StepFact

BEIJING = ZoneInfo("Asia/Shanghai")
REPORTED = datetime(2026, 2, 14, 21, 40, tzinfo=BEIJING)
RESTORED = datetime(2026, 2, 15, 12, 5, tzinfo=BEIJING)
NEXT_MORNING = datetime(2026, 2, 16, 9, 0, tzinfo=BEIJING)
STEPS = (
    ("responded", datetime(2026, 2, 14, 21, 52, tzinfo=BEIJING)),
    ("remote_started", datetime(2026, 2, 14, 22, 5, tzinfo=BEIJING)),
    ("arrived", datetime(2026, 2, 15, 0, 50, tzinfo=BEIJING)),
)


@dataclass(frozen=True)
class Repair:
    """Who serves the broadcaster, and his request."""

    company: Company
    unit: ServiceUnit
    consultant: Member
    technician: Member
    stranger: Member
    reader: Member
    customer: Customer
    request: OpenedRequest


def make_repair(
    plan: str = "broadcast",
    level: str = "serious",
    *,
    at: datetime = REPORTED,
    restored_at: datetime | None = RESTORED,
    steps: Iterable[tuple[str, datetime]] = STEPS,
) -> Repair:
    """A request under one of the shipped plans, restored unless no instant is given for it."""
    company = make_company("华信传媒技术有限公司")
    admin = company.administrator
    unit = make_unit(admin, company.headquarters, "SZ", "华南中心")
    other = make_unit(admin, company.headquarters, "BJ")
    consultant = make_member(admin, unit, ["service_consultant", "account_manager"], "李静")
    customer = make_customer(consultant, unit, "岭南广播电视台新媒体中心")
    site = make_site(consultant, customer)
    asset = make_asset(consultant, customer, site)
    version = publish(admin, (PLANS / f"{plan}.yaml").read_text(encoding="utf-8"))
    make_contract(consultant, customer, version)
    request = open_request(
        actor=consultant.actor,
        intake=Intake(
            customer_id=customer.public_id,
            asset_id=asset.public_id,
            symptom="播出平台网络链路中断，频道停播",
            level=level,
            caller_name="周工",
            caller_phone="13900010001",
            reported_at=at,
        ),
        now=at + timedelta(minutes=2),
    )
    repair = Repair(
        company=company,
        unit=unit,
        consultant=consultant,
        technician=make_member(admin, unit, ["technician"], "赵强"),
        stranger=make_member(admin, other, ["service_consultant"]),
        reader=make_member(admin, unit, ["leadership"]),
        customer=customer,
        request=request,
    )
    for kind, moment in steps:
        state(repair, kind, moment)
    if restored_at is not None:
        words = {"method": "更换光模块与交换板", "cause_text": "光模块老化"}
        state(repair, "restored", restored_at, words=words)
    return repair


def state(repair: Repair, kind: str, at: datetime, *, words: dict[str, str] | None = None) -> None:
    """State a fact on the request, at once."""
    record_steps(
        actor=repair.consultant.actor,
        request_id=repair.request.public_id,
        facts=[StepFact(kind, at, {}, words or {})],
        source="test",
        now=at,
    )
