"""Checks that look at the whole plan: ties, circles, clauses nobody can reach or measure."""

from __future__ import annotations

from itertools import groupby

from yinuo.kernel.evaluation.order import (
    clauses_named,
    in_order_of_need,
    measures_in_order,
    names_waited_for,
)
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import (
    Clause,
    Coverage,
    Deadline,
    LevelChange,
    Measure,
    Recurring,
    Warranty,
)
from yinuo.kernel.plan.limits import (
    WORKING,
    Amount,
    ByClock,
    FromAttribute,
    FromParameter,
    Limit,
    Unit,
    every_part,
)
from yinuo.kernel.plan.periods import Period
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.precedence import in_precedence, key_of, ties
from yinuo.kernel.plan.remedies import Grant
from yinuo.kernel.plan.selectors import COMPUTED, SelectorType, lies_inside, test_holds
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import Severity, did_you_mean
from yinuo.planfile.shapes import Reader
from yinuo.planfile.source import Node


def check_plan(plan: Plan, reader: Reader) -> None:
    """Put every finding about the plan as a whole on the reader."""
    _check_ties(plan, reader)
    _check_waiting(plan, reader)
    _check_measured(plan, reader)
    _check_working_units(plan, reader)
    _check_names(plan, reader)
    _check_reach(plan, reader)
    _check_cover(plan, reader)
    _check_shared_caps(plan, reader)
    _check_computed(plan, reader)
    _check_held(plan, reader)


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
                Message(
                    '"{first}" (line {line}) and "{second}" may both apply '
                    "and neither wins: {advice}",
                    first=first.id,
                    line=_node(reader, first).line,
                    second=second.id,
                    advice="give one a rank, a narrower applies_to, or a slot of its own",
                ),
            )
            reader.clause = ""


def _check_waiting(plan: Plan, reader: Reader) -> None:
    for clause in plan.clauses:
        for name in names_waited_for(clause):
            if not clauses_named(plan.clauses, name):
                reader.clause = clause.id
                node = reader.nodes.get(f"outcome:{clause.id}:{name}", _node(reader, clause))
                hint = did_you_mean(name, [one.id for one in plan.clauses])
                reader.error(
                    node,
                    "unknown_name",
                    Message('"{name}" is no clause of this plan{hint}', name=name, hint=hint),
                )
            elif not _is_about_the_same(plan, clause, name):
                reader.clause = clause.id
                node = reader.nodes.get(f"outcome:{clause.id}:{name}", _node(reader, clause))
                message = Message(
                    '"{name}" is about another subject than this clause, which could never start',
                    name=name,
                )
                reader.error(node, "other_subject", message)
    groups: dict[tuple[str, str, str], list[Clause]] = {}
    for clause in plan.clauses:
        if isinstance(clause, Deadline):
            groups.setdefault(key_of(clause), []).append(clause)
    _, circular = in_order_of_need(groups)
    for key in circular:
        for clause in groups[key]:
            if names_waited_for(clause):
                reader.clause = clause.id
                names = ", ".join(one.id for other in circular for one in groups[other])
                message = Message(
                    "these clauses wait for each other in a circle: {names}", names=names
                )
                reader.error(_node(reader, clause, "start"), "circular", message)
    reader.clause = ""


def _check_measured(plan: Plan, reader: Reader) -> None:
    """Measures made of each other could never be worked out."""
    _, measures = measures_in_order(plan.clauses)
    for measure in measures:
        names = ", ".join(one.id for one in measures)
        message = Message("these clauses wait for each other in a circle: {names}", names=names)
        _report(reader, measure, "of" if measure.of_clauses else "points", "circular", message)


def _check_held(plan: Plan, reader: Reader) -> None:
    """A visit can hold only what a recurring promise of the contract counts."""
    duties = [one for one in plan.clauses if isinstance(one, Recurring)]
    counted = {kind for one in duties if one.subject == "contract" for kind in one.done.kinds}
    for result in plan.results:
        if result.holds and result.holds not in counted:
            hint = did_you_mean(result.holds, sorted(counted))
            message = Message(
                'no recurring promise of the contract counts "{name}"{hint}',
                name=result.holds,
                hint=hint,
            )
            reader.error(reader.nodes[f"result:{result.code}"], "unknown_name", message)


def _is_about_the_same(plan: Plan, clause: Clause, name: str) -> bool:
    """Whether one of the clauses waited for is about the same kind of subject."""
    ids = clauses_named(plan.clauses, name)
    return any(plan.clause(one).subject == clause.subject for one in ids)


def _check_working_units(plan: Plan, reader: Reader) -> None:
    units = {parameter.name: parameter.unit for parameter in plan.parameters}
    for clause in plan.clauses:
        if clause.calendar not in (None, "always"):
            continue
        for limit in _limits_of(clause):
            if any(_needs_calendar(part, units) for part in every_part(limit)):
                _report(
                    reader,
                    clause,
                    "limit" if limit is getattr(clause, "limit", None) else "",
                    "no_calendar",
                    "working hours and days need a calendar: write calendar: with a name",
                )


def _limits_of(clause: Clause) -> tuple[Limit, ...]:
    found: list[Limit | None] = []
    if isinstance(clause, Deadline | LevelChange | Coverage):
        found.append(clause.limit)
    if isinstance(clause, Warranty):
        found.append(clause.term)
    if isinstance(clause, Recurring):
        found += [clause.interval, clause.max_gap, clause.min_gap, clause.make_up]
        found += [clause.due_after_begin, clause.due_after_end]
        if clause.interval_parameter:
            found.append(FromParameter(clause.interval_parameter))
        found += [one for step in clause.outreach for one in (step.latest, step.earliest)]
    if isinstance(clause, Deadline):
        found.append(clause.at_least_after_change)
        found += [one for stop in clause.stops for one in (stop.budget, stop.objection_window)]
    if isinstance(clause, Measure):
        found += [clause.confirm_within, clause.shortest, clause.each_started]
        found.append(None if clause.planned is None else clause.planned.announced)
    for step in clause.ladder:
        found += [step.before_due, step.after_due, step.after_start, step.every]
    for remedy in clause.remedies:
        found.append(remedy.grace)
        found.append(None if isinstance(remedy.term, Grant) else remedy.term.step)
    return tuple(one for one in found if one is not None)


