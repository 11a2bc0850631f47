"""A vendor who works with emergency plans: everybody in the chain, and a serious request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.factories.archive import make_asset, make_contact, make_customer, make_site
from tests.factories.company import Company, Member, make_company, make_member, make_unit
from tests.factories.promises import make_contract, publish

from yinuo.domains.customers.models import Customer
from yinuo.domains.emergency.models import EmergencyPlan, Setback
from yinuo.domains.emergency.services import (
    depart,
    open_chain,
    raise_setback,
    record_consent,
    submit_plan,
    take_chain_step,
)
from yinuo.domains.emergency.types import (
    ConsentGiven,
    Doing,
    PlanContent,
    SetbackData,
    Told,
)
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake, OpenedRequest

PLAN = Path(__file__).resolve().parents[2] / "plans" / "broadcast.yaml"
DOING = Doing(source="test")


@cache
def broadcast_source() -> str:
    """The shipped plan with the chain."""
    return PLAN.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Vendor:
    """Who works there, and the customer's request just opened."""

    company: Company
    unit: ServiceUnit
    consultant: Member
    project_manager: Member
    service_manager: Member
    director: Member
    parts_manager: Member
    lead: Member
    technician: Member
    supervisor: Member
    leader: Member
    dispatcher: Member
    customer: Customer
    request: OpenedRequest


def make_vendor(company: Company | None = None, code: str = "SZ") -> Vendor:
    """Everybody of BP-04 to BP-09, and a serious fault."""
    company = company or make_company()
    admin = company.administrator
    unit = make_unit(admin, company.headquarters, code)
    consultant = make_member(admin, unit, ["service_consultant"])
    customer = make_customer(consultant, unit)
    site = make_site(consultant, customer)
    contact = make_contact(consultant, customer, site=site)
    asset = make_asset(consultant, customer, site)
    seller = make_member(admin, unit, ["account_manager"])
    make_contract(seller, customer, publish(admin, broadcast_source()))
    return Vendor(
        company=company,
        unit=unit,
        consultant=consultant,
        project_manager=make_member(admin, unit, ["project_manager"], "周项目"),
        service_manager=make_member(admin, unit, ["service_manager"], "吴服务"),
        director=make_member(admin, unit, ["service_director"], "郑总监"),
        parts_manager=make_member(admin, unit, ["parts_manager"], "冯配件"),
        lead=make_member(admin, unit, ["emergency_lead"], "韩应急"),
        technician=make_member(admin, unit, ["technician"], "赵强"),
        supervisor=make_member(admin, unit, ["technical_supervisor"], "杨主管"),
        leader=make_member(admin, unit, ["leadership"], "秦总"),
        dispatcher=make_member(admin, unit, ["dispatcher"], "许调度"),
        customer=customer,
        request=open_serious(consultant, customer, contact, asset),
    )


def make_small_vendor(company: Company, unit: ServiceUnit, one: Member, other: Member) -> Vendor:
    """One person in every role, and another one who approves what he wrote."""
    customer = make_customer(one, unit)
    site = make_site(one, customer)
    contact = make_contact(one, customer, site=site)
    make_contract(one, customer, publish(company.administrator, broadcast_source()))
    return Vendor(
        company=company,
        unit=unit,
        consultant=one,
        project_manager=one,
        service_manager=one,
        director=other,
        parts_manager=one,
        lead=one,
        technician=other,
        supervisor=one,
        leader=one,
        dispatcher=one,
        customer=customer,
        request=open_serious(one, customer, contact),
    )


def open_serious(by: Member, customer: Customer, contact: Any, asset: Any = None) -> OpenedRequest:
    """A serious fault that the customer's contact reports now."""
    intake = Intake(
        customer_id=customer.public_id,
        contact_id=contact.public_id,
        symptom="播出链路中断",
        level="serious",
        asset_id=asset.public_id if asset else None,
    )
    return open_request(actor=by.actor, intake=intake, now=datetime.now(UTC))


def another(vendor: Vendor) -> Vendor:
    """The same vendor with another request of the customer, without contact."""
    intake = Intake(customer_id=vendor.customer.public_id, symptom="链路中断", level="serious")
    opened = open_request(actor=vendor.consultant.actor, intake=intake, now=datetime.now(UTC))
    return replace(vendor, request=opened)


def make_setback(vendor: Vendor, row: EmergencyPlan, kind: str) -> Setback:
    """Something that went wrong with the crew of an approved plan."""
    missing = vendor.technician.person.public_id if kind == "missing" else None
    return raise_setback(
        actor=vendor.lead.actor,
        plan_id=row.public_id,
        data=SetbackData(kind, "现场情况", missing),
        doing=DOING,
        now=datetime.now(UTC),
    )


def content_of(vendor: Vendor, **changed: object) -> PlanContent:
    """A plan with a lead, a technician, a part and an arrival in two hours."""
    values = {
        "analysis": "光模块老化，链路中断",
        "lead_id": vendor.lead.person.public_id,
        "crew_ids": (vendor.technician.person.public_id,),
        "items": ("更换光模块", "测试链路"),
        "parts": ("光模块", "交换板"),
        "tools": "光功率计",
        "work_minutes": 90,
        "cost": Decimal("0.00"),
        "special_points": "机房夜间需登记",
        "arrival_at": datetime.now(UTC) + timedelta(hours=2),
    }
    return PlanContent(**{**values, **changed})  # type: ignore[arg-type] # values by name


# Everything the chain does in order, by the state that follows.
WAY = ("opened", "written", "acknowledged", "agreed", "approved", "released", "departed")


def make_plan(vendor: Vendor, until: str = "opened", **content: object) -> EmergencyPlan:
    """A plan brought along the chain by those whose steps they are."""
    now = datetime.now(UTC)
    row = open_chain(
        actor=vendor.consultant.actor,
        request_id=vendor.request.public_id,
        doing=DOING,
        now=now,
    )
    for state in WAY[1 : WAY.index(until) + 1]:
        advance(vendor, row, state, **content)
    return fresh(row)


def advance(vendor: Vendor, row: EmergencyPlan, state: str, **content: object) -> None:
    """Take the one step after which the plan stands there."""
    now, row = datetime.now(UTC), fresh(row)
    about = {"plan_id": row.public_id, "version": row.version, "doing": DOING, "now": now}
    if state == "written":
        made = content_of(vendor, **content)
        submit_plan(actor=vendor.project_manager.actor, content=made, **about)
    elif state == "agreed":
        given = ConsentGiven("李工", agrees=True)
        record_consent(actor=vendor.service_manager.actor, given=given, **about)
    elif state == "departed":
        told = Told(now + timedelta(hours=1), reached="李工")
        depart(actor=vendor.lead.actor, told=told, **about)
    else:
        takers = {
            "acknowledged": vendor.service_manager,
            "approved": vendor.director,
            "released": vendor.parts_manager,
        }
        take_chain_step(actor=takers[state].actor, act=state, **about)


def fresh(row: EmergencyPlan) -> EmergencyPlan:
    """The plan as it stands in the database."""
    return EmergencyPlan.objects.get(pk=row.pk)
