"""What no row stands for yet, entered by two people at the same moment (R36, R40)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.api.conftest import World
from tests.api.test_api_at_once import both
from tests.factories.billing import price_list_source
from tests.factories.stock import fill, make_depot, make_part

from yinuo.domains.billing.models import PriceListVersion
from yinuo.domains.billing.services import publish_price_list
from yinuo.domains.parts.models import Piece
from yinuo.domains.repairs.loan_types import StandbyData
from yinuo.domains.repairs.models import StandbyUnit
from yinuo.domains.repairs.services import register_standby
from yinuo.platform.errors import InvalidInput


@pytest.mark.req("R36")
def test_two_texts_published_at_once_are_two_versions(committed_world: World) -> None:
    by = committed_world.own.member
    known = price_list_source()
    before = PriceListVersion.objects.count()

    def publish(price: str) -> Any:
        source = known.replace("400", price)
        assert source != known
        now = datetime.now(UTC)
        return publish_price_list(actor=by.actor, source=source, source_name="prices", now=now)

    made = both(lambda: publish("401"), lambda: publish("402"))
    assert abs(made[0].number - made[1].number) == 1
    assert PriceListVersion.objects.count() == before + 2


@pytest.mark.req("R36", "R40", "SA-08")
def test_one_serial_entered_in_both_registers_at_once_is_in_one(committed_world: World) -> None:
    by = committed_world.own.member
    unit = by.person.unit
    depot, part = make_depot(by, unit), make_part(by, "serial")

    def into_stock() -> Any:
        try:
            return fill(by, depot, part, serials=["SN-EINS"])
        except InvalidInput as error:
            return error

    def as_standby() -> Any:
        data = StandbyData(unit.public_id, "备用防火墙", "FW-100", "SN-EINS")
        try:
            return register_standby(actor=by.actor, data=data, now=datetime.now(UTC))
        except InvalidInput as error:
            return error

    answers = both(into_stock, as_standby)
    assert sum(isinstance(one, InvalidInput) for one in answers) == 1
    pieces = Piece.objects.filter(serial="SN-EINS").count()
    assert pieces + StandbyUnit.objects.filter(serial="SN-EINS").count() == 1
