"""Granting what an internal training taught to those who passed: once each, whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.qualification_types import CertificateData, SkillLevel
from yinuo.domains.network.services import add_certificate, grant_skill
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Participant, Training
from yinuo.domains.trainings.policies import visible_trainings
from yinuo.domains.trainings.services.locking import locked
from yinuo.domains.trainings.types import TrainingKind, TrainingOutcome, TrainingStanding
from yinuo.kernel.instants import shift_date
from yinuo.platform.errors import Forbidden, IllegalMove
from yinuo.platform.journal.work import Work, writing


def grant_training(*, actor: Actor, training_id: object, now: datetime) -> Training:
    """Give skill and certificate to everybody who passed and for whom the actor may say so.

    Done again it changes nothing; who passed but belongs to another's unit waits for that unit's
    leader. Raises IllegalMove when it was not held or teaches nothing, Forbidden when nobody of
    those waiting is the actor's to qualify, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        seen = visible_trainings(actor)
        training = locked(seen, training_id, TrainingStanding.HELD, TrainingStanding.CLOSED)
        if training.kind != TrainingKind.INTERNAL or not (training.skill or training.certificate):
            raise IllegalMove(_("This training gives neither a skill nor a certificate."))
        passed = training.participants.filter(outcome=TrainingOutcome.PASSED, person__active=True)
        waiting = list(passed.filter(granted_at__isnull=True).select_related("person"))
        allowed = actor.units_for(Permission.QUALIFICATION_WRITE)
        mine = [one for one in waiting if one.person and one.person.unit_id in allowed]
        if not allowed or (waiting and not mine):
            raise Forbidden
        for participant in mine:
            _grant(participant, training, work, actor)
        if mine:
            names = [one.name for one in mine]
            work.audit("training.grant", training, after={"people": names})
            work.emit("training.granted", training)
        return training


def _grant(participant: Participant, training: Training, work: Work, actor: Actor) -> None:
    assert participant.person is not None
    person_id = participant.person.public_id
    source = f"training {training.public_id}"
    if training.skill and training.level is not None:
        skill = SkillLevel(training.skill, training.level)
        grant_skill(actor=actor, person_id=person_id, skill=skill, source=source, now=work.now)
    if training.certificate:
        participant.certificate = add_certificate(
            actor=actor, person_id=person_id, data=_certificate(training), now=work.now
        )
    participant.granted_at, participant.granted_by = work.now, actor.label
    participant.save(update_fields=["granted_at", "granted_by", "certificate"])


def _certificate(training: Training) -> CertificateData:
    assert training.ended_at is not None
    assert training.certificate_months is not None
    first = training.ended_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    last = shift_date(first, months=training.certificate_months) - timedelta(days=1)
    return CertificateData(
        kind=training.certificate,
        issuer=training.unit.name,
        product_line=training.product_line,
        valid_from=first,
        valid_until=last,
    )
