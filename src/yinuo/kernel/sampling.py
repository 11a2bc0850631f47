"""Drawing a share of cases so that everybody can draw the same again (B-62)."""

from __future__ import annotations

from datetime import date
from hashlib import md5
from uuid import UUID

WHOLE = 100
_DIGITS = 7


def lot(case_id: UUID, day: date) -> int:
    """The lot of a case, 0 to 99: the same whenever it is drawn for that day, by nobody's choice.

    The database draws alike: the first seven hexadecimal digits of md5 over id and ISO day.

    >>> lot(UUID(int=1), date(2026, 9, 1)) == lot(UUID(int=1), date(2026, 9, 1))
    True
    """
    seed = f"{case_id}{day.isoformat()}".encode()
    return int(md5(seed, usedforsecurity=False).hexdigest()[:_DIGITS], 16) % WHOLE


def is_drawn(case_id: UUID, day: date, percent: int) -> bool:
    """True when the case is among so many percent of its day; a greater share keeps all of a
    smaller one."""
    return lot(case_id, day) < percent
