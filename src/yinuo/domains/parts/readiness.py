"""Whether parts are where they are needed: the fill rate of depots (SV-04), and models that
customers have and no depot has a part for (BP-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.network.types import Actor
from yinuo.domains.parts.policies import (
    visible_asks,
    visible_balances,
    visible_depots,
    visible_parts,
)
from yinuo.domains.parts.request_types import AskState
from yinuo.domains.parts.types import Condition

# What was asked in error says nothing of a depot.
_CANCELLED = AskState.CANCELLED.value


@dataclass(frozen=True, slots=True)
class FillRate:
    """For how many requests for parts a depot was the nearest, and how many of them it had
    everything for when somebody asked."""

    depot_id: UUID
    depot_name: str
    unit_name: str
    asked: int
    filled: int

    @property
    def share(self) -> Decimal | None:
        """Percent filled at once, with one decimal, rounded down; None where nothing was asked."""
        return Decimal(self.filled * 1000 // self.asked) / 10 if self.asked else None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A model that customers have and for which no visible depot holds a part.

    `is_known`: the catalogue has a part that fits, it is only not in stock.
    """

    model: str
    asset_class: str
    assets: int
    customers: int
    is_known: bool


def fill_rates(actor: Actor, since: datetime, until: datetime) -> list[FillRate]:
    """Each visible depot with what was needed next to it from `since` until before `until`; the
    lowest share leading, depots where nothing was needed at the end. Two statements."""
    asks = visible_asks(actor).filter(asked_at__gte=since, asked_at__lt=until)
    counted = asks.exclude(state=_CANCELLED).order_by().values_list("nearest_id")
    counts = {
        depot_id: (asked, filled)
        for depot_id, asked, filled in counted.annotate(
            Count("id"), filled_count=Count("id", filter=Q(filled=True))
        )
    }
    depots = visible_depots(actor).filter(active=True).select_related("unit").order_by("id")
    found = [
        FillRate(one.public_id, one.name, one.unit.name, *counts.get(one.pk, (0, 0)))
        for one in depots
    ]
    return sorted(found, key=lambda one: (one.share is None, one.share or Decimal(0), -one.asked))


def uncovered_models(actor: Actor) -> list[Uncovered]:
    """Models of visible assets in use for which no visible depot has a good part on hand, by model
    or by class; those with the most assets leading. Three statements."""
    named = visible_assets(actor).filter(active=True).exclude(model="").order_by()
    counts = named.values_list("model", "asset_class").annotate(
        Count("id"), Count("customer", distinct=True)
    )
    stocked = visible_balances(actor).filter(
        condition=Condition.GOOD.value, on_hand__gt=0, part__active=True
    )
    fits = stocked.order_by().values_list("part__models_fitted", "part__classes_fitted").distinct()
    known = visible_parts(actor).filter(active=True).order_by()
    here = _Fitting(fits)
    anywhere = _Fitting(known.values_list("models_fitted", "classes_fitted"))
    found = [
        Uncovered(model, asset_class, assets, customers, anywhere.covers(model, asset_class))
        for model, asset_class, assets, customers in counts
        if not here.covers(model, asset_class)
    ]
    return sorted(found, key=lambda one: (-one.assets, one.model, one.asset_class))


class _Fitting:
    """Models and classes that some parts fit, written either way."""

    def __init__(self, rows: QuerySet[Any, tuple[list[str], list[str]]]) -> None:
        pairs = list(rows)
        self._models = {one.casefold() for models, _ in pairs for one in models}
        self._classes = {one.casefold() for _, classes in pairs for one in classes}

    def covers(self, model: str, asset_class: str) -> bool:
        """Whether one of the parts fits this model, or its class."""
        return model.casefold() in self._models or asset_class.casefold() in self._classes
