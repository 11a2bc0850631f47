"""Notes on facts: what was left out or reconciled, so that nobody wonders."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from yinuo.kernel.evaluation.results import Note
from yinuo.kernel.evaluation.subjects import World
from yinuo.kernel.facts import Fact, in_order, not_counted
from yinuo.kernel.plan.text import Text

_WHY = {
    "repeated": Text("重复", "is repeated"),
    "taken_back": Text("已被更正或撤销", "was corrected or withdrawn"),
}
_ONCE = frozenset({"reported", "restored", "arrived", "responded", "cancelled", "resolved"})


def notes_on(world: World, zone: ZoneInfo) -> tuple[Note, ...]:
    """Notes by subject: facts of the future, repeats, contradictions, clocks that run ahead."""
    found = [_future(fact) for fact in world.future]
    for name in world.names():
        facts = world.grouped[name]
        kept = in_order(facts)
        if len(kept) < len(facts):
            found.extend(_left_out(fact, why, zone) for fact, why in not_counted(facts))
        found.extend(_contradictions(name, kept))
        found.extend(_heard_before(fact) for fact in kept if fact.received_at < fact.occurred_at)
    return tuple(sorted(set(found), key=_note_order))


def _future(fact: Fact) -> Note:
    zh = f"“{fact.kind}”发生在评估时刻之后，未计入"
    en = f'"{fact.kind}" occurred after the instant evaluated; not counted'
    return Note(fact.subject, "future", Text(zh, en))


def _left_out(fact: Fact, why: str, zone: ZoneInfo) -> Note:
    at = fact.occurred_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    reason = _WHY[why]
    zh = f"{at} 的“{fact.kind}”{reason.zh}，未计入"
    en = f'"{fact.kind}" of {at} {reason.en}; not counted'
    return Note(fact.subject, "left_out", Text(zh, en))


def _heard_before(fact: Fact) -> Note:
    zh = f"“{fact.kind}”的收到时间早于发生时间"
    return Note(
        fact.subject, "heard_before", Text(zh, f'"{fact.kind}" was received before it occurred')
    )


def _contradictions(name: str, facts: list[Fact]) -> list[Note]:
    seen: set[str] = set()
    notes: list[Note] = []
    for fact in facts:
        if fact.kind in _ONCE and fact.kind in seen:
            zh = f"有多条“{fact.kind}”，以最早的为准"
            notes.append(
                Note(name, "contradictory", Text(zh, f'several "{fact.kind}"; the earliest counts'))
            )
        seen.add(fact.kind)
    return notes


def _note_order(note: Note) -> tuple[str, str, str]:
    return (note.subject, note.code, note.text.en)
