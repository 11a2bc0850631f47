"""What a customer signs: the sheet's content in one fixed form, and its hash (R55)."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.types import CustomerPart, Signed

_TEXTS = (
    *("number", "form", "contact_name", "contact_phone", "address", "customer_kind"),
    *("work_wanted", "present_state", "handling_plan"),
    *("findings", "work_done", "parts_used", "result", "result_reason", "remarks"),
)
_INSTANTS = ("departed_at", "arrived_at", "finished_at")


def sheet_content(order: WorkOrder) -> dict[str, Any]:
    """The sheet's lines as they stand now, JSON-ready; instants in ISO 8601 as stored."""
    content: dict[str, Any] = {name: getattr(order, name) for name in _TEXTS}
    content["persons"] = order.persons
    for name in _INSTANTS:
        at: datetime | None = getattr(order, name)
        content[name] = at.isoformat() if at else None
    if order.replaced:
        content["replaced"] = order.replaced
    if order.put_in:
        content["put_in"] = order.put_in
    if order.addenda:
        content["addenda"] = {name: one["hash"] for name, one in order.addenda.items()}
    # By id: a changed name of ours does not undo the customer's signature.
    content["assignee"] = str(order.assignee.public_id) if order.assignee else ""
    return content


def signed_content(order: WorkOrder, part: CustomerPart, mark: str, signed_at: datetime) -> Signed:
    """The whole that a signature is bound to: sheet, statement, person, time and the mark itself.

    `mark` is the hash of the strokes or of the paper's file.
    """
    content = {
        "sheet": sheet_content(order),
        "statement": {
            "works": part.works,
            "accessories": part.accessories,
            "satisfaction": part.satisfaction,
            "dissatisfied_with": list(part.dissatisfied_with),
            "suggestions": part.suggestions,
        },
        "signer": part.signer_name,
        "signed_at": signed_at.isoformat(),
        "mark": mark,
    }
    return Signed(content, content_hash(content))


def content_hash(content: Any) -> str:
    """SHA-256 of the content in its one fixed form, in hexadecimal."""
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def mark_hash(strokes: Any) -> str:
    """The hash of a drawn signature."""
    return content_hash(strokes)
