"""What a solved plan changes, line by line, and what it costs beside the plan that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from yinuo.domains.dispatch.models import PlanLine, PlanRun
from yinuo.domains.dispatch.plan_types import Change
from yinuo.domains.dispatch.planning.casing import GRAIN, Cased, standing_at
from yinuo.kernel.dispatch.routes import Routes, explain
from yinuo.kernel.dispatch.routes.times import legs_of, price_at

# A visit that begins within so long of when it stood has not moved.
SAME = timedelta(minutes=15)
MOST_EXPLAINED = 200
OPTIONS = 5
KINDS = ("late", "travel", "overtime")
Orders = Sequence[Sequence[int]]
# A part of the region with the plan found for it.
Solved = tuple[Cased, Routes]


def bill(cased: Cased, orders: Orders) -> dict[str, int]:
    """What a plan costs in fen, by kind; what is left counts as late as at the end of the days."""
    case = cased.case
    served: set[int] = set()
    amounts = {"late": 0, "travel": 0, "overtime": 0}
    for shift, order in enumerate(orders):
        for leg in legs_of(case, shift, order):
            amounts["travel"] += leg.seconds * int(case.price[shift]) // GRAIN
            if leg.visit is None:
                over = price_at(case.overtime.get(shift, ()), leg.start)
                amounts["overtime"] += over // GRAIN if order else 0
            elif leg.visit < len(cased.late):
                served.add(leg.visit)
                amounts["late"] += cased.fen_late(leg.visit, leg.start)
    left = [visit for visit in range(len(cased.late)) if visit not in served]
    amounts["late"] += sum(cased.fen_late(visit, None) for visit in left)
    return {**amounts, "left": len(left)}


def summary(solved: Sequence[Solved]) -> dict[str, Any]:
    """The figures of a run, all parts together: amounts in yuan as text, before and after."""
    before = _together([bill(cased, cased.orders) for cased, _routes in solved])
    after = _together([bill(cased, routes.orders) for cased, routes in solved])
    rows = [row for cased, _routes in solved for row in cased.gathered.rows]
    return {
        "sheets": sum(len(cased.gathered.sheets) for cased, _routes in solved),
        "people": len({row.person.person_id for row in rows}),
        "parts": len(solved),
        "rounds": sum(routes.rounds for _cased, routes in solved),
        "before": _shown(before),
        "after": _shown(after),
        "saved": _yuan(sum(before[kind] - after[kind] for kind in KINDS)),
    }


def _together(bills: Sequence[dict[str, int]]) -> dict[str, int]:
    return {kind: sum(one[kind] for one in bills) for kind in (*KINDS, "left")}


def _shown(amounts: dict[str, int]) -> dict[str, Any]:
    total = sum(amounts[kind] for kind in KINDS)
    yuan = {kind: _yuan(amounts[kind]) for kind in KINDS}
    return {**yuan, "total": _yuan(total), "left": amounts["left"]}


def lines_of(run: PlanRun, solved: Sequence[Solved]) -> list[PlanLine]:
    """A line for every sheet: those that change anything first, each with its reasons."""
    lines = [
        (line, cased, routes, visit)
        for cased, routes in solved
        for visit, line in enumerate(_lines(run, cased, routes))
    ]
    ranks = [Change.NEW, Change.MOVED, Change.DROPPED, Change.UNDONE, Change.KEPT]
    lines.sort(
        key=lambda one: (ranks.index(Change(one[0].change)), one[0].starts_at or run.created_at)
    )
    for number, (line, cased, routes, visit) in enumerate(lines, start=1):
        line.number = number
        if line.change != Change.KEPT and number <= MOST_EXPLAINED:
            line.content |= _reasons(cased, routes, visit)
    return [line for line, *_part in lines]


def _lines(run: PlanRun, cased: Cased, routes: Routes) -> list[PlanLine]:
    placed = {
        leg.visit: (shift, leg.seconds, leg.start)
        for shift, order in enumerate(routes.orders)
        for leg in legs_of(cased.case, shift, order)
        if leg.visit is not None
    }
    return [_line(run, cased, visit, placed.get(visit)) for visit in range(len(cased.late))]


def _line(run: PlanRun, cased: Cased, visit: int, placed: tuple[int, int, int] | None) -> PlanLine:
    gathered = cased.gathered
    sheet = gathered.sheets[visit]
    before_at = standing_at(gathered, sheet)
    due = min((one.due_at for one in gathered.arrivals[sheet.id]), default=None)
    content: dict[str, Any] = {"due_at": due.isoformat() if due else None}
    line = PlanLine(
        run=run,
        work_order_id=sheet.id,
        order_version=sheet.version,
        before_id=sheet.person_id,
        before_at=before_at,
        content=content,
    )
    if placed is None:
        line.change = Change.DROPPED if sheet.person_id else Change.UNDONE
        content["late"] = _yuan(cased.fen_late(visit, None))
        return line
    shift, seconds, start = placed
    person = gathered.rows[shift].person.person_id
    begins = cased.at(start)
    line.person_id = person
    line.leaves_at, line.starts_at = begins - timedelta(seconds=seconds), begins
    line.ends_at = begins + timedelta(minutes=gathered.minutes(sheet))
    line.change = _change(line, before_at)
    content["travel_seconds"] = seconds
    content["late"] = _yuan(cased.fen_late(visit, start))
    content["travel"] = _yuan(seconds * int(cased.case.price[shift]) // GRAIN)
    return line


def _change(line: PlanLine, before_at: datetime | None) -> Change:
    if line.before_id is None:
        return Change.NEW
    if line.before_id != line.person_id:
        return Change.MOVED
    if before_at is None or line.starts_at is None:
        return Change.MOVED
    return Change.KEPT if abs(line.starts_at - before_at) <= SAME else Change.MOVED


def _reasons(cased: Cased, routes: Routes, visit: int) -> dict[str, Any]:
    """The five cheapest ways to do it, and how many ways each rule removed."""
    found = explain(cased.case, routes.orders, visit)
    rows = cased.gathered.rows
    possible = [one for one in found if one.extra is not None]
    least = possible[0].extra or 0 if possible else 0
    return {
        "options": [
            {
                "person": str(rows[one.shift].person.public_id),
                "on": rows[one.shift].on.isoformat(),
                "extra": _yuan(((one.extra or 0) - least) // GRAIN),
                "travel_seconds": one.travel_seconds,
            }
            for one in possible[:OPTIONS]
        ],
        "broken": dict(Counter(one.broken for one in found if one.broken)),
    }


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"
