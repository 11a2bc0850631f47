"""Reading series and due visits; every function is limited to what the actor may see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.keeping import beat_of, zone_of
from yinuo.domains.prevention.models import IS_OPEN, DueVisit, Series
from yinuo.domains.prevention.policies import visible_due_visits, visible_series
from yinuo.domains.prevention.times import COMES_AT, TOLD, comes_at, is_told
from yinuo.domains.prevention.types import (
    OPEN,
    DueRow,
    DueView,
    Leads,
    ReadingRow,
    Recurrence,
    SeriesKind,
    SeriesRow,
    Standing,
    TalkRow,
)
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

SOON_DAYS = 30
MOST_BESIDE, MOST_TALKS, MOST_READINGS = 8, 50, 24
_SETTLED = [Standing.HELD.value, Standing.SKIPPED.value, Standing.MISSED.value]
RELATED = (
    *("series__site", "series__asset__site", "series__person", "customer", "unit"),
    *("request", "sheet__assignee"),
)


def list_due_visits(
    actor: Actor,
    *,
    now: datetime,
    view: str = DueView.OPEN.value,
    kind: str = "",
    customer_id: object = None,
    series_id: object = None,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[DueRow]:
    """Visible visits of a view: overdue first, by what a miss costs, then by their day; those over
    by the day they were due, the newest leading. `text` narrows by customer or title."""
    found = _of_view(visible_due_visits(actor), view, today_of(now))
    if kind in set(SeriesKind):
        found = found.filter(series__kind=kind)
    if customer_id is not None:
        found = found.filter(customer__public_id=identity(customer_id))
    if series_id is not None:
        found = found.filter(series__public_id=identity(series_id))
    if word := text.strip():
        title = Q(series__title_zh__icontains=word) | Q(series__title_en__icontains=word)
        found = found.filter(title | Q(customer__name__holds=word))
    order: tuple[str, ...] = ("-late", "-stake", "due_on", "id")
    if view in (DueView.HELD, DueView.OVER):
        order = ("-due_on", "-id")
    rows = found.select_related(*RELATED)
    page = page_of(rows, order=order, cursor=cursor, limit=limit)
    return page.map(lambda one: due_row(actor, one, now))


def get_due_visit(actor: Actor, visit_id: object, now: datetime) -> DueRow:
    """One visible visit; NotFound otherwise."""
    found = one_of(visible_due_visits(actor).select_related(*RELATED), visit_id)
    return due_row(actor, found, now)


def count_due_visits(actor: Actor, now: datetime) -> dict[str, int]:
    """How many visible visits each view has that asks for something; one statement."""
    today = today_of(now)
    found = _with_days(visible_due_visits(actor)).filter(IS_OPEN)
    return found.aggregate(
        **{view.value: Count("pk", filter=which) for view, which in _views(today).items()}
    )


def talks_of(actor: Actor, visit_id: object) -> list[TalkRow]:
    """What was said before a visible visit, the latest leading."""
    visit = one_of(visible_due_visits(actor), visit_id)
    return [
        TalkRow(one.kind, one.at, one.by, one.with_whom, one.agreed_for, one.words)
        for one in visit.talks.order_by("-id")[:MOST_TALKS]
    ]


def visits_of_customer(actor: Actor, customer_id: object, now: datetime) -> list[DueRow]:
    """The first open visits of a customer; none without the right."""
    return _beside(actor, Q(customer__public_id=identity(customer_id)), now)


def visits_of_contract(actor: Actor, contract_id: object, now: datetime) -> list[DueRow]:
    """The first open visits that a contract promises; none without the right."""
    return _beside(actor, Q(series__contract__public_id=identity(contract_id)), now)


def visit_of_request(actor: Actor, request_id: object, now: datetime) -> DueRow | None:
    """The visit that a request carries out; None for any other request."""
    found = visible_due_visits(actor).filter(request__public_id=identity(request_id))
    row = found.select_related(*RELATED).first()
    return due_row(actor, row, now) if row else None


def list_series(
    actor: Actor,
    *,
    customer_id: object = None,
    kind: str = "",
    ended: bool = False,
    text: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[SeriesRow]:
    """Visible series, newest first, of one customer when named; those that ended when asked."""
    found = visible_series(actor).filter(ended_at__isnull=not ended)
    if customer_id is not None:
        found = found.filter(customer__public_id=identity(customer_id))
    if kind in set(SeriesKind):
        found = found.filter(kind=kind)
    if word := text.strip():
        title = Q(title_zh__icontains=word) | Q(title_en__icontains=word)
        found = found.filter(title | Q(customer__name__holds=word))
    return page_of(_counted(found), order=("-id",), cursor=cursor, limit=limit).map(_series)


def get_series(actor: Actor, series_id: object) -> SeriesRow:
    """One visible series; NotFound otherwise."""
    return _series(one_of(_counted(visible_series(actor)), series_id))


def readings_of(actor: Actor, series_id: object) -> list[ReadingRow]:
    """The last readings of a visible series' meter, the newest leading."""
    series = one_of(visible_series(actor), series_id)
    return [
        ReadingRow(one.public_id, one.read_on, one.value, one.recorded_by)
        for one in series.readings.order_by("-read_on")[:MOST_READINGS]
    ]


