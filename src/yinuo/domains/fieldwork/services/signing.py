"""The customer's part and his signature, drawn on the screen or given on paper (LV-05, R55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.contents import mark_hash, signed_content
from yinuo.domains.fieldwork.models import SignOff, WorkOrder
from yinuo.domains.fieldwork.policies import require_step
from yinuo.domains.fieldwork.services.binding import require_addenda_finished
from yinuo.domains.fieldwork.services.moving import (
    REASON_LENGTH,
    Move,
    happened_at,
    locked_order,
    move,
)
from yinuo.domains.fieldwork.services.requests import step_fact, tell_request
from yinuo.domains.fieldwork.strokes import parsed_strokes
from yinuo.domains.fieldwork.types import (
    Accessories,
    CustomerPart,
    Dissatisfaction,
    SigningWay,
)
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.work_states import WORK_STEPS, WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import Upload, owner_of
from yinuo.platform.journal.work import Work, writing

NAME_LENGTH = 80
# What the photographed sheet is among the attachments of a work order.
PAPER = "signed_paper"


@dataclass(frozen=True, slots=True)
class _Mark:
    """The signature itself: its columns and the hash of what they hold."""

    columns: dict[str, Any]
    digest: str


def sign_work_order(
    *,
    actor: Actor,
    work_order_id: object,
    version: int,
    part: CustomerPart,
    strokes: str,
    signed_at: datetime | None = None,
    source: str,
    now: datetime,
) -> WorkOrder:
    """Take the customer's statement and drawn signature for the version he was shown.

    `signed_at` None means now. The signature is bound to the hash of that content, his name and
    the instant. Raises Conflict when the sheet changed meanwhile, InvalidInput for a missing name,
    a blank signature or an instant before the work was finished.
    """
    with writing(actor=actor, now=now) as work:
        order = _signable(actor, work_order_id, version)
        part = _checked(part, strokes)
        points = parsed_strokes(strokes)
        mark = _Mark({"way": SigningWay.DRAWN.value, "strokes": points}, mark_hash(points))
        at = now if signed_at is None else _signed_at(signed_at, order, now)
        _sign(order, part, mark, at, actor=actor, source=source, work=work)
        return order


def sign_on_paper(
    *,
    actor: Actor,
    work_order_id: object,
    version: int,
    part: CustomerPart,
    upload: Upload,
    signed_at: datetime,
    now: datetime,
) -> WorkOrder:
    """Count a signed paper with the same content, photographed, as the signature (LV-05).

    The paper is kept as an attachment of the sheet; the signature is bound to its hash. Raises
    InvalidInput for the field `file` when it is no picture or document, and like sign_work_order.
    """
    with writing(actor=actor, now=now) as work:
        order = _signable(actor, work_order_id, version)
        part = _checked(part, None)
        at = _signed_at(signed_at, order, now)
        paper = store_file(
            owner=owner_of(order),
            purpose=PAPER,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )
        mark = {"way": SigningWay.PAPER.value, "file_id": paper.public_id}
        _sign(order, part, _Mark(mark, paper.sha256), at, actor=actor, source="paper", work=work)
        return order


def _signable(actor: Actor, work_order_id: object, version: int) -> WorkOrder:
    order = locked_order(actor, work_order_id, version)
    require_step(actor, order, "signed")
    if WORK_STEPS["signed"].after(WorkOrderState(order.state)) is None:
        raise IllegalMove(details={"state": order.state, "kind": "signed"})
    require_addenda_finished(order)
    return order


def _sign(
    order: WorkOrder,
    part: CustomerPart,
    mark: _Mark,
    at: datetime,
    *,
    actor: Actor,
    source: str,
    work: Work,
) -> None:
    bound = signed_content(order, part, mark.digest, at)
    SignOff.objects.create(
        work_order=order,
        works=part.works,
        accessories=part.accessories,
        satisfaction=part.satisfaction,
        dissatisfied_with=list(part.dissatisfied_with),
        suggestions=part.suggestions,
        signer_name=part.signer_name,
        content=bound.content,
        content_hash=bound.content_hash,
        signed_at=at,
        recorded_at=work.now,
        recorded_by=actor.label,
        **mark.columns,
    )
    shown = {
        "hash": bound.content_hash,
        "way": mark.columns["way"],
        "satisfaction": part.satisfaction,
    }
    step = Move("signed", {"signed_at": at}, "sheet_signed", at, shown=shown)
    move(order, step, actor=actor, source=source, work=work)
    # A paper is attached afterwards by its nature: that is why it comes late (LV-05).
    why = _("Signed on paper, attached afterwards.") if "file_id" in mark.columns else ""
    fact = step_fact("sheet_signed", at, why)
    tell_request(order, fact, actor=actor, source=source, now=work.now)


def _signed_at(given: datetime, order: WorkOrder, now: datetime) -> datetime:
    unfinished = _("This is before the work was finished.")
    try:
        return happened_at(given, now, {unfinished: order.finished_at})
    except InvalidInput as error:
        raise InvalidInput({"signed_at": error.fields["occurred_at"]}) from error


def _checked(part: CustomerPart, strokes: str | None) -> CustomerPart:
    """The statement with trimmed texts; InvalidInput names each wrong field."""
    name, suggestions = part.signer_name.strip(), part.suggestions.strip()
    problems: dict[str, str] = {}
    if not name:
        problems["signer_name"] = _("Who signs? Give the name.")
    elif len(name) > NAME_LENGTH:
        problems["signer_name"] = _("Use at most 80 characters.")
    if len(suggestions) > REASON_LENGTH:
        problems["suggestions"] = _("Use at most 4,000 characters.")
    if part.accessories and part.accessories not in set(Accessories):
        problems["accessories"] = _("Choose one of the answers offered.")
    if part.satisfaction and part.satisfaction not in set(Satisfaction):
        problems["satisfaction"] = _("Choose one of the answers offered.")
    if set(part.dissatisfied_with) - set(Dissatisfaction):
        problems["dissatisfied_with"] = _("Choose one of the answers offered.")
    if part.satisfaction == Satisfaction.DISSATISFIED and not part.dissatisfied_with:
        problems["dissatisfied_with"] = _("Ask what the customer was not satisfied with.")
    if strokes is not None and problems:
        problems |= _stroke_problems(strokes)
    if problems:
        raise InvalidInput(problems)
    return CustomerPart(
        signer_name=name,
        works=part.works,
        accessories=part.accessories,
        satisfaction=part.satisfaction,
        dissatisfied_with=tuple(sorted(set(part.dissatisfied_with))),
        suggestions=suggestions,
    )


def _stroke_problems(strokes: str) -> dict[str, Any]:
    """What is wrong with the signature, so that everything is said at once."""
    try:
        parsed_strokes(strokes)
    except InvalidInput as error:
        return dict(error.fields)
    return {}
