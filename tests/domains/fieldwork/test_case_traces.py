"""What cases leave on their asset without anybody entering it by hand: downtime, repairs, rungs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.console.conftest import browser_of
from tests.console.test_quotes import plain
from tests.factories.centre import Centre, make_centre
from tests.factories.work import REPORT, advance, fresh, issue, step, take

from yinuo.domains.assets.mendings import mendings_of
from yinuo.domains.assets.models import CaseTrace
from yinuo.domains.assets.types import Span
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import correct_fact, record_steps
from yinuo.domains.requests.services.correcting import Correction
from yinuo.domains.requests.types import StepFact
from yinuo.platform.accounts.models import User
from yinuo.platform.errors import InvalidInput

pytestmark = pytest.mark.django_db
PARTS = replace(REPORT, parts_used="电源模块 1 个")
NOT_DONE = replace(REPORT, result="other", result_reason="修理后仍不通电")


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


def found(centre: Centre) -> Request:
    return Request.objects.get(public_id=centre.request.public_id)


def on_site(centre: Centre) -> Any:
    order = issue(centre.specialist, found(centre))
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    return order


def spans(request: Request) -> tuple[Span, ...]:
    assert request.asset_id is not None
    return mendings_of([request.asset_id], datetime.now(UTC))[request.asset_id].downtimes


def record(centre: Centre, kind: str, **words: str) -> None:
    fact = StepFact(kind, words=words)
    record_steps(
        actor=centre.specialist.actor,
        request_id=centre.request.public_id,
        facts=[fact],
        source="console",
        now=datetime.now(UTC),
    )


@pytest.mark.req("B-22", "B-23")
def test_a_restored_fault_counts_as_downtime_while_it_stays_restored(centre: Centre) -> None:
    request = found(centre)
    assert spans(request) == ()
    order = on_site(centre)
    step(centre.technician, order, "worked", report=PARTS)
    request.refresh_from_db()
    (span,) = spans(request)
    assert span.began_at == request.reported_at
    assert span.ended_at == fresh(order).finished_at
    step(centre.technician, order, "worked", report=NOT_DONE)
    assert CaseTrace.objects.filter(kind="repaired").count() == 0, "it was no repair after all"


@pytest.mark.req("B-22", "R42")
def test_a_corrected_time_of_restoration_moves_the_downtime(centre: Centre) -> None:
    request = found(centre)
    earlier = datetime.now(UTC) - timedelta(hours=5)
    Request.objects.filter(pk=request.pk).update(reported_at=earlier)
    record(centre, "responded")
    record(centre, "restored", method="重启")
    request.refresh_from_db()
    assert spans(request)[0].began_at == earlier
    fact = next(one for one in facts_of_subject(request.public_id) if one.kind == "restored")
    correct_fact(
        actor=centre.specialist.actor,
        request_id=request.public_id,
        correction=Correction(fact.public_id, "报错了", withdraw=True),
        version=request.version,
        source="console",
        now=datetime.now(UTC),
    )
    assert spans(found(centre)) == ()


@pytest.mark.req("B-22", "B-23")
def test_a_reopened_fault_is_down_again_until_it_is_restored_once_more(centre: Centre) -> None:
    request = found(centre)
    record(centre, "responded")
    record(centre, "restored", method="重启")
    assert len(spans(request)) == 1
    record(centre, "reopened", reason="又断电")
    assert spans(request) == ()


@pytest.mark.req("B-22", "SA-04")
def test_parts_used_on_finished_work_are_a_repair_once(centre: Centre) -> None:
    request = found(centre)
    order = on_site(centre)
    for _ in range(2):
        step(centre.technician, order, "worked", report=PARTS)
    finished = fresh(order).finished_at
    assert finished is not None
    assert request.asset_id is not None
    mending = mendings_of([request.asset_id], datetime.now(UTC) + timedelta(days=1))
    local = (finished + timedelta(hours=8)).date()
    assert mending[request.asset_id].repaired_on == (local,)
    assert isinstance(local, date)


@pytest.mark.req("BP-01", "B-22")
def test_what_an_attempt_showed_moves_the_cover_to_the_next_rung(centre: Centre) -> None:
    order = on_site(centre)
    browser = browser_of(User.objects.get(pk=centre.technician.user.pk))
    address = f"/work/{order.public_id}/worked/"
    sent = {
        "findings": "主板损坏",
        "work_done": "更换电容后仍不通电",
        "result": "other",
        "result_reason": "需更换主板",
        "tried": "repair_failed",
        "persons": "2",
        "finished_at": "",
    }
    done = browser.fill(address, **sent)
    assert done.status_code == 302, plain(done)
    kinds = [one.kind for one in facts_of_subject(centre.request.public_id)]
    assert "repair_failed" in kinds
    desk = browser_of(User.objects.get(pk=centre.specialist.user.pk))
    page = desk.read(f"/requests/{centre.request.public_id}/")
    assert "tried=repair_failed" in page
    assert fresh(order).persons == 2


@pytest.mark.req("B-22")
@pytest.mark.parametrize(
    ("report", "field"),
    [
        (replace(REPORT, tried="repair_failed"), "tried"),
        (replace(NOT_DONE, tried="restored"), "tried"),
        (replace(REPORT, persons=0), "persons"),
        (replace(REPORT, persons=100), "persons"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused(
    centre: Centre, report: Any, field: str
) -> None:
    order = on_site(centre)
    with pytest.raises(InvalidInput) as refused:
        step(centre.technician, order, "worked", report=report)
    assert set(refused.value.fields) == {field}
