"""A checklist in one fixed form, and its hash: the customer's signature is bound to it (R55)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from yinuo.domains.checklists.models import Checklist, Line
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.fieldwork.contents import content_hash


def checklist_content(checklist: Checklist, lines: Iterable[Line]) -> dict[str, Any]:
    """Template, lines and what was left, JSON-ready, in the template's order.

    A photograph stands by the id it is stored under; its bytes never change.
    """
    template = template_of(checklist.template_id)
    by_item = {line.item: line for line in lines if line.answer is not None}
    return {
        "template": {"code": template.code, "hash": template.hash},
        "asset_class": checklist.asset_class,
        "only": checklist.only,
        "lines": [
            {
                "item": item.code,
                "answer": by_item[item.code].answer,
                "note": by_item[item.code].note,
            }
            for item in template.items()
            if item.code in by_item
        ],
        "unfinished": checklist.unfinished,
        "unfinished_reason": checklist.unfinished_reason,
    }


def hash_of_checklist(checklist: Checklist) -> str:
    """SHA-256 of the checklist as it is stored now, in hexadecimal."""
    return content_hash(checklist_content(checklist, checklist.lines.all()))
