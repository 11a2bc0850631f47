"""What a survey shows of its request, to the holder of its link and to the customer's visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from yinuo.domains.customers.visitors import DEFAULT_ZONE, Visitor
from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.requests.linked import read_request_of_link
from yinuo.domains.requests.reports import RESTORED
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.scoring import Source
from yinuo.kernel.states import RequestState
from yinuo.platform.links.types import Link
from yinuo.platform.scoped import one_of

# What the link of a survey is for.
LINK_PURPOSE = "survey"


@dataclass(frozen=True, slots=True)
class Survey:
    """The request a customer is asked about; `answered` is what this contact has said already."""

    public_id: UUID
    number: str
    symptom: str
    asset_name: str
    reported_at: datetime
    zone: str
    may_answer: bool
    answered: str = ""


def survey_of_link(link: Link) -> Survey:
    """The request a link asks about; NotFound when it is gone. Its holder learns no more of it."""
    return _survey(read_request_of_link(link.owner.public_id))


def survey_for_visitor(visitor: Visitor, request_id: object) -> Survey:
    """The same for a visitor of the request's customer; NotFound for any other request."""
    rows = own_requests(visitor).select_related("asset", "site")
    request = one_of(rows, request_id)
    once = once_of(request.public_id, visitor)
    known = Answer.objects.filter(source=Source.PORTAL.value, source_id=once)
    return _survey(request, known.values_list("satisfaction", flat=True).first() or "")


def once_of(request_public_id: UUID, visitor: Visitor) -> UUID:
    """What lets each contact answer once about a request."""
    return uuid5(request_public_id, str(visitor.contact_public_id))


def _survey(request: Any, answered: str = "") -> Survey:
    return Survey(
        public_id=request.public_id,
        number=request.number,
        symptom=request.symptom,
        asset_name=request.asset.name if request.asset else "",
        reported_at=request.reported_at,
        zone=request.site.zone if request.site else DEFAULT_ZONE,
        may_answer=RequestState(request.state) in RESTORED and not answered,
        answered=answered,
    )
