"""What happened over 30 days ago is recorded by whatever form, with why it comes so late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories.centre import Centre
from tests.factories.work import make_work_order

from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackAnswers
from yinuo.domains.fieldwork.services import take_step
from yinuo.domains.fieldwork.types import StepReport
from yinuo.domains.obligations.models import FactRow
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.kernel.steps import ACTS
from yinuo.platform.errors import InvalidInput

pytestmark = pytest.mark.django_db
WHY = "手机无信号，月底才补录"


def long_ago(centre: Centre) -> datetime:
    """An instant 40 days back, after the report, which is moved before it."""
    at = datetime.now(UTC) - timedelta(days=40)
    request = Request.objects.get(public_id=centre.request.public_id)
    Request.objects.filter(pk=request.pk).update(reported_at=at - timedelta(hours=2))
    return at


@pytest.mark.req("B-04")
def test_a_departure_long_ago_wants_its_reason_and_keeps_it_with_the_request(centre):
    order = make_work_order(centre.specialist, centre.technician, centre.request, "appointed")
    at = long_ago(centre)

    def depart(late_reason: str = "") -> None:
        take_step(
            actor=centre.technician.actor,
            work_order_id=order.public_id,
            report=StepReport("departed", at, late_reason=late_reason),
            source="test",
            now=datetime.now(UTC),
        )

    for empty in ("", "   "):
        with pytest.raises(InvalidInput) as caught:
            depart(empty)
        assert list(caught.value.fields) == ["late_reason"]
    depart(WHY)
    page = get_request_page(centre.specialist.actor, centre.request.public_id)
    fact = next(one for one in page.facts if one.kind == "departed")
    assert page.said[fact.public_id].words["late_reason"] == WHY


@pytest.mark.req("B-04")
def test_a_call_back_long_ago_wants_its_reason(centre):
    at = long_ago(centre)
    for kind in ("responded", "restored"):
        report_fact(
            actor=centre.specialist.actor,
            request_id=centre.request.public_id,
            report=Report(kind, at, {"late_reason": WHY}),
            source="test",
            now=datetime.now(UTC),
        )

    def call(late_reason: str) -> None:
        answers = CallBackAnswers(
            reached=True, done=True, satisfaction="fair", occurred_at=at, late_reason=late_reason
        )
        record_call_back(
            actor=centre.specialist.actor,
            request_id=centre.request.public_id,
            answers=answers,
            source="test",
            now=datetime.now(UTC),
        )

    with pytest.raises(InvalidInput):
        call("")
    call(WHY)


@pytest.mark.req("BP-11")
@pytest.mark.parametrize("kind", sorted(ACTS))
def test_what_has_its_own_form_is_not_recorded_past_it(centre, kind):
    """The plan of this request waits for `report_delivered`; still only a report delivers it."""
    before = FactRow.objects.count()
    with pytest.raises(InvalidInput) as caught:
        report_fact(
            actor=centre.specialist.actor,
            request_id=centre.request.public_id,
            report=Report(kind, None, {}),
            source="test",
            now=datetime.now(UTC),
        )
    assert list(caught.value.fields) == ["kind"]
    assert FactRow.objects.count() == before
    page = get_request_page(centre.specialist.actor, centre.request.public_id)
    assert kind not in {step.kind for step in page.next_steps}
