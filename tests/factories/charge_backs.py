"""Misses that were in the hands of a unit below, and what it is charged for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories.breaches import make_breach
from tests.factories.company import Member

from yinuo.domains.billing.models import ChargeBack
from yinuo.domains.billing.services import issue_charge_back
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.services import LegData, approve_breach, correct_leg
from yinuo.domains.network.models import ServiceUnit


def make_late_in(by: Member, busy: Member, below: ServiceUnit) -> Breach:
    """A miss of 200.00 of the unit above, all of it in the hands of `below`; approved."""
    assert below.parent is not None
    breach = make_breach(by, busy, below.parent)
    now = breach.posted_at
    assert breach.started_at is not None
    data = LegData(breach.started_at, now, "partner", below.public_id, "已交给他们")
    who: dict[str, Any] = {"actor": by.actor, "breach_id": breach.public_id, "now": now}
    breach = correct_leg(data=data, version=breach.version, **who)
    return approve_breach(version=breach.version, **who)


def make_charge_back(by: Member, busy: Member, below: ServiceUnit) -> ChargeBack:
    """What the unit below is charged for such a miss."""
    make_late_in(by, busy, below)
    now = datetime.now(UTC)
    day = now.astimezone().date()
    return issue_charge_back(actor=by.actor, unit_id=below.public_id, until=day, now=now)
