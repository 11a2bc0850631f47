"""Visits to which people go along, as they stand: fixed in time, and somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yinuo.domains.fieldwork.planning import OpenSheet

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class AlongVisit:
    """A visit to which somebody goes along: his time is kept from `leaves`, work is from `begins`
    to `ends` where `sheet` is made."""

    person_id: int
    leaves: datetime
    begins: datetime
    ends: datetime
    sheet: OpenSheet

    def meets(self, span: Span) -> bool:
        """Whether the time kept for it and another time have a moment in common."""
        return span[0] < self.ends and span[1] > self.leaves


def apart(
    visits: Sequence[AlongVisit], away: Iterable[Span]
) -> tuple[list[AlongVisit], list[Span]]:
    """Visits that stand by themselves, and the times of those that do not: where somebody is away,
    or would be in two places, nothing is known but that he is busy."""
    gone = list(away)
    clear, busy = [], []
    for one in visits:
        others = [(each.leaves, each.ends) for each in visits if each is not one]
        if not any(one.meets(span) for span in (*gone, *others)):
            clear.append(one)
        else:
            busy.append((one.leaves, one.ends))
    return clear, busy


def set_out(
    begins: datetime, away: Sequence[Span], visits: Sequence[AlongVisit]
) -> tuple[datetime, OpenSheet | None]:
    """From when somebody who begins then is free, once what keeps him at that moment is over, and
    the last visit among it: that is where he sets out."""
    place: OpenSheet | None = None
    held: list[tuple[datetime, datetime, OpenSheet | None]] = [
        *((begin, end, None) for begin, end in away),
        *((one.leaves, one.ends, one.sheet) for one in visits),
    ]
    for begin, end, sheet in sorted(held, key=lambda one: one[:2]):
        if begin > begins:
            break
        if end > begins:
            begins, place = end, sheet or place
    return begins, place


def by_person(visits: Iterable[AlongVisit]) -> Mapping[int, list[AlongVisit]]:
    """The visits of each person in order of time."""
    found: dict[int, list[AlongVisit]] = {}
    for one in sorted(visits, key=lambda each: (each.leaves, each.sheet.id)):
        found.setdefault(one.person_id, []).append(one)
    return found
