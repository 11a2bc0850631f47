"""Writing, issuing and delivering a problem report (BP-11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.selectors import facts_of_subject
from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.report_forms import (
    checked_answers,
    digest_of,
    form_as_issued,
    form_of,
    head_as_issued,
    person_of,
    require_complete,
)
from yinuo.domains.requests.report_models import ProblemReport
from yinuo.domains.requests.report_types import Answers, Delivery, DeliveryWay, ReportView
from yinuo.domains.requests.reports import (
    DELIVERED,
    RESTORED,
    head_of,
    report_view,
    visible_reports,
)
from yinuo.domains.requests.saying import keep_apart
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    occurred_at,
    state_facts,
)
from yinuo.domains.requests.standing import counting
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

NAME_LENGTH = 80


def draft_report(
    *, actor: Actor, request_id: object, answers: Answers, version: int | None, now: datetime
) -> ReportView:
    """Keep the draft of a request's report; the first one is made, a later one changes it.

    After an issued version a new draft corrects it. `version` is the draft's, None when there is
    none yet. Raises InvalidInput per field, Conflict when somebody else wrote meanwhile,
    IllegalMove on a cancelled or merged request.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.REPORT_WRITE, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN | RESTORED:
            raise IllegalMove(_("A cancelled or merged request gets no report."))
        kept = checked_answers(form_of(request), answers)
        row = ProblemReport.objects.filter(request_id=request.pk, issued_at=None).first()
        if row is None:
            row = _new_draft(request, kept, work)
        else:
            # Without a version somebody believes to write the first draft while there is one.
            stored(row, expected_version=version or 0, changes={"answers": kept})
            work.audit("report.draft", row, after={"request": request.number})
        return report_view(row)


def issue_report(
    *,
    actor: Actor,
    report_id: object,
    version: int,
    now: datetime,
    given_at: datetime | None = None,
) -> ReportView:
    """Fix a draft as the report of its request. It never changes again; a correction is a new one.

    `given_at` is when it was issued, None for now: a report written on paper is entered later.
    Raises InvalidInput naming each needed field that is empty or a time before the repair,
    IllegalMove before the request is restored or when it is issued already, Conflict when
    `version` is stale.
    """
    with writing(actor=actor, now=now) as work:
        row, request = _locked(actor, report_id)
        if row.issued_at is not None:
            raise IllegalMove(_("This report is issued. Write a correction instead."))
        if RequestState(request.state) not in RESTORED:
            raise IllegalMove(_("Report the request as restored first."))
        form = form_of(request)
        require_complete(form, row.answers)
        facts = counting(facts_of_subject(request.public_id))
        issued_at = _after_repair(given_at, request, facts, now)
        head = head_of(_named(request), facts)
        person = keep_apart(request, person_of(head))
        fixed = {"form": form_as_issued(form), "head": head_as_issued(head, person)}
        digest = digest_of(**fixed, answers=row.answers, edition=row.edition)
        issued = {"digest": digest, "issued_at": issued_at, "issued_by": actor.label}
        stored(row, expected_version=version, changes=fixed | issued)
        after = {"request": request.number, "edition": row.edition, "digest": digest}
        work.audit("report.issue", row, after=after)
        work.emit("report.issued", row, {"request": str(request.public_id)})
        # Live pages of the request see it.
        stored(request, expected_version=None, changes={})
        return report_view(row)


def deliver_report(
    *, actor: Actor, report_id: object, delivery: Delivery, source: str, now: datetime
) -> ReportView:
    """Record that an issued report reached the customer: the promise of the report is kept.

    Raises IllegalMove for a draft or a report delivered before, InvalidInput for an unknown way or
    a time before the issue or in the future.
    """
    with writing(actor=actor, now=now) as work:
        row, request = _locked(actor, report_id)
        if row.issued_at is None:
            raise IllegalMove(_("Issue the report first."))
        if row.delivered_at is not None:
            raise IllegalMove(_("This report was delivered before."))
        _check_delivery(delivery)
        known = counting(facts_of_subject(request.public_id))
        at = occurred_at(delivery.occurred_at, request, known, now)
        # A time given to the minute stands for the issue within that minute.
        issued_at = row.issued_at
        if at < issued_at.replace(second=0, microsecond=0):
            raise InvalidInput({"occurred_at": _("This is before the report was issued.")})
        at = max(at, issued_at)
        taken_by = delivery.received_by.strip()
        changes = {
            "delivered_at": at,
            "delivered_by": actor.label,
            "channel": delivery.channel,
            "received_by": taken_by,
        }
        stored(row, expected_version=None, changes=changes)
        attrs = {"edition": row.edition, "channel": delivery.channel, "report": str(row.public_id)}
        words = {"received_by": taken_by} if taken_by else {}
        fact = StepFact(DELIVERED, at, attrs, words)
        state_facts(request, [fact], source=source, work=work)
        return report_view(row)


def _locked(actor: Actor, report_id: object) -> tuple[ProblemReport, Request]:
    """A visible report and its request, both locked; the writer's right to it checked."""
    found = one_of(visible_reports(actor).select_related("request"), report_id)
    request = locked_request(actor, found.request.public_id)
    require(actor, Permission.REPORT_WRITE, request.unit_id)
    return ProblemReport.objects.select_for_update().get(pk=found.pk), request


def _after_repair(
    given: datetime | None, request: Request, facts: Sequence[FactView], now: datetime
) -> datetime:
    at = occurred_at(given, request, facts, now)
    restored = [fact.occurred_at for fact in facts if fact.kind == "restored"]
    if restored and at < restored[-1]:
        raise InvalidInput({"occurred_at": _("This is before the request was restored.")})
    return at


def _new_draft(request: Request, answers: dict[str, str], work: Work) -> ProblemReport:
    last = ProblemReport.objects.filter(request_id=request.pk).aggregate(last=Max("edition"))
    row = ProblemReport.objects.create(
        request_id=request.pk,
        edition=(last["last"] or 0) + 1,
        answers=answers,
        drafted_at=work.now,
        drafted_by=work.actor.label,
    )
    work.audit("report.draft", row, after={"request": request.number, "edition": row.edition})
    return row


def _named(request: Request) -> Request:
    return Request.objects.select_related("customer", "site", "asset", "unit").get(pk=request.pk)


def _check_delivery(delivery: Delivery) -> None:
    problems: dict[str, str] = {}
    if delivery.channel not in set(DeliveryWay):
        problems["channel"] = _("Choose one of those offered.")
    if len(delivery.received_by) > NAME_LENGTH:
        problems["received_by"] = _("Use at most 80 characters.")
    if problems:
        raise InvalidInput(problems)
