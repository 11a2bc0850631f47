"""The windows of the health record: read with their defaults, set by whoever runs the company."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.feedback.health_models import FEWEST_DAYS, MOST_DAYS, HealthWindows
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, InvalidInput
from yinuo.platform.journal.work import stored, writing

FEWEST_REPEATS, MOST_REPEATS = 2, 100


@dataclass(frozen=True, slots=True)
class Windows:
    """How far the health record looks, in days, and how many requests make a repeat."""

    repeat_days: int = 90
    repeat_count: int = 2
    satisfaction_days: int = 365
    expiring_days: int = 90
    due_days: int = 14
    availability_days: int = 365


def health_windows() -> Windows:
    """The windows as set; the defaults until somebody sets them. One query."""
    row = HealthWindows.objects.first()
    if row is None:
        return Windows()
    return Windows(**{one.name: getattr(row, one.name) for one in fields(Windows)})


def windows_version() -> int:
    """The version that a change is based on; 0 while nobody set them."""
    row = HealthWindows.objects.first()
    return row.version if row else 0


def set_health_windows(*, actor: Actor, version: int, windows: Windows, now: datetime) -> UUID:
    """Set the windows for the whole company; gives the public id of the row.

    Raises Forbidden without the right to change units, InvalidInput for a window of less than a
    day or more than five years, Conflict when somebody was faster.
    """
    require(actor, Permission.UNIT_WRITE)
    _check(windows)
    with writing(actor=actor, now=now) as work:
        row, made = HealthWindows.objects.select_for_update().get_or_create()
        before = {one.name: getattr(row, one.name) for one in fields(Windows)}
        if made != (version == 0):
            raise Conflict(details={"yours": version, "present": row.version})
        stored(row, expected_version=row.version if made else version, changes=asdict(windows))
        work.audit("health_windows.set", row, before=before, after=asdict(windows))
        return row.public_id


def _check(windows: Windows) -> None:
    problems: dict[str, str] = {}
    for name, value in asdict(windows).items():
        if name == "repeat_count":
            if not FEWEST_REPEATS <= value <= MOST_REPEATS:
                problems[name] = _("Give a number from 2 to 100.")
        elif not FEWEST_DAYS <= value <= MOST_DAYS:
            problems[name] = _("Give a number of days from 1 to 1830.")
    if problems:
        raise InvalidInput(problems)
