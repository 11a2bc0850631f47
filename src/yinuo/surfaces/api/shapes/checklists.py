"""Checklists: templates, and those on sheets with their lines."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.checklists.types import (
    ChecklistView,
    LeftOver,
    LineView,
    SheetChecklists,
    TemplateRow,
)
from yinuo.kernel.checklists import Checklist, Item
from yinuo.kernel.plan.text import Text
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    instant,
    instant_or_none,
)


class ChecklistTemplateShape(BaseModel):
    """A published version of a template."""

    id: IdText
    code: str
    number: int
    title: TwoLanguages
    published_at: InstantText
    published_by: str


class ChecklistTemplates(BaseModel):
    """A page of versions."""

    items: list[ChecklistTemplateShape]
    next_cursor: str


class ChecklistOptionShape(BaseModel):
    """One answer of a choice; `fails`: the thing is not in order then."""

    code: str
    title: TwoLanguages
    fails: bool


class ChecklistConditionShape(BaseModel):
    """Asked only when the answer to `item` is one of `words`; also `passed` and `failed`."""

    item: str
    words: list[str]


class ChecklistItemShape(BaseModel):
    """What a line asks. `normal` and `possible` are bounds from and to, as text."""

    code: str
    kind: str
    title: TwoLanguages
    required: bool
    fails_on: str
    options: list[ChecklistOptionShape]
    unit: TwoLanguages
    normal: list[str | None]
    possible: list[str | None]
    places: int
    counts: list[str]
    when: ChecklistConditionShape | None
    follow_up: TwoLanguages


class ChecklistSectionShape(BaseModel):
    """A section of a template; without `asset_classes` for every class."""

    code: str
    title: TwoLanguages
    asset_classes: list[str]
    items: list[ChecklistItemShape]


class ChecklistTemplatePage(ChecklistTemplateShape):
    """A version with everything it asks."""

    note: TwoLanguages
    hash: str
    sections: list[ChecklistSectionShape]


class ChecklistTemplateSource(BaseModel):
    """The file a version was published from."""

    source: str


class PublishedChecklistTemplate(BaseModel):
    """The version a file has become."""

    id: IdText
    code: str
    number: int


class FollowUpShape(BaseModel):
    """The request a failed line opened."""

    request_id: IdText
    number: str
    state: str


class ChecklistLineShape(BaseModel):
    """A line that is asked, as it stands; `version` is 0 before its first answer."""

    section: str
    item: ChecklistItemShape
    answer: Any
    note: str
    version: int
    standing: str
    answered_at: InstantText | None
    answered_by: str
    follow_up: FollowUpShape | None


class ChecklistShape(BaseModel):
    """A checklist of a sheet with the lines that are asked."""

    id: IdText
    version: int
    state: str
    template: ChecklistTemplateShape
    work_order_id: IdText
    work_order_number: str
    asset_class: str
    carried_from: str
    begun_at: InstantText
    begun_by: str
    finished_at: InstantText | None
    finished_by: str
    unfinished: list[str]
    unfinished_reason: str
    content_hash: str
    lines: list[ChecklistLineShape]
    may_fill: bool
    may_finish: bool
    may_reopen: bool


class LeftOverShape(BaseModel):
    """Open lines of an earlier sheet of the same work."""

    checklist_id: IdText
    work_order_number: str
    title: TwoLanguages
    lines: int


class SheetChecklistsShape(BaseModel):
    """The checklists of a sheet, what earlier sheets left, and what may be begun."""

    items: list[ChecklistShape]
    left_over: list[LeftOverShape]
    templates: list[ChecklistTemplateShape]
    may_fill: bool


class PhotographShape(BaseModel):
    """A photograph kept with a line."""

    id: IdText
    name: str
    sha256: str


def template(row: TemplateRow) -> dict[str, Any]:
    """ChecklistTemplateShape."""
    return {
        "id": str(row.public_id),
        "code": row.code,
        "number": row.number,
        "title": _both(row.title),
        "published_at": instant(row.published_at),
        "published_by": row.published_by,
    }


def template_page(row: TemplateRow, asked: Checklist) -> dict[str, Any]:
    """ChecklistTemplatePage."""
    return template(row) | {
        "note": _both(asked.note),
        "hash": asked.hash,
        "sections": sections(asked),
    }


def sections(asked: Checklist) -> list[dict[str, Any]]:
    """ChecklistSectionShape of each."""
    return [
        {
            "code": section.code,
            "title": _both(section.title),
            "asset_classes": list(section.asset_classes),
            "items": [_item(one) for one in section.items],
        }
        for section in asked.sections
    ]


def checklist(view: ChecklistView) -> dict[str, Any]:
    """ChecklistShape."""
    row = view.row
    return {
        "id": str(row.public_id),
        "version": row.version,
        "state": row.state,
        "template": template(row.template),
        "work_order_id": str(row.sheet_public_id),
        "work_order_number": row.sheet_number,
        "asset_class": view.asset_class,
        "carried_from": row.carried_from,
        "begun_at": instant(row.begun_at),
        "begun_by": row.begun_by,
        "finished_at": instant_or_none(row.finished_at),
        "finished_by": row.finished_by,
        "unfinished": list(row.unfinished),
        "unfinished_reason": row.unfinished_reason,
        "content_hash": row.content_hash,
        "lines": [
            _line(section.section.code, one) for section in view.sections for one in section.lines
        ],
        "may_fill": view.may_fill,
        "may_finish": view.may_finish,
        "may_reopen": view.may_reopen,
    }


def of_sheet(found: SheetChecklists) -> dict[str, Any]:
    """SheetChecklistsShape."""
    return {
        "items": [checklist(one) for one in found.rows],
        "left_over": [_left_over(one) for one in found.left_over],
        "templates": [template(one) for one in found.templates],
        "may_fill": found.may_fill,
    }


def _left_over(left: LeftOver) -> dict[str, Any]:
    return {
        "checklist_id": str(left.checklist_public_id),
        "work_order_number": left.sheet_number,
        "title": _both(left.title),
        "lines": left.lines,
    }


def _line(section: str, line: LineView) -> dict[str, Any]:
    opened = line.follow_up
    return {
        "section": section,
        "item": _item(line.item),
        "answer": line.answer,
        "note": line.note,
        "version": line.version,
        "standing": line.standing.value,
        "answered_at": instant_or_none(line.answered_at),
        "answered_by": line.answered_by,
        "follow_up": {
            "request_id": str(opened.request_public_id),
            "number": opened.request_number,
            "state": opened.request_state,
        }
        if opened
        else None,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind.value,
        "title": _both(item.title),
        "required": item.required,
        "fails_on": item.fails_on,
        "options": [
            {"code": one.code, "title": _both(one.title), "fails": one.fails}
            for one in item.options
        ],
        "unit": _both(item.unit),
        "normal": [None if one is None else str(one) for one in item.normal],
        "possible": [None if one is None else str(one) for one in item.possible],
        "places": item.places,
        "counts": [one.value for one in item.counts],
        "when": {"item": item.when.item, "words": list(item.when.words)} if item.when else None,
        "follow_up": _both(item.follow_up),
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
