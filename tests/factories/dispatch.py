"""Decisions about who goes, through the service a dispatcher uses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories.company import Company, make_member
from tests.factories.work import fresh, issue

from yinuo.domains.dispatch.going import who_can_go
from yinuo.domains.dispatch.models import Decision
from yinuo.domains.dispatch.services import send_engineer


def make_decision(company: Company, request: Any) -> Decision:
    """A new sheet of a request at headquarters, for which the first who can go is sent."""
    admin, unit = company.administrator, company.headquarters
    sender = make_member(admin, unit, ["service_manager"])
    make_member(admin, unit, ["technician"])
    order = fresh(issue(sender, request))
    now = datetime.now(UTC)
    goer = who_can_go(sender.actor, order.public_id, now=now).goers[0]
    return send_engineer(
        actor=sender.actor,
        work_order_id=order.public_id,
        person_id=goer.public_id,
        version=order.version,
        source="test",
        now=now,
    )
