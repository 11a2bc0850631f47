"""What the address of a list of calls or turns narrows it to, and what may be chosen there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from yinuo.domains.network.types import Actor
from yinuo.domains.oncall.selectors import list_rotas, people_of_rotas
from yinuo.domains.oncall.types import Narrowed
from yinuo.platform.identifiers import parse_public_id
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.periods import is_period, periods, span_of


@dataclass(frozen=True, slots=True)
class DutyFilters:
    """What is chosen, as the address has it, and the choices; `older` is a period that is chosen
    and no longer offered. `rotas` is empty where the page is that of one rota."""

    narrowed: Narrowed
    period: str
    older: str
    months: list[date]
    years: list[str]
    person: str
    people: list[tuple[str, str]]
    rota: str
    rotas: list[tuple[str, str]]

    @property
    def is_narrowed(self) -> bool:
        """True when an empty list is the filters' doing."""
        return bool(self.period or self.person or self.rota)


def duty_filters(request: HttpRequest, rota_id: object = None) -> DutyFilters:
    """By `period`, `person` and, where the page is not that of a rota, `rota`. What is no month or
    id narrows nothing."""
    actor, given = actor_of(request), request.GET
    period = given.get("period", "")
    period = period if is_period(period) else ""
    offered = periods(timezone.localdate(), period)
    span = span_of(period) if period else None
    person = _id(given.get("person", ""))
    rota = "" if rota_id else _id(given.get("rota", ""))
    return DutyFilters(
        narrowed=Narrowed(
            rota_id=rota_id or rota or None,
            person_id=person or None,
            since=span.since if span else None,
            until=span.until if span else None,
        ),
        period=period,
        older="" if offered.chosen == period else period,
        months=offered.months,
        years=offered.years,
        person=person,
        people=[(str(one), name) for one, name in people_of_rotas(actor)],
        rota=rota,
        rotas=[] if rota_id else _rotas(actor),
    )


def _rotas(actor: Actor) -> list[tuple[str, str]]:
    return [(str(one.public_id), f"{one.unit_name} · {one.data.name}") for one in list_rotas(actor)]


def _id(given: str) -> str:
    found = parse_public_id(given)
    return str(found) if found else ""
