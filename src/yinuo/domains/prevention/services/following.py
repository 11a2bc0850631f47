"""What the worker does: series for what contracts promise, visits as they fall due, results."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.subjects import ContractSubject, read_contracts
from yinuo.domains.fieldwork.outcomes import Outcome, outcomes_of
from yinuo.domains.network.types import SYSTEM
from yinuo.domains.obligations.services.holding import hold_by_sheet
from yinuo.domains.obligations.visit_periods import (
    VisitDuty,
    VisitPeriod,
    periods_of,
    periods_unknown,
    visit_duties,
)
from yinuo.domains.prevention.keeping import (
    drop_unasked,
    dues_of_period,
    keep_dues,
    keep_own,
    zone_of,
)
from yinuo.domains.prevention.models import IS_OPEN, DueVisit, Series
from yinuo.domains.prevention.types import Leads, Recurrence, SeriesKind, Standing
from yinuo.kernel.work_states import WorkOrderState
from yinuo.platform.journal.work import Work, stored, writing

AT_ONCE = 200
LOOK_EVERY = timedelta(minutes=10)
SALES = "salesperson"
_SOURCE = "worker"
_S = WorkOrderState
_WITH_RESULT = [_S.WORKED, _S.SIGNED, _S.RETURNED, _S.FILED, _S.ABORTED]
# The customer has signed nothing yet, or nobody goes any more.
_UNSIGNED_RESULT = [_S.WORKED, _S.ABORTED]
_KIND_OF_FACT = {
    "visited": SeriesKind.CALL,
    "inspected": SeriesKind.INSPECTION,
    "maintained": SeriesKind.MAINTENANCE,
    "calibrated": SeriesKind.MAINTENANCE,
}


def follow_promises(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Plan the visits of periods that contracts have begun since; gives how many there were.

    Done again it changes nothing: a promise has one series, a period one visit of each number.
    """
    with writing(actor=SYSTEM, now=now) as work:
        known = DueVisit.objects.filter(obligation_id__isnull=False).values("obligation_id")
        periods = periods_unknown(known, now, at_most)
        by_promise: dict[tuple[int, str], list[VisitPeriod]] = defaultdict(list)
        for one in periods:
            by_promise[one.contract_id, one.clause].append(one)
        contracts = read_contracts({one.contract_id for one in periods})
        for (contract_id, clause), found in by_promise.items():
            duty = visit_duties(found[0].plan_version_id)[clause]
            series = _series_of(contracts[contract_id], duty, work)
            zone = contracts[contract_id].zone
            keep_dues(series, [due for one in found for due in dues_of_period(one, zone)], work)
        return len(periods)


