"""What phones sent and does not fit, in the browser: the list, the sheet, giving it up."""

from __future__ import annotations

import pytest
from tests.console.conftest import browser_of
from tests.factories.centre import Centre, make_centre
from tests.factories.devices import make_phone, make_unapplied, step
from tests.factories.work import make_work_order

from yinuo.domains.devices.models import Operation
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.mark.req("R53")
def test_a_dispatcher_finds_what_does_not_fit_reads_it_on_the_sheet_and_gives_it_up(centre):
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "worked")
    sent = make_unapplied(centre.technician, sheet)
    desk = browser_of(User.objects.get(pk=centre.manager.user.pk))
    assert "/work/unapplied/" in desk.read("/work/")
    assert sheet.number in desk.read("/work/unapplied/")
    page = desk.read(f"/work/{sheet.public_id}/")
    assert "Signature" in page
    assert "李晓明" in page
    drop = f"/work/unapplied/{sent.public_id}/drop/"
    assert drop in page

    desk.send(drop, {"reason": " "})
    assert Operation.objects.get().state == "refused"
    desk.send(drop, {"reason": "已用纸单补录"})
    assert Operation.objects.get().state == "dropped"
    assert "/work/unapplied/" not in desk.read("/work/")

    foreign = browser_of(User.objects.get(pk=centre.stranger.user.pk))
    assert foreign.post(drop, {"reason": "x"}).status_code == 404


@pytest.mark.req("B-41")
def test_the_sheet_says_how_the_arrival_was_shown(centre):
    sheet = make_work_order(centre.specialist, centre.technician, centre.request, "departed")
    phone = make_phone(centre.technician)
    why = {"way": "skipped", "reason": "地下室无信号"}
    phone.send(phone.operation(sheet, "step", step("arrived", arrival=why)))
    desk = browser_of(User.objects.get(pk=centre.manager.user.pk))
    assert "not shown: 地下室无信号" in desk.read(f"/work/{sheet.public_id}/")
