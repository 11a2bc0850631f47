"""Recurring duties and warranty terms, the slow obvious way. Minutes are those of the calendar.

Written from the parts on recurring duties and warranty in `docs/plan-language.md` and from
`docs/algorithms/warranty.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.kernel.reference.minute_calendar import MinuteCalendar
from tests.kernel.reference.minute_periods import parts

Events = dict[str, list[int]]


@dataclass(frozen=True)
class Duty:
    """One recurring clause; lengths are minutes, 0 leaves them out."""

    id: str
    period: str = ""
    times: int = 1
    make_up: int = 0
    partial: str = "full"
    every: int = 0
    from_due: bool = False
    max_gap: int = 0
    min_gap: int = 0


@dataclass(frozen=True)
class Owed:
    """One time the duty was owed."""

    started: int
    due: int
    state: str
    ended: int | None


def kept(duty: Duty, done: Sequence[int], life: tuple[int, int]) -> list[int]:
    """The times it was done; one closer than the least gap to the last that counts is none."""
    found: list[int] = []
    for minute in sorted(done):
        if minute >= life[0] and (not found or minute - found[-1] >= duty.min_gap):
            found.append(minute)
    return found


def owed(
    duty: Duty, done: Sequence[int], life: tuple[int, int], as_of: int, calendar: MinuteCalendar
) -> list[Owed]:
    known = kept(duty, [minute for minute in done if minute <= as_of], life)
    made: list[Owed] = []
    if duty.period:
        made += in_periods(duty, known, life, as_of, calendar)
    if duty.every:
        made += (by_due if duty.from_due else by_done)(duty, known, life, as_of)
    if duty.max_gap:
        made += gaps(duty, known, life, as_of)
    return made


def in_periods(
    duty: Duty, known: list[int], life: tuple[int, int], as_of: int, calendar: MinuteCalendar
) -> list[Owed]:
    made = []
    free = list(known)
    for part in parts(duty.period, life, as_of, calendar):
        times = duty.times
        if part.is_partial and duty.partial == "skipped":
            continue
        if part.is_partial and duty.partial == "prorated":
            times = int(times * part.share())
        if not times:
            continue
        mine = [minute for minute in free if part.begins <= minute < part.ends][:times]
        free = [minute for minute in free if minute not in mine]
        if len(mine) == times:
            made.append(Owed(part.begins, part.ends, "met", mine[-1]))
            continue
        short = times - len(mine)
        late = [minute for minute in free if part.ends <= minute <= part.ends + duty.make_up]
        late = late[:short] if duty.make_up else []
        free = [minute for minute in free if minute not in late]
        state = "missed" if as_of >= part.ends else "running"
        ended = late[-1] if len(late) == short and state == "missed" else None
        made.append(Owed(part.begins, part.ends, state, ended))
    return made


def standing(due: int, ended: int | None, as_of: int) -> str:
    if ended is not None:
        return "met" if ended <= due else "missed"
    return "missed" if as_of > due else "running"


def by_done(duty: Duty, known: list[int], life: tuple[int, int], as_of: int) -> list[Owed]:
    made = []
    begin: int | None = life[0]
    while begin is not None and begin < life[1]:
        due = begin + duty.every
        following = next((minute for minute in known if minute > begin), None)
        if following is not None or due <= life[1]:
            made.append(Owed(begin, due, standing(due, following, as_of), following))
        begin = following
    return made


def by_due(duty: Duty, known: list[int], life: tuple[int, int], as_of: int) -> list[Owed]:
    begins = [life[0]]
    while begins[-1] + duty.every <= min(as_of, life[1]):
        begins.append(begins[-1] + duty.every)
    stretches = [(begin, begin + duty.every) for begin in begins]
    stretches = [pair for pair in stretches if pair[1] <= life[1]]
    free = list(known)
    found: list[int | None] = []
    for begin, due in stretches:
        mine = [minute for minute in free if begin < minute <= due]
        found.append(mine[0] if mine else None)
        free = [minute for minute in free if minute not in mine[:1]]
    for number, (_, due) in enumerate(stretches):
        late = [minute for minute in free if minute > due]
        if found[number] is None and late:
            found[number] = late[0]
            free.remove(late[0])
    return [
        Owed(begin, due, standing(due, ended, as_of), ended)
        for (begin, due), ended in zip(stretches, found, strict=True)
    ]


def gaps(duty: Duty, known: list[int], life: tuple[int, int], as_of: int) -> list[Owed]:
    made = []
    begin = life[0]
    for minute in known:
        if begin < life[1]:
            due = min(begin + duty.max_gap, life[1])
            made.append(Owed(begin, due, standing(due, minute, as_of), minute))
            begin = minute
    if begin + duty.max_gap < life[1]:
        due = begin + duty.max_gap
        made.append(Owed(begin, due, standing(due, None, as_of), None))
    return made


@dataclass(frozen=True)
class Cover:
    """One warranty clause; lengths are minutes, 0 leaves them out."""

    id: str
    term: int
    rule: str = "rest"  # rest, own, longer
    own: int = 0
    usage: int = 0
    voided: bool = False
    transferable: bool = True
    extended: bool = False
    register: int = 0
    unregistered: int = 0


def term_of(
    cover: Cover, begin: int, events: Events, readings: Sequence[tuple[int, int]], as_of: int
) -> tuple[int, int]:
    """Begin and exclusive end of the cover, in the order of `docs/algorithms/warranty.md`."""
    known = {kind: sorted(m for m in found if m <= as_of) for kind, found in events.items()}
    end = begin + cover.term
    if cover.register:
        until = begin + cover.register
        in_time = any(minute <= until for minute in known.get("warranty_registered", ()))
        if not in_time and as_of > until:
            end = begin + cover.unregistered
    if cover.extended:
        natural = end
        for minute in range(begin, min(natural, as_of)):
            end += is_down(known, minute)
    for minute in known.get("repaired", ()):
        if minute >= begin and cover.rule != "rest":
            end = minute + cover.own if cover.rule == "own" else max(end, minute + cover.own)
    ends = [end]
    if cover.usage:
        ends += [minute for minute, hours in readings if minute <= as_of and hours > cover.usage]
    if cover.voided:
        ends += [minute for minute in known.get("modified", ()) if minute >= begin]
    if not cover.transferable:
        ends += [minute for minute in known.get("transferred", ()) if minute >= begin]
    return begin, max(begin, min(ends))


def is_down(known: Events, minute: int) -> bool:
    """Whether the asset is down in a minute: the newest of begin and end before it is a begin."""
    begun = [m for m in known.get("outage_began", ()) if m <= minute]
    ended = [m for m in known.get("outage_ended", ()) if m <= minute]
    return bool(begun) and (not ended or max(ended) < max(begun))
