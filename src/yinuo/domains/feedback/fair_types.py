"""What the fair score takes in and hands out: frozen, without queries behind it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from yinuo.kernel.scoring import FairWeights

WEIGHT_NAMES = tuple(one.name for one in fields(FairWeights))
# Lowest and highest of each, by what it counts in.
PERCENTS, MINUTES = (0, 100), (0, 1_440)
BOUNDS: dict[str, tuple[int, int]] = {
    name: MINUTES if name.endswith("minutes") else PERCENTS for name in WEIGHT_NAMES
} | {
    "tolerance_percent": (1, 1_000),
    "worst_level_percent": (100, 300),
    "second_level_percent": (100, 300),
    "fault_percent": (100, 300),
    "coordination_percent": (100, 300),
}


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of a version, with who set them; number 1 is as shipped."""

    number: int
    weights: FairWeights
    set_at: datetime | None = None
    set_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal; without `decided_at` it waits. `may_decide` for who reads it."""

    public_id: UUID
    case: CaseView
    reason: str
    raised_at: datetime
    upheld: bool | None
    decision: str
    decided_at: datetime | None
    decided_by: str
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case with every input of the fair score. `fair` is its own score, 0 to 100."""

    public_id: UUID
    case_on: date
    sheet_number: str
    request_public_id: UUID
    request_number: str
    engineer_public_id: UUID
    engineer_name: str
    unit_name: str
    kind: str
    level_zh: str
    level_en: str
    satisfaction: str
    points: Decimal
    promised_minutes: int | None
    inherited_minutes: int
    travel_minutes: int
    late_minutes: int
    own_late_minutes: int
    difficulty_percent: int
    satisfaction_missing: Decimal | None
    timeliness_missing: Decimal | None
    fair: Decimal | None
    left_out: bool
    weights: int
    appeal_public_id: UUID | None
    appeal_upheld: bool | None
    may_appeal: bool = False
