"""`/letters`: letters of contact: write, confirm, send, answer on paper, withdraw, read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.billing.letter_document import letter_docx, letter_pdf
from yinuo.domains.billing.letter_types import CostLine, LetterData
from yinuo.domains.billing.letters import get_letter, list_letters
from yinuo.domains.billing.services.letter_answers import (
    PaperAnswer,
    confirm_letter,
    mark_wrong_diagnosis,
    record_letter_answer,
    send_letter,
    withdraw_letter,
)
from yinuo.domains.billing.services.letters import MOST_COSTS, draft_letter, edit_letter
from yinuo.domains.network.permissions import Permission
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.api.answers import edited, listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import (
    Day,
    Id,
    Input,
    Instant,
    Label,
    Money,
    Name,
    Paging,
    PathId,
    Remark,
    Version,
    Word,
)
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.files import FileInput
from yinuo.surfaces.api.resources.prices import MOST_ITEMS, Figure, ItemInput
from yinuo.surfaces.api.resources.quotes import Outcome
from yinuo.surfaces.api.resources.reports import PDF, InLanguage
from yinuo.surfaces.api.sending import sent_with_link
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import letters as shapes

resource = Resource("letters of contact")


class LetterFilters(Paging):
    """Which letters to list."""

    customer_id: Id | None = None
    request_id: Id | None = None
    state: OfferState | None = None
    text: Name = ""
    sort: Word = ""


class CostInput(Input):
    """One line of the cost, in yuan."""

    title: Name
    quantity: Figure
    unit: Word = ""
    unit_price: Money


Costs = Annotated[list[CostInput], Field(max_length=MOST_COSTS)]
LetterItems = Annotated[list[ItemInput], Field(max_length=MOST_ITEMS)]


class LetterWords(Input):
    """What was found, what is to be done, when, at what cost.

    `items` are priced by the list named; `costs` are what no list has.
    """

    findings: Remark
    work_planned: Remark
    time_needed: Name
    valid_until: Day
    costs: Costs = []
    price_list_id: Id | None = None
    items: LetterItems = []
    further_reason: Remark = ""

    def letter(self) -> LetterData:
        """What the service takes."""
        names = LetterWords.model_fields.keys() - {"costs", "items"}
        typed = {name: getattr(self, name) for name in names}
        costs = tuple(
            CostLine(one.title, one.quantity, one.unit, one.unit_price) for one in self.costs
        )
        return LetterData(costs=costs, items=tuple(one.item() for one in self.items), **typed)


class LetterInput(LetterWords):
    """A new letter of a request; beyond the usual number `further_reason` is needed."""

    request_id: Id
    work_order_id: Id | None = None


class LetterEdit(LetterWords):
    """A draft, all of it."""

    version: Version


class LetterStep(Input):
    """The letter as it was read."""

    version: Version


class Reasoned(LetterStep):
    """The letter as it was read, and why."""

    reason: Remark


class PaperAnswerInput(LetterStep):
    """An answer on paper: who signed when (now when left out), and the paper itself."""

    outcome: Outcome
    name: Label
    answered_at: Instant | None = None
    reason: Remark = ""
    file: FileInput

    def answer(self) -> PaperAnswer:
        """What the service takes. Raises InvalidInput for a file that is no base64."""
        return PaperAnswer(
            outcome=self.outcome.value,
            name=self.name,
            answered_at=self.answered_at,
            upload=self.file.upload(),
            reason=self.reason,
        )


@resource.reads("", name="list_letters", right=Permission.LETTER_READ, gives=shapes.Letters)
def list_all(request: ApiRequest, filters: Query[LetterFilters]) -> HttpResponse:
    """Visible letters, newest first."""
    page = list_letters(
        request.auth.actor,
        customer_id=filters.customer_id,
        request_id=filters.request_id,
        state=filters.state.value if filters.state else "",
        text=filters.text,
        sort=filters.sort,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    return listed(page, shapes.letter_head)


@resource.writes("POST", "", name="draft_letter", right=Permission.LETTER_WRITE, status=201)
def draft_one(request: ApiRequest, data: LetterInput) -> HttpResponse:
    """Write a letter; from then on the work of its request waits."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            draft_letter(
                actor=call.actor,
                request_id=data.request_id,
                data=data.letter(),
                work_order_id=data.work_order_id,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{letter_id}", name="get_letter", right=Permission.LETTER_READ, gives=shapes.LetterShape
)
def get_one(request: ApiRequest, letter_id: PathId) -> HttpResponse:
    """One letter with its lines and both confirmations."""
    return shown(shapes.letter(get_letter(request.auth.actor, letter_id)))


