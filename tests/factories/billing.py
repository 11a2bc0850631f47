"""A published price list and a quote by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.factories.company import Member

from yinuo.domains.billing.charge_models import Rejection
from yinuo.domains.billing.charge_types import Work
from yinuo.domains.billing.models import Charge, PriceListVersion, Quote, Statement
from yinuo.domains.billing.services import (
    charge_work,
    draft_quote,
    issue_statement,
    publish_price_list,
    record_answer,
    reject_proposal,
    send_quote,
)
from yinuo.domains.billing.types import QuoteData
from yinuo.domains.customers.models import Customer
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.requests.models import Request
from yinuo.kernel.pricing import Item

PRICES = Path(__file__).parents[2] / "prices" / "lowvoltage.yaml"
VISIT = Item("visit", Decimal(1), persons=2, zone="inner")


def price_list_source() -> str:
    """The shipped list of the low-voltage integrator."""
    return PRICES.read_text("utf-8")


def publish_prices(by: Member) -> PriceListVersion:
    """That list, published."""
    return publish_price_list(
        actor=by.actor, source=price_list_source(), source_name="prices", now=datetime.now(UTC)
    )


def make_quote(
    by: Member, customer: Customer, prices: PriceListVersion, request: Request | None = None
) -> Quote:
    """A draft for the customer, of one visit by two; for a request when given."""
    now = datetime.now(UTC)
    data = QuoteData(
        customer_id=customer.public_id,
        price_list_id=prices.public_id,
        title="上门维修",
        valid_until=(now + timedelta(days=30)).date(),
        items=(VISIT,),
        request_id=request.public_id if request else None,
    )
    return draft_quote(actor=by.actor, data=data, now=now)


def make_sent_quote(by: Member, customer: Customer, prices: PriceListVersion) -> Quote:
    """The same, waiting for the customer's answer."""
    quote = make_quote(by, customer, prices)
    now = datetime.now(UTC)
    return send_quote(
        actor=by.actor, quote_id=quote.public_id, version=quote.version, now=now
    ).quote


def make_accepted_quote(by: Member, customer: Customer, prices: PriceListVersion) -> Quote:
    """Goods promised for a day, ordered by the customer on the phone."""
    quote, now = make_sent_quote(by, customer, prices), datetime.now(UTC)
    Quote.objects.filter(pk=quote.pk).update(deliver_by=(now + timedelta(days=40)).date())
    known = {"quote_id": quote.public_id, "version": quote.version}
    return record_answer(
        actor=by.actor, outcome="accepted", name="李工", reason="", now=now, **known
    )


def make_charge(by: Member, request: Request, prices: PriceListVersion) -> Charge:
    """One visit by two, charged to the customer for a request that is made a paid one."""
    Request.objects.filter(public_id=request.public_id).update(cover="paid", cover_reason="decided")
    now = datetime.now(UTC)
    work = Work(prices.public_id, (VISIT,), occurred_on=now.date())
    charge_work(actor=by.actor, request_id=request.public_id, work=work, now=now)
    return Charge.objects.latest("id")


def make_goodwill(by: Member, request: Request, prices: PriceListVersion) -> None:
    """One visit by two, at our cost."""
    now = datetime.now(UTC)
    work = Work(prices.public_id, (VISIT,), now.date(), borne_by="goodwill", reason="致歉")
    charge_work(actor=by.actor, request_id=request.public_id, work=work, now=now)


def make_rejection(by: Member, sheet: WorkOrder) -> Rejection:
    """A finished sheet of a request that is made a paid one, not charged."""
    Request.objects.filter(pk=sheet.request_id).update(cover="paid", cover_reason="decided")
    known = {"work_order_id": sheet.public_id, "reason": "按约免收"}
    return reject_proposal(actor=by.actor, **known, now=datetime.now(UTC))


def make_statement(by: Member, customer: Customer) -> Statement:
    """The statement of what the customer owes at present."""
    now = datetime.now(UTC)
    return issue_statement(
        actor=by.actor,
        customer_id=customer.public_id,
        contract_id=None,
        starts_on=now.date() - timedelta(days=30),
        ends_on=now.date(),
        now=now,
    )
