"""What a person does with a plan: have one made, call it off, take lines over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yinuo.domains.dispatch.models import PlanRun
from yinuo.domains.dispatch.plan_types import AT_WORK, Mode, RunState
from yinuo.domains.dispatch.policies import visible_runs
from yinuo.domains.network.performers import planned_unit
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

TASK = "dispatch.plan"
MOST_DAYS = 7
MOST_AHEAD = timedelta(days=60)
# Longer than compiling the engine, reading and searching take together, twice over.
STANDS_STILL = timedelta(seconds=120)
MOST_RESTARTS = 2


def start_plan(
    *, actor: Actor, unit_id: object, first_on: date, days: int, mode: Mode, now: datetime
) -> PlanRun:
    """Have a unit's days planned by the worker; nothing changes until lines are taken over.

    Raises InvalidInput for days that are past or too far, IllegalMove while another plan of the
    unit is being made, NotFound for a unit where the actor does not send people.
    """
    unit = planned_unit(actor, unit_id)
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if not today <= first_on <= today + MOST_AHEAD:
        raise InvalidInput({"first_on": _("Choose a day from today on, within 60 days.")})
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput({"days": _("Plan 1 to 7 days.")})
    assert actor.user_id is not None
    with writing(actor=actor, now=now) as work:
        if PlanRun.objects.filter(unit_id=unit.id, state__in=AT_WORK).exists():
            raise IllegalMove(_("A plan of this unit is being made already. Wait or call it off."))
        run = PlanRun.objects.create(
            unit_id=unit.id,
            user_id=actor.user_id,
            person=actor.label[:80],
            language=get_language() or "zh-hans",
            first_on=first_on,
            days=days,
            mode=mode,
            created_at=now,
            moved_at=now,
        )
        after = {"first_on": first_on.isoformat(), "days": days, "mode": mode.value}
        work.audit("dispatch.plan", run, after=after)
        enqueue(run)
        return run


def cancel_plan(*, actor: Actor, run_id: object, now: datetime) -> PlanRun:
    """Call a run off. Raises IllegalMove when it has ended, NotFound."""
    with writing(actor=actor, now=now) as work:
        run = one_of(visible_runs(actor).select_for_update(of=("self",)), run_id)
        if run.state not in AT_WORK:
            raise IllegalMove(_("This plan is made already, or was called off."))
        run.state, run.ended_at = RunState.CANCELLED, now
        run.save()
        work.audit("dispatch.plan_cancel", run)
        return run


def enqueue(run: PlanRun) -> None:
    """Let a worker take the run up; once, however often this is called meanwhile."""
    task = app.configure_task(TASK, queueing_lock=f"plan:{run.public_id}", allow_unknown=True)
    try:
        # A refusal of the queue must not end the step around it.
        with transaction.atomic():
            task.defer(run=str(run.public_id))
    except AlreadyEnqueued:
        pass


def resume_plans(now: datetime) -> int:
    """Take up runs whose worker was killed; one that stands still again and again is ended."""
    standing = PlanRun.objects.filter(state__in=AT_WORK, moved_at__lt=now - STANDS_STILL)
    runs: Sequence[PlanRun] = list(standing.order_by("id"))
    for run in runs:
        if run.restarts >= MOST_RESTARTS:
            with translation.override(run.language):
                refusal = _("The plan could not be finished. Plan fewer days or sheets.")
            PlanRun.objects.filter(pk=run.pk, state=run.state).update(
                state=RunState.REFUSED, refusal=refusal, ended_at=now
            )
            continue
        with transaction.atomic():
            standing.filter(pk=run.pk).update(moved_at=now, restarts=F("restarts") + 1)
            enqueue(run)
    return len(runs)
