"""Work orders in the browser's pages: from the request's page to the archive, and what is refused."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image
from tests.console.conftest import Browser, browser_of
from tests.factories import Member
from tests.factories.centre import Centre, make_centre
from tests.factories.work import STROKES, fresh, issue, make_work_order

from yinuo.domains.fieldwork.models import SignOff, WorkOrder
from yinuo.domains.requests.models import Request
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


def browser(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def quick(browser: Browser, order: WorkOrder, kind: str, **typed: object) -> Any:
    """Take a step as the sheet's page offers it."""
    page = browser.read(f"/work/{order.public_id}/")
    form = page.partition(f'action="/work/{order.public_id}/{kind}/"')[2]
    assert form, f"{kind} is not offered"
    hidden = dict(re.findall(r'<input type="hidden" name="(key|version)" value="([^"]*)"', form))
    return browser.send(f"/work/{order.public_id}/{kind}/", hidden | typed)


@pytest.mark.req("LV-02", "LV-04", "LV-05", "SV-10")
def test_a_sheet_goes_from_the_request_to_the_archive(centre: Centre) -> None:
    desk, road = browser(centre.specialist), browser(centre.technician)
    address = f"/requests/{centre.request.public_id}/work/"
    shown = desk.read(address)
    assert "设备不通" in shown, "what was reported is what is asked for"
    made = desk.fill(
        address,
        work_wanted="到现场更换电源模块",
        contact_name="李工",
        contact_phone="13900010001",
        form="contact_sheet",
        customer_kind="annual_contract",
    )
    order = WorkOrder.objects.get()
    assert made.headers["Location"] == f"/work/{order.public_id}/"
    assert order.number in desk.read(f"/requests/{centre.request.public_id}/")
    own = {"assignee_id": centre.technician.person.public_id}
    road.fill(f"/work/{order.public_id}/assigned/", **own)
    assert order.number in road.read("/work/")
    quick(road, order, "appointed", agreed_for="2026-12-01T10:00", way="上门")
    assert fresh(order).state == "appointed"
    quick(road, order, "departed")
    quick(road, order, "arrived")
    assert Request.objects.get(public_id=centre.request.public_id).state == "on_site"
    report = {"findings": "电源坏", "work_done": "更换电源", "result": "done"}
    road.fill(f"/work/{order.public_id}/worked/", **report)
    signed = road.fill(
        f"/work/{order.public_id}/signed/",
        works="yes",
        accessories="none",
        satisfaction="very_satisfied",
        signer_name="李晓明",
        strokes=STROKES,
    )
    assert signed.status_code == 302
    quick(road, order, "returned")
    quick(desk, order, "filed")
    assert fresh(order).state == "filed"
    page = desk.read(f"/work/{order.public_id}/")
    assert '<svg class="signature-mark"' in page
    assert "李晓明" in page


@pytest.mark.req("R55", "LV-05")
def test_a_signature_without_name_or_line_is_refused_and_nothing_typed_is_lost(
    centre: Centre,
) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    road = browser(centre.technician)
    address = f"/work/{order.public_id}/signed/"
    blank = road.fill(address, signer_name="", strokes="", suggestions="下次早点来")
    text = blank.content.decode()
    assert blank.status_code == 422
    assert "Who signs? Give the name." in text
    assert "The signature is missing" in text
    assert "下次早点来" in text
    assert not SignOff.objects.exists()


@pytest.mark.req("R37", "R38")
def test_a_double_click_and_a_second_technician_change_nothing(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "arrived")
    road, office = browser(centre.technician), browser(centre.manager)
    address = f"/work/{order.public_id}/worked/"
    sent = {"work_done": "更换电源", "findings": "", "result": "done"}
    mine, theirs = road.hidden(address) | sent, office.hidden(address) | sent
    first, again = road.send(address, mine), road.send(address, mine)
    assert (first.status_code, again.status_code) == (302, 302)
    version = fresh(order).version
    late = office.send(address, theirs | {"work_done": "我来写的另一份"})
    assert late.status_code == 409
    assert "我来写的另一份" in late.content.decode()
    assert fresh(order).version == version
    assert fresh(order).work_done == "更换电源"


