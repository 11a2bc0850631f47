"""Papers of a training: its material before, its signed sheet after."""

from __future__ import annotations

from datetime import datetime

from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.policies import recordable_trainings
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

PURPOSE = "training"


def keep_material(*, actor: Actor, training_id: object, upload: Upload, now: datetime) -> FileView:
    """Keep a file with a training; the same one twice is kept once. NotFound without the right."""
    training = one_of(recordable_trainings(actor), training_id)
    with writing(actor=actor, now=now):
        return store_file(
            owner=owner_of(training),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )
