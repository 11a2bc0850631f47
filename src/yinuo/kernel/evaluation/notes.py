"""Notes on facts: what was left out or reconciled, so that nobody wonders."""

from __future__ import annotations

from yinuo.kernel.evaluation.results import Note
from yinuo.kernel.evaluation.subjects import World
from yinuo.kernel.facts import Fact, in_order
from yinuo.kernel.plan.text import Text

_ONCE = frozenset({"reported", "restored", "arrived", "responded", "cancelled", "resolved"})


def notes_on(world: World) -> tuple[Note, ...]:
    """Notes by subject: facts of the future, repeats, contradictions, clocks that run ahead."""
    found = [_future(fact) for fact in world.future]
    for name in world.names():
        facts = world.grouped[name]
        kept = in_order(facts)
        if len(kept) < len(facts):
            found.append(_left_out(name, len(facts) - len(kept)))
        found.extend(_contradictions(name, kept))
        found.extend(_heard_before(fact) for fact in kept if fact.received_at < fact.occurred_at)
    return tuple(sorted(set(found), key=_note_order))


def _future(fact: Fact) -> Note:
    zh = f"“{fact.kind}”发生在评估时刻之后，未计入"
    en = f'"{fact.kind}" occurred after the instant evaluated; not counted'
    return Note(fact.subject, "future", Text(zh, en))


def _left_out(name: str, count: int) -> Note:
    zh = f"{count} 条事实重复、被取代或被撤销，未计入"
    en = f"{count} fact(s) repeated, superseded or withdrawn; not counted"
    return Note(name, "left_out", Text(zh, en))


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
