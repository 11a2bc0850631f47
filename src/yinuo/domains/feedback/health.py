"""The health record (健康档案): what speaks for and against a customer or asset, with its cases.

Each part is one statement and gives one line, good or bad, so that nothing is hidden in a score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from yinuo.domains.assets.types import AssetRow
from yinuo.domains.contracts.papers import list_papers
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.selectors import visit_days
from yinuo.domains.customers.types import CustomerRow
from yinuo.domains.feedback.downtime import downtimes_of_asset
from yinuo.domains.feedback.health_types import (
    Health,
    HealthCase,
    HealthLine,
    LineKind,
    Tone,
    Visits,
)
from yinuo.domains.feedback.health_windows import Windows, health_windows
from yinuo.domains.feedback.policies import visible_call_backs
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.owed import owed_to_customer
from yinuo.domains.obligations.types import ObligationView
from yinuo.domains.requests.policies import visible_requests
from yinuo.kernel.plan.reports import Satisfaction
from yinuo.kernel.states import ENDED, RequestState

FAULT = "fault"
# So many rows are looked at, and so many cases shown behind a line; the figures say how many more.
MOST_REQUESTS, MOST_ANSWERS, MOST_SHOWN = 500, 20, 6
_ENDED = sorted(state.value for state in ENDED)
_DROPPED = {RequestState.CANCELLED.value, RequestState.MERGED.value}
_CLOSED = {*_ENDED, RequestState.RESTORED.value, RequestState.CONFIRMED.value}
_ORDER = {Tone.ACT: 0, Tone.WATCH: 1, Tone.GOOD: 2}
# With that much of the time it was there nobody complains; below it somebody should look.
_HARDLY_DOWN = Fraction(99, 100)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is looked at: of a customer or one of his assets, by whom, when, how far."""

    actor: Actor
    customer_id: int
    asset_id: int | None
    windows: Windows
    now: datetime

    @property
    def today(self) -> date:
        """The local day of the company."""
        return self.now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def health_of_customer(actor: Actor, customer: CustomerRow, now: datetime) -> Health:
    """The health of a visible customer; nine statements however much happened to him.

    Only what the actor may see counts.
    """
    looked = _Looked(actor, customer.id, None, health_windows(), now)
    visits = _visits(customer.id)
    lines = [
        *_of_requests(looked),
        _broken(looked),
        _overdue_visits(looked, visits),
        _satisfaction(looked),
        _expiring(looked),
        _papers(looked, customer),
    ]
    return Health(now, _sorted(lines), visits)


def health_of_asset(actor: Actor, asset: AssetRow, now: datetime) -> Health:
    """The health of a visible asset; six statements."""
    windows = health_windows()
    looked = _Looked(actor, asset.customer_id, asset.id, windows, now)
    lines = [
        *_of_requests(looked),
        _broken(looked),
        _satisfaction(looked),
        _availability(looked, asset),
    ]
    return Health(now, _sorted(lines))


def _sorted(lines: Sequence[HealthLine]) -> tuple[HealthLine, ...]:
    return tuple(sorted(lines, key=lambda one: _ORDER[one.tone]))


def _of_requests(looked: _Looked) -> list[HealthLine]:
    """Open requests and repeats, from one reading of what is open or young enough."""
    since = looked.now - timedelta(days=looked.windows.repeat_days)
    rows = visible_requests(looked.actor).filter(customer_id=looked.customer_id)
    if looked.asset_id is not None:
        rows = rows.filter(asset_id=looked.asset_id)
    wanted = rows.filter(Q(reported_at__gte=since) | ~Q(state__in=_ENDED))
    found = list(wanted.select_related("asset").order_by("-id")[:MOST_REQUESTS])
    return [_open(looked, found), _repeats(looked, found, since)]


def _open(looked: _Looked, rows: Sequence[Any]) -> HealthLine:
    still = [row for row in rows if row.state not in _CLOSED]
    still.sort(key=lambda row: row.reported_at)
    oldest = (looked.now - still[0].reported_at).days if still else 0
    figures = {"count": len(still), "days": oldest}
    tone = Tone.WATCH if still else Tone.GOOD
    cases = tuple(_request_case(row) for row in still[:MOST_SHOWN])
    return HealthLine(LineKind.OPEN_REQUESTS, tone, figures, cases)


