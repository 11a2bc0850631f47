"""Planning a training for a customer's people or for our own; changing what is planned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_assets, visible_projects
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.customers.policies import visible_customers
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for, visible_people
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.policies import visible_trainings
from yinuo.domains.trainings.services.blocking import block_people
from yinuo.domains.trainings.services.checking import check_data, check_teaches
from yinuo.domains.trainings.services.inviting import invite, invite_anew
from yinuo.domains.trainings.services.locking import locked, tell_people
from yinuo.domains.trainings.types import (
    About,
    Invited,
    Occasion,
    Teaches,
    TrainingData,
    TrainingKind,
    TrainingStanding,
)
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

PLANNED, MOVED = "training.planned", "training.moved"


def plan_customer_training(
    *,
    actor: Actor,
    customer_id: object,
    unit_id: object,
    about: About,
    data: TrainingData,
    invited: Invited,
    now: datetime,
) -> Training:
    """Plan a training for a customer's people; it costs him nothing (BP-21, SV-08, SA-03).

    Raises NotFound for a customer or unit without the right, InvalidInput per field.
    """
    customer = one_of(visible_customers(actor), customer_id)
    unit = unit_for(actor, unit_id, Permission.TRAINING_WRITE)
    if about.occasion not in set(Occasion):
        raise InvalidInput({"occasion": _("Choose one of those offered.")})
    columns: dict[str, Any] = {"kind": TrainingKind.EXTERNAL.value, "occasion": about.occasion}
    columns |= {"customer": customer, "unit": unit, **_things(actor, customer, about)}
    return _plan(actor, columns, data, invited, now)


def plan_internal_training(
    *,
    actor: Actor,
    unit_id: object,
    teaches: Teaches,
    data: TrainingData,
    invited: Invited,
    now: datetime,
) -> Training:
    """Plan a training for our own and partners' people, and say what passing it gives (MS-02).

    Raises NotFound for a unit without the right, InvalidInput per field.
    """
    unit = unit_for(actor, unit_id, Permission.TRAINING_WRITE)
    check_teaches(teaches)
    columns = {
        "kind": TrainingKind.INTERNAL.value,
        "unit": unit,
        "skill": teaches.skill.strip(),
        "level": teaches.level,
        "certificate": teaches.certificate.strip(),
        "product_line": teaches.product_line.strip(),
        "certificate_months": teaches.certificate_months,
    }
    return _plan(actor, columns, data, invited, now)


def change_training(
    *,
    actor: Actor,
    training_id: object,
    version: int,
    data: TrainingData,
    invited: Invited,
    now: datetime,
) -> Training:
    """Change what is planned, and who takes part; its people are told of another time or place.

    Raises InvalidInput per field, IllegalMove once held, Conflict when stale, NotFound.
    """
    check_data(data)
    with writing(actor=actor, now=now) as work:
        seen = visible_trainings(actor, Permission.TRAINING_WRITE)
        training = locked(seen, training_id, TrainingStanding.PLANNED)
        columns = _columns(actor, data)
        moves = ("starts_at", "ends_at", "place")
        is_moved = any(getattr(training, name) != columns[name] for name in moves)
        stored(training, expected_version=version, changes=columns)
        invite_anew(training, invited, actor)
        block_people(training, work)
        work.audit("training.change", training, after=_shown(training))
        work.emit("training.changed", training)
        if is_moved:
            tell_people(training, MOVED, work)
        return training


def _plan(
    actor: Actor, columns: dict[str, Any], data: TrainingData, invited: Invited, now: datetime
) -> Training:
    check_data(data)
    with writing(actor=actor, now=now) as work:
        training = Training.objects.create(
            **columns, **_columns(actor, data), created_at=now, created_by=actor.label
        )
        invite(training, invited, actor)
        block_people(training, work)
        work.audit("training.plan", training, after=_shown(training))
        work.emit("training.planned", training)
        tell_people(training, PLANNED, work)
        return training


def _things(actor: Actor, customer: Any, about: About) -> dict[str, Any]:
    seen = {
        "project": (visible_projects(actor), about.project_id),
        "contract": (visible_contracts(actor), about.contract_id),
        "asset": (visible_assets(actor), about.asset_id),
    }
    return {
        name: one_of(rows.filter(customer=customer), public_id)
        for name, (rows, public_id) in seen.items()
        if public_id
    }


def _columns(actor: Actor, data: TrainingData) -> dict[str, Any]:
    return {
        "subject": data.subject.strip(),
        "topics": data.topics.strip(),
        "place": data.place.strip(),
        "trainer": one_of(visible_people(actor), data.trainer_id),
        "starts_at": data.starts_at,
        "ends_at": data.ends_at,
        "most_points": data.most_points,
    }


def _shown(training: Training) -> dict[str, Any]:
    return {"subject": training.subject, "from": training.starts_at.isoformat()}
