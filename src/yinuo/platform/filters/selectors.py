"""Reads of kept filters."""

from __future__ import annotations

from yinuo.platform.filters.models import SavedFilter
from yinuo.platform.filters.types import FilterView


def list_filters(user_id: int, page: str) -> tuple[FilterView, ...]:
    """The user's filters of one list (by its path), by name; one query."""
    rows = SavedFilter.objects.filter(user_id=user_id, page=page).order_by("name")
    return tuple(FilterView(row.public_id, row.name, row.query) for row in rows)
