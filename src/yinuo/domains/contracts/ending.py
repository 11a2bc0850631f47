"""Contracts by the day they end, supplements included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yinuo.domains.contracts.models import Contract, Supplement


@dataclass(frozen=True, slots=True)
class InCycle:
    """A part of the cycle: one stage (empty for all), what ends from `today` on within so many
    days (None for all), or what has ended; neither of the two with those that were renewed."""

    today: date
    stage: str = ""
    ending: int | None = None
    ended: bool = False


def in_cycle(contracts: QuerySet[Contract], part: InCycle) -> QuerySet[Contract]:
    """The contracts of that part of the cycle."""
    if part.stage:
        contracts = contracts.filter(stage=part.stage)
    if part.ending is not None:
        contracts = ending_within(contracts, part.ending, part.today)
    if part.ended:
        over = with_ends(contracts, part.today).filter(runs_until__lte=part.today)
        contracts = over.filter(renewals__isnull=True)
    return contracts


def with_ends(contracts: QuerySet[Contract], today: date) -> QuerySet[Any]:
    """Contracts with `runs_until`: their end, as a supplement in effect today may have moved it."""
    moved = Supplement.objects.filter(
        contract=OuterRef("pk"), ends_on__isnull=False, effective_on__lte=today
    )
    last = Subquery(moved.order_by("-effective_on", "-id").values("ends_on")[:1])
    return contracts.annotate(runs_until=Coalesce(last, "ends_on"))


def ending_within(contracts: QuerySet[Contract], days: int, today: date) -> QuerySet[Contract]:
    """Those that end from today on and within so many days, the renewed ones left out."""
    near = (today, today + timedelta(days=days))
    return with_ends(contracts, today).filter(runs_until__range=near, renewals__isnull=True)
