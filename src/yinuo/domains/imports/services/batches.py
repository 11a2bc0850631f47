"""The worker's part: rows tried, then written, a batch in each transaction.

A batch locks its run, judges its rows anew, performs them through the services and notes on each
row what became of it, all in one transaction: a killed worker loses at most the batch it was in,
and nothing is ever done twice. The dry run performs its batches too and takes them back, so that
it finds whatever the writing would find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import DataError, IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from yinuo.domains.imports.drafts import Batch, Draft, read_draft
from yinuo.domains.imports.kinds import FILINGS
from yinuo.domains.imports.models import ImportRow, ImportRun
from yinuo.domains.imports.services.reading import TakenOver, read_file
from yinuo.domains.imports.types import AT_WORK, Kind, State, Step, Verdict
from yinuo.domains.network.actors import get_actor
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput, SignInNeeded, YinuoError
from yinuo.platform.journal.bulk import update_together
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import identity
from yinuo.platform.tabular import TableRefused

AT_ONCE = 500
# Names of services' fields, where the file's column is called otherwise.
_COLUMNS = {
    "unit_id": "unit",
    "parent_id": "parent",
    "site_id": "site",
    "project_id": "project",
    "plan_version_id": "plan",
    "ends_on": "last_day",
    "site_ids": "sites",
    "asset_ids": "assets",
}


class _TakenBack(Exception):
    """Ends a step whose writes are not to stay."""


def advance_run(run_id: object, *, now: datetime) -> bool:
    """Do the next part of a run; True while more is left for the worker.

    Raises nothing that concerns the file: a run that cannot go on ends and says why.
    """
    run = ImportRun.objects.filter(public_id=identity(run_id)).select_related("unit").first()
    if run is None or run.state not in AT_WORK:
        return False
    with translation.override(run.language):
        try:
            actor = get_actor(run.user_id)
            if run.state == State.READING:
                read_file(run)
                return True
            return _do_batch(run.pk, actor, now)
        except TakenOver:
            return False
        except TableRefused as error:
            _refuse(run, str(error.message), now)
        except SignInNeeded:
            message = _("%(person)s may no longer sign in. Rows written so far stay.")
            _refuse(run, message % {"person": run.person}, now)
        return False


def _refuse(run: ImportRun, message: str, now: datetime) -> None:
    with transaction.atomic():
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        if held.state in AT_WORK:
            if held.state == State.READING:
                held.lines.all().delete()
                held.rows = 0
            held.state, held.refusal, held.ended_at = State.REFUSED, message, now
            held.save()


def _do_batch(pk: int, actor: Actor, now: datetime) -> bool:
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
        if run.state not in (State.CHECKING, State.WRITING):
            return False
        is_trial = run.state == State.CHECKING
        rows = _next_rows(run, Step.CHECK if is_trial else Step.WRITE)
        if not rows:
            run.state = State.CHECKED if is_trial else State.DONE
            run.ended_at = None if is_trial else now
            run.save()
            return False
        batch = Batch(actor, now, run.unit.public_id, is_trial, lambda keys: _in_file(run, keys))
        drafts = [read_draft(Kind(run.kind), row.number, row.cells) for row in rows]
        FILINGS[Kind(run.kind)](batch, drafts)
        _perform(batch, drafts)
        _note(run, rows, drafts, is_trial=is_trial)
        run.restarts = 0
        run.save()
        # The database's clock: the batch may have taken longer than the reader's `now` is old.
        ImportRun.objects.filter(pk=run.pk).update(moved_at=Now())
    return True


def _next_rows(run: ImportRun, step: Step) -> list[ImportRow]:
    """The next rows in order, none of them after a row of an earlier turn in the same batch."""
    rows = list(run.lines.filter(step=step).order_by("turn", "number")[:AT_ONCE])
    return [row for row in rows if row.turn == rows[0].turn]


def _in_file(run: ImportRun, keys: set[str]) -> set[str]:
    """Which of these names other sound rows of the file have."""
    sound = run.lines.exclude(verdict=Verdict.WRONG).extra(  # constant text
        select={"name": "split_part(key, chr(10), 1)"},
        where=["split_part(key, chr(10), 1) = ANY(%s)"],
        params=[sorted(keys)],
    )
    return set(sound.values_list("name", flat=True))


def _perform(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Do what the drafts mean: all in one step, or one by one when any of them fails."""
    acting = [draft for draft in drafts if draft.act is not None and not draft.problems]
    if not acting:
        return
    try:
        with writing(actor=batch.actor, now=batch.now):
            for draft in acting:
                _act(draft)
            # A service may have refused when half of its work was done.
            if batch.is_trial or any(draft.problems for draft in acting):
                raise _TakenBack
        return
    except _TakenBack:
        if batch.is_trial:
            return
    except (IntegrityError, DataError):
        pass
    for draft in acting:
        _perform_alone(batch, draft)


def _perform_alone(batch: Batch, draft: Draft) -> None:
    draft.problems.clear()
    try:
        with writing(actor=batch.actor, now=batch.now):
            _act(draft)
            if batch.is_trial or draft.problems:
                raise _TakenBack
    except _TakenBack:
        pass
    except (IntegrityError, DataError):
        draft.wrong("", _("Another row or person has just stored the same. Send it again."))


def _act(draft: Draft) -> None:
    assert draft.act is not None
    try:
        draft.act()
    except InvalidInput as error:
        for name, message in error.fields.items():
            column = _COLUMNS.get(name, name)
            draft.wrong(column, str(message))
    except YinuoError as error:
        draft.wrong("", str(error.message))


def _note(
    run: ImportRun, rows: Sequence[ImportRow], drafts: Sequence[Draft], *, is_trial: bool
) -> None:
    """Write down what became of each row, and count it at the run."""
    for row, draft in zip(rows, drafts, strict=True):
        before = row.verdict
        verdict = Verdict.WRONG if draft.problems else draft.verdict
        is_to_write = is_trial and verdict in (Verdict.NEW, Verdict.CHANGED)
        row.step = Step.WRITE if is_to_write else Step.NOTHING
        row.verdict = verdict
        row.problems = [asdict(one) for one in draft.problems]
        if is_trial:
            run.checked += 1
        else:
            setattr(run, before, getattr(run, before) - 1)
            run.written += verdict in (Verdict.NEW, Verdict.CHANGED)
        setattr(run, verdict, getattr(run, verdict) + 1)
    update_together(rows, ("step", "verdict", "problems"))
