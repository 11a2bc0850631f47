"""What comes after a repair: a restored request, its report, an attachment; all of it now."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.base import ContentFile
from tests.factories.company import Member
from tests.factories.promises import open_fault

from yinuo.domains.assets.models import Asset
from yinuo.domains.assets.photos import add_photo
from yinuo.domains.customers.models import Customer
from yinuo.domains.feedback.complaint_types import ComplaintData, Doing
from yinuo.domains.feedback.models import CallBackRule, Complaint
from yinuo.domains.feedback.services import add_rule, handle_complaint, open_complaint
from yinuo.domains.network.models import ServiceUnit
from yinuo.domains.requests.attachments import attach_file
from yinuo.domains.requests.report_types import ReportView
from yinuo.domains.requests.services import record_steps
from yinuo.domains.requests.services.reports import draft_report, issue_report
from yinuo.domains.requests.types import OpenedRequest, StepFact
from yinuo.platform.files.types import FileView

# Every field that some shipped plan or the usual form needs.
ANSWERS = {
    "kind": "hardware",
    "symptom": "设备不通",
    "cause": "电源模块老化",
    "method": "更换电源模块",
}


def make_restored(by: Member, customer: Customer) -> OpenedRequest:
    """A request answered and restored just now."""
    request = open_fault(by, customer)
    now = datetime.now(UTC)
    facts = [StepFact("responded", now), StepFact("restored", now)]
    record_steps(actor=by.actor, request_id=request.public_id, facts=facts, source="test", now=now)
    return request


def make_report(by: Member, customer: Customer, *, issued: bool = False) -> ReportView:
    """The report of a request of its own, complete; issued when asked for."""
    request, now = make_restored(by, customer), datetime.now(UTC)
    report = draft_report(
        actor=by.actor, request_id=request.public_id, answers=ANSWERS, version=None, now=now
    )
    if not issued:
        return report
    return issue_report(actor=by.actor, report_id=report.public_id, version=1, now=now)


def make_attachment(by: Member, request: OpenedRequest) -> FileView:
    """A small text attached to the request."""
    upload = ContentFile("现场记录".encode(), name="记录.txt")
    return attach_file(
        actor=by.actor, request_id=request.public_id, upload=upload, now=datetime.now(UTC)
    )


def make_photo(by: Member, asset: Asset) -> FileView:
    """A small text kept with the asset."""
    upload = ContentFile("铭牌内容".encode(), name="铭牌.txt")
    return add_photo(actor=by.actor, asset_id=asset.public_id, upload=upload, now=datetime.now(UTC))


def make_complaint(by: Member, request: OpenedRequest) -> Complaint:
    """A complaint about the request, come in just now."""
    data = ComplaintData("attitude", "态度不好", request_id=request.public_id)
    return open_complaint(actor=by.actor, data=data, now=datetime.now(UTC))


def thank(by: Member, complaint: Complaint) -> None:
    """The first of its eight steps, done now."""
    handle_complaint(
        actor=by.actor,
        complaint_id=complaint.public_id,
        version=complaint.version,
        doing=Doing("thank", "感谢指出问题"),
        now=datetime.now(UTC),
    )


def make_rule(by: Member, unit: ServiceUnit, percent: int = 50) -> CallBackRule:
    """So many percent of a unit's requests are phoned back."""
    return add_rule(
        actor=by.actor,
        unit_id=unit.public_id,
        kind="",
        category="",
        percent=percent,
        now=datetime.now(UTC),
    )
