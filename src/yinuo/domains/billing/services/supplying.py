"""The promise of an accepted quote: goods delivered (SG-07), damage by the user mended (SG-04)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.services.moving import locked_quote
from yinuo.domains.billing.types import Purpose
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.domains.obligations.services.recording import bind_subject, record_facts
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.days import end_of
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing

ORDER = "order"
SOURCE = "billing"


def promise_supply(quote: Quote, now: datetime) -> None:
    """Track the promise of an accepted quote that names a day, by the plan of its contract; call
    it in the step that accepts. Due at the end of that day.

    A separate contract for damage is the promise of the department in charge, by the plan of the
    contract under which the damage was reported when it names none.
    """
    if quote.deliver_by is None:
        return
    contract, unit_id = quote.contract, quote.unit_id
    agreed = ("ordered", "deliver_by")
    if quote.purpose == Purpose.DAMAGE.value and quote.request and quote.department_id:
        contract, unit_id = contract or quote.request.contract, quote.department_id
        agreed = ("signed", "finish_by")
    binding = Binding(
        subject_type=ORDER,
        subject_id=quote.public_id,
        customer_id=quote.customer_id,
        unit_id=unit_id,
        plan_version_id=contract.plan_version_id if contract else None,
        contract_id=contract.pk if contract else None,
        zone=settings.TIME_ZONE,
    )
    kind, attribute = agreed
    fact = NewFact(kind, now, SOURCE, {attribute: end_of(quote.deliver_by).isoformat()})
    bind_subject(binding, [fact], actor=SYSTEM, now=now)


def record_delivery(
    *, actor: Actor, quote_id: object, version: int, delivered_at: datetime | None, now: datetime
) -> Quote:
    """What was ordered is with the customer, or the damage mended, at `delivered_at` or now; once.

    Raises IllegalMove for a quote that promised no day or was delivered already, InvalidInput for
    a time before the acceptance or still to come.
    """
    at = delivered_at or now
    with writing(actor=actor, now=now) as work:
        quote = locked_quote(actor, quote_id, version)
        waits = quote.state == OfferState.ACCEPTED.value and quote.deliver_by is not None
        if not waits or quote.delivered_at is not None:
            raise IllegalMove(details={"state": quote.state, "kind": "delivered"})
        if quote.ended_at is None or not quote.ended_at <= at <= now:
            said = _("Give a time between the acceptance and now.")
            raise InvalidInput({"delivered_at": said})
        stored(quote, expected_version=None, changes={"delivered_at": at})
        kept = "completed" if quote.purpose == Purpose.DAMAGE.value else "delivered"
        record_facts(quote.public_id, [NewFact(kept, at, SOURCE)], actor=actor, now=now)
        work.audit("quote.delivered", quote, after={"delivered_at": at.isoformat()})
        work.emit("quote.delivered", quote, {"number": quote.number})
        return quote
