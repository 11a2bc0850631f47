"""What a customer approves: the plan in one fixed form, and its hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from yinuo.domains.fieldwork.contents import content_hash
from yinuo.domains.relocations.models import Relocation, RelocationStep

_TEXTS = ("position", "what", "who", "interruption_minutes", "check_how", "roll_back")


def plan_hash(relocation: Relocation, steps: Iterable[RelocationStep]) -> str:
    """The hash of title, purpose, revision and every step as planned."""
    return content_hash(
        {
            "number": relocation.number,
            "revision": relocation.revision,
            "title": relocation.title,
            "text": relocation.text,
            "steps": [
                {name: getattr(one, name) for name in _TEXTS}
                | {
                    "from": one.planned_from.astimezone(UTC).isoformat(),
                    "to": one.planned_to.astimezone(UTC).isoformat(),
                    "parallel": one.is_parallel,
                }
                for one in steps
            ],
        }
    )
