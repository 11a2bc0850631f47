"""A checklist on a sheet: begun, filled in, finished, as a document."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.checklists.documents import checklist_docx, checklist_pdf
from yinuo.domains.checklists.saying import in_language
from yinuo.domains.checklists.selectors import (
    checklist_photo,
    checklists_of_sheet,
    get_checklist,
)
from yinuo.domains.checklists.services import (
    add_photo,
    answer_lines,
    begin_checklist,
    finish_checklist,
    reopen_checklist,
    take_over_lines,
)
from yinuo.domains.checklists.types import ChecklistView, LineAnswer, LineView
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.kernel.checklists import ItemKind
from yinuo.platform.errors import NotFound
from yinuo.platform.files.serving import document_response, file_response
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.checklist_forms import (
    BeginForm,
    FinishForm,
    LinesForm,
    LineSignForm,
    PhotographForm,
    saved_line,
)
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted


@require_http_methods(["GET", "POST"])
@page
def begin(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """Begin a published checklist on a sheet."""
    actor = actor_of(request)
    known = checklists_of_sheet(actor, work_order_id)
    sheet = get_work_order_page(actor, work_order_id, now=timezone.now())
    form = BeginForm(posted(request), templates=known.templates)

    def save() -> UUID:
        made = begin_checklist(
            actor=actor,
            sheet_id=work_order_id,
            template_id=form.cleaned_data["template_id"],
            now=timezone.now(),
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("Begin a checklist"),
            form=form,
            route=f"console.checklists.begin.{work_order_id}",
            save=save,
            done=lambda made: reverse("console:work_checklist", args=[made]),
            back=Link(reverse("console:work_one", args=[work_order_id]), sheet.row.number),
            button=_("Begin"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def take_over(request: HttpRequest, work_order_id: UUID, checklist_id: UUID) -> HttpResponse:
    """Take the open lines of an earlier sheet of the same work over to this one."""
    actor = actor_of(request)
    sheet = get_work_order_page(actor, work_order_id, now=timezone.now())
    earlier = get_checklist(actor, checklist_id)
    form = KeptForm(posted(request))

    def save() -> UUID:
        made = take_over_lines(
            actor=actor, sheet_id=work_order_id, checklist_id=checklist_id, now=timezone.now()
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("Take over open lines"),
            form=form,
            route=f"console.checklists.take.{work_order_id}.{checklist_id}",
            save=save,
            done=lambda made: reverse("console:work_checklist", args=[made]),
            back=Link(reverse("console:work_one", args=[work_order_id]), sheet.row.number),
            lead=f"{in_language(earlier.row.template.title)} · {earlier.row.sheet_number}",
            button=_("Take over"),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def one(request: HttpRequest, checklist_id: UUID) -> HttpResponse:
    """The lines of a checklist: filled in here as long as the sheet is not signed."""
    actor = actor_of(request)
    view = get_checklist(actor, checklist_id)
    if not view.may_fill and request.method == "GET":
        return render(request, "console/checklists/one.html", {"view": view})
    form = LinesForm(posted(request), view=view)

    def save() -> UUID:
        lines = form.answers()
        answer_lines(actor=actor, checklist_id=checklist_id, lines=lines, now=timezone.now())
        return checklist_id

    filling = _page(
        view, form, "fill", save, title=in_language(view.row.template.title), button=_("Save")
    )
    return form_page(request, filling)


@require_http_methods(["GET", "POST"])
@page
def finish(request: HttpRequest, checklist_id: UUID) -> HttpResponse:
    """Close the lines: what failed opens work, what is open waits for the next sheet."""
    actor = actor_of(request)
    view = get_checklist(actor, checklist_id)
    initial = {"version": view.row.version}
    form = FinishForm(posted(request), leaves=bool(view.missing), initial=initial)

    def save() -> UUID:
        finish_checklist(
            actor=actor,
            checklist_id=checklist_id,
            version=form.cleaned_data["version"],
            unfinished_reason=form.cleaned_data.get("unfinished_reason", ""),
            now=timezone.now(),
        )
        return checklist_id

    template = "console/checklists/finish.html"
    ending = _page(view, form, "finish", save, title=_("Finish the checklist"), template=template)
    return form_page(request, ending)


@require_http_methods(["GET", "POST"])
@page
def reopen(request: HttpRequest, checklist_id: UUID) -> HttpResponse:
    """Let the lines be changed again."""
    actor = actor_of(request)
    view = get_checklist(actor, checklist_id)
    form = KeptForm(posted(request), initial={"version": view.row.version})

    def save() -> UUID:
        reopen_checklist(
            actor=actor,
            checklist_id=checklist_id,
            version=form.cleaned_data["version"],
            now=timezone.now(),
        )
        return checklist_id

    template = "console/archive/form.html"
    again = _page(
        view, form, "reopen", save, title=_("Open the checklist again"), template=template
    )
    return form_page(request, again)


@require_http_methods(["GET", "POST"])
@page
def photo(request: HttpRequest, checklist_id: UUID, item: str) -> HttpResponse:
    """Add a photograph to a line."""
    actor = actor_of(request)
    view = get_checklist(actor, checklist_id)
    line = _line(view, item, ItemKind.PHOTO)
    files = request.FILES if request.method == "POST" else None
    form = PhotographForm(posted(request), files)

    def save() -> UUID:
        upload = form.cleaned_data["file"]
        now = timezone.now()
        add_photo(actor=actor, checklist_id=checklist_id, item=item, upload=upload, now=now)
        return checklist_id

    title, template = in_language(line.item.title), "console/archive/form.html"
    return form_page(request, _page(view, form, item, save, title=title, template=template))


@require_http_methods(["GET", "POST"])
@page
def sign(request: HttpRequest, checklist_id: UUID, item: str) -> HttpResponse:
    """Have a line signed."""
    actor = actor_of(request)
    view = get_checklist(actor, checklist_id)
    line = _line(view, item, ItemKind.SIGNATURE)
    form = LineSignForm(posted(request))

    def save() -> UUID:
        typed = form.cleaned_data
        try:
            strokes: Any = json.loads(typed["strokes"] or "[]")
        except ValueError:
            strokes = []
        answer = {"name": typed["signer_name"], "strokes": strokes}
        lines = [LineAnswer(item, answer, line.note)]
        answer_lines(actor=actor, checklist_id=checklist_id, lines=lines, now=timezone.now())
        return checklist_id

    title, template = in_language(line.item.title), "console/checklists/sign.html"
    shown = saved_line(save, "strokes", item)
    return form_page(request, _page(view, form, item, shown, title=title, template=template))


@require_GET
@page
def photo_file(request: HttpRequest, checklist_id: UUID, photograph_id: UUID) -> HttpResponseBase:
    """A photograph of a checklist, as a download."""
    return file_response(checklist_photo(actor_of(request), checklist_id, photograph_id))


@require_GET
@page
def pdf(request: HttpRequest, checklist_id: UUID) -> HttpResponseBase:
    """The checklist as a PDF in the reader's language."""
    content, name = checklist_pdf(
        actor_of(request), checklist_id, language=_language(), now=timezone.now()
    )
    return document_response(content, f"{name}.pdf")


