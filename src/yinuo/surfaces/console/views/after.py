"""Problem reports and call-backs: what follows a repair."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yinuo.domains.feedback.selectors import (
    call_backs_of_request,
    list_bad_call_backs,
    list_due_call_backs,
)
from yinuo.domains.feedback.services import record_call_back
from yinuo.domains.feedback.types import CallBackView
from yinuo.domains.fieldwork.selectors import get_work_order_page, work_orders_of_request
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.requests.report_document import LANGUAGES, report_docx, report_pdf
from yinuo.domains.requests.report_types import ReportsOfRequest, ReportView
from yinuo.domains.requests.reports import get_report, reports_of_request
from yinuo.domains.requests.selectors import get_request_page
from yinuo.domains.requests.services.reports import deliver_report, draft_report, issue_report
from yinuo.platform.errors import NotFound
from yinuo.platform.files.serving import document_response
from yinuo.platform.rendering.docx import MEDIA_TYPE as DOCX
from yinuo.surfaces.console import words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.after_forms import (
    PREFIX,
    CallBackForm,
    DeliveryForm,
    IssueForm,
    ReportForm,
)
from yinuo.surfaces.console.editing import FormPage, Link, form_page, posted
from yinuo.surfaces.console.promises import PromiseBar, running_bars

SOURCE = "console"
# A dissatisfied customer stays at the head of the list for so long.
BAD_NEWS_SHOWN = timedelta(days=14)
MOST_BAD_NEWS = 5
# The largest a form takes; no row gets there.
NO_VERSION = 2**31 - 2


@require_GET
@page
def callbacks(request: HttpRequest) -> HttpResponse:
    """Whom to phone back: the restored requests whose customer was not reached yet."""
    actor, now = actor_of(request), timezone.now()
    require(actor, Permission.CALL_BACK_WRITE)
    cursor = request.GET.get("cursor", "")
    context = {
        "due": list_due_call_backs(actor, cursor=cursor),
        "cursor": cursor,
        "bad": () if cursor else _bad_news(actor, now),
        "now": now,
    }
    return render(request, "console/after/callbacks.html", context)


def _bad_news(actor: Actor, now: datetime) -> list[tuple[CallBackView, str, str]]:
    return list_bad_call_backs(actor, since=now - BAD_NEWS_SHOWN, limit=MOST_BAD_NEWS)


@require_http_methods(["GET", "POST"])
@page
def callbacks_new(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write down a call-back."""
    actor = actor_of(request)
    require(actor, Permission.CALL_BACK_WRITE)
    found = get_request_page(actor, request_id)
    form = CallBackForm(posted(request), initial={"reached": "yes"})

    def save() -> UUID:
        record_call_back(
            actor=actor,
            request_id=request_id,
            answers=form.answers(),
            source=SOURCE,
            now=timezone.now(),
        )
        return request_id

    known = call_backs_of_request(actor, request_id)
    address = _request_address(request_id)
    return form_page(
        request,
        FormPage(
            title=_("Call-back"),
            form=form,
            route=f"console.callbacks.new.{request_id}",
            save=save,
            done=lambda _id: address,
            back=Link(address, found.request.number),
            saved=_("The call-back is recorded."),
            template="console/after/callback.html",
            extra={
                "found": found,
                "known": known,
                "bars": _bars(known.promise),
            },
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def reports_draft(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Write the draft of a problem report, filled with what is known."""
    actor = actor_of(request)
    found = get_request_page(actor, request_id).request
    known = reports_of_request(actor, request_id)
    if not known.may_write:
        require(actor, Permission.REPORT_WRITE)
        raise NotFound
    form = _report_form(request, actor, request_id, known)

    def save() -> UUID:
        return draft_report(
            actor=actor,
            request_id=request_id,
            answers=form.answers(),
            version=form.cleaned_data.get("version"),
            now=timezone.now(),
        ).public_id

    return form_page(
        request,
        FormPage(
            title=words.in_language(known.title_zh, known.title_en),
            form=form,
            route=f"console.reports.draft.{request_id}",
            save=save,
            done=lambda report_id: reverse("console:reports_one", args=[report_id]),
            back=Link(_request_address(request_id), found.number),
            saved=_("The draft is saved."),
            button=_("Save the draft"),
            template="console/after/draft.html",
            extra={"reports": known, "bars": _bars(known.promise)},
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def reports_one(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One version of a report as the customer gets it; sent, the draft is issued."""
    actor = actor_of(request)
    report = get_report(actor, report_id)
    form = IssueForm(posted(request), initial={"version": report.version})

    def save() -> UUID:
        return issue_report(
            actor=actor,
            report_id=report_id,
            version=form.cleaned_data["version"],
            given_at=form.cleaned_data["occurred_at"],
            now=timezone.now(),
        ).public_id

    known = reports_of_request(actor, report.request_public_id)
    return form_page(
        request,
        FormPage(
            title=words.in_language(report.title_zh, report.title_en),
            form=form,
            route=f"console.reports.issue.{report_id}",
            save=save,
            done=lambda _id: reverse("console:reports_one", args=[report_id]),
            back=Link(_request_address(report.request_public_id), report.head.number),
            saved=_("The report is issued. Give it to the customer and say so here."),
            template="console/after/report.html",
            extra={
                "report": report,
                "reports": known,
                "empty": [one for one in report.entries if one.needed and not one.value],
                "bars": _bars(known.promise),
            },
        ),
    )


@require_http_methods(["GET", "POST"])
@page
def reports_delivered(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say that the customer got the report."""
    actor = actor_of(request)
    report = get_report(actor, report_id)
    require(actor, Permission.REPORT_WRITE)
    form = DeliveryForm(posted(request), initial={"channel": "email"})

    def save() -> UUID:
        return deliver_report(
            actor=actor,
            report_id=report_id,
            delivery=form.delivery(),
            source=SOURCE,
            now=timezone.now(),
        ).public_id

    address = reverse("console:reports_one", args=[report_id])
    return form_page(
        request,
        FormPage(
            title=_("Delivered to the customer"),
            form=form,
            route=f"console.reports.delivered.{report_id}",
            save=save,
            done=lambda _id: _request_address(report.request_public_id),
            back=Link(address, words.in_language(report.title_zh, report.title_en)),
            saved=_("The report is delivered."),
        ),
    )


@require_GET
@page
def reports_pdf(request: HttpRequest, report_id: UUID, language: str) -> HttpResponseBase:
    """A report as PDF, in either language."""
    if language not in LANGUAGES:
        raise NotFound
    report = get_report(actor_of(request), report_id)
    content = report_pdf(report, language, timezone.now())
    return document_response(content, f"{_file_name(report, language)}.pdf")


@require_GET
@page
def reports_docx(request: HttpRequest, report_id: UUID, language: str) -> HttpResponseBase:
    """The same as a DOCX."""
    if language not in LANGUAGES:
        raise NotFound
    report = get_report(actor_of(request), report_id)
    content = report_docx(report, language, timezone.now())
    return document_response(content, f"{_file_name(report, language)}.docx", DOCX)


def _bars(promise: ObligationView | None) -> list[PromiseBar]:
    return running_bars([promise], timezone.now()) if promise else []


def _report_form(
    request: HttpRequest, actor: Actor, request_id: UUID, known: ReportsOfRequest
) -> ReportForm:
    """Filled once; afterwards the draft says what the report says, empty fields too."""
    draft = known.draft
    return ReportForm(
        _sent_draft(request, draft),
        entries=draft.entries if draft else known.blank,
        initial=_initial(actor, request_id, known),
    )


def _initial(actor: Actor, request_id: UUID, known: ReportsOfRequest) -> dict[str, Any]:
    if known.draft:
        return {"version": known.draft.version}
    return {} if known.issued else dict(_from_sheets(actor, request_id, known))


def _sent_draft(request: HttpRequest, draft: ReportView | None) -> Any:
    """What was sent. Sent as the first draft while somebody else wrote one, it is of no version
    that stands, so that both are shown side by side."""
    sent = posted(request)
    if sent is not None and draft is not None and not sent.get("version"):
        sent = sent.copy()
        sent["version"] = str(NO_VERSION)
    return sent


def _file_name(report: ReportView, language: str) -> str:
    return f"{report.head.number}-{report.edition}-{language}"


def _from_sheets(actor: Actor, request_id: UUID, known: ReportsOfRequest) -> dict[str, str]:
    """What the sheets of the visits say of the work and the parts, where the facts say nothing."""
    now = timezone.now()
    rows = work_orders_of_request(actor, request_id, now=now)
    written = [get_work_order_page(actor, row.public_id, now=now).report for row in rows]
    values = {one.code: one.value for one in known.blank}
    said = {
        "method": [one.work_done for one in written],
        "parts": [one.parts_used for one in written],
    }
    return {
        PREFIX + code: "\n".join(text for text in texts if text)
        for code, texts in said.items()
        if code in values and not values[code]
    }


def _request_address(request_id: object) -> str:
    return reverse("console:requests_one", args=[request_id])
