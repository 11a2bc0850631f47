"""Notes on facts: what was left out or reconciled, so that nobody wonders."""

from __future__ import annotations

from yinuo.kernel.evaluation.results import Note
from yinuo.kernel.evaluation.subjects import World
from yinuo.kernel.facts import Fact, in_order
from yinuo.kernel.plan.text import Text

_ONCE = frozenset({"reported", "restored", "arrived", "responded", "cancelled", "resolved"})


def notes_on(world: World) -> tuple[Note, ...]:
    """Notes in the order of subjects: future facts, repeats, contradictions, clocks that run ahead."""
    found = [
        Note(
            fact.subject,
            "future",
            Text(
                f"“{fact.kind}” 发生在评估时刻之后,未计入",
                f'"{fact.kind}" occurred after the instant evaluated; not counted',
            ),
        )
        for fact in world.future
    ]
    for name in world.names():
        facts = world.grouped[name]
        kept = in_order(facts)
        if len(kept) < len(facts):
            gone = len(facts) - len(kept)
            found.append(
                Note(
                    name,
                    "left_out",
                    Text(
                        f"{gone} 条事实重复、被取代或被撤销",
                        f"{gone} fact(s) repeated, superseded or withdrawn",
                    ),
                )
            )
        found.extend(_contradictions(name, kept))
        for fact in kept:
            if fact.received_at < fact.occurred_at:
                found.append(
                    Note(
                        name,
                        "heard_before",
                        Text(
                            f"“{fact.kind}” 的收到时间早于发生时间",
                            f'"{fact.kind}" was received before it occurred',
                        ),
                    )
                )
    return tuple(sorted(found, key=_note_order))


def _contradictions(name: str, facts: list[Fact]) -> list[Note]:
    seen: dict[str, Fact] = {}
    notes: list[Note] = []
    for fact in facts:
        if fact.kind in _ONCE and fact.kind in seen:
            notes.append(
                Note(
                    name,
                    "contradictory",
                    Text(
                        f"有多条“{fact.kind}”,以最早的为准",
                        f'several "{fact.kind}"; the earliest counts',
                    ),
                )
            )
        seen.setdefault(fact.kind, fact)
    return sorted(set(notes), key=_note_order)


def _note_order(note: Note) -> tuple[str, str, str]:
    return (note.subject, note.code, note.text.en)