def today_of(now: datetime) -> date:
    """The company's day."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _beside(actor: Actor, which: Q, now: datetime) -> list[DueRow]:
    if not actor.may(Permission.PREVENTION_READ):
        return []
    found = visible_due_visits(actor).filter(which & IS_OPEN).select_related(*RELATED)
    return [due_row(actor, one, now) for one in found.order_by("due_on", "id")[:MOST_BESIDE]]


def _views(today: date) -> dict[DueView, Q]:
    soon = Q(due_on__lte=today + timedelta(days=SOON_DAYS))
    return {
        DueView.SOON: soon | ~Q(state=Standing.DUE),
        DueView.OVERDUE: Q(due_on__lt=today),
        DueView.CONTACT: Q(state=Standing.DUE, contact_on__lte=today),
        DueView.REMIND: ~TOLD & Q(remind_on__lte=today),
    }


def _of_view(rows: QuerySet[DueVisit], view: str, today: date) -> QuerySet[Any]:
    late = Case(
        When(IS_OPEN & Q(due_on__lt=today), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = _with_days(rows).annotate(late=late)
    if view == DueView.ALL:
        return rows
    if view == DueView.HELD:
        return rows.filter(state=Standing.HELD)
    if view == DueView.OVER:
        return rows.filter(state__in=_SETTLED)
    if view == DueView.OPEN:
        return rows.filter(IS_OPEN)
    views = _views(today)
    return rows.filter(IS_OPEN, views[DueView(view)]) if view in views else rows.none()


def _with_days(rows: QuerySet[DueVisit]) -> QuerySet[Any]:
    """With the days from which the customer is to be spoken to, and told again."""
    zone = ZoneInfo(settings.TIME_ZONE)
    contact = Coalesce("planned_on", "due_on") - F("series__contact_from")
    remind = TruncDate("comes_at", tzinfo=zone) - F("series__remind_from")
    return rows.annotate(comes_at=COMES_AT).annotate(
        contact_on=ExpressionWrapper(contact, output_field=DateField()),
        remind_on=ExpressionWrapper(remind, output_field=DateField()),
    )


def _counted(rows: QuerySet[Series]) -> QuerySet[Any]:
    related = ("customer", "unit", "site", "asset", "contact", "contract", "person")
    return rows.select_related(*related).annotate(
        next_due_on=Min("visits__due_on", filter=Q(visits__state__in=sorted(OPEN))),
        held=Count("visits", filter=Q(visits__state=Standing.HELD)),
    )


def _series(one: Any) -> SeriesRow:
    return SeriesRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        title_zh=one.title_zh,
        title_en=one.title_en,
        work=one.work,
        beat=beat_of(one),
        leads=Leads(one.contact_from, one.contact_by, one.remind_from, one.remind_by),
        checklist=one.checklist,
        tells_customer=one.tells_customer,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        site_public_id=one.site.public_id if one.site else None,
        site_name=one.site.name if one.site else "",
        asset_public_id=one.asset.public_id if one.asset else None,
        asset_name=one.asset.name if one.asset else "",
        contact_public_id=one.contact.public_id if one.contact else None,
        contact_name=one.contact.name if one.contact else "",
        contract_public_id=one.contract.public_id if one.contract else None,
        contract_number=one.contract.number if one.contract else "",
        clause=one.clause,
        person_public_id=one.person.public_id if one.person else None,
        person_name=one.person.name if one.person else "",
        created_at=one.created_at,
        created_by=one.created_by,
        ended_at=one.ended_at,
        end_reason=one.end_reason,
        next_due_on=one.next_due_on,
        held=one.held,
    )


def due_row(actor: Actor, one: DueVisit, now: datetime) -> DueRow:
    """The frozen form of a visit loaded with what it names."""
    zone = zone_of(one.series)
    late = (now.astimezone(ZoneInfo(zone)).date() - one.due_on).days
    sees_money = actor.may(Permission.EXPOSURE_READ, one.unit_id)
    return DueRow(
        public_id=one.public_id,
        version=one.version,
        state=one.state,
        unit_id=one.unit_id,
        unit_name=one.unit.name,
        customer_public_id=one.customer.public_id,
        customer_name=one.customer.name,
        zone=zone,
        period=one.period,
        begins_on=one.begins_on,
        due_on=one.due_on,
        planned_on=one.planned_on,
        make_good_until=one.make_good_until,
        late_days=late if late > 0 and one.state in OPEN else 0,
        stake=one.stake if sees_money and one.stake else None,
        agreed_for=comes_at(one),
        agreed_with=one.agreed_with,
        agreed=one.agreed,
        reminded_at=one.reminded_at if is_told(one) else None,
        reason=one.reason,
        held_on=one.held_on,
        outcome=one.outcome,
        obligation_id=one.obligation_id,
        **_of_series(one.series),
        **_of_sheet(one),
        **_days_ahead(one, zone),
    )


def _of_series(series: Series) -> dict[str, Any]:
    return {
        "series_public_id": series.public_id,
        "kind": series.kind,
        "title_zh": series.title_zh,
        "title_en": series.title_en,
        "is_of_promise": series.rhythm == Recurrence.PROMISE,
        "site_name": series.site.name if series.site else "",
        "asset_name": series.asset.name if series.asset else "",
        "person_name": series.person.name if series.person else "",
    }


def _of_sheet(one: DueVisit) -> dict[str, Any]:
    sheet, request = one.sheet, one.request
    return {
        "request_public_id": request.public_id if request else None,
        "request_number": request.number if request else "",
        "sheet_public_id": sheet.public_id if sheet else None,
        "sheet_number": sheet.number if sheet else "",
        "sheet_state": sheet.state if sheet else "",
        "engineer": sheet.assignee.name if sheet and sheet.assignee else "",
    }


def _days_ahead(one: DueVisit, zone: str) -> dict[str, Any]:
    """From when to when the customer is spoken to, and told again."""
    series, starts_on = one.series, one.planned_on or one.due_on
    at = comes_at(one)
    agreed_on = at.astimezone(ZoneInfo(zone)).date() if at else None
    return {
        "contact_on": starts_on - timedelta(days=series.contact_from),
        "contact_by": starts_on - timedelta(days=series.contact_by),
        "remind_on": agreed_on - timedelta(days=series.remind_from) if agreed_on else None,
        "remind_by": agreed_on - timedelta(days=series.remind_by) if agreed_on else None,
    }
