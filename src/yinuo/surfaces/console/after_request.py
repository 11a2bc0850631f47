"""What comes after the repair of a request, for its page."""

from __future__ import annotations

from dataclasses import dataclass

from yinuo.domains.feedback.selectors import call_backs_of_request
from yinuo.domains.feedback.types import CallBacksOfRequest
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.attachments import list_attachments
from yinuo.domains.requests.report_types import ReportsOfRequest
from yinuo.domains.requests.reports import reports_of_request
from yinuo.domains.requests.types import RequestPage
from yinuo.platform.files.types import FileView


@dataclass(frozen=True, slots=True)
class AfterRequest:
    """Reports, call-backs and attachments of a request, and what this person may add."""

    reports: ReportsOfRequest
    call_backs: CallBacksOfRequest
    files: tuple[FileView, ...]
    may_attach: bool
    may_complain: bool

    @property
    def is_worth_showing(self) -> bool:
        """True once it is restored, or when there is something already."""
        return self.reports.is_restored or bool(self.reports.reports)


def after_of_request(actor: Actor, found: RequestPage) -> AfterRequest:
    """What `console/after/of_request.html` shows."""
    public_id = found.request.public_id
    return AfterRequest(
        reports=reports_of_request(actor, public_id),
        call_backs=call_backs_of_request(actor, public_id),
        files=tuple(list_attachments(actor, public_id)),
        may_attach=found.request.state != "merged" and actor.may(Permission.REQUEST_WORK),
        may_complain=actor.may(Permission.COMPLAINT_WRITE),
    )
