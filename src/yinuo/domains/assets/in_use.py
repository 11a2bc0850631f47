"""Counting the installed base for duties that follow from it. Already scoped by the caller."""

from __future__ import annotations

from django.db.models import Count, Q

from yinuo.domains.assets.models import Asset


def models_in_use(which: Q) -> dict[str, int]:
    """How many assets in use of each model meet the condition, by model; one statement."""
    rows = Asset.objects.filter(which, active=True).values_list("model").annotate(Count("id"))
    return dict(rows.order_by("model"))
