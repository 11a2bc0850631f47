"""`/checklist-templates`, `/work-orders/{id}/checklists` and `/checklists`."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.checklists.selectors import (
    checklist_photo,
    checklists_of_sheet,
    get_checklist,
    get_template,
    get_template_source,
    page_templates,
)
from yinuo.domains.checklists.services import (
    add_photo,
    answer_lines,
    begin_checklist,
    finish_checklist,
    publish_checklist,
    reopen_checklist,
    take_over_lines,
)
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.checklists.types import LineAnswer
from yinuo.domains.fieldwork.strokes import MOST_STROKES
from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.api.answers import listed, saved, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Label, Paging, PathId, Version, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.files import FileInput
from yinuo.surfaces.api.resources.offers import work_orders
from yinuo.surfaces.api.resources.work_orders import Stroke
from yinuo.surfaces.api.shapes import after
from yinuo.surfaces.api.shapes import checklists as shapes

__all__ = ["resource", "templates", "work_orders"]

MOST_LINES = 300
Counted = Annotated[int, Field(strict=True, ge=0, le=999_999)]

templates = Resource("checklist templates")
resource = Resource("checklists")


class ChecklistFileInput(Input):
    """A checklist file in YAML."""

    source: Annotated[str, text(500_000, shortest=1)]


class BeginChecklistInput(Input):
    """Which published version to begin."""

    template_id: Id


class TakeOverInput(Input):
    """Whose open lines to take over."""

    checklist_id: Id


class LineSignature(Input):
    """A drawn signature; `strokes` are lines of points in a frame of 900 × 300."""

    name: Label
    strokes: Annotated[list[Stroke], Field(max_length=MOST_STROKES)]


Answer = (
    Annotated[str, text(4_000)]
    | LineSignature
    | Annotated[dict[Word, Counted], Field(max_length=4)]
    | Annotated[list[Id], Field(max_length=20)]
)


class LineInput(Input):
    """An answer by kind: `yes`/`no`, an option's code, a number as text, counts by their words,
    ids of photographs, a text, a signature; null takes it back.

    `version` is the line's as it was read: 0 before its first answer; left out for any.
    """

    item: Word
    answer: Answer | None
    note: Annotated[str, text(1_000)] = ""
    version: Annotated[int, Field(strict=True, ge=0, le=2_147_483_647)] | None = None

    def line(self) -> LineAnswer:
        """The same for the service."""
        answer: Any = self.answer
        if isinstance(answer, LineSignature):
            answer = answer.model_dump()
        if isinstance(answer, list):
            answer = [str(one) for one in answer]
        return LineAnswer(self.item, answer, self.note, self.version)


class LinesInput(Input):
    """Lines to save, all or none."""

    lines: Annotated[list[LineInput], Field(min_length=1, max_length=MOST_LINES)]


class PhotographInput(FileInput):
    """A photograph of a line."""

    item: Word


class FinishChecklistInput(Input):
    """The end; with required lines open, why."""

    version: Version
    unfinished_reason: Annotated[str, text(1_000)] = ""


class ReopenChecklistInput(Input):
    """The version this is based on."""

    version: Version


@templates.reads(
    "",
    name="list_checklist_templates",
    right=Permission.CHECKLIST_READ,
    gives=shapes.ChecklistTemplates,
)
def list_templates(request: ApiRequest, filters: Query[Paging]) -> HttpResponse:
    """Published versions, newest first."""
    page = page_templates(request.auth.actor, cursor=filters.cursor, limit=filters.limit)
    return listed(page, shapes.template)


@templates.writes(
    "POST",
    "",
    name="publish_checklist_template",
    right=Permission.CHECKLIST_PUBLISH,
    gives=shapes.PublishedChecklistTemplate,
    status=201,
)
def publish_template(request: ApiRequest, data: ChecklistFileInput) -> HttpResponse:
    """Publish a checklist file; the same content again gives the version it already is."""

    def action() -> dict[str, Any]:
        call = request.auth
        made = publish_checklist(
            actor=call.actor, source=data.source, source_name="checklist.yaml", now=call.now
        )
        return {"id": str(made.public_id), "code": made.code, "number": made.number}

    return written(request, action, status=201)


@templates.reads(
    "/{template_id}",
    name="get_checklist_template",
    right=Permission.CHECKLIST_READ,
    gives=shapes.ChecklistTemplatePage,
)
def get_one_template(request: ApiRequest, template_id: PathId) -> HttpResponse:
    """One version with everything it asks."""
    row = get_template(request.auth.actor, template_id)
    return shown(shapes.template_page(row, template_of(row.id)))


@templates.reads(
    "/{template_id}/source",
    name="get_checklist_template_source",
    right=Permission.CHECKLIST_READ,
    gives=shapes.ChecklistTemplateSource,
)
def get_source(request: ApiRequest, template_id: PathId) -> HttpResponse:
    """The file a version was published from."""
    return shown({"source": get_template_source(request.auth.actor, template_id)})


@work_orders.reads(
    "/{work_order_id}/checklists",
    name="list_work_order_checklists",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.SheetChecklistsShape,
)
def list_of_sheet(request: ApiRequest, work_order_id: PathId) -> HttpResponse:
    """The checklists of a sheet, open lines of earlier sheets, and what may be begun."""
    return shown(shapes.of_sheet(checklists_of_sheet(request.auth.actor, work_order_id)))


@work_orders.writes(
    "POST",
    "/{work_order_id}/checklists",
    name="begin_checklist",
    right=Permission.WORK_ORDER_PERFORM,
    status=201,
)
def begin_one(
    request: ApiRequest, work_order_id: PathId, data: BeginChecklistInput
) -> HttpResponse:
    """Begin a checklist on a sheet; begun again it is the one that is there."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            begin_checklist(
                actor=call.actor,
                sheet_id=work_order_id,
                template_id=data.template_id,
                now=call.now,
            )
        ),
        status=201,
    )


