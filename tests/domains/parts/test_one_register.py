"""One thing is in one register: stock and standby units do not both keep it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.factories import make_company, make_customer, make_member, open_fault
from tests.factories.standby import make_loan, make_standby
from tests.factories.stock import fill, make_depot, make_part

from yinuo.domains.parts.models import Piece
from yinuo.domains.repairs.loan_types import StandbyData
from yinuo.domains.repairs.models import StandbyUnit
from yinuo.domains.repairs.services import register_standby
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.platform.errors import IllegalMove, InvalidInput

ROLES = ["parts_manager", "service_manager", "account_manager"]


@pytest.mark.req("SA-08", "B-51", "R40")
def test_a_serial_is_a_part_in_stock_or_a_standby_unit_never_both(db: None) -> None:
    company = make_company()
    unit, admin = company.headquarters, company.administrator
    by = make_member(admin, unit, ROLES)
    depot, part = make_depot(by, unit), make_part(by, "serial")
    fill(by, depot, part, serials=["SN-1"])
    data = StandbyData(unit.public_id, "备用防火墙", "FW-100", "SN-1")
    with pytest.raises(InvalidInput) as refused:
        register_standby(actor=by.actor, data=data, now=datetime.now(UTC))
    assert depot.name in str(refused.value.fields["serial"])
    standby = make_standby(by, unit)
    with pytest.raises(InvalidInput) as refused:
        fill(by, depot, part, serials=[standby.serial])
    assert standby.name in str(refused.value.fields["serials"])
    assert not Piece.objects.filter(serial=standby.serial).exists()
    # Neither register knows makers: what tells two of them apart stands before the number.
    fill(by, depot, part, serials=[f"华信 {standby.serial}"])
    StandbyUnit.objects.filter(pk=standby.pk).update(state="retired")
    fill(by, depot, part, serials=[standby.serial])


@pytest.mark.req("SA-08", "B-51")
def test_what_the_register_states_is_not_stated_by_hand_too(db: None) -> None:
    company = make_company()
    unit = company.headquarters
    by = make_member(company.administrator, unit, ROLES)
    lent, other = (open_fault(by, make_customer(by, unit), level="") for _ in range(2))
    make_loan(by, unit, lent)
    for kind in ("standby_delivered", "standby_returned"):
        about = {"actor": by.actor, "source": "console", "now": datetime.now(UTC)}
        with pytest.raises(IllegalMove):
            record_steps(**about, request_id=lent.public_id, facts=[StepFact(kind)])
    record_steps(**about, request_id=other.public_id, facts=[StepFact("standby_delivered")])
