"""One call about two things becomes two linked requests (B-16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.domains.requests.conftest import Desk

from yinuo.domains.requests.models import Request
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import Part, merge_request, report_fact, split_request
from yinuo.domains.requests.types import OpenedRequest, Report, RequestPage
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-16")]

STATISTICS = Part(
    symptom="后台统计与实际不一致",
    reason="一次来电说了两件事",
    kind="fault",
    level="limited",
    category="data_wrong",
)


def page(desk: Desk, request: Any) -> RequestPage:
    return get_request_page(desk.consultant.actor, request.public_id)


def split(desk: Desk, request: Any, part: Part = STATISTICS, **more: Any) -> OpenedRequest:
    given = {"actor": desk.consultant.actor, "now": datetime.now(UTC)} | more
    version = given.pop("version", None) or page(desk, request).request.version
    return split_request(
        request_id=request.public_id, part=part, version=version, source="test", **given
    )


def report(desk: Desk, request: Any, kind: str, at: datetime | None = None, **values: Any) -> None:
    report_fact(
        actor=desk.consultant.actor,
        request_id=request.public_id,
        report=Report(kind, at, values),
        source="test",
        now=datetime.now(UTC),
    )


def test_the_new_request_runs_from_the_same_report_and_both_name_each_other(desk):
    first = desk.call(minutes_ago=20)
    second = split(desk, first)
    old, new = page(desk, first), page(desk, second)
    assert new.request.reported_at == old.request.reported_at
    assert {one.started_at for one in new.obligations if one.started_at} == {
        old.request.reported_at
    }
    assert new.cover.contract_number == old.cover.contract_number
    assert (new.request.level, new.request.category) == ("limited", "data_wrong")
    assert (new.caller_name, new.contact_name) == (old.caller_name, old.contact_name)
    assert new.split_from is not None
    assert new.split_from.number == first.number
    assert [one.number for one in old.split_off] == [second.number]
    assert old.facts[0].kind == "split_off"
    assert old.said[old.facts[0].public_id].words["reason"] == STATISTICS.reason
    assert "split_from" in {fact.kind for fact in new.facts}
    assert old.request.state == "new"


def test_an_answer_given_to_both_keeps_the_promise_of_the_new_one(desk):
    first = desk.call(minutes_ago=50)
    answered_at = first.reported_at + timedelta(minutes=10)
    report(desk, first, "responded", answered_at)
    together = Part(**{**_fields(STATISTICS), "is_answered": True})
    both = page(desk, split(desk, first, together))
    alone = page(desk, split(desk, first))
    assert both.request.state == "answered"
    states = [
        [one.state for one in which.obligations if one.started_at and "响应" in one.title_zh]
        for which in (both, alone)
    ]
    assert states == [["met"], ["missed"]]
    assert alone.request.state == "new"


def _fields(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def test_what_is_merged_archived_or_cancelled_is_not_split(desk):
    merged, target, cancelled = desk.call(), desk.call(), desk.call()
    merge_request(
        actor=desk.consultant.actor,
        request_id=merged.public_id,
        into_id=target.public_id,
        reason="同一件事",
        version=page(desk, merged).request.version,
        source="test",
        now=datetime.now(UTC),
    )
    report(desk, cancelled, "cancelled", reason="客户撤回")
    before = Request.objects.count()
    for closed in (merged, cancelled):
        with pytest.raises(IllegalMove):
            split(desk, closed)
        assert "split" not in page(desk, closed).acts
    assert Request.objects.count() == before


def test_a_refused_split_leaves_nothing_behind(desk):
    first = desk.call()
    refused = (
        ({"symptom": "  "}, "symptom"),
        ({"reason": ""}, "reason"),
        ({"level": "nonsense"}, "level"),
        ({"kind": "riddle"}, "kind"),
        ({"answers": {"nobody_asked": "x"}}, "answers.nobody_asked"),
    )
    for change, field in refused:
        with pytest.raises(InvalidInput) as caught:
            split(desk, first, Part(**{**_fields(STATISTICS), **change}))
        assert field in caught.value.fields
    with pytest.raises(NotFound):
        split(desk, first, Part(**{**_fields(STATISTICS), "asset_id": first.public_id}))
    with pytest.raises(Conflict):
        split(desk, first, version=99)
    with pytest.raises(Forbidden):
        split(desk, first, actor=desk.technician.actor)
    assert Request.objects.count() == 1
    assert page(desk, first).request.version == 1
