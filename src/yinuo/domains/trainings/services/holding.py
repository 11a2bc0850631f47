"""Recording that a training took place: when, what was taught, and everybody's result."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.services.holding import hold_by_sheet
from yinuo.domains.trainings.models import Participant, Training
from yinuo.domains.trainings.policies import recordable_trainings
from yinuo.domains.trainings.services.inviting import invite
from yinuo.domains.trainings.services.locking import locked
from yinuo.domains.trainings.types import (
    Attendance,
    Happened,
    Invited,
    TrainingOutcome,
    TrainingStanding,
)
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import identity

REPORT_LENGTH = 4_000
# What the contract's promise counts, and the attribute of the fact that names the training.
TRAINED, NAMED = "trained", "training"
_TESTED = {TrainingOutcome.PASSED.value, TrainingOutcome.FAILED.value}
_AWAY = {TrainingOutcome.EXPECTED.value, TrainingOutcome.ABSENT.value}


def hold_training(
    *,
    actor: Actor,
    training_id: object,
    version: int,
    happened: Happened,
    source: str,
    now: datetime,
) -> Training:
    """Record what really happened; said again before it is closed, it is corrected.

    A promise of the contract that counts trainings counts it, once. Its trainer may record it as
    well as whoever plans. Raises InvalidInput per field, IllegalMove once closed or for a result
    that was granted already, Conflict when stale, NotFound.
    """
    _check(happened, now)
    with writing(actor=actor, now=now) as work:
        seen = recordable_trainings(actor)
        training = locked(seen, training_id, TrainingStanding.PLANNED, TrainingStanding.HELD)
        changes = {
            "state": TrainingStanding.HELD.value,
            "began_at": happened.began_at,
            "ended_at": happened.ended_at,
            "report": happened.report.strip(),
        }
        stored(training, expected_version=version, changes=changes)
        _take_results(training, happened, actor)
        after = {"began": happened.began_at.isoformat(), "ended": happened.ended_at.isoformat()}
        work.audit("training.hold", training, after=after)
        work.emit("training.held", training)
        _count(training, source, work)
        return training


def _take_results(training: Training, happened: Happened, actor: Actor) -> None:
    invite(training, Invited(names=happened.more), actor)
    rows = {one.public_id: one for one in training.participants.all()}
    for given in happened.attendances:
        row = rows.get(identity(given.participant_id))
        if row is None:
            raise NotFound
        _take(row, given, training.most_points)
    came = {one.strip() for one in happened.more}
    for row in rows.values():
        # Who is on the list by name only because he came, came.
        if row.outcome == TrainingOutcome.EXPECTED and row.name in came:
            row.outcome = TrainingOutcome.ATTENDED.value
    if all(one.outcome in _AWAY for one in rows.values()):
        raise InvalidInput({"": _("Nobody came: cancel the training with the reason instead.")})
    Participant.objects.bulk_update(rows.values(), ["outcome", "points"])


def _take(row: Participant, given: Attendance, most: int | None) -> None:
    if given.outcome not in set(TrainingOutcome):
        raise InvalidInput({"outcome": _("Choose one of those offered.")})
    points = given.points if given.outcome in _TESTED else None
    if points is not None and not 0 <= points <= (most or 0):
        text = _("%(name)s: give 0 to %(most)d points.") % {"name": row.name, "most": most or 0}
        raise InvalidInput({"points": text})
    is_same = (row.outcome, row.points) == (given.outcome, points)
    if row.granted_at is not None and not is_same:
        raise IllegalMove(_("What passing gives was granted on this result already."))
    row.outcome, row.points = given.outcome, points


def _count(training: Training, source: str, work: Work) -> None:
    """Let a promise of the contract count it, where its plan promises trainings (B-07)."""
    if training.contract_id is None or training.ended_at is None:
        return
    # The step may have begun a little before `now`; what lies after it would not count yet.
    at = min(training.ended_at, work.now)
    hold_by_sheet(
        training.contract_id,
        training.public_id,
        TRAINED,
        at,
        source=source,
        work=work,
        named=NAMED,
    )


def _check(happened: Happened, now: datetime) -> None:
    problems: dict[str, str] = {}
    if not happened.began_at < happened.ended_at:
        problems["ended_at"] = _("It ends after it begins, within 31 days.")
    elif happened.ended_at > now:
        problems["ended_at"] = _("This time is still to come.")
    if not happened.report.strip() or len(happened.report) > REPORT_LENGTH:
        problems["report"] = _("Say in at most 4,000 characters what was taught and done.")
    if problems:
        raise InvalidInput(problems)