def renew_visits(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Look again at open visits of promises and at series of our own whose time has come."""
    with writing(actor=SYSTEM, now=now) as work:
        stale = DueVisit.objects.filter(
            IS_OPEN, obligation_id__isnull=False, looked_at__lte=now - LOOK_EVERY
        )
        visits = list(
            stale.select_for_update(of=("self",), skip_locked=True)
            .select_related("series__contract", "series__site", "series__asset__site")
            .order_by("looked_at")[:at_most]
        )
        _renew_promised(visits, work)
        due = Series.objects.filter(look_at__lte=now).order_by("look_at")
        locked = due.select_for_update(of=("self",), skip_locked=True)
        own = list(locked.select_related("site", "asset__site")[:at_most])
        for series in own:
            keep_own(series, work)
        return len(visits) + len(own)


def take_results(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Let visits whose sheets are done be held, and those whose sheets were given up be due again.

    The contract's promise counts the visit, once for its sheet. Gives how many were settled.
    """
    with writing(actor=SYSTEM, now=now) as work:
        ordered = DueVisit.objects.filter(state=Standing.ORDERED, sheet__state__in=_WITH_RESULT)
        rows = list(
            ordered.select_for_update(of=("self",), skip_locked=True)
            .select_related("series__contract", "series__site", "series__asset__site")
            .order_by("looked_at", "id")[:at_most]
        )
        outcomes = outcomes_of(one.request_id for one in rows if one.request_id)
        settled = 0
        for visit in rows:
            outcome = outcomes.get(visit.request_id) if visit.request_id else None
            settled += _settle(visit, outcome, work)
        return settled if len(rows) == at_most else 0


def look_at_results_again(*, now: datetime, at_most: int = AT_ONCE) -> int:
    """Follow reports that were written otherwise before the sheet was filed.

    Not done after all, the visit is open again and the contract's promise no longer counts it.
    Gives how many changed.
    """
    with writing(actor=SYSTEM, now=now) as work:
        held = DueVisit.objects.filter(is_by_open_sheet=True)
        held.filter(sheet__state=_S.FILED).update(is_by_open_sheet=False)
        rows = list(
            held.filter(sheet__state__in=_UNSIGNED_RESULT)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("series__contract", "series__site", "series__asset__site")
            .order_by("looked_at", "id")[:at_most]
        )
        outcomes = outcomes_of(one.request_id for one in rows if one.request_id)
        changed = sum(
            _look_again(one, outcomes[one.request_id], work) for one in rows if one.request_id
        )
        return changed if len(rows) == at_most else 0


def _look_again(visit: DueVisit, outcome: Outcome, work: Work) -> int:
    """1 when the report says something else than what was kept of it."""
    DueVisit.objects.filter(pk=visit.pk).update(looked_at=work.now)
    changes = _result(visit, outcome)
    if all(getattr(visit, name) == value for name, value in changes.items()):
        return 0
    before, series = visit.sheet_id, visit.series
    stored(visit, expected_version=None, changes=changes)
    work.audit("visit.result_changed", visit, after={"state": visit.state})
    if series.contract is not None and series.clause and before and before != outcome.sheet_id:
        hold_by_sheet(series.contract.pk, before, "", work.now, source=_SOURCE, work=work)
    if visit.state == Standing.HELD:
        _count(visit, outcome, work)
    else:
        drop_unasked(series, work)
    keep_own(series, work)
    return 1


def _settle(visit: DueVisit, outcome: Outcome | None, work: Work) -> int:
    """1 when it was settled; a sheet that ended without a result waits for the next one."""
    DueVisit.objects.filter(pk=visit.pk).update(looked_at=work.now)
    if outcome is None:
        return 0
    if outcome.is_off:
        state = Standing.AGREED if visit.agreed_for else Standing.DUE
        stored(visit, expected_version=None, changes={"state": state.value})
        work.audit("visit.sheet_given_up", visit)
        return 1
    if outcome.sheet_id is None or outcome.finished_at is None:
        return 0
    stored(visit, expected_version=None, changes=_result(visit, outcome))
    work.audit("visit.held", visit, after={"sheet": outcome.number, "on": str(visit.held_on)})
    work.emit("visit.held", visit)
    _count(visit, outcome, work)
    keep_own(visit.series, work)
    return 1


def _result(visit: DueVisit, outcome: Outcome) -> dict[str, Any]:
    """What is kept of a sheet's report: that the visit was held, or that it still is to be."""
    if outcome.sheet_id is None or outcome.finished_at is None:
        return {
            "state": Standing.ORDERED.value,
            "held_on": None,
            "held_by": "",
            "outcome": "",
            "is_by_open_sheet": False,
        }
    return {
        "state": Standing.HELD.value,
        "sheet_id": outcome.sheet_id,
        "held_on": outcome.finished_at.astimezone(ZoneInfo(zone_of(visit.series))).date(),
        "held_by": outcome.engineer[:200],
        "outcome": "\n".join(filter(None, (outcome.findings, outcome.work_done))),
        "is_by_open_sheet": True,
    }


def _count(visit: DueVisit, outcome: Outcome, work: Work) -> None:
    """The promise counts it, unless the plan's result of the sheet said so already."""
    series = visit.series
    if series.contract is None or not series.clause or outcome.counted:
        return
    duty = visit_duties(series.contract.plan_version_id).get(series.clause)
    if duty is None or outcome.sheet_id is None or outcome.finished_at is None:
        return
    hold_by_sheet(
        series.contract.pk,
        outcome.sheet_id,
        duty.kind,
        outcome.finished_at,
        source=_SOURCE,
        work=work,
    )


def _renew_promised(visits: list[DueVisit], work: Work) -> None:
    periods = periods_of({one.obligation_id for one in visits if one.obligation_id}, work.now)
    done: set[str] = set()
    for visit in visits:
        period = periods.get(visit.obligation_id) if visit.obligation_id else None
        if visit.key in done:
            continue
        done.add(visit.key)
        if period is None:
            DueVisit.objects.filter(pk=visit.pk).update(looked_at=work.now)
            continue
        keep_dues(visit.series, dues_of_period(period, zone_of(visit.series)), work)


def _series_of(contract: ContractSubject, duty: VisitDuty, work: Work) -> Series:
    there = Series.objects.filter(contract_id=contract.id, clause=duty.clause).first()
    if there is not None:
        return there
    leads = _leads(duty)
    series, made = Series.objects.get_or_create(
        contract_id=contract.id,
        clause=duty.clause,
        defaults={
            "customer_id": contract.customer_id,
            "unit_id": contract.unit_id,
            "site_id": _one_site(contract),
            "kind": _kind_of(duty).value,
            "title_zh": (duty.title.zh or duty.title.en)[:200],
            "title_en": (duty.title.en or duty.title.zh)[:200],
            "work": duty.text.zh or duty.text.en,
            "rhythm": Recurrence.PROMISE.value,
            "starts_on": contract.terms.starts_on,
            "contact_from": leads.contact_from,
            "contact_by": leads.contact_by,
            "remind_from": leads.remind_from,
            "remind_by": leads.remind_by,
            "created_at": work.now,
            "created_by": work.actor.label,
        },
    )
    if made:
        work.audit("visit_series.create", series, after={"clause": duty.clause})
    return series


def _one_site(contract: ContractSubject) -> int | None:
    """The site of a contract about one alone."""
    sites = contract.site_ids or frozenset()
    return next(iter(sites)) if len(sites) == 1 else None


def _kind_of(duty: VisitDuty) -> SeriesKind:
    if SALES in duty.roles:
        return SeriesKind.SALES
    return SeriesKind.SEASONAL if duty.by_season else _KIND_OF_FACT[duty.kind]


def _leads(duty: VisitDuty) -> Leads:
    """As the clause says, its first step being the call and its last the reminder."""
    usual = Leads()
    if not duty.steps:
        return usual
    first, last = duty.steps[0], duty.steps[-1]
    if len(duty.steps) == 1:
        most = min(usual.remind_from, first.least)
        return Leads(first.most, first.least, most, min(usual.remind_by, most))
    return Leads(first.most, first.least, min(last.most, first.least), min(last.least, first.least))