@work_orders.writes(
    "POST",
    "/{next_work_order_id}/checklists/take-over",
    name="take_over_lines",
    right=Permission.WORK_ORDER_PERFORM,
    status=201,
)
def take_over(request: ApiRequest, next_work_order_id: PathId, data: TakeOverInput) -> HttpResponse:
    """Take open lines of an earlier sheet of the same work over to this one."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            take_over_lines(
                actor=call.actor,
                sheet_id=next_work_order_id,
                checklist_id=data.checklist_id,
                now=call.now,
            )
        ),
        status=201,
    )


@resource.reads(
    "/{checklist_id}",
    name="get_checklist",
    right=Permission.WORK_ORDER_READ,
    gives=shapes.ChecklistShape,
)
def get_one(request: ApiRequest, checklist_id: PathId) -> HttpResponse:
    """One checklist with the lines that are asked."""
    return shown(shapes.checklist(get_checklist(request.auth.actor, checklist_id)))


@resource.writes(
    "POST", "/{checklist_id}/lines", name="answer_lines", right=Permission.WORK_ORDER_PERFORM
)
def answer_some(request: ApiRequest, checklist_id: PathId, data: LinesInput) -> HttpResponse:
    """Save lines, all or none; what stands there already stays. Refusals name the line."""
    call = request.auth
    lines = [one.line() for one in data.lines]
    return written(
        request,
        lambda: saved(
            answer_lines(actor=call.actor, checklist_id=checklist_id, lines=lines, now=call.now)
        ),
    )


@resource.writes(
    "POST",
    "/{checklist_id}/photographs",
    name="add_checklist_photograph",
    right=Permission.WORK_ORDER_PERFORM,
    gives=shapes.PhotographShape,
    status=201,
)
def add_one_photo(request: ApiRequest, checklist_id: PathId, data: PhotographInput) -> HttpResponse:
    """Add a photograph to a line that asks for one; the same one again is kept once."""

    def action() -> dict[str, Any]:
        call = request.auth
        kept = add_photo(
            actor=call.actor,
            checklist_id=checklist_id,
            item=data.item,
            upload=data.upload(),
            now=call.now,
        )
        return {"id": str(kept.public_id), "name": kept.name, "sha256": kept.sha256}

    return written(request, action, status=201)


@resource.reads(
    "/{checklist_id}/photographs/{photograph_id}",
    name="get_checklist_photograph",
    right=Permission.WORK_ORDER_READ,
    gives=after.ContentShape,
)
def get_photo(request: ApiRequest, checklist_id: PathId, photograph_id: PathId) -> HttpResponse:
    """A photograph with its bytes."""
    opened = checklist_photo(request.auth.actor, checklist_id, photograph_id)
    with opened.content as content:
        data = content.read()
    return shown(after.content(opened.view.name, opened.view.media_type, data))


@resource.writes(
    "POST", "/{checklist_id}/finish", name="finish_checklist", right=Permission.WORK_ORDER_PERFORM
)
def finish_one(
    request: ApiRequest, checklist_id: PathId, data: FinishChecklistInput
) -> HttpResponse:
    """Close the lines: each failed one opens work once, open ones wait for the next sheet."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            finish_checklist(
                actor=call.actor,
                checklist_id=checklist_id,
                version=data.version,
                unfinished_reason=data.unfinished_reason,
                now=call.now,
            )
        ),
    )


@resource.writes(
    "POST",
    "/{finished_checklist_id}/reopen",
    name="reopen_checklist",
    right=Permission.WORK_ORDER_PERFORM,
)
def reopen_one(
    request: ApiRequest, finished_checklist_id: PathId, data: ReopenChecklistInput
) -> HttpResponse:
    """Let lines be changed again, until the customer signs."""
    call = request.auth
    return written(
        request,
        lambda: saved(
            reopen_checklist(
                actor=call.actor,
                checklist_id=finished_checklist_id,
                version=data.version,
                now=call.now,
            )
        ),
    )
