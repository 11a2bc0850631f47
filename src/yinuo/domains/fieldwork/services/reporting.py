"""What was found and done on the visit (LV-05): process, parts, result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.services.cases import keep_case_repair
from yinuo.domains.assets.services.replacing import Case, keep_case_replacements
from yinuo.domains.contracts.candidates import TRIED
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.policies import require_step
from yinuo.domains.fieldwork.replaced import replacements_of
from yinuo.domains.fieldwork.results import results_for
from yinuo.domains.fieldwork.services.counting import count_hours
from yinuo.domains.fieldwork.services.moving import (
    REASON_LENGTH,
    TEXT_LENGTH,
    Move,
    happened_at,
    locked_order,
    move,
    too_long,
)
from yinuo.domains.fieldwork.services.requests import step_fact, tell_request
from yinuo.domains.fieldwork.types import MOST_PERSONS, VisitReport
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services.holding import hold_by_sheet
from yinuo.kernel.plan.guiding import SheetResult, result_named
from yinuo.kernel.work_states import UNSIGNED, WORK_STEPS, WorkOrderState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing

LIMITS = {
    "findings": TEXT_LENGTH,
    "work_done": TEXT_LENGTH,
    "parts_used": TEXT_LENGTH,
    "result_reason": REASON_LENGTH,
    "remarks": REASON_LENGTH,
}


def report_work(
    *,
    actor: Actor,
    work_order_id: object,
    report: VisitReport,
    version: int | None = None,
    source: str,
    now: datetime,
) -> WorkOrder:
    """Write findings, work, parts and result; until the signature as often as needed.

    Done, the request is restored unless another sheet of it is still open; not done, the request
    knows that the visit did not fix it. Raises like `take_step`.
    """
    with writing(actor=actor, now=now) as work:
        order = locked_order(actor, work_order_id, version)
        require_step(actor, order, "worked")
        if WORK_STEPS["worked"].after(WorkOrderState(order.state)) is None:
            raise IllegalMove(details={"state": order.state, "kind": "worked"})
        texts = _checked(report, results_for(order))
        before_arrival = _("This is before the arrival.")
        given = report.finished_at or order.finished_at
        at = _finished_at(given, now, {before_arrival: order.arrived_at})
        was = order.result
        changes = {
            **texts,
            "result": report.result,
            "persons": order.persons if report.persons is None else report.persons,
            "finished_at": at,
        }
        shown = {"result": report.result, "occurred_at": at.isoformat()}
        step = Move("worked", changes, "work_finished", at, shown=shown)
        move(order, step, actor=actor, source=source, work=work)
        count_hours(order, actor=actor, now=now)
        if report.result != was:
            _tell_result(order, at, report.late_reason, actor=actor, source=source, now=now)
        if report.tried:
            fact = step_fact(report.tried, at, report.late_reason)
            tell_request(order, fact, actor=actor, source=source, now=now)
        _replace_components(order, report, at, work)
        trace_repair(order, at)
        _hold(order, source, work)
        return order


def _hold(order: WorkOrder, source: str, work: Work) -> None:
    """What the result counts as among the recurring promises of the request's contract."""
    contract_id = order.request.contract_id
    if contract_id is None or order.finished_at is None:
        return
    results = results_for(order)
    if any(one.holds for one in results):
        result = result_named(results, order.result)
        kind = result.holds if result else ""
        at = order.finished_at
        hold_by_sheet(contract_id, order.public_id, kind, at, source=source, work=work)


def trace_repair(order: WorkOrder, at: datetime) -> None:
    """Parts used on work that is done are a repair of the asset: its warranty may go by that day
    (SA-04, B-22). Written again otherwise, it was none."""
    request = order.request
    if request.asset_id is None:
        return
    done = {one.code for one in results_for(order) if one.is_done}
    put_in = bool(order.parts_used.strip() or order.replaced or order.put_in)
    on = _local_day(order, at) if order.result in done and put_in else None
    keep_case_repair(request.asset_id, order.public_id, order.number, at, on)


def _replace_components(order: WorkOrder, report: VisitReport, at: datetime, work: Work) -> None:
    """What the report replaced goes out of the asset, what came in its place goes in."""
    asked = replacements_of(order) if report.replaced is None else report.replaced
    if not asked and not order.replaced:
        return
    case = Case(order.request.asset_id, order.public_id, order.number, _local_day(order, at))
    order.replaced = keep_case_replacements(case, asked, work)
    WorkOrder.objects.filter(pk=order.pk).update(replaced=order.replaced)


def _local_day(order: WorkOrder, at: datetime) -> date:
    """The day of an instant where the asset stands."""
    site = order.request.site
    return at.astimezone(ZoneInfo(site.zone if site else settings.TIME_ZONE)).date()


def _tell_result(
    order: WorkOrder, at: datetime, late_reason: str, *, actor: Actor, source: str, now: datetime
) -> None:
    kind = "not_fixed"
    done = [one.code for one in results_for(order) if one.is_done]
    if order.result in done:
        others = WorkOrder.objects.filter(
            request_id=order.request_id, state__in=[state.value for state in UNSIGNED]
        ).exclude(pk=order.pk)
        if others.exclude(result__in=done).exists():
            return
        kind = "restored"
    fact = step_fact(kind, at, late_reason)
    tell_request(order, fact, actor=actor, source=source, now=now)


def _finished_at(
    given: datetime | None, now: datetime, earliest: dict[str, datetime | None]
) -> datetime:
    try:
        return happened_at(given, now, earliest)
    except InvalidInput as error:
        raise InvalidInput({"finished_at": error.fields["occurred_at"]}) from error


def _checked(report: VisitReport, results: Sequence[SheetResult]) -> dict[str, str]:
    texts = {name: getattr(report, name).strip() for name in LIMITS}
    problems = too_long(texts, LIMITS)
    if len(report.late_reason) > REASON_LENGTH:
        problems["late_reason"] = _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}
    if report.persons is not None and not 1 <= report.persons <= MOST_PERSONS:
        problems["persons"] = _("Give a number from 1 to %(most)d.") % {"most": MOST_PERSONS}
    if report.tried not in ("", *TRIED):
        problems["tried"] = _("Choose one.")
    if not texts["work_done"]:
        problems["work_done"] = _("Say what was done, even if little.")
    result = result_named(results, report.result)
    if result is None:
        problems["result"] = _("Choose how the visit ended.")
    elif result.asks_why and not texts["result_reason"]:
        problems["result_reason"] = _("Say why it is not done.")
    elif result.is_done and report.tried:
        problems["tried"] = _("The visit is done: nothing failed.")
    if problems:
        raise InvalidInput(problems)
    return texts
