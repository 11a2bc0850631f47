"""Taking hold of a training for a step, and telling its people of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yinuo.domains.network.roster import read_roster
from yinuo.domains.notices.services import notify
from yinuo.domains.notices.types import Telling
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.types import TrainingStanding
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import Work
from yinuo.platform.scoped import one_of


def locked(seen: QuerySet[Training], training_id: object, *states: TrainingStanding) -> Training:
    """The training, locked. Raises IllegalMove in any other state, NotFound."""
    rows = seen.select_related("unit", "customer", "contract").select_for_update(of=("self",))
    training = one_of(rows, training_id)
    if training.state not in {one.value for one in states}:
        raise IllegalMove(_("The training is not in the state for this."))
    return training


def tell_people(training: Training, topic: str, work: Work) -> None:
    """Tell the trainer and the participants that are ours, in the app."""
    roster = read_roster()
    taking_part = training.participants.filter(person__isnull=False)
    ids = {training.trainer_id, *taking_part.values_list("person_id", flat=True)}
    holders = [one for one in map(roster.person, sorted(filter(None, ids))) if one]
    starts = training.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    data = {"title": training.subject, "when": f"{starts:%Y-%m-%d %H:%M}"}
    telling = Telling(topic, "training", training.public_id, training.unit_id, data)
    notify(work, telling, holders, ())