def _needs_calendar(part: Limit, units: dict[str, Unit | None]) -> bool:
    if isinstance(part, Amount | FromAttribute):
        return part.unit in WORKING
    if isinstance(part, FromParameter):
        return units.get(part.name) in WORKING
    return isinstance(part, ByClock) and part.working


def _check_names(plan: Plan, reader: Reader) -> None:
    ids = [one.id for one in plan.clauses]
    for selector in plan.selectors:
        if selector.type is SelectorType.COVERED:
            clause = next((one for one in plan.clauses if one.id == selector.clause), None)
            if not isinstance(clause, Warranty):
                node = reader.nodes.get(f"selector:{selector.name}")
                message = Message(
                    'the selector "{selector}" needs clause: with a warranty clause{hint}',
                    selector=selector.name,
                    hint=did_you_mean(selector.clause or "", ids),
                )
                if node is not None:
                    reader.error(node, "unknown_name", message)
    for measure in (one for one in plan.clauses if isinstance(one, Measure)):
        names = [*measure.of_clauses, *[rule.clause for rule in measure.points if rule.clause]]
        for name in names:
            if not clauses_named(plan.clauses, name):
                hint = did_you_mean(name, ids)
                message = Message(
                    '"{name}" is no clause or promise of this plan{hint}', name=name, hint=hint
                )
                _report(reader, measure, "of", "unknown_name", message)


def _check_reach(plan: Plan, reader: Reader) -> None:
    """Warn of clauses that another one always beats, and of ends that coincide with the start."""
    deadlines = [one for one in plan.clauses if isinstance(one, Deadline)]
    for _, group in groupby(sorted(deadlines, key=key_of), key=key_of):
        ordered = in_precedence(group)
        for number, clause in enumerate(ordered):
            above = next((one for one in ordered[:number] if _always_fits(one, clause)), None)
            if above is not None:
                message = Message(
                    '"{above}" always wins over this clause, which is never used', above=above.id
                )
                _report(reader, clause, "", "unreachable", message, Severity.WARNING)
    for clause in deadlines:
        start, end = clause.start, clause.end
        plain = isinstance(start, FactAnchor) and isinstance(end, FactAnchor)
        if plain and start == end and clause.repeat is None:
            pointless = "it starts and ends with the same fact, so it is kept at once"
            _report(reader, clause, "end", "pointless", pointless, Severity.WARNING)


def _always_fits(one: Clause, other: Clause) -> bool:
    """Whether every subject that fits ``other`` fits ``one`` too."""
    tests = dict(other.applies_to.tests)
    return all(
        name in tests and (tests[name] == test or lies_inside(tests[name], test))
        for name, test in one.applies_to.tests
    )


def _check_cover(plan: Plan, reader: Reader) -> None:
    """Note levels that no clause of a promise covers although other levels are."""
    levels = {choice.code for choice in plan.levels}
    deadlines = [one for one in plan.clauses if isinstance(one, Deadline)]
    for key, members in groupby(sorted(deadlines, key=key_of), key=key_of):
        group = list(members)
        named: set[str] = set()
        for clause in group:
            test = dict(clause.applies_to.tests).get("level")
            named |= levels if test is None else {one for one in levels if test_holds(test, one)}
        missing = levels - named
        if named and missing and len(group) > 1:
            first = min(group, key=lambda clause: plan.positions[clause.id])
            listed = ", ".join(sorted(missing))
            promise = f"{key[1]}/{key[2]}" if key[2] else key[1]
            message = Message(
                "no clause promises {promise} for level {listed}", promise=promise, listed=listed
            )
            _report(reader, first, "applies_to", "uncovered", message, Severity.NOTE)


def _check_shared_caps(plan: Plan, reader: Reader) -> None:
    """A cap that several remedies share holds over one and the same period."""
    first: dict[str, tuple[Period | None, Clause]] = {}
    for clause in plan.clauses:
        for cap in (cap for one in clause.remedies for cap in one.caps if cap.shared):
            over, other = first.setdefault(cap.shared or "", (cap.over, clause))
            if over != cap.over:
                message = Message(
                    'the cap "{shared}" is shared with "{other}" over another period',
                    shared=cap.shared,
                    other=other.id,
                )
                _report(reader, clause, "remedies", "bad_cap", message)


def _check_computed(plan: Plan, reader: Reader) -> None:
    """What holds over a time has no instant to work a computed selector out for."""
    computed = {one.name for one in plan.selectors if one.type in COMPUTED}
    for clause in plan.clauses:
        if not isinstance(clause, Recurring | Measure | Coverage | Warranty | LevelChange):
            continue
        for name in (one for one in clause.applies_to.names if one in computed):
            message = Message(
                '"{name}" is worked out for an instant and cannot be asked here', name=name
            )
            _report(reader, clause, "applies_to", "bad_condition", message)


def _report(
    reader: Reader,
    clause: Clause,
    key: str,
    code: str,
    message: str,
    severity: Severity = Severity.ERROR,
) -> None:
    reader.clause = clause.id
    reader.say(_node(reader, clause, key), severity, code, message)
    reader.clause = ""
