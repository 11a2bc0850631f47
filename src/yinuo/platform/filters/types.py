"""What kept filters hand out."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FilterView:
    """A kept filter: its name and the query (without `?`) of its list."""

    public_id: UUID
    name: str
    query: str
