"""The components a sheet says were replaced, out of what is stored on it."""

from __future__ import annotations

from uuid import UUID

from yinuo.domains.assets.types import Replacement
from yinuo.domains.fieldwork.models import WorkOrder
from yinuo.domains.fieldwork.types import ReplacedComponent


def replaced_of(order: WorkOrder) -> tuple[ReplacedComponent, ...]:
    """What was replaced, as components were called when the report was written."""
    return tuple(
        ReplacedComponent(
            UUID(one["component"]), one["name"], one["out"], one["model"], one["serial"]
        )
        for one in order.replaced
    )


def replacements_of(order: WorkOrder) -> tuple[Replacement, ...]:
    """The same as a report states it."""
    return tuple(Replacement(one.component_id, one.model, one.serial) for one in replaced_of(order))


def replaced_lines(order: WorkOrder) -> str:
    """The same in words, one component a line, for the paper."""
    return "\n".join(
        f"{one.name} {one.out} → {' '.join(filter(None, (one.model, one.serial))) or '—'}"
        for one in replaced_of(order)
    )
