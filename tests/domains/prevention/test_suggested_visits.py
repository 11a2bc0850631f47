"""Records suggest visits with their reason; each is decided about once, until there is more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import (
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    make_unit,
    open_fault,
    publish,
)

from yinuo.domains.assets.models import Asset
from yinuo.domains.prevention.models import DueVisit
from yinuo.domains.prevention.services import decline_suggestion, take_suggestion
from yinuo.domains.prevention.suggestions import Ground, suggestions
from yinuo.platform.errors import InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("BP-10", "SV-12")]


def test_repeats_old_assets_and_ending_cover_are_suggested_and_decided_about_once(
    django_assert_max_num_queries,
) -> None:
    company = make_company()
    roles = ["service_manager", "account_manager"]
    member = make_member(company.administrator, company.headquarters, roles)
    customer = make_customer(member, company.headquarters)
    now = datetime.now(UTC) + timedelta(minutes=1)
    soon = now.date() + timedelta(days=40)
    make_contract(member, customer, publish(company.administrator), ends_on=soon)
    failing, old = make_asset(member, customer), make_asset(member, customer)
    Asset.objects.filter(pk=old.pk).update(purchased_on=date(2010, 5, 1))
    for _ in range(2):
        open_fault(member, customer, asset=failing)
    actor = member.actor
    with django_assert_max_num_queries(9):
        found = suggestions(actor, now)
    by_ground = {one.ground: one for one in found}
    assert by_ground.keys() == {Ground.REPEATS, Ground.AGEING, Ground.EXPIRING}
    repeat, aged = by_ground[Ground.REPEATS], by_ground[Ground.AGEING]
    assert (repeat.asset_public_id, repeat.figures["number"]) == (failing.public_id, 2)
    due_on = now.date() + timedelta(days=7)
    taken = take_suggestion(actor=actor, key=repeat.key, title="查明原因", due_on=due_on, now=now)
    visit = DueVisit.objects.get(series=taken)
    assert (visit.due_on, visit.series.asset_id) == (due_on, failing.pk)
    with pytest.raises(NotFound):
        take_suggestion(actor=actor, key=repeat.key, title="再来", due_on=due_on, now=now)
    with pytest.raises(InvalidInput):
        decline_suggestion(actor=actor, key=aged.key, reason=" ", now=now)
    decline_suggestion(actor=actor, key=aged.key, reason="明年整体更换", now=now)
    assert {one.ground for one in suggestions(actor, now)} == {Ground.EXPIRING}
    open_fault(member, customer, asset=failing)
    again = suggestions(actor, now + timedelta(minutes=1))
    assert [one.figures["number"] for one in again if one.ground is Ground.REPEATS] == [3]
    branch = make_unit(company.administrator, company.headquarters)
    other = make_member(company.administrator, branch, roles)
    assert suggestions(other.actor, now) == []
