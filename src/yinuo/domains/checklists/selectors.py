"""Reading templates and checklists; every function is limited to what the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from yinuo.domains.checklists.contents import checklist_content
from yinuo.domains.checklists.models import Checklist, FollowUp, Line, TemplateVersion
from yinuo.domains.checklists.policies import visible_checklists, visible_templates
from yinuo.domains.checklists.services.beginning import left_over_of
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.checklists.types import (
    ChecklistRow,
    ChecklistState,
    ChecklistView,
    FollowUpView,
    LeftOver,
    LineView,
    Origin,
    SectionView,
    SheetChecklists,
    TemplateRow,
)
from yinuo.domains.fieldwork.contents import content_hash
from yinuo.domains.fieldwork.policies import may_step, visible_work_orders
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.checklists import Checklist as ChecklistTemplate
from yinuo.kernel.checklists import Item, asked_items, standing_of
from yinuo.kernel.plan.text import Text
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState
from yinuo.platform.files.selectors import open_file
from yinuo.platform.files.types import OpenedFile, owner_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_RELATED = ("template", "sheet", "carried_from__sheet")


def page_templates(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[TemplateRow]:
    """Published versions, newest first, page by page."""
    versions = visible_templates(actor).defer("source")
    return page_of(versions, order=("-id",), cursor=cursor, limit=limit).map(template_row)


def list_templates(actor: Actor) -> list[TemplateRow]:
    """The newest version of every code."""
    versions = visible_templates(actor).defer("source").order_by("code", "-number")
    return [template_row(one) for one in versions.distinct("code")]


def list_versions_of(actor: Actor, code: str) -> list[TemplateRow]:
    """Every version of one code, the newest first."""
    versions = visible_templates(actor).defer("source").filter(code=code)
    return [template_row(one) for one in versions.order_by("-number")]


def get_template(actor: Actor, public_id: object) -> TemplateRow:
    """One published version."""
    return template_row(one_of(visible_templates(actor).defer("source"), public_id))


def get_template_source(actor: Actor, public_id: object) -> str:
    """The file a version was published from."""
    return one_of(visible_templates(actor), public_id).source


def get_checklist(actor: Actor, public_id: object) -> ChecklistView:
    """One checklist of a visible sheet, with its lines and what this person may do."""
    related = (*_RELATED, "sheet__assignee")
    checklist = one_of(visible_checklists(actor).select_related(*related), public_id)
    return _views(actor, [checklist], checklist.sheet)[0]


def checklist_of(actor: Actor, public_id: object) -> tuple[UUID, int]:
    """The sheet of a visible checklist, and the checklist's version; NotFound otherwise."""
    checklist = one_of(visible_checklists(actor).select_related("sheet"), public_id)
    return checklist.sheet.public_id, checklist.version


def templates_behind(actor: Actor, version_ids: Iterable[UUID]) -> dict[UUID, ChecklistTemplate]:
    """Whole templates of visible checklists by their version's public id, lines that are not asked
    yet too; one statement."""
    found = visible_checklists(actor).filter(template__public_id__in=set(version_ids))
    ids = found.order_by().values_list("template__public_id", "template_id").distinct()
    return {public_id: template_of(version_id) for public_id, version_id in ids}


def whole_template(template: TemplateRow) -> ChecklistTemplate:
    """All sections of a version that a list of visible ones gave; read once by each process."""
    return template_of(template.id)


def checklists_of_sheet(actor: Actor, sheet_id: object) -> SheetChecklists:
    """The checklists of a visible sheet, what earlier sheets left over, what may be begun."""
    order = one_of(visible_work_orders(actor), sheet_id)
    rows = list(Checklist.objects.filter(sheet=order).select_related(*_RELATED).order_by("id"))
    may_fill = _may_fill(actor, order)
    here = {row.code for row in rows}
    left = [one for one in left_over_of(order) if one.code not in here] if may_fill else []
    waiting = {one.code for one in left}
    return SheetChecklists(
        rows=_views(actor, rows, order),
        left_over=tuple(
            LeftOver(one.public_id, one.sheet.number, _title(one.template), len(one.unfinished))
            for one in left
        ),
        templates=tuple(
            one for one in list_templates(actor) if one.code not in here and one.code not in waiting
        )
        if may_fill
        else (),
        may_fill=may_fill,
    )


def origin_of_request(actor: Actor, request_id: object) -> Origin | None:
    """The line a follow-up request comes from; None for any other request, or a hidden sheet."""
    row = (
        FollowUp.objects.filter(
            request_id=identity(request_id), checklist__in=visible_checklists(actor)
        )
        .select_related("checklist__sheet")
        .first()
    )
    if row is None:
        return None
    template = template_of(row.checklist.template_id)
    item = template.item(row.item)
    sheet = row.checklist.sheet
    title = item.title if item is not None else Text(row.item, row.item)
    return Origin(sheet.public_id, sheet.number, template.title, title)


