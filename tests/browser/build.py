"""Makes the world of the browser tests through the services, and prints who is in it.

Runs in a process of its own, on the database that the variables name.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from tests.browser.story_world import build_stories
from tests.browser.world import (
    CONTACT,
    CUSTOMER,
    HOTLINE_NUMBER,
    PASSWORD,
    SERIAL,
    WITH_FIGURE,
    World,
)

from yinuo.domains.assets.services import create_asset
from yinuo.domains.assets.services.assets import AssetData
from yinuo.domains.contracts.services import create_contract, publish_plan
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.customers.services import create_contact, create_customer, create_site
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.network.selectors import find_user_id
from yinuo.domains.network.services import assign_role, create_person, found_company, link_user
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import NewUser, create_user

PLAN = Path(__file__).resolve().parents[2] / "plans" / "appliance.yaml"
THEN = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


def build_world() -> World:
    """Headquarters, its people, one customer with a covered and an uncovered asset."""
    administrator = _user("chen.min", "陈敏")
    found_company(
        name="一诺演示服务总部", code="HQ", admin_name="陈敏", user_id=administrator, now=THEN
    )
    actor = get_actor(administrator)
    unit = str(ServiceUnit.objects.get().public_id)
    for username, name, role in (
        ("li.na", "李娜", "service_consultant"),
        ("wang.fang", "王芳", "service_consultant"),
        ("zhao.qiang", "赵强", "technician"),
        ("sun.li", "孙丽", "service_manager"),
        ("zhou.ming", "周明", "project_manager"),
        ("zheng.jie", "郑洁", "service_director"),
        ("feng.tao", "冯涛", "parts_manager"),
        ("han.lei", "韩磊", "emergency_lead"),
    ):
        person = create_person(actor=actor, unit_id=unit, name=name, now=THEN)
        link_user(actor=actor, person_id=person.public_id, user_id=_user(username, name), now=THEN)
        assign_role(actor=actor, person_id=person.public_id, role_code=role, unit_id=unit, now=THEN)
    customer_id, asset_id = _customer(actor, unit)
    build_stories(actor, get_actor(find_user_id("li.na") or 0), unit)
    return World("li.na", "wang.fang", "zhao.qiang", "sun.li", customer_id, asset_id)


def _user(username: str, name: str) -> int:
    return create_user(NewUser(username, name, PASSWORD), now=THEN).pk


def _customer(actor: Actor, unit: str) -> tuple[str, str]:
    customer = create_customer(
        actor=actor, unit_id=unit, name=CUSTOMER, short_name="云帆数据", now=THEN
    )
    site = create_site(
        actor=actor,
        customer_id=customer.public_id,
        name="前海机房 B2",
        address="深圳市前海合作区梦海大道 5033 号卓越前海壹号 B 座地下二层",
        now=THEN,
    )
    create_contact(
        actor=actor,
        customer_id=customer.public_id,
        name=CONTACT,
        phones=[HOTLINE_NUMBER],
        site_id=site.public_id,
        now=THEN,
    )
    asset = create_asset(
        actor=actor,
        customer_id=customer.public_id,
        data=AssetData(
            name="下一代防火墙 电源模块冗余型",
            model="NGFW-8800",
            asset_class="appliance",
            serial=SERIAL,
            site_id=site.public_id,
            purchased_on=date(2023, 8, 15),
        ),
        now=THEN,
    )
    publish_plan(actor=actor, source=WITH_FIGURE, source_name="figures.yaml", now=THEN)
    plan = publish_plan(actor=actor, source=PLAN.read_text(), source_name=PLAN.name, now=THEN)
    create_contract(
        actor=actor,
        customer_id=customer.public_id,
        data=ContractData(
            number="YF-2026-018",
            plan_version_id=plan.public_id,
            kind="maintenance",
            starts_on=date(2026, 1, 1),
            ends_on=date(2036, 1, 1),
        ),
        now=THEN,
    )
    return str(customer.public_id), str(asset.public_id)


def main() -> None:
    """Print the world just made as one JSON object."""
    sys.stdout.write(json.dumps(asdict(build_world())))
