"""Reading letters of contact; every function is limited to what the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from yinuo.domains.billing.keeping import item_of, line_of
from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_policies import letters_behind, next_steps, visible_letters
from yinuo.domains.billing.letter_types import LetterRow, LetterView, cost_line
from yinuo.domains.billing.services.letter_answers import LINK_PURPOSE, PROOF
from yinuo.domains.billing.services.letters import needs_reason
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.offer_states import OFFER_OPEN, OfferState
from yinuo.kernel.states import ENDED, RequestState
from yinuo.platform.errors import NotFound
from yinuo.platform.files.selectors import list_files, open_file
from yinuo.platform.files.types import OpenedFile, owner_of
from yinuo.platform.links.services import links_of
from yinuo.platform.links.types import Link
from yinuo.platform.paging import Page, chosen_order, page_of
from yinuo.platform.scoped import identity, one_of

LETTER_ORDERS = {"newest": ("-id",), "total": ("total", "id"), "until": ("valid_until", "id")}
_NAMES = (
    *("customer", "unit", "price_list"),
    *("request__site", "request__asset", "request__contact", "work_order"),
)


@dataclass(frozen=True, slots=True)
class LettersOfRequest:
    """A request's letters, the first one first; whether the actor may write another one, and
    whether that one needs a reason."""

    rows: tuple[LetterRow, ...]
    may_write: bool
    needs_reason: bool


def list_letters(
    actor: Actor,
    *,
    state: str = "",
    text: str = "",
    customer_id: object = None,
    request_id: object = None,
    sort: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[LetterRow]:
    """Visible letters, newest first or as `sort` says; by number, request or customer name."""
    letters = (
        visible_letters(actor)
        .select_related("customer", "request")
        .defer("costs", "items", "lines")
    )
    if customer_id is not None:
        letters = letters.filter(customer__public_id=identity(customer_id))
    if request_id is not None:
        letters = letters.filter(request__public_id=identity(request_id))
    if state in {one.value for one in OfferState}:
        letters = letters.filter(state=state)
    if word := text.strip():
        letters = letters.filter(
            Q(number__icontains=word)
            | Q(request__number__icontains=word)
            | Q(customer__name__icontains=word)
        )
    order = chosen_order(LETTER_ORDERS, sort)
    return page_of(letters, order=order, cursor=cursor, limit=limit).map(_row)


def get_letter(actor: Actor, public_id: object) -> LetterView:
    """One visible letter with its lines and the steps the actor may take; NotFound otherwise."""
    letter = one_of(_with_names(visible_letters(actor)), public_id)
    return _view(letter, next_steps(actor, letter))


def letters_of_request(actor: Actor, request_id: object) -> LettersOfRequest:
    """The letters of a visible request; NotFound otherwise."""
    request = one_of(visible_requests(actor), request_id)
    letters = visible_letters(actor).filter(request=request).select_related("customer", "request")
    rows = tuple(_row(one) for one in letters.defer("costs", "items", "lines").order_by("position"))
    waits = any(OfferState(row.state) in OFFER_OPEN for row in rows)
    may_write = actor.may(Permission.LETTER_WRITE, request.unit_id)
    is_open = RequestState(request.state) not in ENDED
    return LettersOfRequest(rows, may_write and is_open and not waits, needs_reason(request.pk))


def open_letter_link(actor: Actor, public_id: object, *, now: datetime) -> Link | None:
    """The newest link of a visible letter, None when none was made."""
    letter = one_of(visible_letters(actor), public_id)
    links = links_of(purpose=LINK_PURPOSE, owner=owner_of(letter), now=now)
    return links[0] if links else None


def letter_of_link(link: Link) -> LetterView:
    """The letter that the holder of a link may read. Raises NotFound when it is gone."""
    letter = _with_names(letters_behind(link)).first()
    if letter is None or link.purpose != LINK_PURPOSE:
        raise NotFound
    return _view(letter, ())


def open_letter_proof(actor: Actor, public_id: object) -> OpenedFile:
    """The paper that proves the customer's answer; NotFound when there is none."""
    letter = one_of(visible_letters(actor), public_id)
    return open_file(owner_of(letter), letter.proof_id)


def _with_names(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    return letters.select_related(*_NAMES)


def _row(letter: Letter) -> LetterRow:
    return LetterRow(
        public_id=letter.public_id,
        number=letter.number,
        state=letter.state,
        position=letter.position,
        customer_public_id=letter.customer.public_id,
        customer_name=letter.customer.name,
        request_public_id=letter.request.public_id,
        request_number=letter.request.number,
        findings=letter.findings,
        total=letter.total,
        is_wrong=letter.wrong_at is not None,
        valid_until=letter.valid_until,
        drafted_at=letter.drafted_at,
        drafted_by=letter.drafted_by,
        sent_at=letter.sent_at,
        ended_at=letter.ended_at,
    )


def _view(letter: Letter, steps: tuple[str, ...]) -> LetterView:
    request, order = letter.request, letter.work_order
    proofs = list_files(owner_of(letter), purpose=PROOF) if letter.proof_id else []
    site: Any = request.site
    return LetterView(
        row=_row(letter),
        version=letter.version,
        unit_id=letter.unit_id,
        unit_name=letter.unit.name,
        zone=site.zone if site else settings.TIME_ZONE,
        site_name=site.name if site else "",
        asset_name=f"{request.asset.name} {request.asset.serial}".strip() if request.asset else "",
        contact_name=request.contact.name if request.contact else "",
        work_order_public_id=order.public_id if order else None,
        work_order_number=order.number if order else "",
        further_reason=letter.further_reason,
        work_planned=letter.work_planned,
        time_needed=letter.time_needed,
        price_list_public_id=letter.price_list.public_id if letter.price_list else None,
        items=tuple(item_of(one) for one in letter.items),
        lines=tuple(line_of(one) for one in letter.lines),
        costs=tuple(cost_line(one) for one in letter.costs),
        confirmed_at=letter.confirmed_at,
        confirmed_by=letter.confirmed_by,
        sent_by=letter.sent_by,
        content_hash=letter.content_hash,
        ended_by=letter.ended_by,
        ended_way=letter.ended_way,
        ended_reason=letter.ended_reason,
        proof=next((one for one in proofs if one.public_id == letter.proof_id), None),
        wrong_at=letter.wrong_at,
        wrong_by=letter.wrong_by,
        wrong_reason=letter.wrong_reason,
        steps=steps,
    )
