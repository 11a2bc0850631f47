"""Problem reports, call-backs, attachments and history."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.feedback.types import CallBackView, DueCallBack, HistoryEntry
from yinuo.domains.requests.report_types import ReportEntry, ReportHead, ReportView
from yinuo.platform.files.types import FileView
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    id_or_none,
    instant,
    instant_or_none,
)


class ReportChoiceShape(BaseModel):
    """A value to choose from."""

    code: str
    title: TwoLanguages


class ReportEntryShape(BaseModel):
    """One field of a report. With `choices`, the value is the code of one of them."""

    code: str
    title: TwoLanguages
    needed: bool
    choices: list[ReportChoiceShape]
    value: str


class ReportHeadShape(BaseModel):
    """The case, in the words it had when the report was issued."""

    number: str
    unit: str
    customer: str
    site: str
    asset: str
    level: TwoLanguages
    reported_at: InstantText
    restored_at: InstantText | None


class ReportShape(BaseModel):
    """One version of a problem report; a draft while `issued_at` is empty."""

    id: IdText
    version: int
    edition: int
    request_id: IdText
    title: TwoLanguages
    head: ReportHeadShape
    entries: list[ReportEntryShape]
    digest: str
    drafted_at: InstantText
    drafted_by: str
    issued_at: InstantText | None
    issued_by: str
    delivered_at: InstantText | None
    channel: str
    received_by: str


class Reports(BaseModel):
    """The reports of a request, the newest first."""

    items: list[ReportShape]
    next_cursor: str


class CallBackShape(BaseModel):
    """An attempt to phone a customer back. `points` is the opinion's worth by the plan."""

    id: IdText
    request_id: IdText
    made_at: InstantText
    made_by: str
    reached: bool
    done: bool | None
    satisfaction: str
    points: str | None
    spoken_to: str
    opinion: str


class CallBacks(BaseModel):
    """The call-backs of a request, the newest first."""

    items: list[CallBackShape]
    next_cursor: str


class DueCallBackShape(BaseModel):
    """A request whose customer is to be phoned back."""

    request_id: IdText
    number: str
    customer_id: IdText
    customer_name: str
    caller_name: str
    caller_phone: str
    restored_at: InstantText
    due_at: InstantText | None
    attempts: int
    last_attempt_at: InstantText | None


class DueCallBacks(BaseModel):
    """A page of call-backs to make, the first due leading."""

    items: list[DueCallBackShape]
    next_cursor: str


class FileShape(BaseModel):
    """A stored file; `caption` says what it shows."""

    id: IdText
    version: int
    name: str
    caption: str
    media_type: str
    size_bytes: int
    sha256: str
    is_picture: bool
    stored_at: InstantText
    stored_by: str


class Files(BaseModel):
    """The files of a request, the oldest first."""

    items: list[FileShape]
    next_cursor: str


class ContentShape(BaseModel):
    """A document or file with its bytes."""

    name: str
    media_type: str
    content_base64: str


class HistoryShape(BaseModel):
    """One thing that happened; `number` is that of the request or the work order.

    `past` was brought in from earlier records: it has no request; `number` is its kind there.
    """

    kind: Literal["request", "work_order", "report", "call_back", "past"]
    id: IdText
    request_id: IdText | None
    number: str
    at: InstantText
    state: str
    text: str
    detail: str
    parts: str
    asset_name: str


class History(BaseModel):
    """A page of the history, the latest first."""

    items: list[HistoryShape]
    next_cursor: str


def report(view: ReportView) -> dict[str, Any]:
    """One version of a report."""
    return {
        "id": str(view.public_id),
        "version": view.version,
        "edition": view.edition,
        "request_id": str(view.request_public_id),
        "title": {"zh": view.title_zh, "en": view.title_en},
        "head": _head(view.head),
        "entries": [_entry(one) for one in view.entries],
        "digest": view.digest,
        "drafted_at": instant(view.drafted_at),
        "drafted_by": view.drafted_by,
        "issued_at": instant_or_none(view.issued_at),
        "issued_by": view.issued_by,
        "delivered_at": instant_or_none(view.delivered_at),
        "channel": view.channel,
        "received_by": view.received_by,
    }


def call_back(view: CallBackView) -> dict[str, Any]:
    """One attempt."""
    return {
        "id": str(view.public_id),
        "request_id": str(view.request_public_id),
        "made_at": instant(view.made_at),
        "made_by": view.made_by,
        "reached": view.reached,
        "done": view.done,
        "satisfaction": view.satisfaction,
        "points": None if view.points is None else f"{view.points.normalize():f}",
        "spoken_to": view.spoken_to,
        "opinion": view.opinion,
    }


def due_call_back(row: DueCallBack) -> dict[str, Any]:
    """One to make."""
    return {
        "request_id": str(row.request_public_id),
        "number": row.number,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "caller_name": row.caller_name,
        "caller_phone": row.caller_phone,
        "restored_at": instant(row.restored_at),
        "due_at": instant_or_none(row.due_at),
        "attempts": row.attempts,
        "last_attempt_at": instant_or_none(row.last_attempt_at),
    }


def file(view: FileView) -> dict[str, Any]:
    """A stored file without its bytes."""
    return {
        "id": str(view.public_id),
        "version": view.version,
        "name": view.name,
        "caption": view.caption,
        "media_type": view.media_type,
        "size_bytes": view.size_bytes,
        "sha256": view.sha256,
        "is_picture": view.is_picture,
        "stored_at": instant(view.stored_at),
        "stored_by": view.stored_by,
    }


def content(name: str, media_type: str, data: bytes) -> dict[str, Any]:
    """A document or file with its bytes."""
    return {
        "name": name,
        "media_type": media_type,
        "content_base64": b64encode(data).decode("ascii"),
    }


def history_entry(entry: HistoryEntry) -> dict[str, Any]:
    """One thing that happened."""
    return {
        "kind": entry.kind,
        "id": str(entry.public_id),
        "request_id": id_or_none(entry.request_public_id),
        "number": entry.number,
        "at": instant(entry.at),
        "state": entry.state,
        "text": entry.text,
        "detail": entry.detail,
        "parts": entry.parts,
        "asset_name": entry.asset_name,
    }


def _head(head: ReportHead) -> dict[str, Any]:
    return {
        "number": head.number,
        "unit": head.unit,
        "customer": head.customer,
        "site": head.site,
        "asset": head.asset,
        "level": {"zh": head.level_zh, "en": head.level_en},
        "reported_at": instant(head.reported_at),
        "restored_at": instant_or_none(head.restored_at),
    }


def _entry(entry: ReportEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": {"zh": entry.title_zh, "en": entry.title_en},
        "needed": entry.needed,
        "choices": [
            {"code": one.code, "title": {"zh": one.title_zh, "en": one.title_en}}
            for one in entry.choices
        ],
        "value": entry.value,
    }