@require_GET
@page
def docx(request: HttpRequest, checklist_id: UUID) -> HttpResponseBase:
    """The same as a DOCX."""
    content, name = checklist_docx(
        actor_of(request), checklist_id, language=_language(), now=timezone.now()
    )
    return document_response(content, f"{name}.docx", DOCX)


def _page(
    view: ChecklistView,
    form: KeptForm,
    act: str,
    save: Any,
    *,
    title: str,
    button: str = "",
    template: str = "console/checklists/fill.html",
) -> FormPage:
    row = view.row
    here = reverse("console:work_checklist", args=[row.public_id])
    back = Link(here, in_language(row.template.title))
    if act == "fill":
        back = Link(reverse("console:work_one", args=[row.sheet_public_id]), row.sheet_number)
    return FormPage(
        title=title,
        form=form,
        route=f"console.checklists.{act}.{row.public_id}",
        save=save,
        done=lambda _made: here,
        back=back,
        button=button or title,
        template=template,
        extra={"view": view},
    )


def _line(view: ChecklistView, item: str, kind: ItemKind) -> LineView:
    """The line of this kind that is asked; NotFound otherwise."""
    found = next((one for one in view.lines if one.item.code == item), None)
    if found is None or found.item.kind is not kind:
        raise NotFound
    return found


def _language() -> str:
    return "zh" if words.is_chinese() else "en"
