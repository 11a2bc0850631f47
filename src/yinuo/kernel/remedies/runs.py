"""Breaches in a row: how many of one clause on one subject follow each other, none kept between."""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.kernel.evaluation.results import Obligation, State

Row = tuple[str, str, str]


def group_of(one: Obligation) -> str:
    """The group a period's figure was counted in; empty without groups."""
    return "" if one.period is None else one.period.name.partition(" ")[2]


def rows_of(obligations: Iterable[Obligation]) -> dict[Row, dict[int, int]]:
    """For each clause, subject and group: by number, how many breaches in a row end there."""
    rows: dict[Row, dict[int, int]] = {}
    running: dict[Row, int] = {}
    settled = [one for one in obligations if one.state in (State.MET, State.MISSED)]
    for one in sorted(settled, key=lambda one: (one.due_at is None, one.due_at, one.number)):
        key = (one.clause_id, one.subject, group_of(one))
        running[key] = running.get(key, 0) + 1 if one.state is State.MISSED else 0
        rows.setdefault(key, {})[one.number] = running[key]
    return rows
