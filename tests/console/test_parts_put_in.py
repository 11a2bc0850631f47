"""Parts used on a visit, through the ledger of stock: on its sheet, its paper and its bill."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from tests.console.test_proposals import desk, paid_request, sent_of, worked
from tests.factories import Member, make_member
from tests.factories.billing import publish_prices
from tests.factories.centre import Centre, make_centre
from tests.factories.stock import arrive_asked, fill, make_depot, make_part, send_asked
from tests.factories.work import PART, STROKES, fresh, issue, step, take

from yinuo.domains.billing.proposals import propose_charges
from yinuo.domains.fieldwork.documents import work_order_docx, work_order_pdf
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.services.noting import note_on_request
from yinuo.domains.parts.checking import wrong_stock
from yinuo.domains.parts.models import PartRequest
from yinuo.domains.parts.request_types import LineDone
from yinuo.domains.parts.services import approve_parts, ask_for_parts, use_asked
from yinuo.domains.parts.types import Taken
from yinuo.platform.rendering.docx import MEDIA_TYPE

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    made = make_centre()
    publish_prices(made.company.administrator)
    return made


@pytest.fixture
def manager(centre: Centre) -> Member:
    roles = ["service_manager", "parts_manager"]
    return make_member(centre.company.administrator, centre.unit, roles)


def at_hand(centre: Centre, keeper: Member, order: WorkOrder, number: int) -> PartRequest:
    """So many of a part at 86.50 each with the engineer of a sheet."""
    depot, part = make_depot(keeper, centre.unit), make_part(keeper)
    fill(keeper, depot, part, 5, unit_cost="86.50")
    asked = {"request_id": order.request.public_id, "sheet_id": order.public_id}
    lines = [Taken(part.public_id, number)]
    now, who = datetime.now(UTC), centre.technician.actor
    ask = ask_for_parts(actor=who, depot_id=depot.public_id, lines=lines, now=now, **asked)
    approve_parts(actor=keeper.actor, ask_id=ask.public_id, version=1, now=now)
    send_asked(keeper, ask)
    arrive_asked(centre.technician, ask)
    return ask


def use(by: Member, ask: PartRequest, number: int) -> None:
    version = PartRequest.objects.get(pk=ask.pk).version
    lines = [LineDone(ask.lines.get().pk, number)]
    now = datetime.now(UTC)
    use_asked(actor=by.actor, ask_id=ask.public_id, version=version, lines=lines, now=now)


@pytest.mark.req("LV-05", "B-50")
def test_a_part_used_on_a_visit_is_on_its_sheet_until_it_is_signed(
    centre: Centre, manager: Member
) -> None:
    order = worked(centre, paid_request(centre))
    ask = at_hand(centre, manager, order, 3)
    number, version = ask.lines.get().part.number, order.version
    use(centre.technician, ask, 1)
    use(centre.technician, ask, 1)
    order = fresh(order)
    assert [(one["number"], one["quantity"]) for one in order.put_in] == [(number, 2)]
    assert order.version == version + 2, "whoever was shown the sheet must see it anew"
    page = desk(manager).read(f"/work/{order.public_id}/")
    assert number in page.partition("report-heading")[2].partition("</section>")[0]
    given = {"language": "zh", "now": datetime.now(UTC)}
    assert work_order_pdf(manager.actor, order.public_id, **given)[0].startswith(b"%PDF")
    docx = work_order_docx(manager.actor, order.public_id, **given)[0]
    answer = desk(manager).get(f"/work/{order.public_id}/docx/")
    assert (answer["Content-Type"], number in words_of(docx)) == (MEDIA_TYPE, True)
    step(centre.technician, order, "signed", part=PART, strokes=STROKES)
    use(centre.technician, ask, 1)
    assert [one["quantity"] for one in fresh(order).put_in] == [2], "what was signed stays"
    assert wrong_stock() == []


@pytest.mark.req("LV-10", "B-50", "B-70")
def test_parts_out_of_stock_are_proposed_to_be_charged_at_what_they_cost_us(
    centre: Centre, manager: Member
) -> None:
    order = worked(centre, paid_request(centre))
    ask = at_hand(centre, manager, order, 2)
    use(centre.technician, ask, 2)
    (proposal,) = propose_charges(manager.actor, order.request.public_id)
    part = next(one for one in proposal.items if one.code == "part")
    assert (part.quantity, part.cost) == (2, Decimal("86.50"))
    assert part.note.startswith(ask.lines.get().part.number)


def words_of(docx: bytes) -> str:
    """All text of a DOCX."""
    with ZipFile(BytesIO(docx)) as file:
        return file.read("word/document.xml").decode()


@pytest.mark.req("R53", "B-50")
def test_the_office_asks_by_one_click_for_the_part_an_engineer_says_he_needs(
    centre: Centre, manager: Member
) -> None:
    request = paid_request(centre)
    order = issue(centre.specialist, request)
    take(centre.technician, order)
    depot, part = make_depot(manager, centre.unit), make_part(manager)
    fill(manager, depot, part, 1)
    now, text = datetime.now(UTC), f"需要 {part.number} 一个"
    note_on_request(
        actor=centre.technician.actor,
        work_order_id=order.public_id,
        text=text,
        attrs={"need": "part"},
        at=now,
        now=now,
    )
    browser, at = desk(manager), f"/work/{order.public_id}/"
    page = browser.read(at)
    assert text in page
    address = re.search(r'href="(/requests/[^"]+/parts/\?need=[^"]+)"', page)
    assert address is not None
    sent = sent_of(browser.read(address[1]))
    assert (sent["note"], sent["part_1"]) == (text, str(part.public_id))
    assert browser.send(address[1], sent | {"depot_id": str(depot.public_id)}).status_code == 302
    ask = PartRequest.objects.get()
    assert (ask.sheet_id, ask.lines.get().part_id) == (fresh(order).pk, part.pk)
    assert "?need=" not in browser.read(at), "it was asked for"
