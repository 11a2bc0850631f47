"""Holding the work of a request: no sheet of it departs or is worked on until it is released.

Whoever makes work wait (a letter of contact that is not confirmed by both sides, LV-11) places and
releases its own hold by its number, and has checked the rights.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.fieldwork.hold_models import WorkHold
from yinuo.platform.errors import IllegalMove

HELD_STEPS = frozenset({"departed", "worked"})


def place_hold(*, request_pk: int, number: str, now: datetime) -> None:
    """Hold the work of a request until what has this number is agreed; twice is once."""
    WorkHold.objects.get_or_create(
        request_id=request_pk, number=number, defaults={"placed_at": now}
    )


def release_holds(*, request_pk: int, now: datetime, number: str = "") -> None:
    """Let the work go on as far as this number held it; every hold when none is given."""
    holds = WorkHold.objects.filter(request_id=request_pk, released_at=None)
    (holds.filter(number=number) if number else holds).update(released_at=now)


def holds_of(request_pk: int) -> list[str]:
    """Numbers of what has to be agreed before the work goes on, the oldest first."""
    holds = WorkHold.objects.filter(request_id=request_pk, released_at=None)
    return list(holds.order_by("id").values_list("number", flat=True))


def require_no_hold(request_pk: int, kind: str) -> None:
    """Pass unless this step is held; else IllegalMove that names what has to be agreed."""
    held = holds_of(request_pk) if kind in HELD_STEPS else []
    if held:
        numbers = ", ".join(held)
        message = _("Nothing more is done until both sides have confirmed %(numbers)s.")
        raise IllegalMove(message % {"numbers": numbers}, details={"waits_for": held})
