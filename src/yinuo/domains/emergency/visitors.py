"""An emergency plan as the customer's signed-in contact sees and answers it (BP-07, BP-08).

What is still being written stays internal: content and cost are his once he is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.emergency.chains import chain_of, place_of
from yinuo.domains.emergency.models import ChainAct, EmergencyPlan, Revision, Setback
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.emergency import FINISHING, ChainState
from yinuo.kernel.plan.emergency import EmergencyChain, SetbackKind, StepKind
from yinuo.kernel.plan.text import Text
from yinuo.platform.scoped import identity

# Steps a customer is told of; what we settle among ourselves is not his.
_TOLD = frozenset({StepKind.WRITE, StepKind.CONSENT, StepKind.APPROVE, StepKind.DEPART})
_DONE = [act.value for act in FINISHING]


@dataclass(frozen=True, slots=True)
class OwnStep:
    """One step of the chain; `done_at` None while it waits or is to come."""

    title: Text
    done_at: datetime | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class OwnEstimate:
    """An arrival estimate as the customer was told it."""

    arrival_at: datetime
    told_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class OwnContent:
    """Who comes, what is done, what it costs in yuan."""

    lead_name: str
    lead_phone: str
    items: tuple[str, ...]
    cost: Decimal


@dataclass(frozen=True, slots=True)
class OwnChain:
    """The emergency plan of one of the customer's requests.

    `asks` while it waits for his yes or no; `crew` says whether somebody of the crew is missing
    (`short`) or was found again (`complete`).
    """

    public_id: UUID
    version: int
    number: str
    state: str
    request_public_id: UUID
    request_number: str
    arrival_at: datetime | None
    steps: tuple[OwnStep, ...]
    content: OwnContent | None
    estimates: tuple[OwnEstimate, ...]
    crew: str
    asks: bool


def chain_for_visitor(visitor: Visitor, request_id: object) -> OwnChain | None:
    """The newest emergency plan of a request of the visitor's customer; None without one.

    A plan that was withdrawn is none, and so is that of a request of anybody else.
    """
    own = own_requests(visitor).filter(public_id=identity(request_id)).values("id")
    plans = EmergencyPlan.objects.filter(request_id__in=own).select_related("request")
    row = plans.exclude(state=ChainState.WITHDRAWN.value).order_by("-id").first()
    return _chain(row, row.request) if row else None


def _chain(row: EmergencyPlan, request: Any) -> OwnChain:
    chain = chain_of(row)
    asks = _waits_for_customer(row, chain)
    is_told = asks or row.approved_at is not None or _was_asked(row, chain)
    revision = Revision.objects.filter(plan=row).select_related("lead").order_by("-number").first()
    return OwnChain(
        public_id=row.public_id,
        version=row.version,
        number=row.number,
        state=row.state,
        request_public_id=request.public_id,
        request_number=request.number,
        arrival_at=row.arrival_at if is_told else None,
        steps=tuple(_steps(row, chain)),
        content=_content(revision) if revision and is_told else None,
        estimates=tuple(
            OwnEstimate(one.arrival_at, one.told_at, one.reason)
            for one in row.estimates.order_by("-id")
        ),
        crew=_crew(row),
        asks=asks,
    )


def _waits_for_customer(row: EmergencyPlan, chain: EmergencyChain) -> bool:
    step = place_of(row).step(chain)
    is_running = ChainState(row.state) is ChainState.RUNNING
    return is_running and step is not None and step.kind is StepKind.CONSENT


def _was_asked(row: EmergencyPlan, chain: EmergencyChain) -> bool:
    """Whether the present revision has passed the customer's consent."""
    consents = [at for at, step in enumerate(chain.steps) if step.kind is StepKind.CONSENT]
    is_running = ChainState(row.state) not in (ChainState.DECLINED, ChainState.RETURNED)
    return bool(consents) and is_running and row.position > consents[0]


def _steps(row: EmergencyPlan, chain: EmergencyChain) -> list[OwnStep]:
    acts = ChainAct.objects.filter(plan=row, revision=row.revision, act__in=_DONE)
    is_anew = row.state in (ChainState.DECLINED, ChainState.RETURNED)
    done = {} if is_anew else dict(acts.values_list("position", "at"))
    found, is_next = [], True
    for at, step in enumerate(chain.steps):
        if step.kind not in _TOLD:
            continue
        finished = done.get(at)
        found.append(OwnStep(step.title, finished, finished is None and is_next))
        is_next = is_next and finished is not None
    return found


def _content(one: Revision) -> OwnContent:
    return OwnContent(one.lead.name, one.lead.phone, tuple(one.items), one.cost)


def _crew(row: EmergencyPlan) -> str:
    """`short` while a technician is missing, `complete` once another was found (BP-09)."""
    missing = Setback.objects.filter(plan=row, kind=SetbackKind.MISSING.value)
    last = missing.order_by("-id").first()
    if last is None:
        return ""
    return "complete" if last.settled_at else "short"
