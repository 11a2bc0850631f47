"""The order in which promises are worked out: one that waits for another comes after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from yinuo.kernel.plan.anchors import outcomes_in
from yinuo.kernel.plan.clauses import Clause, Deadline, LevelChange, Measure
from yinuo.kernel.plan.precedence import Key, key_of


def names_waited_for(clause: Clause) -> tuple[str, ...]:
    """Clause ids, promises or ``promise/slot`` whose outcome starts or ends this clause."""
    if isinstance(clause, Deadline):
        anchors = (*outcomes_in(clause.start), *outcomes_in(clause.end))
    elif isinstance(clause, LevelChange):
        anchors = outcomes_in(clause.start)
    else:
        return ()
    return tuple(anchor.clause for anchor in anchors)


def clauses_named(clauses: Iterable[Clause], name: str) -> tuple[str, ...]:
    """Ids of the clauses a name stands for: a clause id, a promise, or ``promise/slot``."""
    ids = [one.id for one in clauses]
    if name in ids:
        return (name,)
    promise, _, slot = name.partition("/")
    return tuple(
        one.id for one in clauses if one.promise == promise and (not slot or one.slot == slot)
    )


def measures_in_order(clauses: Sequence[Clause]) -> tuple[list[Measure], list[Measure]]:
    """The measures so that each comes after those it measures, and those that wait in a circle."""
    waiting = [one for one in clauses if isinstance(one, Measure)]
    ids = {one.id for one in waiting}
    needs: dict[str, set[str]] = {}
    for one in waiting:
        names = [*one.of_clauses, *(rule.clause for rule in one.points if rule.clause)]
        needs[one.id] = ids & {found for name in names for found in clauses_named(clauses, name)}
    ordered: list[Measure] = []
    placed: set[str] = set()
    while waiting:
        ready = [one for one in waiting if needs[one.id] <= placed]
        if not ready:
            return ordered, waiting
        ordered.extend(ready)
        placed.update(one.id for one in ready)
        waiting = [one for one in waiting if one.id not in placed]
    return ordered, []


def in_order_of_need(
    groups: Mapping[Key, Sequence[Clause]],
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """Group keys so that each comes after what it waits for, and the keys that wait in a circle."""
    all_clauses = [clause for group in groups.values() for clause in group]
    key_by_id = {clause.id: key_of(clause) for clause in all_clauses}
    needs: dict[Key, set[Key]] = {}
    for key, group in groups.items():
        names = {name for clause in group for name in names_waited_for(clause)}
        ids = {found for name in names for found in clauses_named(all_clauses, name)}
        needs[key] = {key_by_id[one] for one in ids if key_by_id[one] in groups}
    ordered: list[Key] = []
    waiting = sorted(groups)
    placed: set[Key] = set()
    while waiting:
        ready = [key for key in waiting if needs[key] <= placed]
        if not ready:
            return tuple(ordered), tuple(waiting)
        ordered.extend(ready)
        placed.update(ready)
        waiting = [key for key in waiting if key not in placed]
    return tuple(ordered), ()
