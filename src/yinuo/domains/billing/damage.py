"""Damage by the user: a separate contract, signed by a salesperson, finished by its day (SG-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.billing.models import Quote
from yinuo.domains.billing.policies import visible_quotes
from yinuo.domains.billing.selectors import quote_views
from yinuo.domains.billing.types import Purpose, QuoteView
from yinuo.domains.contracts.warranty import Case, is_by_people
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.standing import counting
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.scoped import one_of

CAUSE = "cause"
_STANDING = (OfferState.DRAFTED.value, OfferState.SENT.value, OfferState.ACCEPTED.value)


@dataclass(frozen=True, slots=True)
class Damage:
    """Separate contracts of a request, the newest first, and whether one is still needed.

    `is_by_user` when the cause found is one that the plan's warranty leaves to the user.
    """

    is_by_user: bool
    contracts: tuple[QuoteView, ...]

    @property
    def is_missing(self) -> bool:
        """True when the user did the damage and no separate contract is written or signed."""
        standing = any(one.row.state in _STANDING for one in self.contracts)
        return self.is_by_user and not standing


def damage_of_request(actor: Actor, request_id: object, *, now: datetime) -> Damage:
    """What is known of damage by the user and its contracts. NotFound outside the actor's scope."""
    request = one_of(visible_requests(actor), request_id)
    own = visible_quotes(actor).filter(request_id=request.pk, purpose=Purpose.DAMAGE.value)
    facts = counting(facts_of_subject(request.public_id))
    causes = [fact.attrs[CAUSE] for fact in facts if fact.attrs.get(CAUSE)]
    plan = request.plan_version_id
    by_user = bool(causes and plan and is_by_people(plan, Case({CAUSE: causes[-1]})))
    return Damage(by_user, tuple(quote_views(own.order_by("-id"), now=now)))


def is_damage_signed(request_pk: int) -> bool:
    """True when the customer accepted a separate contract for the request (internal id)."""
    accepted = Quote.objects.filter(request_id=request_pk, purpose=Purpose.DAMAGE.value)
    return accepted.filter(state=OfferState.ACCEPTED.value).exists()
