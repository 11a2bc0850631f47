"""Recorded repairs of an asset: by sheet, by component, by swapped unit; files behind a breach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.console.conftest import Browser, browser_of
from tests.console.test_quotes import plain
from tests.factories import make_asset, make_company, make_customer, make_member, open_fault
from tests.factories.archive import make_component
from tests.factories.breaches import make_signs
from tests.factories.centre import Centre, make_centre
from tests.factories.work import REPORT, advance, issue, step, take

from yinuo.domains.assets.selectors import get_asset
from yinuo.domains.assets.services import Swap, replace_component, swap_serial
from yinuo.domains.feedback.repairs import repairs_of_asset
from yinuo.domains.requests.attachments import attach_file
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


def desk(member: Any) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.mark.req("SA-04", "LV-01")
def test_repairs_say_what_went_out_and_in_and_by_which_sheet(centre: Centre) -> None:
    company = centre.company
    keeper = make_member(company.administrator, centre.unit, ["account_manager"])
    customer = make_customer(centre.specialist, centre.unit)
    asset = make_asset(centre.specialist, customer)
    today, now = timezone.localdate(), timezone.now()
    old = make_component(keeper, asset)
    known: dict[str, Any] = {"actor": keeper.actor, "now": now}
    replace_component(
        component_id=old.public_id,
        version=old.version,
        model="P-2",
        serial="NEW-1",
        on=today - timedelta(days=9),
        reason="烧毁",
        **known,
    )
    asset.refresh_from_db()
    swap = Swap("FW-200", "UNIT-2", today - timedelta(days=3), "整机更换")
    swap_serial(asset_id=asset.public_id, version=asset.version, swap=swap, **known)
    request = open_fault(centre.specialist, customer, level="", asset=asset)
    order = issue(centre.specialist, request)
    take(centre.technician, order)
    advance(centre.technician, order, "arrived")
    report = replace(REPORT, parts_used="电源模块 1 个")
    step(centre.technician, order, "worked", report=report)
    page = desk(keeper).read(f"/assets/{asset.public_id}/").partition('id="repairs"')[2]
    page = plain(page.partition("</section>")[0])
    places = [page.index(one) for one in (order.number, "UNIT-2", "NEW-1")]
    assert places == sorted(places), "the newest first"
    for words in ("Parts put in", "电源模块 1 个", "Component replaced", "烧毁", "整机更换"):
        assert words in page
    found = repairs_of_asset(keeper.actor, get_asset(keeper.actor, asset.public_id))
    unit = next(one.known for one in found if one.known.kind == "unit")
    assert unit.out is not None
    assert unit.into is not None
    assert (unit.out.model, unit.into.serial) == ("FW-100", "UNIT-2")


@pytest.mark.req("B-08", "R01")
def test_files_of_the_case_stand_beside_its_breach_for_who_sees_the_case(db: None) -> None:
    signs = make_signs(make_company())
    opened = signs.live_through()
    upload = ContentFile("到场签到".encode(), name="签到记录.txt")
    attach_file(
        actor=signs.consultant.actor,
        request_id=opened.public_id,
        upload=upload,
        now=timezone.now(),
    )
    address = f"/breaches/{signs.breach('restore').public_id}/"
    page = desk(signs.director).read(address)
    assert "签到记录.txt" in page
    link = page.partition('id="evidence"')[2].partition('href="')[2].partition('"')[0]
    assert b"".join(desk(signs.director).get(link).streaming_content) == "到场签到".encode()
