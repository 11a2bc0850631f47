"""Trainings, through the services users go through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories.company import Member

from yinuo.domains.customers.models import Contact, Customer
from yinuo.domains.network.models import Person, ServiceUnit
from yinuo.domains.trainings.models import Training
from yinuo.domains.trainings.services import (
    hold_training,
    plan_customer_training,
    plan_internal_training,
)
from yinuo.domains.trainings.types import (
    About,
    Attendance,
    Happened,
    Invited,
    Teaches,
    TrainingData,
)

HOUR = timedelta(hours=1)


def make_customer_training(
    by: Member, customer: Customer, contacts: Sequence[Contact] = (), **about: Any
) -> Training:
    """A hand-over training planned for tomorrow, given by who plans it."""
    now = datetime.now(UTC)
    return plan_customer_training(
        actor=by.actor,
        customer_id=customer.public_id,
        unit_id=customer.unit.public_id,
        about=About("handover", **about),
        data=_data(by, "系统移交培训", now + 24 * HOUR),
        invited=Invited(contacts=[one.public_id for one in contacts], names=["王工"]),
        now=now,
    )


def make_held_training(
    by: Member, unit: ServiceUnit, people: Sequence[Person], outcome: str = "passed"
) -> Training:
    """An internal training of yesterday: everybody came to the same result."""
    now = datetime.now(UTC)
    training = plan_internal_training(
        actor=by.actor,
        unit_id=unit.public_id,
        teaches=Teaches("防火墙", 3, "防火墙服务认证", "防火墙", 24),
        data=_data(by, "防火墙维护", now - 24 * HOUR),
        invited=Invited(people=[one.public_id for one in people]),
        now=now,
    )
    results = [Attendance(one.public_id, outcome) for one in training.participants.all()]
    happened = Happened(training.starts_at, training.ends_at, "按计划讲授并考核", results)
    return hold_training(
        actor=by.actor,
        training_id=training.public_id,
        version=1,
        happened=happened,
        source="console",
        now=now,
    )


def _data(by: Member, subject: str, starts_at: datetime) -> TrainingData:
    return TrainingData(
        subject=subject,
        trainer_id=by.person.public_id,
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
        topics="设备与日常维护",
        place="二楼会议室",
        most_points=100,
    )
