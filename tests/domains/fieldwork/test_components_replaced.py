"""Components replaced by a visit: picked on the sheet, kept on the asset, taken back with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.console.conftest import browser_of
from tests.factories import make_asset, make_customer, make_member, open_fault
from tests.factories.archive import make_component
from tests.factories.centre import Centre, make_centre
from tests.factories.company import Member
from tests.factories.work import REPORT, advance, fresh, issue, step, take

from yinuo.domains.assets.components import components_of
from yinuo.domains.assets.models import Asset, Component
from yinuo.domains.assets.services import remove_component
from yinuo.domains.assets.types import Replacement
from yinuo.domains.fieldwork.documents import _parts
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.platform.accounts.models import User
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.models import AuditEntry

pytestmark = pytest.mark.django_db


@dataclass
class Visit:
    centre: Centre
    keeper: Member
    asset: Asset
    board: Component
    order: WorkOrder

    def reports(self, *replaced: Replacement, **more: Any) -> WorkOrder:
        """The technician writes his report with these replacements."""
        report = replace(REPORT, replaced=tuple(replaced), **more)
        return step(self.centre.technician, self.order, "worked", report=report)

    def inside(self) -> list[str]:
        """Serial numbers of what is in the asset now."""
        return [one.serial for one in components_of(self.asset.pk) if one.is_in]


@pytest.fixture
def visit(db: None) -> Visit:
    centre = make_centre()
    keeper = make_member(centre.company.administrator, centre.unit, ["account_manager"])
    customer = make_customer(centre.specialist, centre.unit)
    asset = make_asset(centre.specialist, customer)
    board = make_component(keeper, asset)
    request = open_fault(centre.specialist, customer, level="", asset=asset)
    order = issue(centre.specialist, request)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    return Visit(centre, keeper, asset, board, order)


@pytest.mark.req("SA-04", "LV-05")
def test_a_replaced_component_stands_on_the_asset_with_its_sheet(visit: Visit) -> None:
    visit.reports(Replacement(visit.board.public_id, "MB-2", "NEW-7"))
    assert visit.inside() == ["NEW-7"]
    new = Component.objects.get(serial="NEW-7")
    assert (new.name, new.factory, new.source_number) == ("主控板", True, visit.order.number)
    page = get_work_order_page(
        visit.centre.specialist.actor, visit.order.public_id, now=timezone.now()
    )
    assert [(one.name, one.serial) for one in page.replaced] == [("主控板", "NEW-7")]
    assert "NEW-7" in _parts(fresh(visit.order))
    desk = browser_of(User.objects.get(pk=visit.keeper.user.pk))
    repairs = desk.read(f"/assets/{visit.asset.public_id}/").partition('id="repairs"')[2]
    repairs = repairs.partition("</section>")[0]
    assert "NEW-7" in repairs
    assert repairs.count(visit.order.number) == 1, "the sheet and its component are one repair"


@pytest.mark.req("SA-04", "LV-05")
def test_written_again_the_report_corrects_or_takes_back_what_it_replaced(visit: Visit) -> None:
    public_id = visit.board.public_id
    visit.reports(Replacement(public_id, "MB-2", "NEW-7"))
    visit.reports(Replacement(public_id, "MB-2", "NEW-8"))
    assert visit.inside() == ["NEW-8"]
    step(visit.centre.technician, visit.order, "worked", report=REPORT)
    assert visit.inside() == ["NEW-8"], "a report that does not speak of it leaves it"
    visit.reports()
    assert visit.inside() == [visit.board.serial]
    assert fresh(visit.order).replaced == []
    actions = AuditEntry.objects.filter(action__startswith="component.").order_by("id")
    assert [one.action for one in actions][1:] == [
        "component.remove",
        "component.replace",
        "component.edit",
        "component.put_back",
    ]


@pytest.mark.req("SA-04")
def test_what_cannot_have_been_replaced_is_refused_and_changes_nothing(visit: Visit) -> None:
    foreign = make_component(
        visit.keeper, make_asset(visit.centre.specialist, visit.asset.customer)
    )
    public_id = visit.board.public_id
    for asked in (
        [Replacement(foreign.public_id, "MB-2", "X")],
        [Replacement(UUID(int=7), "MB-2", "X")],
        [Replacement(public_id), Replacement(public_id)],
        [Replacement(public_id, foreign.model, foreign.serial)],
        [Replacement(public_id, "M" * 121, "X")],
    ):
        with pytest.raises(InvalidInput) as refused:
            visit.reports(*asked)
        assert set(refused.value.fields) == {"replaced"}
        assert visit.inside() == [visit.board.serial]
        assert fresh(visit.order).state == "arrived"


@pytest.mark.req("SA-04")
def test_what_was_taken_out_since_is_not_undone_behind_the_back(visit: Visit) -> None:
    visit.reports(Replacement(visit.board.public_id, "MB-2", "NEW-7"))
    new = Component.objects.get(serial="NEW-7")
    remove_component(
        actor=visit.keeper.actor,
        component_id=new.public_id,
        version=new.version,
        on=timezone.localdate(),
        reason="另作他用",
        now=timezone.now(),
    )
    with pytest.raises(InvalidInput):
        visit.reports()
    assert fresh(visit.order).replaced


@pytest.mark.req("LV-05", "R55")
def test_the_technician_picks_the_component_from_the_asset(visit: Visit) -> None:
    phone = browser_of(User.objects.get(pk=visit.centre.technician.user.pk))
    address = f"/work/{visit.order.public_id}/worked/"
    assert visit.board.serial in phone.read(address)
    sent = {"work_done": "更换主控板", "result": "done", "persons": "1", "finished_at": ""}
    lost = phone.fill(address, **sent, replaced="", replaced_model="", replaced_serial="NEW-7")
    assert lost.status_code == 422
    assert "NEW-7" in lost.content.decode()
    done = phone.fill(
        address,
        **sent,
        replaced=str(visit.board.public_id),
        replaced_model="MB-2",
        replaced_serial="NEW-7",
    )
    assert done.status_code == 302
    assert visit.inside() == ["NEW-7"]
    assert "NEW-7" in phone.read(f"/work/{visit.order.public_id}/")
    step(visit.centre.technician, visit.order, "signed")
    step(visit.centre.technician, visit.order, "corrected", reason="序列号写错")
    visit.reports(Replacement(visit.board.public_id, "MB-2", "NEW-9"))
    page = get_work_order_page(
        visit.centre.specialist.actor, visit.order.public_id, now=timezone.now()
    )
    assert not page.sign_offs[0].is_valid, "he signed another serial number"
