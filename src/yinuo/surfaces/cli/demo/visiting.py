"""Contacts of demo customers who sign in themselves and have just reported something."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from yinuo.domains.assets.visitors import assets_of
from yinuo.domains.customers.callers import find_callers
from yinuo.domains.customers.services import give_contact_account
from yinuo.domains.customers.visitors import get_visitor
from yinuo.domains.goods.services import order_in_portal
from yinuo.domains.goods.types import OrderData, Wanted
from yinuo.domains.goods.visitors import articles_to_order
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.visiting import OwnReport, report_by_customer
from yinuo.platform.accounts.services import accept_invitation


def let_visit(data: dict[str, Any], password: str, *, by: Actor, now: datetime) -> None:
    """Invite the contact as a person would, let him choose the password and report."""
    contact = next(one for one in find_callers(by, data["contact"]) if one.contact_public_id)
    secret = give_contact_account(
        actor=by, contact_id=contact.contact_public_id, username=data["username"], now=now
    )
    user = accept_invitation(secret=secret, password=password, now=now)
    visitor = get_visitor(user.pk)
    assets = assets_of(visitor).items
    for index, (minutes, level, symptom) in enumerate(data["reports"]):
        report = OwnReport(
            symptom=symptom, level=level, asset_id=assets[index % len(assets)].public_id
        )
        at = now - timedelta(minutes=minutes)
        report_by_customer(visitor=visitor, report=report, now=at)
    if articles := articles_to_order()[:3]:
        wanted = tuple(Wanted(one.public_id, 6 * (at + 1)) for at, one in enumerate(articles))
        order = OrderData(visitor.customer_public_id, wanted, deliver_to="门诊楼三层信息科")
        order_in_portal(visitor=visitor, data=order, now=now - timedelta(minutes=30))
