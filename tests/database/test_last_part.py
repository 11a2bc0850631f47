"""Fifty people take the last part at the same moment: exactly one has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.db.models import Sum
from tests.factories import make_company, make_member
from tests.factories.stock import fill, make_depot, make_part
from tests.plugins.committed import CommittedDatabase
from tests.system.processes import Web

from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import Balance, Move

PEOPLE = 50


@pytest.fixture
def web(committed: CommittedDatabase, tmp_path: Path) -> Iterator[Web]:
    url = committed.url_with(lock_timeout="60s")
    served = Web(committed.environment(DATABASE_URL=url, YINUO_VAR=str(tmp_path)))
    try:
        yield served.wait_started()
    finally:
        served.clear_up()


@pytest.mark.req("B-50", "R36", "R40", "G32")
def test_of_fifty_who_take_the_last_part_one_has_it_and_the_ledger_is_the_stock(web: Web) -> None:
    company = make_company()
    keeper = make_member(company.administrator, company.headquarters, ["parts_manager"])
    depot, part = make_depot(keeper, company.headquarters), make_part(keeper)
    fill(keeper, depot, part, 1)
    token, barrier = keeper.token(), Barrier(PEOPLE)
    body = json.dumps(
        {"lines": [{"part_id": str(part.public_id), "quantity": 1}], "reason": "最后一件"}
    )

    def take(number: int) -> tuple[int, bytes]:
        headers = {
            "Authorization": f"Bearer {token}",
            "Content_Type": "application/json",
            "Idempotency_Key": f"last-part-{number:03}",
        }
        barrier.wait()
        return web.ask("POST", f"/api/v1/depots/{depot.public_id}/scrappings", body, **headers)

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = sorted(pool.map(take, range(PEOPLE)))
    assert [status for status, _ in answers] == [200] + [409] * (PEOPLE - 1)
    assert {json.loads(said)["error"]["details"]["free"] for _, said in answers[1:]} == {0}
    left = Balance.objects.get(depot=depot, part=part)
    moved = Move.objects.filter(depot=depot, part=part).aggregate(sum=Sum("quantity"))
    assert (left.on_hand, left.value, moved["sum"]) == (0, 0, 0)
    assert wrong_stock() == []
