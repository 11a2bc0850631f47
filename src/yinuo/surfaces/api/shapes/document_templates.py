"""Document templates as the API shows them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.document_templates.kinds import Which, built_in
from yinuo.domains.document_templates.types import (
    TemplateContent,
    TemplateRow,
    TemplateView,
    TextRow,
    TextView,
)
from yinuo.surfaces.api.shapes.values import IdText, InstantText, id_or_none, instant_or_none


class DocumentTemplateRow(BaseModel):
    """A kind in a language; `in_force` null: as the product ships it."""

    code: str
    kind: str
    language: str
    in_force: int | None
    since: InstantText | None
    newest: int | None


class DocumentTemplates(BaseModel):
    """Every kind in both languages."""

    items: list[DocumentTemplateRow]
    next_cursor: str


class DocumentContentShape(BaseModel):
    """What was written; an empty text or an absent word is the product's own."""

    title: str
    head: str
    introduction: str
    closing: str
    footer: str
    words: dict[str, str]
    left_out: list[str]


class DocumentVersionRow(BaseModel):
    """A version; `published_at` when it held for the first time."""

    id: IdText
    number: int
    written_at: InstantText
    written_by: str
    published_at: InstantText | None
    is_in_force: bool


class DocumentTemplatePage(BaseModel):
    """A kind in a language: what may be written, the newest content, its versions."""

    code: str
    version: int
    in_force: int | None
    since: InstantText | None
    has_title: bool
    placeholders: list[str]
    shipped_words: dict[str, str]
    passages: list[str]
    content: DocumentContentShape
    logo_id: IdText | None
    versions: list[DocumentVersionRow]


class DocumentVersionPage(BaseModel):
    """One version with its content."""

    code: str
    version: int
    row: DocumentVersionRow
    content: DocumentContentShape
    logo_id: IdText | None


class DocumentVersionSaved(BaseModel):
    """The version that was written."""

    id: IdText
    number: int


def template_row(row: TemplateRow) -> dict[str, Any]:
    """DocumentTemplateRow."""
    return {
        "code": row.which.code,
        "kind": row.which.kind_code,
        "language": row.which.language,
        "in_force": row.number,
        "since": instant_or_none(row.since),
        "newest": row.newest,
    }


def template_page(view: TemplateView) -> dict[str, Any]:
    """DocumentTemplatePage."""
    which = view.which
    return {
        "code": which.code,
        "version": view.version,
        "in_force": view.in_force,
        "since": instant_or_none(view.since),
        "has_title": which.has_title,
        "placeholders": list(which.placeholders),
        "shipped_words": shipped_words(which),
        "passages": list(which.passages),
        "content": content(view.content),
        "logo_id": id_or_none(view.logo_id),
        "versions": [version_row(one) for one in view.texts],
    }


def version_page(view: TextView) -> dict[str, Any]:
    """DocumentVersionPage."""
    return {
        "code": view.which.code,
        "version": view.version,
        "row": version_row(view.row),
        "content": content(view.content),
        "logo_id": id_or_none(view.logo_id),
    }


def version_row(row: TextRow) -> dict[str, Any]:
    """DocumentVersionRow."""
    return {
        "id": str(row.public_id),
        "number": row.number,
        "written_at": instant_or_none(row.written_at),
        "written_by": row.written_by,
        "published_at": instant_or_none(row.published_at),
        "is_in_force": row.is_in_force,
    }


def content(one: TemplateContent) -> dict[str, Any]:
    """DocumentContentShape."""
    return {
        "title": one.title,
        "head": one.head,
        "introduction": one.introduction,
        "closing": one.closing,
        "footer": one.footer,
        "words": dict(one.words),
        "left_out": list(one.left_out),
    }


def shipped_words(which: Which) -> dict[str, str]:
    """The labels as the product says them."""
    return {code: built_in(word, which.language) for code, word in which.words.items()}
