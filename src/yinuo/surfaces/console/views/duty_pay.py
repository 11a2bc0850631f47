"""What a month of duty pays: settings, entries, the statement on screen and as a file."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.network.holders import holders_around
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.oncall.call_selectors import get_statement, get_terms, people_of_month
from yinuo.domains.oncall.call_types import PayEntryData
from yinuo.domains.oncall.selectors import get_rota
from yinuo.domains.oncall.services import add_pay_entry, cancel_pay_entry, set_pay
from yinuo.domains.oncall.statement_document import LANGUAGES, duty_pdf, duty_xlsx
from yinuo.platform.errors import Conflict, IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.serving import document_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.duty_call_forms import PayEntryForm, PayForm
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.views.duty_log import version_of

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@page
def pay(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """The settings of a rota's pay."""
    actor = actor_of(request)
    rota = get_rota(actor, rota_id)
    require(actor, Permission.DUTY_WRITE, rota.unit_id)
    initial = {**asdict(get_terms(actor, rota_id)), "version": rota.version}
    form = PayForm(posted(request), initial=initial)

    def save() -> UUID:
        version, terms = form.cleaned_data["version"], form.terms()
        return set_pay(
            actor=actor, rota_id=rota_id, version=version, terms=terms, now=timezone.now()
        ).public_id

    address = reverse("console:duty_rota", args=[rota_id])
    return form_page(
        request,
        FormPage(
            title=_("Pay and time to answer"),
            form=form,
            route=f"console.duty.pay.{rota_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, rota.data.name),
            lead=_("Statements of every month are computed from these amounts."),
        ),
    )


@require_GET
@page
def statement(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """A month of duty of one person; the first of the month's people unless one is named."""
    actor = actor_of(request)
    rota = get_rota(actor, rota_id)
    month = request.GET.get("month", "") or timezone.localdate().strftime("%Y-%m")
    try:
        people = people_of_month(actor, rota_id, month)
    except InvalidInput as error:
        raise NotFound from error
    wanted = request.GET.get("person", "")
    chosen = wanted or (str(people[0].person_public_id) if people else "")
    context = {
        "rota": rota,
        "month": month,
        "people": people,
        "chosen": chosen,
        "statement": get_statement(actor, rota_id, chosen, month) if chosen else None,
        "may_write": actor.may(Permission.DUTY_WRITE, rota.unit_id),
        "languages": tuple(LANGUAGES),
    }
    return render(request, "console/duty/statement.html", context)


@require_GET
@page
def statement_file(
    request: HttpRequest, rota_id: UUID, person_id: UUID, month: str, form: str, language: str
) -> HttpResponseBase:
    """The statement as PDF or workbook, in either language."""
    if language not in LANGUAGES or form not in ("pdf", "xlsx"):
        raise NotFound
    try:
        found = get_statement(actor_of(request), rota_id, person_id, month)
    except InvalidInput as error:
        raise NotFound from error
    name = f"duty-{month}-{language}.{form}"
    if form == "xlsx":
        return document_response(duty_xlsx(found, language), name, XLSX)
    return document_response(duty_pdf(found, language, timezone.now()), name, PDF)


@require_http_methods(["GET", "POST"])
@page
def entry_new(request: HttpRequest, rota_id: UUID) -> HttpResponse:
    """Enter a case or hours that change a month's pay."""
    actor = actor_of(request)
    rota = get_rota(actor, rota_id)
    require(actor, Permission.DUTY_WRITE, rota.unit_id)
    people = [
        (str(one.public_id), one.name)
        for one in holders_around(Permission.WORK_ORDER_PERFORM, rota.unit_id)
        if one.id != actor.person_id
    ]
    initial = {"on": timezone.localdate(), "person_id": request.GET.get("person", "")}
    form = PayEntryForm(posted(request), people=people, initial=initial)

    def save() -> UUID:
        return add_pay_entry(
            actor=actor, rota_id=rota_id, entry=PayEntryData(**form.values()), now=timezone.now()
        ).public_id

    address = reverse("console:duty_statement", args=[rota_id])
    return form_page(
        request,
        FormPage(
            title=_("Entry for the statement"),
            form=form,
            route=f"console.duty.entry.{rota_id}",
            save=save,
            done=lambda _made: address,
            back=Link(address, _("Duty statement")),
        ),
    )


@require_POST
@page
def entry_cancel(request: HttpRequest, rota_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take an entry back."""
    try:
        cancel_pay_entry(
            actor=actor_of(request),
            entry_id=entry_id,
            version=version_of(request),
            now=timezone.now(),
        )
    except (IllegalMove, Conflict) as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The entry is taken back."))
    return redirect("console:duty_statement", rota_id)
