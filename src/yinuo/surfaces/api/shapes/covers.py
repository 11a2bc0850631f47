"""Covers with their candidates."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from yinuo.domains.contracts.candidates import CandidateView, Explanation
from yinuo.domains.contracts.types import PartCover
from yinuo.surfaces.api.shapes.values import (
    DayText,
    IdText,
    TwoLanguages,
    day_or_none,
    id_or_none,
)


class PartCoverShape(BaseModel):
    """What applies to one part of the bill: labour, parts, travel or software."""

    item: str
    kind: str
    contract_number: str


class QuotaLeftShape(BaseModel):
    """What is left of the visits or hours bought, on the day asked about."""

    kind: str
    included: str
    left: str


class CandidateShape(BaseModel):
    """One candidate. `lost` says by item why it does not apply, empty where it does; `why` is why
    it applies to nothing, `reason` the same in the words of its terms where they decided."""

    kind: str
    contract_id: IdText
    contract_number: str
    precision: str
    title: TwoLanguages
    clause: str
    starts_on: DayText
    ends_on: DayText | None
    until: DayText | None
    items: list[str]
    applies_to: list[str]
    lost: dict[str, str]
    why: str
    reason: TwoLanguages
    rung: str
    quotas: list[QuotaLeftShape]


class ExplainedCover(BaseModel):
    """The cover as of the time asked about, per part of the bill, with every candidate.

    The contract is the one that promises times; what pays is named with each part.
    """

    kind: str
    reason: str
    contract_id: IdText | None
    contract_number: str
    until: DayText | None
    rung: str
    parts: list[PartCoverShape]
    candidates: list[CandidateShape]


def explained(found: Explanation) -> dict[str, Any]:
    """ExplainedCover."""
    cover = found.cover
    return {
        "kind": cover.kind.value,
        "reason": cover.reason.value,
        "contract_id": id_or_none(cover.contract_public_id),
        "contract_number": cover.contract_number,
        "until": day_or_none(cover.until),
        "rung": cover.rung,
        "parts": [_part(one) for one in cover.parts],
        "candidates": [_candidate(one) for one in found.candidates],
    }


def _part(one: PartCover) -> dict[str, Any]:
    return {"item": one.item, "kind": one.kind.value, "contract_number": one.contract_number}


def _candidate(one: CandidateView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "contract_id": str(one.contract_public_id),
        "contract_number": one.contract_number,
        "precision": one.precision,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "clause": one.clause_number,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": day_or_none(one.ends_on),
        "until": day_or_none(one.until),
        "items": list(one.items),
        "applies_to": list(one.wins),
        "lost": dict(one.lost),
        "why": one.why,
        "reason": {"zh": one.reason.zh, "en": one.reason.en},
        "rung": one.rung,
        "quotas": [
            {"kind": each.kind, "included": each.included, "left": each.left} for each in one.quotas
        ],
    }
