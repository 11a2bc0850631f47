"""Contracts by the day they end, supplements included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yinuo.domains.contracts.models import Contract, Supplement


@dataclass(frozen=True, slots=True)
class InCycle:
    """A part of the cycle: one stage (empty for all), or what ends from `today` on within so many
    days (None for all)."""

    today: date
    stage: str = ""
    ending: int | None = None


def in_cycle(contracts: QuerySet[Contract], part: InCycle) -> QuerySet[Contract]:
    """The contracts of that part of the cycle."""
    if part.stage:
        contracts = contracts.filter(stage=part.stage)
    if part.ending is not None:
        contracts = ending_within(contracts, part.ending, part.today)
    return contracts


def ending_within(contracts: QuerySet[Contract], days: int, today: date) -> QuerySet[Contract]:
    """Those that end from today on and within so many days, the renewed ones left out.

    A supplement in effect today may have moved the end.
    """
    moved = Supplement.objects.filter(
        contract=OuterRef("pk"), ends_on__isnull=False, effective_on__lte=today
    )
    last = Subquery(moved.order_by("-effective_on", "-id").values("ends_on")[:1])
    ends = contracts.annotate(runs_until=Coalesce(last, "ends_on"))
    near = (today, today + timedelta(days=days))
    return ends.filter(runs_until__range=near, renewals__isnull=True)
