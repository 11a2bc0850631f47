"""`/reports`, `/report-deliveries`: write, issue, read and deliver problem reports."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from yinuo.domains.network.permissions import Permission
from yinuo.domains.requests.report_document import report_pdf
from yinuo.domains.requests.report_types import Delivery, DeliveryWay
from yinuo.domains.requests.reports import get_report, reports_of_request
from yinuo.domains.requests.services.reports import deliver_report, draft_report, issue_report
from yinuo.platform.paging import Page
from yinuo.surfaces.api.answers import listed, shown, written
from yinuo.surfaces.api.callers import ApiRequest
from yinuo.surfaces.api.inputs import Id, Input, Instant, Label, PathId, Version, Word, text
from yinuo.surfaces.api.operations import Resource
from yinuo.surfaces.api.resources.request_acts import resource as requests
from yinuo.surfaces.api.shapes import after as shapes

SOURCE = "api"
PDF = "application/pdf"

resource = Resource("reports")
deliveries = Resource("reports")
Value = Annotated[str, text(20_000)]


class Language(StrEnum):
    """The language of a document."""

    ZH = "zh"
    EN = "en"


class InLanguage(Input):
    """In which language."""

    language: Language = Language.ZH


class DraftInput(Input):
    """A draft: values by the code of their field. `version` is the draft's, none for the first."""

    request_id: Id
    answers: Annotated[dict[Word, Value], Field(max_length=40)]
    version: Version | None = None


class ReportIssueInput(Input):
    """The draft as it was read. Without `occurred_at` it is issued now."""

    version: Version
    occurred_at: Instant | None = None


class DeliveryInput(Input):
    """How an issued report reached the customer. Without `occurred_at` it was now."""

    report_id: Id
    channel: DeliveryWay
    received_by: Label = ""
    occurred_at: Instant | None = None


@requests.reads(
    "/{request_id}/reports",
    name="list_reports",
    right=Permission.REQUEST_READ,
    gives=shapes.Reports,
)
def list_all(request: ApiRequest, request_id: PathId) -> HttpResponse:
    """The reports of a request, the newest first."""
    found = reports_of_request(request.auth.actor, request_id)
    return listed(Page(found.reports, ""), shapes.report)


@resource.writes(
    "POST",
    "",
    name="draft_report",
    right=Permission.REPORT_WRITE,
    gives=shapes.ReportShape,
    status=201,
)
def draft_one(request: ApiRequest, data: DraftInput) -> HttpResponse:
    """Keep the draft of a request's report; after an issued one it is its correction."""

    def action() -> dict[str, Any]:
        call = request.auth
        return shapes.report(
            draft_report(
                actor=call.actor,
                request_id=data.request_id,
                answers=data.answers,
                version=data.version,
                now=call.now,
            )
        )

    return written(request, action, status=201)


@resource.reads(
    "/{report_id}", name="get_report", right=Permission.REQUEST_READ, gives=shapes.ReportShape
)
def get_one(request: ApiRequest, report_id: PathId) -> HttpResponse:
    """One version of a report."""
    return shown(shapes.report(get_report(request.auth.actor, report_id)))


@resource.reads(
    "/{report_id}/pdf",
    name="get_report_pdf",
    right=Permission.REQUEST_READ,
    gives=shapes.ContentShape,
)
def get_pdf(request: ApiRequest, report_id: PathId, filters: Query[InLanguage]) -> HttpResponse:
    """A report as PDF."""
    call, language = request.auth, filters.language.value
    report = get_report(call.actor, report_id)
    name = f"{report.head.number}-{report.edition}-{language}.pdf"
    return shown(shapes.content(name, PDF, report_pdf(report, language, call.now)))


@resource.writes(
    "POST",
    "/{report_id}/issue",
    name="issue_report",
    right=Permission.REPORT_WRITE,
    gives=shapes.ReportShape,
)
def issue_one(request: ApiRequest, report_id: PathId, data: ReportIssueInput) -> HttpResponse:
    """Fix a draft: it never changes again."""

    def action() -> dict[str, Any]:
        call = request.auth
        return shapes.report(
            issue_report(actor=call.actor, report_id=report_id, version=data.version, now=call.now)
        )

    return written(request, action)


@deliveries.writes(
    "POST",
    "",
    name="deliver_report",
    right=Permission.REPORT_WRITE,
    gives=shapes.ReportShape,
    status=201,
)
def deliver_one(request: ApiRequest, data: DeliveryInput) -> HttpResponse:
    """Record that an issued report reached the customer: its promise is kept."""

    def action() -> dict[str, Any]:
        call = request.auth
        return shapes.report(
            deliver_report(
                actor=call.actor,
                report_id=data.report_id,
                delivery=Delivery(data.channel.value, data.received_by, data.occurred_at),
                source=SOURCE,
                now=call.now,
            )
        )

    return written(request, action, status=201)
