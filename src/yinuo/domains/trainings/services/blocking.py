"""Whoever takes part in an internal training is not sent anywhere meanwhile."""

from __future__ import annotations

from yinuo.domains.network.services.absences import Cause, keep_away
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.types import TrainingKind, TrainingStanding
from yinuo.platform.journal.work import Work


def block_people(training: Training, work: Work) -> None:
    """Let the trainer and our people be away in the hours of a locked internal training.

    Of one that is cancelled nobody is; a customer's training keeps nobody but by its own sheet.
    """
    if training.kind != TrainingKind.INTERNAL:
        return
    taking_part = training.participants.filter(person__isnull=False)
    people = {training.trainer_id, *taking_part.values_list("person_id", flat=True)}
    is_off = training.state == TrainingStanding.CANCELLED
    keep_away(
        cause=Cause(training.public_id, training.subject, training.starts_at, training.ends_at),
        person_ids=set() if is_off else people,
        by=work.actor.label,
        now=work.now,
    )
