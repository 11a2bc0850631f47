"""Trainings of the demo company: one handed over, one planned, one with skills granted."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.assets.selectors import list_projects
from yinuo.domains.customers.selectors import list_contacts, list_customers
from yinuo.domains.network.selectors import list_people, list_units
from yinuo.domains.network.types import Actor
from yinuo.domains.trainings import services
from yinuo.domains.trainings.selectors import list_participants
from yinuo.domains.trainings.types import (
    About,
    Attendance,
    Happened,
    Invited,
    TakenOver,
    Teaches,
    TrainingData,
)

HOURS = timedelta(hours=3)
_RESULTS = {"陈大勇": ("passed", 88), "罗毅": ("passed", 76), "石磊": ("failed", 52)}


def train_people(manager: Actor, now: datetime) -> None:
    """A customer's training held and one to come; an internal one with its test."""
    people = {one.name: one.public_id for one in list_people(manager)}
    trainer = people["欧阳晓峰"]
    _hand_over(manager, trainer, now)
    unit = next(one for one in list_units(manager) if one.code == "HQ")
    held = services.plan_internal_training(
        actor=manager,
        unit_id=unit.public_id,
        teaches=Teaches("阵列卡更换", 3, "阵列卡更换上岗证", "阵列卡", 24),
        data=_data(
            "RAID 控制卡更换与数据保护", "拆装、重建、数据校验；上机考核。", trainer, now, -12, 100
        ),
        invited=Invited(people=[people[name] for name in _RESULTS]),
        now=now - timedelta(days=20),
    )
    attendances = [
        Attendance(one.public_id, *_RESULTS[one.name])
        for one in list_participants(manager, held.public_id)
    ]
    happened = Happened(held.starts_at, held.ends_at, "按计划讲授，三人上机考核。", attendances)
    services.hold_training(
        actor=manager,
        training_id=held.public_id,
        version=held.version,
        happened=happened,
        source="demo",
        now=now - timedelta(days=11),
    )
    services.grant_training(actor=manager, training_id=held.public_id, now=now - timedelta(days=11))
    services.plan_internal_training(
        actor=manager,
        unit_id=unit.public_id,
        teaches=Teaches("防火墙", 4),
        data=_data("防火墙新版本策略迁移", "新版策略模型与迁移工具。", trainer, now, 6, None),
        invited=Invited(people=[people[name] for name in ("陈大勇", "石磊", "谢志强")]),
        now=now - timedelta(days=2),
    )


def _hand_over(manager: Actor, trainer: object, now: datetime) -> None:
    customers = list_customers(manager, text="江南", limit=1).items
    for customer in customers:
        projects = list_projects(manager, customer_id=customer.public_id, limit=1).items
        contacts = list_contacts(manager, customer_id=customer.public_id, limit=2).items
        about = {"project_id": projects[0].public_id} if projects else {}
        for days, title, occasion in (
            (-30, "新媒体平台移交培训", "handover"),
            (9, "播控系统日常维护培训", "maintenance"),
        ):
            training = services.plan_customer_training(
                actor=manager,
                customer_id=customer.public_id,
                unit_id=customer.unit_public_id,
                about=About(occasion, **about),
                data=_data(title, "系统结构、日常巡检、常见故障处理。", trainer, now, days, None),
                invited=Invited(
                    contacts=[one.public_id for one in contacts],
                    names=["播控科 周工", "播控科 吴工"],
                ),
                now=now + timedelta(days=min(days - 10, -1)),
            )
            if days < 0:
                _take_over(manager, training.public_id, now)


def _take_over(manager: Actor, training_id: object, now: datetime) -> None:
    """It took place as planned, one was absent, and the customer acknowledged it the next day."""
    people = list_participants(manager, training_id)
    outcomes = ["attended"] * (len(people) - 1) + ["absent"]
    attendances = [
        Attendance(one.public_id, outcome) for one, outcome in zip(people, outcomes, strict=True)
    ]
    began = now - timedelta(days=30)
    happened = Happened(began, began + HOURS, "逐项讲解并由客户人员操作一遍。", attendances)
    day_after = began + timedelta(days=1)
    training = services.hold_training(
        actor=manager,
        training_id=training_id,
        version=1,
        happened=happened,
        source="demo",
        now=day_after,
    )
    taken_over = TakenOver(people[0].name, day_after.date())
    services.close_training(
        actor=manager,
        training_id=training_id,
        version=training.version,
        taken_over=taken_over,
        now=day_after,
    )


def _data(
    subject: str, topics: str, trainer: object, now: datetime, days: int, most: int | None
) -> TrainingData:
    starts = (now + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return TrainingData(
        subject=subject,
        trainer_id=trainer,
        starts_at=starts,
        ends_at=starts + HOURS,
        topics=topics,
        place="总部三楼培训室",
        most_points=most,
    )