def _repeats(looked: _Looked, rows: Sequence[Any], since: datetime) -> HealthLine:
    """Faults of the same asset, or of one category where no asset is named, within the window."""
    groups: dict[tuple[str, object], list[Any]] = defaultdict(list)
    for row in rows:
        if row.kind != FAULT or row.state in _DROPPED or row.reported_at < since:
            continue
        if row.asset_id is not None:
            groups["asset", row.asset_id].append(row)
        elif row.category:
            groups["category", row.category].append(row)
    repeated = [one for one in groups.values() if len(one) >= looked.windows.repeat_count]
    repeated.sort(key=len, reverse=True)
    figures = {
        "groups": len(repeated),
        "count": len(repeated[0]) if repeated else 0,
        "name": _name_of(repeated[0][0]) if repeated else "",
        "of_asset": bool(repeated) and repeated[0][0].asset_id is not None,
        "days": looked.windows.repeat_days,
    }
    cases = tuple(_request_case(row) for group in repeated for row in group)[:MOST_SHOWN]
    tone = Tone.GOOD
    if repeated:
        tone = Tone.ACT if len(repeated[0]) > looked.windows.repeat_count else Tone.WATCH
    return HealthLine(LineKind.REPEATS, tone, figures, cases)


def _name_of(row: Any) -> str:
    return str(row.asset.name if row.asset else row.category)


def _request_case(row: Any) -> HealthCase:
    return HealthCase("request", row.public_id, row.number, (row.symptom,) * 2, row.reported_at)


def _broken(looked: _Looked) -> HealthLine:
    """Promises that are missed and still owed, and those due within the next days."""
    until = looked.now + timedelta(days=looked.windows.due_days)
    owed = owed_to_customer(looked.actor, looked.customer_id, until=until)
    rows = _with_requests(looked, owed)
    missed = [(one, case) for one, case in rows if one.due_at and one.due_at <= looked.now]
    figures = {
        "missed": len(missed),
        "due": len(rows) - len(missed),
        "days": looked.windows.due_days,
    }
    tone = Tone.ACT if missed else Tone.GOOD
    cases = tuple(case for _one, case in (missed or rows)[:MOST_SHOWN])
    return HealthLine(LineKind.BROKEN_PROMISES, tone, figures, cases)


def _with_requests(
    looked: _Looked, owed: Sequence[ObligationView]
) -> list[tuple[ObligationView, HealthCase]]:
    """Each promise with the request it belongs to, its own or its sheet's; of the asset, if one
    is looked at."""
    ids = [one.subject_id for one in owed]
    known: dict[UUID, tuple[UUID, str, int | None]] = {}
    requests = visible_requests(looked.actor).filter(public_id__in=ids)
    for public_id, number, of_asset in requests.values_list("public_id", "number", "asset_id"):
        known[public_id] = (public_id, number, of_asset)
    sheets = visible_work_orders(looked.actor).filter(public_id__in=ids)
    names = ("public_id", "request__public_id", "request__number", "request__asset_id")
    for public_id, of_request, number, of_asset in sheets.values_list(*names):
        known[public_id] = (of_request, number, of_asset)
    found = []
    for one in owed:
        if one.subject_id not in known:
            continue
        request_id, number, asset_id = known[one.subject_id]
        if looked.asset_id and asset_id != looked.asset_id:
            continue
        words = (one.title_zh, one.title_en)
        found.append((one, HealthCase("request", request_id, number, words, one.due_at)))
    return found


def _visits(customer_id: int) -> Visits:
    days = visit_days(customer_id)
    if not days:
        return Visits(None, 0, None, None)
    again_on = days[-1][1]
    return Visits(days[0][0], len(days) - 1, days[-1][0], again_on)


def _overdue_visits(looked: _Looked, visits: Visits) -> HealthLine:
    """Whether somebody should have called on the customer; also when nobody ever did."""
    again_on = visits.again_on
    figures: dict[str, Any] = {
        "returns": visits.returns,
        "first_on": visits.first_on,
        "last_on": visits.last_on,
        "again_on": again_on,
        "late_days": (looked.today - again_on).days if again_on else 0,
        "days": looked.windows.due_days,
    }
    tone = Tone.GOOD
    if again_on and again_on < looked.today:
        tone = Tone.ACT
    elif visits.first_on is None or (
        again_on and (again_on - looked.today).days <= looked.windows.due_days
    ):
        tone = Tone.WATCH
    return HealthLine(LineKind.VISITS, tone, figures)


