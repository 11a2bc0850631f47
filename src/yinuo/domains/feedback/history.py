"""The history of a customer or an asset: everything in one order of time, and the last repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_past_events
from yinuo.domains.feedback.policies import visible_call_backs
from yinuo.domains.feedback.types import HistoryEntry, LastRepair
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.fieldwork.put_in import parts_text
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.several import with_latest
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.reports import RESTORED, visible_reports
from yinuo.domains.requests.saying import said_of
from yinuo.domains.requests.standing import counting
from yinuo.platform.errors import InvalidInput
from yinuo.platform.paging import MOST_PER_PAGE, Page
from yinuo.platform.scoped import identity

REQUEST, WORK_ORDER, REPORT, CALL_BACK = "request", "work_order", "report", "call_back"
PAST = "past"
PARTS = "parts"
_SALT = "history"


@dataclass(frozen=True, slots=True)
class _Part:
    """One kind of thing of the history: its visible rows, when each happened, its request.

    `customer` is the way to whose it is, where that is not the request's or its own.
    """

    kind: str
    rows: QuerySet[Any]
    at: str
    request: str
    customer: str = ""

    def of(self, customer_id: UUID | None, asset_id: UUID | None) -> QuerySet[Any]:
        """The rows of this customer or asset."""
        rows = self.rows
        if customer_id is not None:
            way = self.customer or f"{self.request}customer"
            rows = rows.filter(**{f"{way}__public_id": customer_id})
        if asset_id is not None:
            rows = rows.filter(**{f"{self.request}asset__public_id": asset_id})
        return rows


def list_history(
    actor: Actor,
    *,
    customer_id: object = None,
    asset_id: object = None,
    cursor: str = "",
    limit: int = 50,
) -> Page[HistoryEntry]:
    """Requests, sheets, issued reports, call-backs and imported events, the latest first.

    Of a customer or asset, only what the actor may see; six statements however long the history
    is. Raises InvalidInput for a cursor that is not ours.
    """
    customer = identity(customer_id) if customer_id is not None else None
    asset = identity(asset_id) if asset_id is not None else None
    limit = max(1, min(limit, MOST_PER_PAGE))
    after = _opened(cursor)
    parts = _parts(actor)
    keys = [_keys(part, part.of(customer, asset), after) for part in parts]
    first, *others = keys
    found = list(first.union(*others, all=True).order_by("-moment", "-public_id")[: limit + 1])
    shown = found[:limit]
    entries = _entries(parts, shown)
    items = tuple(entries[kind, public_id] for kind, _moment, public_id in shown)
    return Page(items, _sealed(shown[-1]) if len(found) > limit else "")


def last_repair(
    actor: Actor, *, asset_id: object = None, customer_id: object = None
) -> LastRepair | None:
    """The repair restored last, of an asset or at a customer, with what was done and replaced.

    None when there was none that the actor may see.
    """
    requests = visible_requests(actor).filter(state__in=sorted(RESTORED))
    if asset_id is not None:
        requests = requests.filter(asset__public_id=identity(asset_id))
    if customer_id is not None:
        requests = requests.filter(customer__public_id=identity(customer_id))
    restored: Any = with_latest(requests, restored_at="restored")
    whole = restored.filter(restored_at__isnull=False).select_related("asset")
    row = whole.order_by("-restored_at", "-id").first()
    if row is None:
        return None
    facts = counting(facts_of_subject(row.public_id))
    said = said_of(row, facts)
    methods = [
        said[one.public_id].words.get("method", "") for one in facts if one.public_id in said
    ]
    sheets = list(visible_work_orders(actor).filter(request_id=row.pk).order_by("-id"))
    report = visible_reports(actor).filter(request_id=row.pk).exclude(issued_at=None)
    answers: dict[str, str] = next((one.answers for one in report.order_by("-edition")[:1]), {})
    return LastRepair(
        request_public_id=row.public_id,
        number=row.number,
        restored_at=row.restored_at,
        asset_name=row.asset.name if row.asset else "",
        symptom=row.symptom,
        done=_first(
            [*methods[::-1], *(one.work_done for one in sheets), answers.get("method", "")]
        ),
        parts=_first([*(parts_text(one) for one in sheets), answers.get(PARTS, "")]),
    )


def _parts(actor: Actor) -> list[_Part]:
    return [
        _Part(REQUEST, visible_requests(actor), "reported_at", ""),
        _Part(WORK_ORDER, visible_work_orders(actor), "issued_at", "request__"),
        _Part(REPORT, visible_reports(actor).exclude(issued_at=None), "issued_at", "request__"),
        _Part(CALL_BACK, visible_call_backs(actor), "made_at", "request__"),
        _Part(PAST, visible_past_events(actor), "at", "", customer="asset__customer"),
    ]


def _keys(part: _Part, rows: QuerySet[Any], after: tuple[datetime, UUID] | None) -> Any:
    """(kind, moment, public id) of the rows behind the cursor: what the union puts in order."""
    if after is not None:
        moment, public_id = after
        behind = Q(**{f"{part.at}__lt": moment})
        rows = rows.filter(behind | Q(**{part.at: moment, "public_id__lt": public_id}))
    kind = Value(part.kind, output_field=CharField())
    return (
        rows.order_by()
        .annotate(of_kind=kind, moment=F(part.at))
        .values_list("of_kind", "moment", "public_id")
    )


def _entries(
    parts: Sequence[_Part], shown: Sequence[tuple[str, datetime, UUID]]
) -> dict[tuple[str, UUID], HistoryEntry]:
    found: dict[tuple[str, UUID], HistoryEntry] = {}
    for part in parts:
        ids = [public_id for kind, _moment, public_id in shown if kind == part.kind]
        if not ids:
            continue
        related = (f"{part.request}asset",) if not part.request else ("request", "request__asset")
        rows = part.rows.filter(public_id__in=ids).select_related(*related)
        for row in rows:
            found[part.kind, row.public_id] = _MAKERS[part.kind](row)
    return found


def _of_request(row: Any) -> HistoryEntry:
    return _entry(REQUEST, row, row, row.reported_at, number=row.number, state=row.state)


def _of_work_order(row: Any) -> HistoryEntry:
    entry = _entry(WORK_ORDER, row, row.request, row.issued_at, number=row.number, state=row.state)
    return replace(entry, text=row.work_wanted, detail=row.work_done, parts=parts_text(row))


def _of_report(row: Any) -> HistoryEntry:
    entry = _entry(REPORT, row, row.request, row.issued_at, number=row.request.number)
    state = "delivered" if row.delivered_at else "issued"
    parts = row.answers.get(PARTS, "")
    return replace(entry, state=state, detail=row.answers.get("cause", ""), parts=parts)


def _of_call_back(row: Any) -> HistoryEntry:
    entry = _entry(CALL_BACK, row, row.request, row.made_at, number=row.request.number)
    state = row.satisfaction if row.reached else "not_reached"
    return replace(entry, state=state, text="", detail=row.opinion)


def _of_past_event(row: Any) -> HistoryEntry:
    """Brought in from earlier records: no request stands behind it."""
    said = [row.done, row.done_by, row.result]
    if row.minutes_down is not None:
        said.append(_("down for %(number)d minutes") % {"number": row.minutes_down})
    return HistoryEntry(
        kind=PAST,
        public_id=row.public_id,
        request_public_id=None,
        number=row.kind,
        at=row.at,
        state="",
        text=row.symptom,
        detail=" · ".join(one for one in said if one),
        parts=row.parts,
        asset_name=row.asset.name,
    )


_MAKERS = {
    PAST: _of_past_event,
    REQUEST: _of_request,
    WORK_ORDER: _of_work_order,
    REPORT: _of_report,
    CALL_BACK: _of_call_back,
}


def _entry(
    kind: str, row: Any, request: Any, at: datetime, *, number: str, state: str = ""
) -> HistoryEntry:
    return HistoryEntry(
        kind=kind,
        public_id=row.public_id,
        request_public_id=request.public_id,
        number=number,
        at=at,
        state=state,
        text=request.symptom,
        detail="",
        parts="",
        asset_name=request.asset.name if request.asset else "",
    )


def _first(texts: Sequence[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def _sealed(last: tuple[str, datetime, UUID]) -> str:
    _kind, moment, public_id = last
    return signing.dumps([moment.isoformat(), str(public_id)], salt=_SALT)


def _opened(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    try:
        moment, public_id = signing.loads(cursor, salt=_SALT)
        return datetime.fromisoformat(moment), UUID(public_id)
    except (signing.BadSignature, ValueError, TypeError) as error:
        message = _("This cursor does not belong to this list. Start again.")
        raise InvalidInput({"cursor": message}) from error
