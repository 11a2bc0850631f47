"""The customers of the stories, with what happened to them before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from yinuo.domains.assets.services import AssetData, create_asset, create_project
from yinuo.domains.contracts.services import ContractData, create_contract, publish_plan
from yinuo.domains.customers.services import create_contact, create_customer
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services import open_request, record_steps
from yinuo.domains.requests.types import Intake, StepFact

PLANS = Path(__file__).resolve().parents[2] / "plans"
THEN = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)

BROADCASTER, BROADCASTER_NUMBER = "江城广播电视总台", "027-5550 8821"
# The morning after is told of a broadcaster of its own: what is repaired there must not be the
# last repair that the caller of the night hears of.
MORNING_BROADCASTER, MORNING_NUMBER = "南湖广播电视总台", "025-5550 8822"
# Without a contract: each visit is paid.
NEIGHBOUR, NEIGHBOUR_NUMBER = "海城国际商务中心", "0411-5550 7744"
# The light box of the one fell due in July; of the other one the restoration is still awaited.
CAMPUS, CAMPUS_NUMBER = "明湖大学", "0531-5550 6644"
MUSEUM, MUSEUM_NUMBER = "云州博物馆", "0531-5550 6655"
# The one that complains has no money counted in its ledger by another test.
LIBRARY, LIBRARY_NUMBER = "云州图书馆", "0531-5550 6677"
TENANT, TENANT_NUMBER = "滨海国际大厦物业管理有限公司", "0411-5550 7733"


def build_stories(actor: Actor, consultant: Actor, unit: str) -> None:
    """A broadcaster in warranty whose power supply was replaced, and a holder of an annual
    contract."""
    plan = _plan(actor, "broadcast")
    night = _customer(actor, unit, BROADCASTER, "周启明", BROADCASTER_NUMBER)
    platform = _platform(actor, night, plan, "0007")
    _replaced_power_supply(consultant, night, platform)
    morning = _customer(actor, unit, MORNING_BROADCASTER, "周启明", MORNING_NUMBER)
    _platform(actor, morning, plan, "0008")
    _tenant(actor, unit)
    visited = _customer(actor, unit, NEIGHBOUR, "吕工", NEIGHBOUR_NUMBER)
    data = AssetData(name="门禁控制器", model="DC-16", serial="DC16-0302")
    create_asset(actor=actor, customer_id=visited, data=data, now=THEN)
    signs = _plan(actor, "signage")
    for number, name, phone in (
        ("0711", CAMPUS, CAMPUS_NUMBER),
        ("0712", MUSEUM, MUSEUM_NUMBER),
        ("0713", LIBRARY, LIBRARY_NUMBER),
    ):
        _light_box(actor, _customer(actor, unit, name, "韩工", phone), signs, number)


def _light_box(actor: Actor, customer: object, plan: object, number: str) -> None:
    data = AssetData(name="正门灯箱", model="DX-2400", serial=f"DX24-{number}")
    create_asset(actor=actor, customer_id=customer, data=data, now=THEN)
    contract = ContractData(
        f"BP-2026-{number}",
        plan,
        starts_on=date(2026, 1, 12),
        ends_on=date(2028, 1, 12),
        total=Decimal("486000.00"),
        parameters={"on_site_hours": 8, "free_years": 2},
    )
    create_contract(actor=actor, customer_id=customer, data=contract, now=THEN)


def _platform(actor: Actor, customer: object, plan: object, number: str) -> object:
    project = create_project(
        actor=actor,
        customer_id=customer,
        name="新媒体播出平台",
        accepted_on=date(2025, 3, 18),
        now=THEN,
    )
    data = AssetData(
        name="播出链路平台", model="NM-4000", serial=f"NM4K-{number}", project_id=project.public_id
    )
    asset = create_asset(actor=actor, customer_id=customer, data=data, now=THEN)
    total = Decimal("2860000.00")
    contract = ContractData(f"ZB-2024-{number}", plan, starts_on=date(2024, 9, 20), total=total)
    create_contract(actor=actor, customer_id=customer, data=contract, now=THEN)
    return asset.public_id


def _replaced_power_supply(actor: Actor, customer: object, asset: object) -> None:
    at = datetime(2025, 11, 2, 7, 20, tzinfo=UTC)
    intake = Intake(customer, "播出链路平台电源告警", level="limited", asset_id=asset)
    request = open_request(actor=actor, intake=intake, now=at)
    facts = [
        StepFact("responded", at),
        StepFact("restored", at, words={"method": "更换电源模块"}),
        StepFact("confirmed_by_customer", at),
    ]
    record_steps(actor=actor, request_id=request.public_id, facts=facts, source="console", now=at)


def _tenant(actor: Actor, unit: str) -> None:
    customer = _customer(actor, unit, TENANT, "邓工", TENANT_NUMBER)
    data = AssetData(name="门禁控制器", model="DC-16", serial="DC16-0301")
    create_asset(actor=actor, customer_id=customer, data=data, now=THEN)
    contract = ContractData(
        "RD-2026-11",
        _plan(actor, "lowvoltage"),
        kind="annual",
        starts_on=date(2026, 1, 1),
        annual_fee=Decimal("34540.00"),
    )
    create_contract(actor=actor, customer_id=customer, data=contract, now=THEN)


def _customer(actor: Actor, unit: str, name: str, contact: str, number: str) -> object:
    customer = create_customer(actor=actor, unit_id=unit, name=name, now=THEN)
    create_contact(
        actor=actor, customer_id=customer.public_id, name=contact, phones=[number], now=THEN
    )
    return customer.public_id


def _plan(actor: Actor, code: str) -> object:
    file = PLANS / f"{code}.yaml"
    source = file.read_text(encoding="utf-8")
    return publish_plan(actor=actor, source=source, source_name=file.name, now=THEN).public_id