def _satisfaction(looked: _Looked) -> HealthLine:
    """What the customer answered when he was called back, the newest answers."""
    since = looked.now - timedelta(days=looked.windows.satisfaction_days)
    rows = visible_call_backs(looked.actor).filter(
        request__customer_id=looked.customer_id, reached=True, made_at__gte=since
    )
    if looked.asset_id is not None:
        rows = rows.filter(request__asset_id=looked.asset_id)
    found = list(rows.select_related("request").order_by("-made_at", "-id")[:MOST_ANSWERS])
    bad = [one for one in found if one.satisfaction == Satisfaction.DISSATISFIED or not one.done]
    points = [one.points for one in found if one.points is not None]
    figures = {
        "count": len(found),
        "bad": len(bad),
        "average": sum(points) / len(points) if points else None,
        "days": looked.windows.satisfaction_days,
        "last": found[0].satisfaction if found else "",
    }
    tone = Tone.GOOD
    if bad:
        tone = Tone.ACT if found[0] is bad[0] else Tone.WATCH
    cases = tuple(
        HealthCase(
            "request",
            one.request.public_id,
            one.request.number,
            (one.opinion,) * 2,
            one.made_at,
        )
        for one in (bad or found)[:MOST_SHOWN]
    )
    return HealthLine(LineKind.SATISFACTION, tone, figures, cases)


def _expiring(looked: _Looked) -> HealthLine:
    """Contracts in force that end soon, and whether any other stays in force behind them."""
    running = (
        visible_contracts(looked.actor)
        .filter(customer_id=looked.customer_id, starts_on__lte=looked.today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=looked.today))
        .order_by("ends_on", "id")
    )
    rows = list(running[:MOST_REQUESTS])
    soon_on = looked.today + timedelta(days=looked.windows.expiring_days)
    ending = [(one, one.ends_on) for one in rows if one.ends_on and one.ends_on <= soon_on]
    figures = {
        "running": len(rows),
        "ending": len(ending),
        "days": looked.windows.expiring_days,
        "left": (ending[0][1] - looked.today).days if ending else 0,
    }
    tone = Tone.GOOD
    if ending or not rows:
        tone = Tone.WATCH
    cases = tuple(
        HealthCase("contract", one.public_id, one.number, ("", ""), ends_on - timedelta(days=1))
        for one, ends_on in ending[:MOST_SHOWN]
    )
    return HealthLine(LineKind.EXPIRING, tone, figures, cases)


def _papers(looked: _Looked, customer: CustomerRow) -> HealthLine:
    papers = list_papers(looked.actor, customer_id=customer.public_id)
    missing = [one for one in papers if one.is_missing]
    late = [one for one in missing if one.is_late(looked.today)]
    figures = {"count": len(missing), "late": len(late), "promised": len(papers)}
    tone = Tone.ACT if late else Tone.GOOD
    cases = tuple(
        HealthCase("paper", one.public_id, "", (one.title_zh, one.title_en), one.due_on)
        for one in (late or missing)[:MOST_SHOWN]
    )
    return HealthLine(LineKind.PAPERS, tone, figures, cases)


def _availability(looked: _Looked, asset: AssetRow) -> HealthLine:
    log = downtimes_of_asset(
        looked.actor, asset, days=looked.windows.availability_days, now=looked.now
    )
    down_now = any(one.counts and one.span.ended_at is None for one in log.outages)
    figures = {
        "share": log.share,
        "down_seconds": int(log.down.total_seconds()),
        "outages": sum(one.counts for one in log.outages),
        "days": looked.windows.availability_days,
        "down_now": down_now,
    }
    tone = Tone.GOOD
    if down_now:
        tone = Tone.ACT
    elif log.share is not None and log.share < _HARDLY_DOWN:
        tone = Tone.WATCH
    return HealthLine(LineKind.AVAILABILITY, tone, figures)
