"""Reading requests for parts; every function is limited to what the actor may see."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from yinuo.domains.network.types import Actor
from yinuo.domains.parts.models import PartRequest, PartRequestLine
from yinuo.domains.parts.policies import visible_asks
from yinuo.domains.parts.request_types import OPEN_ASKS, AskLineRow, AskRow, AskState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

MOST_BESIDE = 20
OLD_OWED = "old"


def list_asks(
    actor: Actor, *, text: str = "", state: str = "", cursor: str = "", limit: int = 50
) -> Page[AskRow]:
    """Visible requests for parts, newest first: the open ones, those in one state, all of them
    (`all`), or those whose old parts are not back (`old`)."""
    found = _with_rest(visible_asks(actor))
    if state == OLD_OWED:
        found = found.filter(lines__used__gt=F("lines__old_back")).distinct()
    elif state in set(AskState):
        found = found.filter(state=state)
    elif state != "all":
        found = found.filter(state__in=sorted(OPEN_ASKS))
    if word := text.strip():
        found = found.filter(
            Q(number__icontains=word) | Q(request__number__icontains=word) | Q(asked_by=word)
        )
    return page_of(found, order=("-id",), cursor=cursor, limit=limit).map(_row)


def get_ask(actor: Actor, ask_id: object) -> AskRow:
    """One visible request for parts; NotFound otherwise."""
    return _row(one_of(_with_rest(visible_asks(actor)), ask_id))


def asks_of(actor: Actor, *, request_id: object, sheet_id: object = None) -> tuple[AskRow, ...]:
    """Visible requests for parts of a case (public id), of one of its sheets when named."""
    found = _with_rest(visible_asks(actor)).filter(request__public_id=identity(request_id))
    if sheet_id is not None:
        found = found.filter(sheet__public_id=identity(sheet_id))
    return tuple(_row(one) for one in found.order_by("id")[:MOST_BESIDE])


def _with_rest(found: QuerySet[PartRequest]) -> QuerySet[PartRequest]:
    return found.select_related("depot", "nearest", "request", "sheet", "asker").prefetch_related(
        "lines__part", "lines__reservations"
    )


def _row(one: PartRequest) -> AskRow:
    return AskRow(
        public_id=one.public_id,
        version=one.version,
        number=one.number,
        state=one.state,
        request_id=one.request.public_id,
        request_number=one.request.number,
        sheet_id=one.sheet.public_id if one.sheet else None,
        sheet_number=one.sheet.number if one.sheet else "",
        depot_id=one.depot.public_id,
        depot_name=one.depot.name,
        depot_unit_id=one.depot.unit_id,
        request_unit_id=one.request.unit_id,
        note=one.note,
        nearest_id=one.nearest.public_id,
        nearest_name=one.nearest.name,
        filled=one.filled,
        asked_at=one.asked_at,
        asked_by=one.asked_by,
        asker_id=one.asker.public_id,
        decided_at=one.decided_at,
        decided_by=one.decided_by,
        reason=one.reason,
        lines=tuple(_line(line) for line in one.lines.all()),
    )


def _line(line: PartRequestLine) -> AskLineRow:
    return AskLineRow(
        id=line.pk,
        part_id=line.part.public_id,
        number=line.part.number,
        name=line.part.name,
        measure=line.part.measure,
        tracking=line.part.tracking,
        quantity=line.quantity,
        reserved=sum(kept.quantity for kept in line.reservations.all()),
        shipped=line.shipped,
        received=line.received,
        used=line.used,
        old_back=line.old_back,
        unused_back=line.unused_back,
    )
