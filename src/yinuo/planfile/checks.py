"""Checks that look at the whole plan: ties, circles, clauses nobody can reach or measure."""

from __future__ import annotations

from itertools import groupby

from yinuo.kernel.evaluation.order import clauses_named, in_order_of_need, names_waited_for
from yinuo.kernel.plan.clauses import Clause, Deadline
from yinuo.kernel.plan.limits import WORKING, Amount, FromAttribute, every_part
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.precedence import key_of, ties
from yinuo.planfile.problems import did_you_mean
from yinuo.planfile.shapes import Reader
from yinuo.planfile.source import Node


def check_plan(plan: Plan, reader: Reader) -> None:
    """Put every finding about the plan as a whole on the reader."""
    _check_ties(plan, reader)
    _check_waiting(plan, reader)
    _check_working_units(plan, reader)


def _node(reader: Reader, clause: Clause, key: str = "") -> Node:
    node = reader.nodes[clause.id]
    return (node.get(key) or node) if key else node


def _check_ties(plan: Plan, reader: Reader) -> None:
    deadlines = [one for one in plan.clauses if isinstance(one, Deadline)]
    for _, group in groupby(sorted(deadlines, key=key_of), key=key_of):
        for one, other in ties(group):
            first, second = sorted((one, other), key=lambda clause: plan.positions[clause.id])
            reader.clause = second.id
            reader.error(
                _node(reader, second),
                "tie",
                f'"{first.id}" (line {_node(reader, first).line}) and "{second.id}" may both apply '
                "and neither wins: give one a rank, a narrower applies_to, or a slot of its own",
            )
            reader.clause = ""


def _check_waiting(plan: Plan, reader: Reader) -> None:
    for clause in plan.clauses:
        for name in names_waited_for(clause):
            if not clauses_named(plan.clauses, name):
                reader.clause = clause.id
                node = reader.nodes.get(f"outcome:{clause.id}:{name}", _node(reader, clause))
                hint = did_you_mean(name, [one.id for one in plan.clauses])
                reader.error(node, "unknown_name", f'"{name}" is no clause of this plan{hint}')
    groups: dict[tuple[str, str, str], list[Clause]] = {}
    for clause in plan.clauses:
        if isinstance(clause, Deadline):
            groups.setdefault(key_of(clause), []).append(clause)
    _, circular = in_order_of_need(groups)
    for key in circular:
        for clause in groups[key]:
            if names_waited_for(clause):
                reader.clause = clause.id
                message = "these clauses wait for each other in a circle: "
                names = ", ".join(one.id for other in circular for one in groups[other])
                reader.error(_node(reader, clause, "start"), "circular", message + names)
    reader.clause = ""


def _check_working_units(plan: Plan, reader: Reader) -> None:
    for clause in plan.clauses:
        if not isinstance(clause, Deadline) or clause.limit is None:
            continue
        parts = every_part(clause.limit)
        units = {part.unit for part in parts if isinstance(part, Amount | FromAttribute)}
        if units & WORKING and clause.calendar in (None, "always"):
            reader.clause = clause.id
            reader.error(
                _node(reader, clause, "limit"),
                "no_calendar",
                "working hours and days need a calendar: write calendar: with a name",
            )
    reader.clause = ""
