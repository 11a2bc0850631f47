"""Imports: send a file, see what it would do, start it, watch it; templates and whole lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.imports.columns import head_of
from yinuo.domains.imports.exports import (
    blank_workbook,
    export_commas,
    export_workbook,
    wrong_rows_workbook,
)
from yinuo.domains.imports.policies import READING, WRITING
from yinuo.domains.imports.selectors import every_wrong_row, get_run, list_runs, list_wrong_rows
from yinuo.domains.imports.services import cancel_import, start_import, upload_import
from yinuo.domains.imports.services.runs import EXTENSIONS
from yinuo.domains.imports.types import AT_WORK, ENDED, Kind, RunRow, State, WrongRow
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, NotFound, Text
from yinuo.platform.files.serving import document_response
from yinuo.platform.spreadsheets import XLSX
from yinuo.surfaces.console import import_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted
from yinuo.surfaces.console.fields import PickField, wide
from yinuo.surfaces.console.views.archive.customers import own_unit, units_for
from yinuo.surfaces.console.views.lists import Listing, LivePart

CSV = "text/csv; charset=utf-8"
WRONG_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind as the page of imports offers it."""

    kind: str
    name: Text
    may_import: bool
    may_export: bool


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run with its words."""

    run: RunRow
    kind: Text
    state: Text
    tone: Text


class UploadForm(KeptForm):
    """A file, what it lists, and where new customers go."""

    kind = forms.ChoiceField(label=gettext_lazy("What the file lists"), widget=forms.RadioSelect)
    file = wide(
        forms.FileField(
            label=gettext_lazy("File"),
            help_text=gettext_lazy("XLSX or CSV, at most 200,000 rows, heads first."),
            widget=forms.ClearableFileInput(
                attrs={"accept": ",".join(f".{one}" for one in EXTENSIONS)}
            ),
            allow_empty_file=True,
        )
    )

    def __init__(
        self, *args: Any, kinds: list[tuple[str, Any]], units: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = wide(
            forms.ChoiceField(
                label=_("What the file lists"), choices=kinds, widget=forms.RadioSelect
            )
        )
        self.fields["unit_id"] = PickField(
            label=_("Unit in charge"),
            choices=units,
            help_text=_("New customers go there when their row names no unit."),
        )

    def upload(self) -> UploadedFile[bytes]:
        """The file. Call it on a valid form."""
        found: UploadedFile[bytes] = self.cleaned_data["file"]
        return found


@require_GET
@page
def imports(request: HttpRequest) -> HttpResponse:
    """Templates and exports of every kind, and the imports of one's units."""
    actor = actor_of(request)
    require(actor, Permission.IMPORT_RUN)
    cursor = request.GET.get("cursor", "")
    found = list_runs(actor, cursor=cursor, limit=25)
    rows = tuple(_shown(one) for one in found.items)
    context = {
        "list": Listing(rows, "", cursor, found.next_cursor),
        "shelves": _shelves(actor),
        "may_import": bool(_kinds(actor)),
    }
    return render(request, "console/imports/list.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Send a file; its dry run begins at once."""
    actor = actor_of(request)
    require(actor, Permission.IMPORT_RUN)
    sent = posted(request)
    form = UploadForm(
        sent,
        request.FILES if sent is not None else None,
        kinds=_kinds(actor),
        units=units_for(actor, Permission.IMPORT_RUN),
        initial={"kind": request.GET.get("kind", ""), "unit_id": own_unit(actor)},
    )

    def save() -> UUID:
        values = form.values()
        kind, unit_id = Kind(values["kind"]), values["unit_id"]
        now = timezone.now()
        run = upload_import(actor=actor, kind=kind, unit_id=unit_id, upload=form.upload(), now=now)
        return run.public_id

    return form_page(
        request,
        FormPage(
            title=_("Import a file"),
            form=form,
            route="console.imports.new",
            save=save,
            done=_address,
            back=Link(reverse("console:imports"), _("Import")),
            lead=_("First every row is tried; nothing is written before you say so."),
            button=_("Send and try"),
            saved=_("The file has arrived."),
        ),
    )


@require_GET
@page
def one(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import: where it stands, what it would do, what is wrong."""
    actor = actor_of(request)
    require(actor, Permission.IMPORT_RUN)
    run = get_run(actor, run_id)
    cursor = request.GET.get("cursor", "")
    wrong = list_wrong_rows(actor, run_id, cursor=cursor, limit=WRONG_SHOWN)
    address = reverse("console:imports_one_version", args=[run_id])
    context = {
        "shown": _shown(run),
        "run": run,
        "wrong": [(row.number, _problems(run, row)) for row in wrong.items],
        "cursor": cursor,
        "next_cursor": wrong.next_cursor,
        "columns": [head_of(run.kind, code) for code in run.columns],
        "live": LivePart("run", address, _version(run)),
        "is_at_work": run.state in AT_WORK,
        "may_start": run.state == State.CHECKED and run.to_write > 0,
        "may_cancel": run.state not in ENDED,
        "may_write": actor.may(WRITING[run.kind]),
    }
    return render(request, "console/imports/run.html", context)


@require_GET
@page
def one_version(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What the page of an import asks every two seconds: did it move?"""
    run = get_run(actor_of(request), run_id)
    return HttpResponse(_version(run), content_type="text/plain")


@require_POST
@page
def start(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Write the rows that the dry run found sound."""
    return _do(request, run_id, start_import, _("The writing has begun."))


@require_POST
@page
def cancel(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Call an import off; what was written stays."""
    return _do(request, run_id, cancel_import, _("The import is called off."))


@require_GET
@page
def wrong(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Every wrong row with what to do, as a workbook."""
    actor = actor_of(request)
    run = get_run(actor, run_id)
    title = _("Rows to correct")
    content = wrong_rows_workbook(run.kind, title, every_wrong_row(actor, run_id), head_of)
    return document_response(content, f"{title}.xlsx", XLSX)


@require_GET
@page
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook of a kind."""
    require(actor_of(request), Permission.IMPORT_RUN)
    kind = _kind(request)
    title = str(words.word(import_words.KINDS, kind))
    return document_response(blank_workbook(kind, title), f"{title}.xlsx", XLSX)


@require_GET
@page
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole list of a kind, in the columns of its template."""
    actor = actor_of(request)
    require(actor, Permission.IMPORT_RUN)
    kind = _kind(request)
    title = str(words.word(import_words.KINDS, kind))
    if request.GET.get("format") != "csv":
        return document_response(export_workbook(actor, kind, title), f"{title}.xlsx", XLSX)
    guarded = document_response(b"", f"{title}.csv", CSV)
    parts = export_commas(actor, kind)
    response = StreamingHttpResponse(parts, content_type=CSV)
    for name, value in guarded.headers.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{title}.csv") or "attachment"
    )
    return response


def _do(request: HttpRequest, run_id: UUID, service: Any, done: str) -> HttpResponse:
    try:
        service(actor=actor_of(request), run_id=run_id, now=timezone.now())
        messages.success(request, done)
    except IllegalMove as error:
        messages.error(request, str(error.message))
    return redirect(_address(str(run_id)))


def _address(run_id: str) -> str:
    return reverse("console:imports_one", args=[run_id])


def _kind(request: HttpRequest) -> Kind:
    """The kind that the address names; NotFound for another word."""
    given = request.GET.get("kind", "")
    if given not in set(Kind):
        raise NotFound
    return Kind(given)


def _kinds(actor: Actor) -> list[tuple[str, Any]]:
    """The kinds that this person may send, to choose from."""
    return [(kind, import_words.KINDS[kind]) for kind in Kind if actor.may(WRITING[kind])]


def _shelves(actor: Actor) -> list[Shelf]:
    return [
        Shelf(kind, import_words.KINDS[kind], actor.may(WRITING[kind]), actor.may(READING[kind]))
        for kind in Kind
        if actor.may(READING[kind]) or actor.may(WRITING[kind])
    ]


def _shown(run: RunRow) -> ShownRun:
    return ShownRun(
        run,
        words.word(import_words.KINDS, run.kind),
        words.word(import_words.STATES, run.state),
        words.word(import_words.TONES, run.state),
    )


def _problems(run: RunRow, row: WrongRow) -> list[tuple[str, str, str]]:
    return [
        (head_of(run.kind, one.column) if one.column else "", one.value, one.message)
        for one in row.problems
    ]


def _version(run: RunRow) -> str:
    return f"{run.state}.{run.rows}.{run.checked}.{run.written}.{run.wrong}"
