"""Leadership sees what each unit kept and missed, down to each miss and its money."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.console.conftest import Browser, browser_of
from tests.factories import make_company, make_member
from tests.factories.breaches import Signs, make_signs
from tests.factories.company import Member

from yinuo.domains.obligations import quality
from yinuo.domains.obligations.models import ObligationRow
from yinuo.platform.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs() -> Signs:
    signs = make_signs(make_company())
    signs.live_through()
    return signs


@pytest.fixture
def july() -> quality.Period:
    due = ObligationRow.objects.get(clause="respond").due_at
    assert due is not None
    return quality.Period(due.replace(day=1), due.replace(day=31))


def browser(member: Member) -> Browser:
    return browser_of(User.objects.get(pk=member.user.pk))


def cells(page: str) -> list[str]:
    body = re.sub(r"<[^>]+>", " ", page.partition("<tbody>")[2].partition("</tbody>")[0])
    return body.split()


@pytest.mark.req("BP-14")
def test_the_month_of_a_unit_leads_to_its_promises_and_each_miss(signs):
    client = browser(make_member(signs.company.administrator, signs.company.headquarters, ["leadership"]))  # fmt: skip
    month = "/quality/?month=2026-07"
    units = client.read(month)
    assert {"14,580.00", signs.company.headquarters.name} <= set(cells(units))
    promises = client.read(f"{month}&by=promise&unit={signs.company.headquarters.public_id}")
    assert {"4,860.00", "9,720.00"} <= set(cells(promises))
    misses = client.read(f"{month}&by=missed&promise=restore")
    assert "9,720.00" in cells(misses)
    assert "4,860.00" not in cells(misses)
    assert str(ObligationRow.objects.get(clause="restore").public_id) in misses
    assert "14,580.00" not in client.read("/quality/?month=2026-06")


@pytest.mark.req("BP-14")
def test_a_share_is_full_only_when_nothing_was_missed(signs, july):
    [unit] = quality.quality_by(signs.director.actor, july, quality.BY_UNIT)
    assert unit.kept.missed == 3
    assert unit.kept.share is not None
    assert unit.kept.share < 100
    assert quality.Kept(kept=9999, missed=1).share == Decimal("99.9")
    assert quality.Kept().share is None


def test_what_others_owe_us_is_not_our_quality(signs, july):
    ours = quality.total(quality.quality_by(signs.director.actor, july, quality.BY_PROMISE))
    listed = quality.list_missed(signs.director.actor, july).items
    assert len(listed) == ours.missed


def test_neither_technicians_nor_strangers_see_it(signs, july):
    technician = make_member(
        signs.company.administrator, signs.company.headquarters, ["technician"]
    )
    assert browser(technician).get("/quality/").status_code == 403
    assert not quality.quality_by(technician.actor, july, quality.BY_UNIT)


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "by=planet", "promise=none", "unit=x"]
)
def test_unknown_words_narrow_nothing(signs, query):
    assert browser(signs.director).get(f"/quality/?{query}").status_code == 200
