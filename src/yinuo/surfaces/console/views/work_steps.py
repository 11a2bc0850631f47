"""What happens on a sheet: the steps in a word, the report, the customer's part."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.fieldwork.selectors import get_work_order_page, signed_paper
from yinuo.domains.fieldwork.services import (
    report_work,
    sign_on_paper,
    sign_work_order,
    take_step,
)
from yinuo.platform.files.serving import file_response
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import form_page, posted
from yinuo.surfaces.console.replaced_fields import component_choices
from yinuo.surfaces.console.views.work_orders import SOURCE, sheet_form
from yinuo.surfaces.console.work_forms import PaperForm, ReportForm, SignForm, StepForm


@require_http_methods(["GET", "POST"])
@page
def work_step(request: HttpRequest, work_order_id: UUID, kind: str) -> HttpResponse:
    """One step: accept, decline, agree, depart, arrive, correct, hand in, file, abort."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    form = StepForm(posted(request), kind=kind, initial={"version": found.row.version})

    def save() -> UUID:
        take_step(
            actor=actor,
            work_order_id=work_order_id,
            report=form.report(),
            version=form.cleaned_data["version"],
            source=SOURCE,
            now=timezone.now(),
        )
        return work_order_id

    return form_page(request, sheet_form(found, form, kind, save))


@require_http_methods(["GET", "POST"])
@page
def work_report(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """What was found and done; until the signature as often as needed."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    initial = asdict(found.report) | {
        "replaced": found.report.replaced,
        "version": found.row.version,
    }
    form = ReportForm(
        posted(request),
        results=found.results,
        components=component_choices(found),
        initial=initial,
    )

    def save() -> UUID:
        report_work(
            actor=actor,
            work_order_id=work_order_id,
            report=form.report(),
            version=form.cleaned_data["version"],
            source=SOURCE,
            now=timezone.now(),
        )
        return work_order_id

    return form_page(request, sheet_form(found, form, "worked", save, button=_("Save")))


@require_http_methods(["GET", "POST"])
@page
def work_sign(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """The customer reads what was done, states and signs."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    initial = {"version": found.row.version, "signer_name": found.head.contact_name}
    form = SignForm(posted(request), initial=initial)

    def save() -> UUID:
        sign_work_order(
            actor=actor,
            work_order_id=work_order_id,
            version=form.cleaned_data["version"],
            part=form.part(),
            strokes=form.cleaned_data["strokes"],
            source=SOURCE,
            now=timezone.now(),
        )
        return work_order_id

    template = "console/sheets/sign.html"
    signing = sheet_form(
        found, form, "signed", save, button=_("Confirm the signature"), template=template
    )
    return form_page(request, signing)


@require_http_methods(["GET", "POST"])
@page
def work_paper(request: HttpRequest, work_order_id: UUID) -> HttpResponse:
    """A paper with the same content, signed by the customer, photographed and attached."""
    actor = actor_of(request)
    found = get_work_order_page(actor, work_order_id, now=timezone.now())
    files = request.FILES if request.method == "POST" else None
    initial = {"version": found.row.version, "signer_name": found.head.contact_name}
    form = PaperForm(posted(request), files, initial=initial)

    def save() -> UUID:
        now = timezone.now()
        sign_on_paper(
            actor=actor,
            work_order_id=work_order_id,
            version=form.cleaned_data["version"],
            part=form.part(),
            upload=form.cleaned_data["file"],
            signed_at=form.cleaned_data["signed_at"] or now,
            now=now,
        )
        return work_order_id

    title = _("Attach the signed paper")
    return form_page(
        request, sheet_form(found, form, "signed", save, title=title, button=_("Save"))
    )


@require_GET
@page
def work_signed_paper(request: HttpRequest, work_order_id: UUID) -> HttpResponseBase:
    """The newest signed paper of the sheet, as a download."""
    return file_response(signed_paper(actor_of(request), work_order_id))