def checklist_photo(actor: Actor, public_id: object, file_id: object) -> OpenedFile:
    """A photograph of a visible checklist, to be read once; NotFound for any other file."""
    return open_file(owner_of(one_of(visible_checklists(actor), public_id)), file_id)


def template_row(version: TemplateVersion) -> TemplateRow:
    """The frozen form of a version."""
    return TemplateRow(
        id=version.pk,
        public_id=version.public_id,
        code=version.code,
        number=version.number,
        title=_title(version),
        published_at=version.published_at,
        published_by=version.published_by,
    )


def _title(version: TemplateVersion) -> Text:
    return Text(version.title_zh, version.title_en)


def _may_fill(actor: Actor, order: Any) -> bool:
    state = WorkOrderState(order.state)
    return state in UNSIGNED and order.assignee_id is not None and may_step(actor, order, "worked")


def _views(actor: Actor, rows: Sequence[Checklist], order: Any) -> tuple[ChecklistView, ...]:
    """The whole of some checklists of one sheet: lines and follow-ups in one query each."""
    lines: dict[int, dict[str, Line]] = defaultdict(dict)
    for line in Line.objects.filter(checklist__in=rows):
        lines[line.checklist_id][line.item] = line
    follow_ups: dict[int, dict[str, FollowUpView]] = defaultdict(dict)
    opened = list(FollowUp.objects.filter(checklist__in=rows))
    seen = _requests(actor, (one.request_id for one in opened))
    for one in opened:
        if one.request_id in seen:
            number, state = seen[one.request_id]
            view = FollowUpView(one.item, one.request_id, number, state)
            follow_ups[one.checklist_id][one.item] = view
    carried = set(
        Checklist.objects.filter(carried_from__in=rows).values_list("carried_from_id", flat=True)
    )
    may_fill = _may_fill(actor, order)
    return tuple(
        _view(row, lines[row.pk], follow_ups[row.pk], may_fill, row.pk in carried) for row in rows
    )


def _requests(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = visible_requests(actor).filter(public_id__in=wanted)
    return {
        one: (number, state)
        for one, number, state in rows.values_list("public_id", "number", "state")
    }


def _view(
    checklist: Checklist,
    lines: dict[str, Line],
    follow_ups: dict[str, FollowUpView],
    may_fill: bool,
    is_carried: bool,
) -> ChecklistView:
    template = template_of(checklist.template_id)
    answers = {code: line.answer for code, line in lines.items()}
    asked = {
        one.code for one in asked_items(template, checklist.asset_class, answers, checklist.only)
    }
    sections = tuple(
        SectionView(
            section,
            tuple(
                _line(item, lines.get(item.code), follow_ups.get(item.code))
                for item in section.items
                if item.code in asked
            ),
        )
        for section in template.sections
    )
    is_open = checklist.state == ChecklistState.OPEN
    return ChecklistView(
        row=_row(checklist, lines.values()),
        asset_class=checklist.asset_class,
        sections=tuple(one for one in sections if one.lines),
        note=template.note,
        may_fill=may_fill and is_open,
        may_finish=may_fill and is_open,
        may_reopen=may_fill and not is_open and not is_carried,
    )


def _line(item: Item, line: Line | None, follow_up: FollowUpView | None) -> LineView:
    answer = line.answer if line else None
    return LineView(
        item=item,
        answer=answer,
        note=line.note if line else "",
        version=line.version if line else 0,
        standing=standing_of(item, answer),
        answered_at=line.answered_at if line else None,
        answered_by=line.answered_by if line else "",
        follow_up=follow_up,
    )


def _row(checklist: Checklist, lines: Iterable[Line]) -> ChecklistRow:
    carried = checklist.carried_from
    return ChecklistRow(
        public_id=checklist.public_id,
        version=checklist.version,
        state=checklist.state,
        template=template_row(checklist.template),
        sheet_public_id=checklist.sheet.public_id,
        sheet_number=checklist.sheet.number,
        carried_from=carried.sheet.number if carried else "",
        begun_at=checklist.begun_at,
        begun_by=checklist.begun_by,
        finished_at=checklist.finished_at,
        finished_by=checklist.finished_by,
        unfinished=tuple(checklist.unfinished),
        unfinished_reason=checklist.unfinished_reason,
        content_hash=content_hash(checklist_content(checklist, lines)),
    )
