"""The end of a training: closed with the customer's acknowledgement, or cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.policies import visible_trainings
from yinuo.domains.trainings.services.blocking import block_people
from yinuo.domains.trainings.services.checking import LONGEST_NAME
from yinuo.domains.trainings.services.locking import locked, tell_people
from yinuo.domains.trainings.types import TakenOver, TrainingKind, TrainingOutcome, TrainingStanding
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing

CANCELLED = "training.cancelled"
REASON_LENGTH = 200


def close_training(
    *,
    actor: Actor,
    training_id: object,
    version: int,
    taken_over: TakenOver | None,
    now: datetime,
) -> Training:
    """Close a held training; from then on its results stand.

    One for a customer needs who acknowledged the hand-over for him and when (SV-08). Raises
    InvalidInput, IllegalMove unless it was held and everybody's result is there, Conflict,
    NotFound.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_trainings(actor, Permission.TRAINING_WRITE)
        training = locked(seen, training_id, TrainingStanding.HELD)
        if training.participants.filter(outcome=TrainingOutcome.EXPECTED).exists():
            raise IllegalMove(_("Somebody's result is missing: record it first."))
        changes: dict[str, object] = {"state": TrainingStanding.CLOSED.value, "closed_at": now}
        if training.kind == TrainingKind.EXTERNAL:
            checked = _checked(taken_over, training, now)
            changes |= {"taken_over_by": checked.name, "taken_over_on": checked.on}
        stored(training, expected_version=version, changes=changes)
        work.audit("training.close", training)
        work.emit("training.closed", training)
        return training


def cancel_training(
    *, actor: Actor, training_id: object, version: int, reason: str, now: datetime
) -> Training:
    """Call off a planned training; its people are told. Needs the reason."""
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        seen = visible_trainings(actor, Permission.TRAINING_WRITE)
        training = locked(seen, training_id, TrainingStanding.PLANNED)
        changes = {"state": TrainingStanding.CANCELLED.value, "reason": reason.strip()}
        stored(training, expected_version=version, changes=changes)
        work.audit("training.cancel", training, reason=reason.strip())
        work.emit("training.cancelled", training)
        block_people(training, work)
        tell_people(training, CANCELLED, work)
        return training


def _checked(given: TakenOver | None, training: Training, now: datetime) -> TakenOver:
    problems: dict[str, str] = {}
    if given is None or not given.name.strip() or len(given.name) > LONGEST_NAME:
        problems["name"] = _("Say in at most 120 characters who acknowledged it for the customer.")
    # Tomorrow in UTC is today somewhere east of it.
    elif given.on > now.date() + timedelta(days=1):
        problems["on"] = _("This day is still to come.")
    elif training.began_at and given.on < training.began_at.date() - timedelta(days=1):
        problems["on"] = _("This day lies before the training.")
    if problems:
        raise InvalidInput(problems)
    assert given is not None
    return TakenOver(given.name.strip(), given.on)
