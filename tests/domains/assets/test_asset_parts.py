"""Parts of assets, swapped units and downtimes: what was stays on record and counts rightly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import (
    Member,
    make_asset,
    make_company,
    make_contract,
    make_customer,
    make_member,
    open_fault,
    publish,
)
from tests.factories.archive import make_component

from yinuo.domains.assets.components import (
    components_of,
    factory_serials,
    former_serials_of,
)
from yinuo.domains.assets.downtimes import down_for
from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.selectors import find_by_serial, get_asset
from yinuo.domains.assets.services import (
    ComponentData,
    Swap,
    add_component,
    end_downtime,
    record_downtime,
    remove_component,
    replace_component,
    swap_serial,
    void_downtime,
)
from yinuo.domains.assets.types import Span
from yinuo.domains.feedback.downtime import downtimes_of_asset
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services import report_fact
from yinuo.domains.requests.types import Report
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Stage:
    member: Member
    asset: Asset


@pytest.fixture
def stage() -> Stage:
    company = make_company()
    member = make_member(
        company.administrator, company.headquarters, ["service_specialist", "account_manager"]
    )
    customer = make_customer(member, company.headquarters)
    make_contract(member, customer, publish(company.administrator))
    return Stage(member, make_asset(member, customer))


@pytest.mark.req("SA-04")
def test_part_that_replaces_a_factory_part_counts_as_factory_configuration(stage: Stage) -> None:
    first = make_component(stage.member, stage.asset)
    later = make_component(stage.member, stage.asset, factory=False)
    new = replace_component(
        actor=stage.member.actor,
        component_id=first.public_id,
        version=first.version,
        model="MB-2",
        serial="MB-NEW",
        on=TODAY,
        reason="返修更换",
        now=NOW,
    )
    assert new.factory
    assert factory_serials(stage.asset.pk) == (first.serial, "MB-NEW")
    yesterday = components_of(stage.asset.pk, on=TODAY - timedelta(days=1))
    today = components_of(stage.asset.pk, on=TODAY)
    assert [one.serial for one in yesterday] == [first.serial, later.serial]
    assert [(one.serial, one.is_factory) for one in today] == [
        ("MB-NEW", True),
        (later.serial, False),
    ]
    old = next(one for one in components_of(stage.asset.pk) if one.serial == first.serial)
    assert (old.removed_on, old.replaced_by_serial) == (TODAY, "MB-NEW")
    assert AuditEntry.objects.filter(action="component.replace").exists()


@pytest.mark.req("SA-04")
def test_later_addition_needs_its_day(stage: Stage) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_component(
            actor=stage.member.actor,
            asset_id=stage.asset.public_id,
            data=ComponentData(name="扩展卡", serial="X-1"),
            now=NOW,
        )
    assert "added_on" in refused.value.fields
    assert factory_serials(stage.asset.pk) is None


@pytest.mark.req("B-20")
def test_serial_in_use_is_refused_and_free_again_once_taken_out(stage: Stage) -> None:
    part = make_component(stage.member, stage.asset)
    same = ComponentData(name="主控板", model=part.model, serial=part.serial, factory=True)
    values = {"actor": stage.member.actor, "asset_id": stage.asset.public_id, "now": NOW}
    with pytest.raises(InvalidInput) as refused:
        add_component(**values, data=same)
    assert "serial" in refused.value.fields
    remove_component(
        actor=stage.member.actor,
        component_id=part.public_id,
        version=1,
        on=TODAY,
        reason="停用",
        now=NOW,
    )
    assert add_component(**values, data=same).serial == part.serial


def test_part_is_taken_out_once_and_never_before_it_came(stage: Stage) -> None:
    part = make_component(stage.member, stage.asset, factory=False)
    values = {
        "actor": stage.member.actor,
        "component_id": part.public_id,
        "reason": "坏",
        "now": NOW,
    }
    for day in (date(2026, 1, 14), TODAY + timedelta(days=3)):
        with pytest.raises(InvalidInput):
            remove_component(**values, version=1, on=day)
    with pytest.raises(Conflict):
        remove_component(**values, version=7, on=TODAY)
    remove_component(**values, version=1, on=TODAY)
    with pytest.raises(IllegalMove):
        remove_component(**values, version=2, on=TODAY)


@pytest.mark.req("B-20", "SA-04")
def test_swapped_unit_is_found_by_both_serials_and_keeps_its_dates(stage: Stage) -> None:
    actor, before = stage.member.actor, get_asset(stage.member.actor, stage.asset.public_id)
    swap = Swap(model="", serial="SN-AFTER-9", on=TODAY, reason="整机换新")
    swap_serial(
        actor=actor, asset_id=stage.asset.public_id, version=before.version, swap=swap, now=NOW
    )
    row = get_asset(actor, stage.asset.public_id)
    assert (row.serial, row.model, row.accepted_on) == (
        "SN-AFTER-9",
        before.model,
        before.accepted_on,
    )
    assert [one.serial for one in former_serials_of(stage.asset.pk)] == [before.serial]
    for typed in ("AFTER-9", before.serial):
        assert [one.id for one in find_by_serial(actor, typed)] == [stage.asset.pk]


def test_part_leads_to_its_asset_by_serial(stage: Stage) -> None:
    part = make_component(stage.member, stage.asset)
    found = find_by_serial(stage.member.actor, part.serial)
    assert [one.id for one in found] == [stage.asset.pk]


@pytest.mark.req("B-20")
@pytest.mark.parametrize(("serial", "on"), [("", TODAY), ("SN-2", TODAY + timedelta(days=3))])
def test_swap_without_serial_or_in_the_future_is_refused(
    stage: Stage, serial: str, on: date
) -> None:
    swap = Swap(model="", serial=serial, on=on, reason="换")
    with pytest.raises(InvalidInput):
        swap_serial(
            actor=stage.member.actor,
            asset_id=stage.asset.public_id,
            version=1,
            swap=swap,
            now=NOW,
        )


@pytest.mark.req("B-23")
def test_overlapping_outages_count_once_and_only_within_the_period() -> None:
    spans = [
        Span(NOW - 10 * HOUR, NOW - 7 * HOUR),
        Span(NOW - 8 * HOUR, NOW - 6 * HOUR),
        Span(NOW - 8 * HOUR, NOW - 8 * HOUR),
        Span(NOW - 1 * HOUR, None),
    ]
    assert down_for(spans, NOW - 9 * HOUR, NOW) == 4 * HOUR
    assert down_for([], NOW - HOUR, NOW) == timedelta(0)


@pytest.mark.req("B-23")
def test_availability_is_of_faults_by_their_facts_and_of_entries_by_hand(stage: Stage) -> None:
    actor = stage.member.actor
    request = open_fault(stage.member, stage.asset.customer, asset=stage.asset)
    reported, now = request.reported_at, request.reported_at + 100 * HOUR
    for kind, hours in (("responded", 1), ("restored", 2)):
        report_fact(
            actor=actor,
            request_id=request.public_id,
            report=Report(kind, occurred_at=reported + hours * HOUR),
            source="phone",
            now=reported + 3 * HOUR,
        )
    # Half of it is the fault's own time.
    record_downtime(
        actor=actor,
        asset_id=stage.asset.public_id,
        began_at=reported + HOUR,
        ended_at=reported + 3 * HOUR,
        cause="断电",
        now=now,
    )
    row = get_asset(actor, stage.asset.public_id)
    log = downtimes_of_asset(actor, row, days=10, now=now)
    assert log.down == 3 * HOUR
    assert float(log.share or 0) == pytest.approx(1 - 3 / 240)
    assert {one.number for one in log.outages} == {request.number, ""}


@pytest.mark.req("B-23")
def test_open_fault_counts_until_now_and_a_cancelled_one_not_at_all(stage: Stage) -> None:
    request = open_fault(stage.member, stage.asset.customer, asset=stage.asset)
    now = request.reported_at + 5 * HOUR
    row = get_asset(stage.member.actor, stage.asset.public_id)
    assert downtimes_of_asset(stage.member.actor, row, days=1, now=now).down == 5 * HOUR
    Request.objects.filter(public_id=request.public_id).update(state="cancelled")
    assert downtimes_of_asset(stage.member.actor, row, days=1, now=now).down == timedelta(0)


@pytest.mark.req("B-23")
def test_entry_taken_back_stays_on_record_and_no_longer_counts(stage: Stage) -> None:
    actor = stage.member.actor
    values = {"actor": actor, "asset_id": stage.asset.public_id, "cause": "断电", "now": NOW}
    for began_at, ended_at in ((NOW + HOUR, None), (NOW - HOUR, NOW - 2 * HOUR)):
        with pytest.raises(InvalidInput):
            record_downtime(**values, began_at=began_at, ended_at=ended_at)
    entry = record_downtime(**values, began_at=NOW - 4 * HOUR, ended_at=None)
    end_downtime(actor=actor, downtime_id=entry.public_id, version=1, ended_at=NOW - HOUR, now=NOW)
    row = get_asset(actor, stage.asset.public_id)
    assert downtimes_of_asset(actor, row, days=1, now=NOW).down == 3 * HOUR
    void_downtime(actor=actor, downtime_id=entry.public_id, version=2, reason="误录", now=NOW)
    log = downtimes_of_asset(actor, row, days=1, now=NOW)
    assert log.down == timedelta(0)
    assert [one.counts for one in log.outages] == [False]
