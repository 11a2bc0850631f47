"""Standby units, and loans of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.factories.company import Member

from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.repairs.loan_types import LoanData, StandbyData
from yinuo.domains.repairs.models import Loan, StandbyUnit
from yinuo.domains.repairs.services import lend_standby, register_standby

_serial = count(1)


def make_standby(by: Member, unit: ServiceUnit, model: str = "FW-100") -> StandbyUnit:
    """A standby unit that lies ready."""
    serial = f"BJ{next(_serial):05d}"
    data = StandbyData(unit.public_id, "备用防火墙", model, serial, "一号库房 3 架")
    return register_standby(actor=by.actor, data=data, now=datetime.now(UTC))


def make_loan(by: Member, unit: ServiceUnit, request: Any) -> Loan:
    """One lent for the request for a week, as goodwill."""
    now = datetime.now(UTC)
    data = LoanData(
        make_standby(by, unit).public_id,
        request.public_id,
        now + timedelta(days=7),
        "外观完好，附电源线",
        "goodwill",
        "客户业务受影响",
    )
    return lend_standby(actor=by.actor, data=data, now=now)
