"""Letters of contact: the list, one, writing it, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.billing.letter_document import LANGUAGES, letter_docx, letter_pdf
from yinuo.domains.billing.letter_types import LetterView
from yinuo.domains.billing.letters import (
    get_letter,
    letters_of_request,
    list_letters,
    open_letter_link,
    open_letter_proof,
)
from yinuo.domains.billing.services.letters import draft_letter, edit_letter
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.selectors import get_request_page
from yinuo.platform.errors import NotFound
from yinuo.platform.files.serving import document_response, file_response
from yinuo.platform.identifiers import parse_public_id
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.exports import Column, is_wanted, workbook
from yinuo.surfaces.console.letter_forms import LetterForm
from yinuo.surfaces.console.letter_words import STATES
from yinuo.surfaces.console.quote_lines import Values, lines_of, priced_lines, typed_lines
from yinuo.surfaces.console.views.billing.choosing import chosen_list, lines_address, list_choices
from yinuo.surfaces.console.views.lists import listing, searched

VALID_DAYS = 10
TEMPLATE = "console/letters/form.html"
PDF = "application/pdf"
COLUMNS = (
    Column(gettext_lazy("Letter"), lambda row: row.number),
    Column(gettext_lazy("State"), lambda row: str(words.word(STATES, row.state))),
    Column(gettext_lazy("Request"), lambda row: row.request_number),
    Column(gettext_lazy("Customer"), lambda row: row.customer_name),
    Column(gettext_lazy("Found"), lambda row: row.findings),
    Column(pgettext_lazy("sum", "Total"), lambda row: row.total),
    Column(gettext_lazy("At our cost"), lambda row: row.ours),
    Column(gettext_lazy("Valid until"), lambda row: row.valid_until),
    Column(gettext_lazy("Drawn up by"), lambda row: row.drafted_by),
)


@require_GET
@page
def letters(request: HttpRequest) -> HttpResponseBase:
    """Letters of contact, newest first; as a workbook too."""
    require(actor_of(request), Permission.LETTER_READ)
    narrowed = {"state": request.GET.get("state", "")}
    for name in ("customer", "request"):
        if parse_public_id(request.GET.get(name, "")):
            narrowed[f"{name}_id"] = request.GET[name]
    if is_wanted(request):
        title = _("Letters of contact")
        return workbook(request, title, COLUMNS, list_letters, text=searched(request), **narrowed)
    found = listing(request, list_letters, **narrowed)
    is_narrowed = found.is_narrowed or any(narrowed.values())
    context = {
        "list": replace(found, is_narrowed=is_narrowed, can_export=True),
        "states": STATES.items(),
        "state": narrowed["state"],
    }
    return render(request, "console/lists/letters.html", context)


@require_GET
@page
def letter_one(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter: its words, its cost, both confirmations, what can be done."""
    return letter_screen(request, letter_id)


@require_http_methods(["GET", "POST"])
@page
def letter_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write a letter for a request; with `sheet`, from what was found on that sheet."""
    actor = actor_of(request)
    known = letters_of_request(actor, request_id)
    found = get_request_page(actor, request_id).request
    sheet_id = parse_public_id(request.GET.get("sheet", ""))
    sheet = get_work_order_page(actor, sheet_id, now=timezone.now()) if sheet_id else None
    today = timezone.localdate()
    initial: dict[str, Any] = {"valid_until": today + timedelta(days=VALID_DAYS)}
    if sheet is not None:
        initial["findings"] = sheet.report.findings
    form = _form(request, actor, initial, needs_reason=known.needs_reason)

    def save() -> UUID:
        made = draft_letter(
            actor=actor,
            request_id=request_id,
            data=form.letter(),
            work_order_id=sheet_id,
            now=timezone.now(),
        )
        return made.public_id

    return form_page(
        request,
        FormPage(
            title=_("Write a letter of contact"),
            form=form,
            route=f"console.letters.new.{request_id}",
            save=save,
            done=lambda made: reverse("console:letters_one", args=[made]),
            back=Link(reverse("console:requests_one", args=[request_id]), found.number),
            template=TEMPLATE,
            extra=_beside(form, found.customer_public_id, request_id),
            lead=_("From now on nothing more is done until both sides have confirmed it."),
            saved=_("The letter is written. Our own side confirms it next."),
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def letter_edit(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Write a draft anew; our confirmation is asked for again."""
    actor = actor_of(request)
    letter = get_letter(actor, letter_id)
    require(actor, Permission.LETTER_WRITE, letter.unit_id)
    initial = {
        "version": letter.version,
        "findings": letter.row.findings,
        "work_planned": letter.work_planned,
        "time_needed": letter.time_needed,
        "valid_until": letter.row.valid_until,
        "costs": letter.costs,
        "further_reason": letter.further_reason,
    }
    if letter.price_list_public_id:
        initial["price_list_id"] = str(letter.price_list_public_id)
    needs_reason, kept = bool(letter.further_reason), lines_of(letter.items)
    form = _form(request, actor, initial, kept, needs_reason=needs_reason)

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        edit_letter(actor=actor, letter_id=letter_id, version=version, data=form.letter(), now=now)
        return letter_id

    address = reverse("console:letters_one", args=[letter_id])
    return form_page(
        request,
        FormPage(
            title=_("Change the letter"),
            form=form,
            route=f"console.letters.edit.{letter_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, letter.row.number),
            template=TEMPLATE,
            extra=_beside(form, letter.row.customer_public_id, letter.row.request_public_id),
        ),
    )


@require_GET
@page
def letter_document(
    request: HttpRequest, letter_id: UUID, form: str, language: str
) -> HttpResponseBase:
    """The letter as PDF or DOCX, in either language."""
    if language not in LANGUAGES:
        raise NotFound
    letter, now = get_letter(actor_of(request), letter_id), timezone.now()
    name = f"{letter.row.number}-{language}.{form}"
    if form == "docx":
        return document_response(letter_docx(letter, language, now), name, DOCX)
    return document_response(letter_pdf(letter, language, now), name, PDF)


@require_GET
@page
def letter_proof(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """The paper that the customer signed."""
    return file_response(open_letter_proof(actor_of(request), letter_id))


def letter_screen(request: HttpRequest, letter_id: UUID, link: str = "") -> HttpResponse:
    """The page of a letter; with the link just made, which is shown this once."""
    actor = actor_of(request)
    letter: LetterView = get_letter(actor, letter_id)
    newest = open_letter_link(actor, letter_id, now=timezone.now())
    context = {"letter": letter, "row": letter.row, "link": link, "newest": newest}
    return render(request, "console/letters/page.html", context)


def _form(
    request: HttpRequest,
    actor: Actor,
    initial: dict[str, Any],
    kept: Sequence[Values] = (),
    *,
    needs_reason: bool,
) -> LetterForm:
    lists = list_choices(actor, initial.get("price_list_id", ""))
    if lists:
        initial.setdefault("price_list_id", lists[0][0])
    form = LetterForm(posted(request), needs_reason=needs_reason, lists=lists, initial=initial)
    chosen = request.POST.get("price_list_id", initial.get("price_list_id", ""))
    list_ = chosen_list(actor, chosen)
    typed = typed_lines(request.POST) if form.is_bound else kept
    form.pricing = priced_lines(list_, typed) if list_ is not None else None
    return form


def _beside(form: LetterForm, customer_id: object, request_id: object) -> dict[str, Any]:
    return {"pricing": form.pricing, "lines_address": lines_address(customer_id, request_id)}
