"""Contracts by the day they end, supplements included."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yinuo.domains.contracts.models import Contract, Supplement


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
