"""The fair score: reckoned from answer, sheet and promise, followed when they change, appealed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import make_member
from tests.factories.fair import case_of, sign_after
from tests.factories.repairs import BEIJING, Repair, make_repair

from yinuo.domains.feedback.answer_types import Grouping, Part
from yinuo.domains.feedback.fair import get_appeal, list_appeals, list_cases
from yinuo.domains.feedback.reckoning import fresh_cases, values_of
from yinuo.domains.feedback.scores import scores_by
from yinuo.domains.feedback.services import appeal_case, decide_appeal, set_score_weights
from yinuo.domains.feedback.services.reckoning import follow_promises, recount_cases
from yinuo.domains.obligations.models import ObligationRow
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.scoring import FairWeights
from yinuo.platform.errors import Conflict, Forbidden, IllegalMove, InvalidInput, NotFound

pytestmark = pytest.mark.django_db
ALWAYS = Part(date(2020, 1, 1), date(2100, 1, 1))
BEGAN = datetime(2026, 9, 7, 9, tzinfo=BEIJING)
HOUR = timedelta(hours=1)


@pytest.fixture
def repair() -> Repair:
    at = BEGAN - timedelta(days=10)
    return make_repair("appliance", "serious", at=at, steps=(), restored_at=None)


@pytest.mark.req("B-61")
def test_lateness_inherited_is_not_the_engineers_and_his_own_is(repair: Repair) -> None:
    inherited = case_of(sign_after(repair, BEGAN, given=4 * HOUR, way=HOUR))
    own = case_of(sign_after(repair, BEGAN, given=timedelta(0), idle=4 * HOUR, way=HOUR))
    far = case_of(sign_after(repair, BEGAN, given=timedelta(0), way=5 * HOUR))
    minutes = [
        (one.promised_minutes, one.inherited_minutes, one.late_minutes, one.own_late_minutes)
        for one in (inherited, own, far)
    ]
    assert minutes == [(240, 240, 60, 0), (240, 0, 60, 60), (240, 0, 60, 0)]
    assert [one.timeliness_missing for one in (inherited, own, far)] == [0, 2500, 0]
    assert inherited.missing is not None
    assert own.missing is not None
    assert inherited.missing < own.missing
    assert (inherited.difficulty_percent, inherited.level_rank) == (165, 0)


@pytest.mark.req("B-61")
def test_raw_and_fair_stand_side_by_side_for_everybody_who_may_see_them(repair: Repair) -> None:
    sign_after(repair, BEGAN, given=HOUR, satisfaction="very_satisfied")
    sign_after(repair, BEGAN, given=HOUR, satisfaction="dissatisfied")
    for by in (Grouping.ENGINEER, Grouping.UNIT, Grouping.MONTH):
        [group] = scores_by(repair.reader.actor, ALWAYS, by)
        assert (group.score.points, group.fair) == (Decimal(0), Decimal("84.09"))
    assert [one.name for one in scores_by(repair.technician.actor, ALWAYS, Grouping.ENGINEER)] == [
        "赵强"
    ]
    assert scores_by(repair.stranger.actor, ALWAYS, Grouping.ENGINEER) == []
    assert len(list_cases(repair.technician.actor, ALWAYS).items) == 2
    assert list_cases(repair.stranger.actor, ALWAYS).items == ()


@pytest.mark.req("B-61")
def test_a_promise_corrected_later_and_other_weights_reckon_the_case_anew(repair: Repair) -> None:
    order = sign_after(repair, BEGAN, given=HOUR)
    before = case_of(order)
    row = ObligationRow.objects.filter(subject_id=before.request.public_id, promise="on_site")
    late = row.get()
    assert late.due_at is not None
    row.update(due_at=late.due_at - timedelta(days=3), state="missed")
    # Any later change of the case makes its sheets be read again.
    request = Request.objects.get(pk=before.request_id)
    now = BEGAN + 5 * HOUR
    record_steps(
        actor=repair.consultant.actor,
        request_id=request.public_id,
        facts=[StepFact("restored", now)],
        source="test",
        now=now,
    )
    while follow_promises(now=now + HOUR):
        pass
    fresh = next(iter(fresh_cases([order.public_id])))
    assert values_of(case_of(order)) == values_of(fresh)
    director = make_member(
        repair.company.administrator, repair.company.headquarters, ["service_director"]
    )
    weights = {**asdict(FairWeights()), "timeliness_percent": 0}
    known = {"actor": director.actor, "weights": weights, "reason": "试行期只看满意度", "now": now}
    set_score_weights(version=1, **known)
    with pytest.raises(Conflict):
        set_score_weights(version=1, **known)
    assert recount_cases(now=now) == 1
    assert recount_cases(now=now) == 0
    after = case_of(order)
    assert (after.weights, after.missing) == (2, after.satisfaction_missing)
    with pytest.raises(Forbidden):
        set_score_weights(version=2, **{**known, "actor": repair.reader.actor})
    with pytest.raises(InvalidInput):
        set_score_weights(version=2, **{**known, "weights": {**weights, "satisfaction_percent": 0}})


@pytest.mark.req("B-61")
def test_an_upheld_appeal_takes_the_case_from_the_engineer_and_not_from_the_unit(
    repair: Repair,
) -> None:
    now = BEGAN + 9 * HOUR
    order = sign_after(repair, BEGAN, given=HOUR, satisfaction="dissatisfied")
    case = case_of(order)
    admin = repair.company.administrator
    chief = make_member(admin, repair.unit, ["service_manager", "technician"], "孙经理")
    with pytest.raises(Forbidden):
        appeal_case(actor=chief.actor, case_id=case.public_id, reason="代为申诉", now=now)
    with pytest.raises(NotFound):
        appeal_case(actor=repair.stranger.actor, case_id=case.public_id, reason="x", now=now)
    appeal = appeal_case(
        actor=repair.technician.actor, case_id=case.public_id, reason="不满的是报价", now=now
    )
    with pytest.raises(IllegalMove):
        appeal_case(actor=repair.technician.actor, case_id=case.public_id, reason="再来", now=now)
    assert [one.reason for one in list_appeals(chief.actor, is_open=True).items] == ["不满的是报价"]
    decision = {"appeal_id": appeal.public_id, "upheld": True, "reason": "属实", "now": now}
    with pytest.raises(Forbidden):
        decide_appeal(actor=repair.technician.actor, **decision)
    decide_appeal(actor=chief.actor, **decision)
    with pytest.raises(IllegalMove):
        decide_appeal(actor=chief.actor, **decision)
    seen = get_appeal(repair.technician.actor, appeal.public_id)
    assert (seen.upheld, seen.decision, "孙经理" in seen.decided_by) == (True, "属实", True)
    assert scores_by(repair.reader.actor, ALWAYS, Grouping.ENGINEER) == []
    [unit] = scores_by(repair.reader.actor, ALWAYS, Grouping.UNIT)
    assert (unit.score.points, unit.fair) == (Decimal(-5), None)
    assert case_of(order).left_out


@pytest.mark.req("B-61", "R01")
def test_nobody_decides_an_appeal_of_his_own(repair: Repair) -> None:
    admin = repair.company.administrator
    chief = make_member(admin, repair.unit, ["service_manager", "technician"], "孙经理")
    order = sign_after(repair, BEGAN, given=HOUR, by=chief)
    now = datetime.now(UTC)
    appeal = appeal_case(
        actor=chief.actor, case_id=case_of(order).public_id, reason="自己的", now=now
    )
    assert not get_appeal(chief.actor, appeal.public_id).may_decide
    with pytest.raises(Forbidden):
        decide_appeal(
            actor=chief.actor, appeal_id=appeal.public_id, upheld=True, reason="我定", now=now
        )
