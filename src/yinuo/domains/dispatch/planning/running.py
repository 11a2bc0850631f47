"""A run of planning, in a worker process: it loads the compiler of the route engine."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.models import PlanLine, PlanRun
from yinuo.domains.dispatch.plan_types import AT_WORK, Mode, RunState
from yinuo.domains.dispatch.planning.casing import GRAIN, Cased, cased, places_of
from yinuo.domains.dispatch.planning.gathering import Gathered, gather, midnight
from yinuo.domains.dispatch.planning.proposing import lines_of, summary
from yinuo.domains.dispatch.planning.splitting import parts_of
from yinuo.domains.dispatch.ways import Answer, matrix
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.performers import planned_unit
from yinuo.kernel.dispatch.routes import Effort, Routes, of_seconds, plan, replan
from yinuo.platform.errors import YinuoError
from yinuo.platform.scoped import identity

SEED = 7
LEAST_SECONDS, MOST_SECONDS = 2.0, 15.0
# So much for each sheet where that is more: a large search has as long as its halves would have.
SECONDS_EACH = 0.03
# A worker looks so often whether the run was called off, and says how far it is.
BETWEEN = 0.7


def effort_of(sheets: int) -> float:
    """Seconds a plan is searched for: more sheets, longer; other jobs wait meanwhile."""
    return min(max(MOST_SECONDS, sheets * SECONDS_EACH), LEAST_SECONDS + sheets / 20)


def run_plan(run_id: object, *, now: datetime, effort: Effort | None = None) -> None:
    """Plan, and keep what is proposed; a run that cannot go on ends and says why."""
    started = PlanRun.objects.filter(public_id=identity(run_id), state__in=AT_WORK).update(
        state=RunState.WORKING,
        percent=1,
        moved_at=now,
    )
    if not started:
        return
    run = PlanRun.objects.select_related("unit").get(public_id=identity(run_id))
    with translation.override(run.language):
        try:
            _plan(run, now, effort)
        except YinuoError as error:
            _refuse(run, str(error.message), now)


def _plan(run: PlanRun, now: datetime, effort: Effort | None) -> None:
    actor = get_actor(run.user_id)
    unit = planned_unit(actor, run.unit.public_id)
    days = [run.first_on + timedelta(days=n) for n in range(run.days)]
    gathered = gather(actor, unit, days, now)
    if not gathered.sheets:
        _refuse(run, _("There is nothing to plan: no open sheet belongs to these days."), now)
        return
    if not gathered.rows:
        _refuse(run, _("Nobody works on these days who could be sent."), now)
        return
    parts = parts_of(gathered)
    solved, ways = [], []
    for number, part in enumerate(parts):
        known = _ways(part)
        case = cased(part, known.seconds, holds=run.mode == Mode.ANEW)
        spent = effort or of_seconds(effort_of(len(part.sheets)), monotonic)
        watched = _watched(run, spent, (number, len(parts)))
        solved.append((case, _solved(case, Mode(run.mode), watched)))
        ways.append(known)
    lines = lines_of(run, solved)
    # Of several parts the one whose server failed is told of.
    told = next((one for one in ways if one.trouble), ways[0])
    with transaction.atomic():
        held = PlanRun.objects.select_for_update().get(pk=run.pk)
        if held.state != RunState.WORKING:
            return
        PlanLine.objects.bulk_create(lines)
        held.summary = summary(solved) | {"ways": told.source, "trouble": told.trouble}
        held.weights = gathered.weighing.label
        held.state, held.percent, held.ended_at = RunState.DONE, 100, now
        held.save()


def _ways(part: Gathered) -> Answer:
    """The ways of a part, asked once for all hours of the days: a middling hour."""
    places = places_of(part)
    ways = matrix(places, places, midnight(part.days[0]) + timedelta(hours=10), now=part.now)
    np.fill_diagonal(ways.seconds, 0)
    return ways


def _solved(case: Cased, mode: Mode, effort: Effort) -> Routes:
    if mode == Mode.ANEW:
        return plan(case.case, seed=SEED, effort=effort)
    moved = case.gathered.weighing.figures.moved_fen * GRAIN
    return replan(case.case, case.orders, moved_cost=moved, seed=SEED, effort=effort)


def _watched(run: PlanRun, effort: Effort, part: tuple[int, int]) -> Effort:
    """The effort, saying now and then how far it is, spent at once when the run is called off.

    `part` is the number of this part of the region, from 0, and how many there are.
    """
    last = monotonic()
    number, parts = part
    is_over = False

    def spent(done: int) -> float:
        nonlocal last, is_over
        share = effort(done)
        if monotonic() - last >= BETWEEN:
            since, last = last, monotonic()
            percent = min(99, max(1, int((number + min(share, 1.0)) * 100 / parts)))
            working = PlanRun.objects.filter(pk=run.pk, state=RunState.WORKING)
            moved_at = F("moved_at") + timedelta(seconds=last - since)
            is_over = not working.update(percent=percent, moved_at=moved_at)
        return 1.0 if is_over else share

    return spent


def _refuse(run: PlanRun, message: str, now: datetime) -> None:
    PlanRun.objects.filter(pk=run.pk, state__in=AT_WORK).update(
        state=RunState.REFUSED, refusal=message, ended_at=now
    )
