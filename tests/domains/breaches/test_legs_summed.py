"""What the legs come to: every yuan of the ledger, and each hour of a case once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories import make_company
from tests.factories.breaches import ANSWERED, CALLED, RESTORED, Signs, clock, make_signs

from yinuo.domains.breaches.leg_sums import sum_legs
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.selectors import Narrowed
from yinuo.domains.obligations.services import act_on_due
from yinuo.domains.obligations.services.following import go_round
from yinuo.domains.obligations.services.looking import look_at_contracts

LATER = RESTORED + timedelta(hours=1)


@pytest.fixture
def signs(db: None) -> Signs:
    return make_signs(make_company())


@pytest.mark.req("B-09")
def test_an_hour_in_which_two_promises_of_a_case_are_late_is_one_hour(signs: Signs) -> None:
    signs.live_through()
    late = {one.clause: one.late_seconds for one in Breach.objects.all()}
    assert late == {"respond": 80 * 60, "measures": 80 * 60, "restore": 40 * 3600 + 30 * 60}
    (one,) = sum_legs(signs.manager.actor, Narrowed(), LATER)
    assert (one.leg, one.breaches, one.of_contracts) == ("headquarters", 3, 0)
    # Response and measures were late from 13:00 to 14:20, both; the restoration much later.
    assert one.late_seconds == late["respond"] + late["restore"]
    assert one.amount == Decimal("14580.00")


@pytest.mark.req("B-09", "B-08")
def test_what_a_contract_promises_for_itself_is_counted_without_hours(signs: Signs) -> None:
    signs.live_through()
    go_round(now=CALLED)
    look_at_contracts(now=ANSWERED + timedelta(days=400))
    own = Breach.objects.filter(subject_type="contract")
    assert own.exists(), "no visit was held in a year"
    (one,) = sum_legs(signs.manager.actor, Narrowed(), LATER)
    assert (one.breaches, one.of_contracts) == (3 + own.count(), own.count())
    assert one.late_seconds == 80 * 60 + 40 * 3600 + 30 * 60
    assert one.amount == sum(Breach.objects.values_list("amount", flat=True), Decimal(0))


@pytest.mark.req("B-09")
def test_what_is_still_open_is_late_until_now(signs: Signs) -> None:
    signs.open()
    act_on_due(now=clock("07-11 13:00:01"))
    (one,) = sum_legs(signs.manager.actor, Narrowed(clause="respond"), clock("07-11 15:00"))
    assert one.late_seconds == 2 * 3600
    signs_of_both = sum_legs(signs.manager.actor, Narrowed(), clock("07-11 15:00"))
    assert [one.late_seconds for one in signs_of_both] == [2 * 3600], "response and measures"
