"""Charge-backs: a unit pays the part of its own late minutes, once, and corrections as differences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories import make_company, make_member, make_unit
from tests.factories.charge_backs import make_late_in
from tests.factories.company import Company, Member
from tests.factories.documents import rows_of_xlsx, words_of_docx, words_of_pdf

from yinuo.domains.billing.charge_back_document import charge_back_paper
from yinuo.domains.billing.charge_back_selectors import get_charge_back, list_charge_backs
from yinuo.domains.billing.charge_back_types import ChargeBackView
from yinuo.domains.billing.paper_forms import PaperForm
from yinuo.domains.billing.services import issue_charge_back
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.services import LegData, correct_leg, dispute_breach, waive_breach
from yinuo.domains.network.models import ServiceUnit
from yinuo.platform.errors import Forbidden, InvalidInput, NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.req("B-09")]
ROLES = ["service_director", "account_manager", "service_specialist"]


class Network:
    """A company with a partner that was late with a miss of 200.00."""

    def __init__(self) -> None:
        self.company: Company = make_company()
        admin, head = self.company.administrator, self.company.headquarters
        self.partner: ServiceUnit = make_unit(admin, head, name="华南合作伙伴")
        self.director: Member = make_member(admin, head, [*ROLES, "administrator"])
        self.busy: Member = make_member(admin, head, [*ROLES, "administrator"])
        self.breach: Breach = make_late_in(self.director, self.busy, self.partner)
        self.now = datetime.now(UTC)

    def charge(self, by: Member | None = None, *, ahead: int = 0) -> ChargeBackView:
        actor = (by or self.director).actor
        until = self.now.astimezone().date() + timedelta(days=ahead)
        made = issue_charge_back(
            actor=actor, unit_id=self.partner.public_id, until=until, now=self.now
        )
        return get_charge_back(actor, made.public_id)

    def what(self) -> dict[str, object]:
        self.breach.refresh_from_db()
        return {
            "breach_id": self.breach.public_id,
            "version": self.breach.version,
            "now": self.now,
        }


@pytest.fixture
def network() -> Network:
    return Network()


def test_a_unit_pays_the_part_of_its_late_minutes_once(network: Network) -> None:
    found = network.charge()
    assert (found.row.total, found.row.capitals) == (Decimal("200.00"), "人民币贰佰元整")
    [line] = found.lines
    assert (line.clause_number, line.amount) == ("T-1", Decimal("200.00"))
    assert line.late_seconds > 5000
    with pytest.raises(InvalidInput):
        network.charge()


def test_what_is_no_longer_the_units_comes_back_on_the_next(network: Network) -> None:
    first = network.charge()
    breach = network.breach
    assert breach.started_at is not None
    customer = LegData(breach.started_at, breach.posted_at, "customer", None, "客户锁门")
    correct_leg(actor=network.director.actor, data=customer, **network.what())
    second = network.charge()
    assert [one.amount for one in second.lines] == [Decimal("-200.00")]
    again = get_charge_back(network.director.actor, first.row.public_id)
    assert again == first


def test_a_waiver_and_a_dispute_hold_for_the_unit_too(network: Network) -> None:
    actor = network.director.actor
    waive_breach(actor=actor, amount=Decimal("50.00"), reason="客户同意", **network.what())
    assert network.charge().row.total == Decimal("150.00")
    dispute_breach(actor=actor, side="ours", reason="x", **network.what())
    with pytest.raises(InvalidInput):
        network.charge()


def test_nobody_charges_his_own_unit_another_ones_or_days_to_come(network: Network) -> None:
    admin = network.company.administrator
    own = make_member(admin, network.partner, [*ROLES, "administrator"])
    with pytest.raises(Forbidden):
        network.charge(own)
    beside = make_member(admin, make_unit(admin, network.company.headquarters), ROLES)
    with pytest.raises((NotFound, Forbidden)):
        network.charge(beside)
    with pytest.raises(InvalidInput):
        network.charge(ahead=2)
    with pytest.raises(InvalidInput):
        issue_charge_back(
            actor=network.director.actor,
            unit_id=network.company.headquarters.public_id,
            until=network.now.date(),
            now=network.now,
        )


def test_the_partner_reads_his_own_and_nobody_elses(network: Network) -> None:
    network.charge()
    admin = network.company.administrator
    own = make_member(admin, network.partner, ["service_director"])
    beside = make_member(admin, make_unit(admin, network.company.headquarters), ROLES)
    assert [one.unit_name for one in list_charge_backs(own.actor).items] == ["华南合作伙伴"]
    assert list_charge_backs(beside.actor).items == ()


def test_screen_pdf_docx_and_workbook_say_the_same(network: Network) -> None:
    found = network.charge()
    pdf = words_of_pdf(charge_back_paper(found, PaperForm.PDF, "zh").content)
    docx = words_of_docx(charge_back_paper(found, PaperForm.DOCX, "zh").content)
    for words in (pdf, docx):
        for said in ("华南合作伙伴", "200.00 CNY", "人民币贰佰元整"):
            assert said in words
    *lines, total = rows_of_xlsx(charge_back_paper(found, PaperForm.XLSX, "zh").content)
    assert [row[5] for row in lines] == [200]
    assert total[5] == 200
