"""`/quotes`: write, send, answer, withdraw, read."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.http import HttpResponse
from ninja import Query

from yinuo.domains.billing.paper_forms import PaperForm, quote_paper
from yinuo.domains.billing.selectors import get_quote, list_quotes
from yinuo.domains.billing.services import (
    draft_quote,
    edit_quote,
    record_answer,
    record_delivery,
    send_quote,
    withdraw_quote,
)
from yinuo.domains.billing.types import Purpose, QuoteData
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.offer_states import OfferState
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Name,
    Paging,
    PathId,
    Remark,
    Version,
    Word,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.prices import Items
from yinuo.surfaces.api.resources.reports import InLanguage
from yinuo.surfaces.api.sending import sent_with_link
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import billing as shapes

resource = Resource("quotes")


class Outcome(StrEnum):
    """What the customer says."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class QuoteFilters(Paging):
    """Which quotes to list."""

    customer_id: Id | None = None
    request_id: Id | None = None
    state: OfferState | None = None
    text: Name = ""
    sort: Word = ""


class QuoteInput(Input):
    """A quote; it is priced by the list named, and the lines are kept with it.

    The separate contract for damage by the user (`purpose` damage) names its request, salesperson,
    department and, as `deliver_by`, the day by which the work is finished.
    """

    customer_id: Id
    price_list_id: Id
    title: Name
    valid_until: Day
    items: Items
    contact_id: Id | None = None
    contract_id: Id | None = None
    request_id: Id | None = None
    remarks: Remark = ""
    deliver_by: Day | None = None
    purpose: Purpose = Purpose.OFFER
    salesperson_id: Id | None = None
    department_id: Id | None = None

    def quote(self) -> QuoteData:
        """What the service takes."""
        typed = {name: getattr(self, name) for name in QuoteInput.model_fields if name != "items"}
        return QuoteData(items=tuple(one.item() for one in self.items), **typed)


class QuoteEdit(QuoteInput):
    """A draft, all of it; the customer stays."""

    version: Version


class QuoteStep(Input):
    """The quote as it was read."""

    version: Version


class Withdrawal(QuoteStep):
    """Why it is taken back."""

    reason: Remark


class AnswerInput(QuoteStep):
    """An answer given by phone or on paper; declining needs a reason."""

    outcome: Outcome
    name: Label
    reason: Remark = ""


class DeliveredInput(QuoteStep):
    """When it was delivered; now when left out."""

    delivered_at: Instant | None = None


@resource.reads("", name="list_quotes", right=Permission.QUOTE_READ, gives=shapes.Quotes)
def list_all(request: ApiRequest, filters: Query[QuoteFilters]) -> HttpResponse:
    """Visible quotes, newest first."""
    call = request.auth
    page = list_quotes(
        call.actor,
        now=call.now,
        customer_id=filters.customer_id,
        request_id=filters.request_id,
        state=filters.state.value if filters.state else "",
        text=filters.text,
        sort=filters.sort,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.quote_head)


@resource.writes("POST", "", name="draft_quote", right=Permission.QUOTE_WRITE, status=201)
def draft_one(request: ApiRequest, data: QuoteInput) -> HttpResponse:
    """Write a quote: a draft that nobody outside sees."""
    call = request.auth
    return written(
        request,
        lambda: saved(draft_quote(actor=call.actor, data=data.quote(), now=call.now)),
        status=201,
    )


@resource.reads(
    "/{quote_id}", name="get_quote", right=Permission.QUOTE_READ, gives=shapes.QuoteShape
)
def get_one(request: ApiRequest, quote_id: PathId) -> HttpResponse:
    """One quote with its lines."""
    call = request.auth
    return shown(shapes.quote(get_quote(call.actor, quote_id, now=call.now)))


@resource.writes("PUT", "/{quote_id}", name="edit_quote", right=Permission.QUOTE_WRITE)
def edit_one(request: ApiRequest, quote_id: PathId, data: QuoteEdit) -> HttpResponse:
    """Write a draft anew; it is priced again by the list named."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_quote(
            actor=call.actor,
            quote_id=quote_id,
            version=data.version,
            data=data.quote(),
            now=call.now,
        ),
        lambda: shapes.quote(get_quote(call.actor, quote_id, now=call.now)),
    )


@resource.writes(
    "POST",
    "/{quote_id}/send",
    name="send_quote",
    right=Permission.QUOTE_WRITE,
    gives=shapes.SentQuoteShape,
)
def send_one(request: ApiRequest, quote_id: PathId, data: QuoteStep) -> HttpResponse:
    """Mark a draft as sent, and make a fresh link for the customer's answer.

    The link is in this answer only; it is not kept anywhere.
    """
    call = request.auth

    def send() -> tuple[Any, str]:
        sent = send_quote(actor=call.actor, quote_id=quote_id, version=data.version, now=call.now)
        return sent.quote, sent.secret

    return sent_with_link(request, send)


@resource.writes(
    "POST", "/{quote_id}/withdraw", name="withdraw_quote", right=Permission.QUOTE_WRITE
)
def withdraw_one(request: ApiRequest, quote_id: PathId, data: Withdrawal) -> HttpResponse:
    """Take a quote back before it is answered."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            withdraw_quote(
                actor=call.actor,
                quote_id=quote_id,
                version=data.version,
                reason=data.reason,
                now=call.now,
            )
        ),
    )


@resource.writes(
    "POST", "/{sent_quote_id}/answer", name="record_quote_answer", right=Permission.QUOTE_WRITE
)
def answer_one(request: ApiRequest, sent_quote_id: PathId, data: AnswerInput) -> HttpResponse:
    """Take down the customer's answer given by phone or on paper."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            record_answer(
                actor=call.actor,
                quote_id=sent_quote_id,
                version=data.version,
                outcome=data.outcome.value,
                name=data.name,
                reason=data.reason,
                now=call.now,
            )
        ),
    )


@resource.writes(
    "POST",
    "/{accepted_quote_id}/delivery",
    name="record_quote_delivery",
    right=Permission.QUOTE_WRITE,
)
def deliver_one(
    request: ApiRequest, accepted_quote_id: PathId, data: DeliveredInput
) -> HttpResponse:
    """What was ordered is with the customer: the promise of its day is kept or missed."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            record_delivery(
                actor=call.actor,
                quote_id=accepted_quote_id,
                version=data.version,
                delivered_at=data.delivered_at,
                now=call.now,
            )
        ),
    )


def _given_as(form: PaperForm) -> None:
    """Declare the reading of a quote in one form."""

    @resource.reads(
        f"/{{quote_id}}/{form}",
        name=f"get_quote_{form}",
        right=Permission.QUOTE_READ,
        gives=after.ContentShape,
    )
    def get_paper(request: ApiRequest, quote_id: PathId, how: Query[InLanguage]) -> HttpResponse:
        """The quote as a document in a language."""
        call = request.auth
        quote = get_quote(call.actor, quote_id, now=call.now)
        return shown(after.content(*quote_paper(quote, form, how.language.value, call.now)))


for one in PaperForm:
    _given_as(one)
