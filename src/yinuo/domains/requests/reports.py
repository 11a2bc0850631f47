"""Reading problem reports; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from yinuo.domains.network.naming import company_name
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject, obligations_of_subject
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.report_forms import (
    PERSON,
    entries_as_issued,
    entries_of,
    first_answers,
    form_of,
    head_from,
    plan_of,
    promise_ended_by,
)
from yinuo.domains.requests.report_models import ProblemReport
from yinuo.domains.requests.report_types import ReportHead, ReportsOfRequest, ReportView
from yinuo.domains.requests.saying import kept_apart, said_of
from yinuo.domains.requests.standing import counting
from yinuo.kernel.states import RequestState
from yinuo.platform.scoped import one_of

DELIVERED = "report_delivered"
RESTORED = frozenset({RequestState.RESTORED, RequestState.CONFIRMED, RequestState.ARCHIVED})


def visible_reports(actor: Actor) -> QuerySet[ProblemReport]:
    """Reports of the requests the actor sees."""
    return ProblemReport.objects.filter(request__in=visible_requests(actor))


def reports_of_request(actor: Actor, request_id: object) -> ReportsOfRequest:
    """The reports of a visible request and the form of the next one; NotFound otherwise."""
    request = one_of(_with_names(visible_requests(actor)), request_id)
    facts = counting(facts_of_subject(request.public_id))
    rows = ProblemReport.objects.filter(request_id=request.pk).order_by("-edition")
    reports = tuple(_view(row, request, facts) for row in rows)
    form = form_of(request)
    newest = reports[0].entries if reports else ()
    known = (
        {entry.code: entry.value for entry in newest}
        if newest
        else first_answers(request, facts, said_of(request, facts), form)
    )
    obligations = obligations_of_subject(request.public_id)
    return ReportsOfRequest(
        title_zh=form.title.zh,
        title_en=form.title.en,
        reports=reports,
        promise=promise_ended_by(DELIVERED, plan_of(request), obligations),
        blank=entries_of(form, known),
        may_write=actor.may(Permission.REPORT_WRITE, request.unit_id),
        is_restored=RequestState(request.state) in RESTORED,
    )


def get_report(actor: Actor, report_id: object) -> ReportView:
    """One version of a visible request's report; NotFound otherwise."""
    row = one_of(visible_reports(actor), report_id)
    return report_view(row)


def report_view(row: ProblemReport) -> ReportView:
    """The frozen form of a row: of itself once issued, of its request while a draft."""
    request = _with_names(Request.objects.all()).get(pk=row.request_id)
    return _view(row, request, counting(facts_of_subject(request.public_id)))


def head_of(request: Request, facts: Sequence[FactView]) -> ReportHead:
    """The head of a report as the case stands now; `request` with its names, `facts` that count."""
    plan = plan_of(request)
    level = next((one for one in plan.levels if one.code == request.level), None) if plan else None
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    return ReportHead(
        number=request.number,
        company=company_name(),
        unit=request.unit.name,
        customer=request.customer.name,
        site=request.site.name if request.site else "",
        contact=request.caller_name,
        phone=request.caller_phone,
        asset=_asset_name(request),
        level_zh=level.title.zh if level else request.level,
        level_en=level.title.en if level else request.level,
        reported_at=request.reported_at,
        restored_at=restored[-1] if restored else None,
        zone=request.site.zone if request.site else "Asia/Shanghai",
    )


def _view(row: ProblemReport, request: Request, facts: Sequence[FactView]) -> ReportView:
    if row.issued_at is None:
        form = form_of(request)
        title, entries = form.title, entries_of(form, row.answers)
        title_zh, title_en, head = title.zh, title.en, head_of(request, facts)
    else:
        entries = entries_as_issued(row.form, row.answers)
        title_zh, title_en = row.form["title"]["zh"], row.form["title"]["en"]
        head = head_from(row.head, kept_apart(row.head[PERSON]))
    return ReportView(
        public_id=row.public_id,
        version=row.version,
        edition=row.edition,
        request_public_id=request.public_id,
        title_zh=title_zh,
        title_en=title_en,
        head=head,
        entries=entries,
        digest=row.digest,
        drafted_at=row.drafted_at,
        drafted_by=row.drafted_by,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        delivered_at=row.delivered_at,
        delivered_by=row.delivered_by,
        channel=row.channel,
        received_by=row.received_by,
    )


def _asset_name(request: Request) -> str:
    if request.asset is None:
        return ""
    parts = (request.asset.name, request.asset.model, request.asset.serial)
    return " · ".join(part for part in parts if part)


def _with_names(requests: QuerySet[Request]) -> QuerySet[Request]:
    return requests.select_related("customer", "site", "asset", "unit")