@resource.writes("PUT", "/{letter_id}", name="edit_letter", right=Permission.LETTER_WRITE)
def edit_one(request: ApiRequest, letter_id: PathId, data: LetterEdit) -> HttpResponse:
    """Write a draft anew; our confirmation is asked for again."""
    call = request.auth
    return edited(
        request,
        data,
        lambda: edit_letter(
            actor=call.actor,
            letter_id=letter_id,
            version=data.version,
            data=data.letter(),
            now=call.now,
        ),
        lambda: shapes.letter(get_letter(call.actor, letter_id)),
    )


@resource.writes(
    "POST", "/{letter_id}/confirm", name="confirm_letter", right=Permission.LETTER_CONFIRM
)
def confirm_one(request: ApiRequest, letter_id: PathId, data: LetterStep) -> HttpResponse:
    """Confirm work, time and cost of a draft for our side."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            confirm_letter(
                actor=call.actor, letter_id=letter_id, version=data.version, now=call.now
            )
        ),
    )


@resource.writes(
    "POST",
    "/{confirmed_letter_id}/send",
    name="send_letter",
    right=Permission.LETTER_WRITE,
    gives=shapes.SentLetterShape,
)
def send_one(request: ApiRequest, confirmed_letter_id: PathId, data: LetterStep) -> HttpResponse:
    """Send a confirmed draft, and make a fresh link for the customer's answer.

    The link is in this answer only; it is not kept anywhere.
    """
    call = request.auth

    def send() -> tuple[Any, str]:
        sent = send_letter(
            actor=call.actor, letter_id=confirmed_letter_id, version=data.version, now=call.now
        )
        return sent.letter, sent.secret

    return sent_with_link(request, send)


@resource.writes(
    "POST", "/{letter_id}/withdraw", name="withdraw_letter", right=Permission.LETTER_WRITE
)
def withdraw_one(request: ApiRequest, letter_id: PathId, data: Reasoned) -> HttpResponse:
    """Take a letter back before it is answered; the work goes on without it."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            withdraw_letter(
                actor=call.actor,
                letter_id=letter_id,
                version=data.version,
                reason=data.reason,
                now=call.now,
            )
        ),
    )


@resource.writes(
    "POST",
    "/{sent_letter_id}/paper-answer",
    name="record_letter_answer",
    right=Permission.LETTER_WRITE,
)
def answer_one(request: ApiRequest, sent_letter_id: PathId, data: PaperAnswerInput) -> HttpResponse:
    """Take down an answer that the customer gave on paper; the paper is kept as proof."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            record_letter_answer(
                actor=call.actor,
                letter_id=sent_letter_id,
                version=data.version,
                answer=data.answer(),
                now=call.now,
            )
        ),
    )


@resource.writes(
    "POST",
    "/{sent_letter_id}/wrong-diagnosis",
    name="mark_letter_wrong",
    right=Permission.LETTER_WRITE,
)
def wrong_one(request: ApiRequest, sent_letter_id: PathId, data: Reasoned) -> HttpResponse:
    """Our diagnosis was wrong: labour and material of this letter are at our cost."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            mark_wrong_diagnosis(
                actor=call.actor,
                letter_id=sent_letter_id,
                version=data.version,
                reason=data.reason,
                now=call.now,
            )
        ),
    )


def _given_as(form: str, media_type: str, make: Callable[..., bytes]) -> None:
    """Declare the reading of a letter in one form."""

    @resource.reads(
        f"/{{letter_id}}/{form}",
        name=f"get_letter_{form}",
        right=Permission.LETTER_READ,
        gives=after.ContentShape,
    )
    def get_paper(request: ApiRequest, letter_id: PathId, how: Query[InLanguage]) -> HttpResponse:
        """The letter as a document in a language."""
        call, language = request.auth, how.language.value
        letter = get_letter(call.actor, letter_id)
        name = f"{letter.row.number}-{language}.{form}"
        return shown(after.content(name, media_type, make(letter, language, call.now)))


_given_as("pdf", PDF, letter_pdf)
_given_as("docx", DOCX, letter_docx)
