"""Series of visits and visits due."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from yinuo.domains.prevention.days import SuitingDay
from yinuo.domains.prevention.suggestions import Suggestion
from yinuo.domains.prevention.types import DueRow, Planned, ReadingRow, SeriesRow, TalkRow
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)


class VisitRhythm(BaseModel):
    """How a series comes again; `promise`: as a clause of its contract says."""

    rhythm: str
    starts_on: DayText
    ends_on: DayText | None
    every: str
    seasons: list[list[str]]
    every_days: int | None
    usage_every: str | None
    usage_unit: str
    make_up_days: int


class DaysAhead(BaseModel):
    """How many days before a visit the customer is spoken to, and told again."""

    contact_from: int
    contact_by: int
    remind_from: int
    remind_by: int


class VisitSeriesShape(BaseModel):
    """A series of visits."""

    id: IdText
    version: int
    kind: str
    title: TwoLanguages
    work: str
    rhythm: VisitRhythm
    leads: DaysAhead
    checklist: str
    tells_customer: bool
    unit_name: str
    customer_id: IdText
    customer_name: str
    site_id: IdText | None
    asset_id: IdText | None
    contact_id: IdText | None
    contract_id: IdText | None
    clause: str
    person_id: IdText | None
    person_name: str
    created_at: InstantText
    created_by: str
    ended_at: InstantText | None
    end_reason: str
    next_due_on: DayText | None
    held: int


class VisitSeriesPage(BaseModel):
    """A page of series."""

    items: list[VisitSeriesShape]
    next_cursor: str


class MeterReading(BaseModel):
    """What the meter of a series showed."""

    id: IdText
    read_on: DayText
    value: str
    recorded_by: str


class MeterReadings(BaseModel):
    """The last readings, the newest leading."""

    items: list[MeterReading]


class DueVisitShape(BaseModel):
    """A visit due. `miss_costs` only for who may see money."""

    id: IdText
    version: int
    state: str
    series_id: IdText
    kind: str
    title: TwoLanguages
    unit_name: str
    customer_id: IdText
    customer_name: str
    site_name: str
    asset_name: str
    period: str
    begins_on: DayText
    due_on: DayText
    planned_on: DayText | None
    make_good_until: DayText | None
    late_days: int
    miss_costs: MoneyText | None
    agreed_for: InstantText | None
    agreed_with: str
    agreed: str
    reminded_at: InstantText | None
    reason: str
    request_id: IdText | None
    sheet_id: IdText | None
    sheet_number: str
    sheet_state: str
    engineer: str
    held_on: DayText | None
    outcome: str
    obligation_id: IdText | None


class DueVisits(BaseModel):
    """A page of visits due."""

    items: list[DueVisitShape]
    next_cursor: str


class VisitTalk(BaseModel):
    """What was said to whom before a visit."""

    kind: str
    at: InstantText
    by: str
    with_whom: str
    agreed_for: InstantText | None
    words: str


class VisitTalks(BaseModel):
    """What was said before a visit, the latest leading."""

    items: list[VisitTalk]


class ProposedDay(BaseModel):
    """A day that suits a visit: the nearest stop of that day and how far it is, if there is one."""

    on: DayText
    km: float | None
    customer_name: str
    engineer: str
    stops: int


class ProposedDays(BaseModel):
    """The days that suit best, the best one leading."""

    items: list[ProposedDay]


class LeftVisit(BaseModel):
    """A visit that could not be planned, by its customer, with the reason."""

    customer_name: str
    reason: str


class PlannedVisits(BaseModel):
    """What planning several visits came to."""

    planned: int
    sheets: int
    left: list[LeftVisit]


class SuggestedVisit(BaseModel):
    """A visit that records suggest; `figures` are the numbers behind its ground."""

    key: str
    ground: str
    customer_id: IdText
    customer_name: str
    asset_id: IdText | None
    asset_name: str
    figures: dict[str, str | int]


class SuggestedVisits(BaseModel):
    """What records suggest, repeats leading."""

    items: list[SuggestedVisit]


def suggested(one: Suggestion) -> dict[str, Any]:
    """SuggestedVisit."""
    return {
        "key": one.key,
        "ground": one.ground.value,
        "customer_id": str(one.customer_public_id),
        "customer_name": one.customer_name,
        "asset_id": id_or_none(one.asset_public_id),
        "asset_name": one.asset_name,
        "figures": dict(one.figures),
    }


def proposed_day(day: SuitingDay) -> dict[str, Any]:
    """ProposedDay."""
    return {
        "on": day.on.isoformat(),
        "km": day.km,
        "customer_name": day.customer,
        "engineer": day.engineer,
        "stops": day.stops,
    }


def planned(done: Planned) -> dict[str, Any]:
    """PlannedVisits."""
    return {
        "planned": done.planned,
        "sheets": done.sheets,
        "left": [{"customer_name": name, "reason": why} for name, why in done.left],
    }


def series(row: SeriesRow) -> dict[str, Any]:
    """VisitSeriesShape."""
    beat = row.beat
    return {
        "id": str(row.public_id),
        "version": row.version,
        "kind": row.kind,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "work": row.work,
        "rhythm": {
            "rhythm": beat.rhythm,
            "starts_on": beat.starts_on.isoformat(),
            "ends_on": day_or_none(beat.ends_on),
            "every": beat.every,
            "seasons": [list(one) for one in beat.seasons],
            "every_days": beat.every_days,
            "usage_every": None if beat.usage_every is None else str(beat.usage_every),
            "usage_unit": beat.usage_unit,
            "make_up_days": beat.make_up_days,
        },
        "leads": asdict(row.leads),
        "checklist": row.checklist,
        "tells_customer": row.tells_customer,
        "unit_name": row.unit_name,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "site_id": id_or_none(row.site_public_id),
        "asset_id": id_or_none(row.asset_public_id),
        "contact_id": id_or_none(row.contact_public_id),
        "contract_id": id_or_none(row.contract_public_id),
        "clause": row.clause,
        "person_id": id_or_none(row.person_public_id),
        "person_name": row.person_name,
        "created_at": instant(row.created_at),
        "created_by": row.created_by,
        "ended_at": instant_or_none(row.ended_at),
        "end_reason": row.end_reason,
        "next_due_on": day_or_none(row.next_due_on),
        "held": row.held,
    }


def due_visit(row: DueRow) -> dict[str, Any]:
    """DueVisitShape."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "state": row.state,
        "series_id": str(row.series_public_id),
        "kind": row.kind,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "unit_name": row.unit_name,
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "site_name": row.site_name,
        "asset_name": row.asset_name,
        "period": row.period,
        "begins_on": row.begins_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "planned_on": day_or_none(row.planned_on),
        "make_good_until": day_or_none(row.make_good_until),
        "late_days": row.late_days,
        "miss_costs": money_or_none(row.stake),
        "agreed_for": instant_or_none(row.agreed_for),
        "agreed_with": row.agreed_with,
        "agreed": row.agreed,
        "reminded_at": instant_or_none(row.reminded_at),
        "reason": row.reason,
        "request_id": id_or_none(row.request_public_id),
        "sheet_id": id_or_none(row.sheet_public_id),
        "sheet_number": row.sheet_number,
        "sheet_state": row.sheet_state,
        "engineer": row.engineer,
        "held_on": day_or_none(row.held_on),
        "outcome": row.outcome,
        "obligation_id": id_or_none(row.obligation_id),
    }


def talk(row: TalkRow) -> dict[str, Any]:
    """VisitTalk."""
    return {
        "kind": row.kind,
        "at": instant(row.at),
        "by": row.by,
        "with_whom": row.with_whom,
        "agreed_for": instant_or_none(row.agreed_for),
        "words": row.words,
    }


def reading(row: ReadingRow) -> dict[str, Any]:
    """MeterReading."""
    return {
        "id": str(row.public_id),
        "read_on": row.read_on.isoformat(),
        "value": str(row.value),
        "recorded_by": row.recorded_by,
    }