def photographed() -> SimpleUploadedFile:
    """A picture of a slip, as a phone makes it."""
    out = BytesIO()
    Image.new("RGB", (900, 1200), "ivory").save(out, "JPEG")
    return SimpleUploadedFile("联络单.jpg", out.getvalue(), "image/jpeg")


@pytest.mark.req("LV-05")
def test_a_signed_paper_is_attached_afterwards(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    office = browser(centre.manager)
    address = f"/work/{order.public_id}/paper/"
    form = office.hidden(address) | {"signer_name": "王主任", "satisfaction": "satisfied"}
    poor = SimpleUploadedFile("slip.png", b"not a picture", "image/png")
    refused = office.send(address, form | {"file": poor})
    assert refused.status_code == 422
    assert not SignOff.objects.exists()
    taken = office.send(address, form | office.hidden(address) | {"file": photographed()})
    assert taken.status_code == 302, taken.content.decode()
    sign_off = SignOff.objects.get()
    assert (sign_off.way, sign_off.recorded_by) == ("paper", centre.manager.actor.name)
    assert (sign_off.signer_name, sign_off.satisfaction) == ("王主任", "satisfied")
    assert fresh(order).state == "signed"
    kept = office.get(f"/work/{order.public_id}/paper/file/")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert Image.open(BytesIO(b"".join(kept.streaming_content))).size == (900, 1200)
    sheet = office.read(f"/work/{order.public_id}/")
    assert "王主任" in sheet


@pytest.mark.req("R01", "R03")
def test_whoever_lacks_the_right_is_not_offered_it_and_cannot_take_it(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "appointed")
    colleague, stranger = browser(centre.colleague), browser(centre.stranger)
    assert "/departed/" not in colleague.read(f"/work/{order.public_id}/")
    forged = {"key": uuid4().hex, "version": order.version}
    assert colleague.send(f"/work/{order.public_id}/departed/", forged).status_code == 403
    for kind in ("", "departed/", "edit/", "pdf/", "paper/file/", "signed/"):
        address = f"/work/{order.public_id}/{kind}"
        assert stranger.get(address).status_code == 404
    technician = browser(centre.technician)
    assert technician.get(f"/requests/{centre.request.public_id}/work/").status_code == 404
    assert fresh(order).state == "appointed"


@pytest.mark.req("R19")
def test_markup_in_any_text_stays_text(centre: Centre) -> None:
    order = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    evil = "<script>alert(1)</script>{{ 7 }}"
    WorkOrder.objects.update(work_wanted=evil, work_done=evil, contact_name=evil, way=evil)
    page = browser(centre.technician).read(f"/work/{order.public_id}/")
    assert evil not in page
    assert page.count("&lt;script&gt;") >= 4


@pytest.mark.req("LV-07")
def test_a_further_sheet_takes_over_the_head_and_joins_its_work(centre: Centre) -> None:
    first = issue(centre.specialist, centre.request)
    desk = browser(centre.specialist)
    address = f"/requests/{centre.request.public_id}/work/?after={first.public_id}"
    assert "门禁控制器全部离线" in desk.read(address)
    kind = {"customer_kind": "annual_contract", "form": "contact_sheet"}
    made = desk.fill(address, work_wanted="第二次上门装回修好的主机", **kind)
    assert made.status_code == 302
    second = WorkOrder.objects.get(position=2)
    assert second.first == fresh(first)
    assert first.number in desk.read(f"/work/{second.public_id}/")
    strange = desk.get(f"/requests/{centre.request.public_id}/work/?after={uuid4()}")
    assert strange.status_code == 404


def test_the_list_is_given_as_a_workbook_of_what_one_may_see(centre: Centre) -> None:
    order = issue(centre.specialist, centre.request)
    given = browser(centre.specialist).get("/work/?view=all&format=xlsx")
    rows = list(load_workbook(BytesIO(given.content)).active.values)
    assert rows[1][0] == order.number
    assert order.number not in str(
        list(
            load_workbook(
                BytesIO(browser(centre.stranger).get("/work/?view=all&format=xlsx").content)
            ).active.values
        )
    )
