"""Requests as a customer's own visitor sees and reports them (R06, R07).

Everything here is limited to the visitor's customer. What he reads is chosen by lists of what may
be shown: a new kind of fact or a new field stays internal until it is named here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.types import Cover, CoverKind, CoverReason
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.obligations.selectors import facts_of_subject, subject_version
from yinuo.domains.obligations.types import FactView
from yinuo.domains.obligations.visitors import OwnPromise, Tally, promises_of, tally_of
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.saying import said_of
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import RequestHeadline, Said, Word
from yinuo.kernel.plan.plan import Choice
from yinuo.kernel.states import ENDED
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

MESSAGE = "message"
# Facts a customer is told of; every other one is internal unless its words were meant for him.
SHOWN_KINDS = frozenset(
    {
        "reported",
        "visit_planned",
        "responded",
        "remote_started",
        "remote_ended",
        "on_site_decided",
        "departed",
        "arrived",
        "interim_restored",
        "restored",
        "confirmed_by_customer",
        "archived",
        "cancelled",
        "merged",
        "reopened",
        "paused",
        "resumed",
        "pause_acknowledged",
        "pause_objected",
        "pause_objection_upheld",
        "pause_unanswered",
    }
)
# What of the words said at a step is told, when they were meant for the customer at all.
SHOWN_WORDS = ("text", "analysis", "method", "reason")
_ENDED = [state.value for state in ENDED]
# The tally looks at this many requests at most, so that it costs the same for every customer.
MOST_COUNTED = 1_000
TALLY_DAYS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request in a customer's list, with the promises that are his to know."""

    public_id: UUID
    number: str
    state: str
    level: Word | None
    symptom: str
    site_name: str
    asset_name: str
    reported_at: datetime
    is_open: bool
    promises: tuple[OwnPromise, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as the customer is told; `words` only where they were for him."""

    kind: str
    occurred_at: datetime
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnRequestPage:
    """One request of the visitor's customer. `version` changes with whatever is shown."""

    request: OwnRequest
    version: str
    cover: Cover
    caller_name: str
    caller_phone: str
    happened: tuple[Happening, ...]
    merged_into: RequestHeadline | None


def list_for_visitor(
    visitor: Visitor, *, is_open: bool, cursor: str = "", limit: int = 20
) -> Page[OwnRequest]:
    """The requests of the visitor's customer, open or ended ones, newest first."""
    requests = _with_names(own_requests(visitor))
    chosen = requests.exclude(state__in=_ENDED) if is_open else requests.filter(state__in=_ENDED)
    page = page_of(chosen, order=("-id",), cursor=cursor, limit=limit)
    promises = promises_of(visitor, [row.public_id for row in page.items])
    return page.map(lambda row: _own(row, promises.get(row.public_id, ())))


def get_for_visitor(visitor: Visitor, public_id: object) -> OwnRequestPage:
    """One request of the visitor's customer; NotFound for any other (R03)."""
    row = one_of(_with_names(own_requests(visitor)).select_related("merged_into"), public_id)
    promises = promises_of(visitor, [row.public_id]).get(row.public_id, ())
    facts = counting(facts_of_subject(row.public_id))
    return OwnRequestPage(
        request=_own(row, promises),
        version=_version(row),
        cover=_cover(row),
        caller_name=row.caller_name,
        caller_phone=row.caller_phone,
        happened=tuple(reversed(_happenings(facts, said_of(row, facts)))),
        merged_into=_merged_into(row, visitor),
    )


def version_for_visitor(visitor: Visitor, public_id: object) -> str:
    """The cheap question of live pages: changes with whatever the page shows."""
    return _version(one_of(own_requests(visitor).only("version", "public_id"), public_id))


def kept_and_missed(visitor: Visitor, now: datetime) -> Tally:
    """How many promises on requests of the last year were kept and missed."""
    recent = own_requests(visitor).filter(reported_at__gte=now - TALLY_DAYS).order_by("-id")
    return tally_of(visitor, list(recent.values_list("public_id", flat=True)[:MOST_COUNTED]))


def own_requests(visitor: Visitor) -> QuerySet[Request]:
    """All the visitor may know of: the requests of his customer."""
    return Request.objects.filter(customer_id=visitor.customer_id)


def word_of(choices: Iterable[Choice], code: str) -> Word | None:
    """A level in the plan's words; None without one."""
    for one in choices:
        if one.code == code:
            title, definition = one.title, one.definition
            return Word(code, title.zh, title.en, definition.zh, definition.en)
    return None


def _with_names(requests: QuerySet[Request]) -> QuerySet[Request]:
    return requests.select_related("site", "asset", "contract")


def _own(row: Request, promises: tuple[OwnPromise, ...]) -> OwnRequest:
    plan = compiled_plan(row.plan_version_id).plan if row.plan_version_id else None
    return OwnRequest(
        public_id=row.public_id,
        number=row.number,
        state=row.state,
        level=word_of(plan.levels, row.level) if plan else None,
        symptom=row.symptom,
        site_name=row.site.name if row.site else "",
        asset_name=row.asset.name if row.asset else "",
        reported_at=row.reported_at,
        is_open=row.state not in _ENDED,
        promises=promises,
    )


def _version(row: Request) -> str:
    """The row's version and that of its promises: workers move those without the row."""
    return f"{row.version}.{subject_version(row.public_id)}"


def _cover(row: Request) -> Cover:
    return Cover(
        kind=CoverKind(row.cover),
        reason=CoverReason(row.cover_reason),
        contract_number=row.contract.number if row.contract else "",
        until=row.cover_until,
    )


def _happenings(facts: Iterable[FactView], said: dict[UUID, Said]) -> list[Happening]:
    told = []
    for fact in facts:
        words = _words(said.get(fact.public_id))
        if fact.kind in SHOWN_KINDS or words:
            kind = fact.kind if fact.kind in SHOWN_KINDS else MESSAGE
            told.append(Happening(kind, fact.occurred_at, words))
    return told


def _words(said: Said | None) -> tuple[str, ...]:
    if said is None or not said.shown or not said.is_whole:
        return ()
    return tuple(said.words[name] for name in SHOWN_WORDS if said.words.get(name))


def _merged_into(row: Request, visitor: Visitor) -> RequestHeadline | None:
    target = row.merged_into
    if target is None or target.customer_id != visitor.customer_id:
        return None
    return RequestHeadline(target.public_id, target.number)
