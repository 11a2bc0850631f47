"""The life of a contract: stage, quotas, agreements, supplements, suspensions."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.contracts.cycle import CycleView
from yinuo.domains.contracts.life import AgreementView, LifeView, QuotaView
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    InstantText,
    MoneyText,
    TwoLanguages,
    day_or_none,
    id_or_none,
    instant,
    money_or_none,
)


class AskedShape(BaseModel):
    """A condition of the next stage and what lacks; nothing lacking, it holds."""

    condition: str
    missing: list[str]


class StageShape(BaseModel):
    """A stage that was entered, and the conditions that held then."""

    stage: str
    at: InstantText
    actor: str
    held: list[str]
    note: str


class QuotaShape(BaseModel):
    """Visits or hours of a period, which runs to the day before `ends_on`."""

    id: IdText
    kind: str
    begins_on: DayText
    ends_on: DayText | None
    included: str
    used: str
    left: str


class AgreementShape(BaseModel):
    """A term or later agreement; `due_on` is the last day in time."""

    id: IdText
    version: int
    text: str
    agreed_on: DayText
    due_on: DayText | None
    responsible: str
    state: str
    settled_on: DayText | None
    outcome: str


class SupplementShape(BaseModel):
    """What changed from a day on; empty where it stayed."""

    id: IdText
    number: str
    effective_on: DayText
    total: MoneyText | None
    annual_fee: MoneyText | None
    ends_on: DayText | None
    parameters: dict[str, Any]
    note: str


class SuspensionShape(BaseModel):
    """Days on which the contract covers nothing, to the day before `ends_on`."""

    id: IdText
    version: int
    begins_on: DayText
    ends_on: DayText | None
    reason: str


class RenewalPriceShape(BaseModel):
    """What a renewal costs a year, and how it was computed."""

    amount: MoneyText
    computation: TwoLanguages


class ContractLife(BaseModel):
    """Everything that happens to a contract beside its text."""

    stage: str
    next_stage: str
    asked: list[AskedShape]
    runs_until: DayText | None
    history: list[StageShape]
    quotas: list[QuotaShape]
    agreements: list[AgreementShape]
    supplements: list[SupplementShape]
    suspensions: list[SuspensionShape]
    renews_id: IdText | None
    renewed_by_id: IdText | None
    renewal_price: RenewalPriceShape | None


def contract_life(cycle: CycleView, life: LifeView) -> dict[str, Any]:
    """ContractLife."""
    return {
        **_cycle(cycle),
        "quotas": [_quota(one) for one in life.quotas],
        "agreements": [_agreement(one) for one in life.agreements],
        "supplements": _supplements(life),
        "suspensions": [
            {
                "id": str(one.public_id),
                "version": one.version,
                "begins_on": one.begins_on.isoformat(),
                "ends_on": day_or_none(one.ends_on),
                "reason": one.reason,
            }
            for one in life.suspensions
        ],
        "renews_id": id_or_none(life.renews.public_id if life.renews else None),
        "renewed_by_id": id_or_none(life.renewed_by.public_id if life.renewed_by else None),
        "renewal_price": _price(life),
    }


def _cycle(cycle: CycleView) -> dict[str, Any]:
    return {
        "stage": cycle.stage,
        "next_stage": cycle.next,
        "asked": [
            {"condition": one.condition, "missing": list(one.missing)} for one in cycle.asked
        ],
        "runs_until": day_or_none(cycle.ends_on),
        "history": [
            {
                "stage": one.stage,
                "at": instant(one.at),
                "actor": one.actor,
                "held": list(one.held),
                "note": one.note,
            }
            for one in cycle.history
        ],
    }


def _quota(one: QuotaView) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "kind": one.kind,
        "begins_on": one.begins_on.isoformat(),
        "ends_on": day_or_none(one.ends_on),
        "included": f"{one.included:.2f}",
        "used": f"{one.used:.2f}",
        "left": f"{one.left:.2f}",
    }


def _agreement(one: AgreementView) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "version": one.version,
        "text": one.text,
        "agreed_on": one.agreed_on.isoformat(),
        "due_on": day_or_none(one.due_on),
        "responsible": one.responsible,
        "state": one.state,
        "settled_on": day_or_none(one.settled_on),
        "outcome": one.outcome,
    }


def _supplements(life: LifeView) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.public_id),
            "number": one.number,
            "effective_on": one.effective_on.isoformat(),
            "total": money_or_none(one.total),
            "annual_fee": money_or_none(one.annual_fee),
            "ends_on": day_or_none(one.ends_on),
            "parameters": dict(one.parameters),
            "note": one.note,
        }
        for one in life.supplements
    ]


def _price(life: LifeView) -> dict[str, Any] | None:
    price = life.renewal_price
    if price is None:
        return None
    words = {"zh": price.computation.zh, "en": price.computation.en}
    return {"amount": money_or_none(price.amount.amount), "computation": words}
