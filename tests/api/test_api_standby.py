"""One standby unit lent by two people at the same moment goes to one customer (B-51, G32)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.api.conftest import Api, World
from tests.api.test_api_at_once import both

from yinuo.domains.repairs.models import Loan


@pytest.mark.req("B-51", "R36")
def test_one_unit_is_lent_to_one_of_two_who_ask_at_once(committed_world: World) -> None:
    token, ids = committed_world.own.member.token(), committed_world.own.ids
    body = {
        "standby_id": ids["standby_id"],
        "request_id": ids["request_id"],
        "return_by": (datetime.now(UTC) + timedelta(days=3)).isoformat(),
        "condition": "完好",
        "basis": "goodwill",
        "reason": "业务受影响",
    }

    def lend() -> Any:
        return Api(token).post("/loans", body)

    answers = sorted(both(lend, lend), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [201, 409]
    loan = Loan.objects.get(standby__public_id=ids["standby_id"])
    twin = {field.attname: getattr(loan, field.attname) for field in Loan._meta.fields[1:]}
    twin |= {"public_id": ids["loan_id"][:-1] + "0", "number": "BJ-2"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.create(**twin)
