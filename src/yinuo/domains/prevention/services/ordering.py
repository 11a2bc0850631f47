"""From a due visit to its sheet: request, sheet and checklist in one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from yinuo.domains.checklists.services import lay_out_checklist
from yinuo.domains.fieldwork.selectors import fresh_head
from yinuo.domains.fieldwork.services import issue_work_order
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.models import DueVisit, Series
from yinuo.domains.prevention.services.locking import locked_visit
from yinuo.domains.prevention.types import Standing
from yinuo.domains.requests.intake import resolve
from yinuo.domains.requests.questions import plan_of_version
from yinuo.domains.requests.services import open_planned_visit
from yinuo.domains.requests.types import Intake
from yinuo.platform.journal.work import Work, stored, writing


def order_visit(
    *,
    actor: Actor,
    visit_id: object,
    version: int,
    service_at: datetime | None = None,
    source: str,
    now: datetime,
) -> DueVisit:
    """Issue the sheet of a due or agreed visit, with what was agreed and the series' checklist.

    The request it belongs to is a planned visit: nobody reported it, so no clock of a report runs.
    Raises what opening a request and issuing a sheet raise, IllegalMove when one is out already,
    Conflict when stale.
    """
    with writing(actor=actor, now=now) as work:
        visit = locked_visit(actor, visit_id, version, Standing.DUE, Standing.AGREED)
        series = visit.series
        opened = open_planned_visit(actor=actor, intake=_intake(actor, visit, now), now=now)
        # Issuing the sheet reads the request, laying out the checklist reads the sheet.
        work.write_down()
        head = replace(
            fresh_head(actor, opened.public_id),
            work_wanted=wanted(series),
            handling_plan=visit.agreed,
            service_at=service_at or visit.agreed_for,
        )
        if visit.agreed_with:
            head = replace(head, contact_name=visit.agreed_with)
        sheet = issue_work_order(
            actor=actor, request_id=opened.public_id, head=head, source=source, now=now
        )
        work.write_down()
        if series.checklist:
            lay_out_checklist(actor=actor, sheet_id=sheet.public_id, code=series.checklist, now=now)
        _keep(visit, opened.public_id, sheet.public_id, sheet.number, work)
        return visit


def wanted(series: Series) -> str:
    """What the sheet asks for: the series' title, then its work."""
    return "\n".join(filter(None, (series.title_zh, series.work)))


def _keep(visit: DueVisit, request_id: object, sheet_id: object, number: str, work: Work) -> None:
    changes = {
        "state": Standing.ORDERED.value,
        "request_id": request_id,
        "sheet_id": sheet_id,
    }
    stored(visit, expected_version=None, changes=changes)
    work.audit("visit.order", visit, after={"sheet": number})
    work.emit("visit.ordered", visit)


def _intake(actor: Actor, visit: DueVisit, now: datetime) -> Intake:
    """The request in the series' words; where the plan tells levels apart, the mildest one."""
    series = visit.series
    intake = Intake(
        customer_id=series.customer.public_id,
        symptom=wanted(series),
        site_id=series.site.public_id if series.site else None,
        contact_id=series.contact.public_id if series.contact else None,
        asset_id=series.asset.public_id if series.asset else None,
        caller_name=visit.agreed_with,
    )
    cover = resolve(actor, intake, Permission.REQUEST_OPEN, now).cover
    plan = plan_of_version(cover.plan_version_id)
    return replace(intake, level=plan.levels[-1].code if plan and plan.levels else "")
