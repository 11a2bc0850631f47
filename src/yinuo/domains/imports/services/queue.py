"""Handing a run to the worker, in the transaction that gives it something to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.types import AT_WORK, State

TASK = "imports.work_on"
# The longest a sound worker takes between two signs of life, several times over.
STANDS_STILL = timedelta(seconds=60)
MOST_RESTARTS = 5


def enqueue(run: ImportRun) -> None:
    """Let a worker take the run up; once, however often this is called meanwhile."""
    identity = str(run.public_id)
    task = app.configure_task(TASK, queueing_lock=f"import:{identity}", allow_unknown=True)
    try:
        # A refusal of the queue must not end the step around it.
        with transaction.atomic():
            task.defer(run=identity)
    except AlreadyEnqueued:
        pass


def resume_standing(now: datetime) -> int:
    """Take up again the runs whose worker was killed; gives how many.

    A run that stands still again and again is ended, saying so; what it wrote stays.
    """
    standing = ImportRun.objects.filter(state__in=AT_WORK, moved_at__lt=now - STANDS_STILL)
    resumed = 0
    for run in standing.order_by("id"):
        if run.restarts >= MOST_RESTARTS:
            _give_up(run, now)
            continue
        with transaction.atomic():
            standing.filter(pk=run.pk).update(moved_at=now, restarts=F("restarts") + 1)
            enqueue(run)
        resumed += 1
    return resumed


def _give_up(run: ImportRun, now: datetime) -> None:
    with translation.override(run.language):
        refusal = _("The import could not go on. Rows written so far stay; send the file again.")
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=State.REFUSED, refusal=refusal, ended_at=now
    )
