"""What contracts hand to others: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from yinuo.kernel.contract_stages import Stage
from yinuo.kernel.cover.candidates import LABOUR, PARTS, SOFTWARE, TRAVEL, Period

# What a service contract pays for unless something else is agreed.
FREE_ITEMS = (LABOUR, PARTS, TRAVEL)
# What one may name beside: versions and patches of software for the paid period (SA-11).
COVERED_ITEMS = (*FREE_ITEMS, SOFTWARE)


class QuotaKind(StrEnum):
    """What counts down: visits in whole numbers, hours of work."""

    VISITS = "visits"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class PlanVersionRow:
    """A published plan version as lists show it."""

    id: int
    public_id: UUID
    code: str
    number: int
    title_zh: str
    title_en: str
    published_at: datetime
    published_by: str
    offered_from: date | None = None


class ContractStanding(StrEnum):
    """Where a contract stands on a day."""

    COMING = "coming"
    RUNNING = "running"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Renewal:
    """The contract that follows another one; `runs_until` is its own first day without cover."""

    public_id: UUID
    number: str
    runs_until: date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract with the names a reader needs.

    `ends_on` is the end as first signed; `moved_ends` are the supplements that move it, each with
    the day it is in effect from and the new end, in that order.
    """

    id: int
    public_id: UUID
    version: int
    number: str
    customer_public_id: UUID
    customer_name: str
    plan_version_id: int
    plan_version_public_id: UUID
    plan_title_zh: str
    plan_title_en: str
    plan_number: int
    kind: str
    starts_on: date
    ends_on: date | None
    total: Decimal | None
    annual_fee: Decimal | None
    currency: str
    parameters: dict[str, Any]
    site_public_ids: tuple[UUID, ...]
    asset_public_ids: tuple[UUID, ...]
    stage: str
    covers: tuple[str, ...]
    project_public_id: UUID | None
    remind_days: int | None
    responsible_public_id: UUID | None
    responsible: str
    unit_id: int
    moved_ends: tuple[tuple[date, date], ...]
    pauses: tuple[Period, ...]
    renewed_by: Renewal | None

    def runs_until(self, today: date) -> date | None:
        """The first day it no longer runs, by the supplements in effect on a day."""
        return end_that_counts(self.ends_on, self.moved_ends, today)

    def standing(self, today: date) -> ContractStanding:
        """Whether it is still to come, runs, is suspended or has ended on a day."""
        end = self.runs_until(today)
        if end is not None and today >= end:
            return ContractStanding.ENDED
        if today < self.starts_on:
            return ContractStanding.COMING
        if any(one.holds(today) for one in self.pauses):
            return ContractStanding.SUSPENDED
        return ContractStanding.RUNNING

    def may_be_renewed(self, today: date) -> bool:
        """True when it was not renewed yet and stands at S, or has ended whatever its stage."""
        at_the_end = self.stage == Stage.FOLLOW_UP or self.standing(today) is ContractStanding.ENDED
        return at_the_end and self.renewed_by is None


def end_that_counts(
    ends_on: date | None, moved_ends: Sequence[tuple[date, date]], today: date
) -> date | None:
    """The end as signed, or as the last supplement in effect on a day moved it."""
    moved = [end for effective_on, end in moved_ends if effective_on <= today]
    return moved[-1] if moved else ends_on


class CoverKind(StrEnum):
    """What applies (保障); goodwill is given by a rule or by hand."""

    WARRANTY = "warranty"
    CONTRACT = "contract"
    GOODWILL = "goodwill"
    PAID = "paid"


class CoverReason(StrEnum):
    """Why; the surface puts it in words."""

    WARRANTY_RUNS = "warranty_runs"
    CONTRACT_RUNS = "contract_runs"
    WARRANTY_ENDED = "warranty_ended"
    CONTRACT_ENDED = "contract_ended"
    NOT_STARTED = "not_started"
    NOT_INCLUDED = "not_included"
    NO_CONTRACT = "no_contract"
    DECIDED = "decided"
    SUSPENDED = "suspended"
    EXCLUDED = "excluded"
    NOT_FACTORY = "not_factory"
    USED_UP = "used_up"
    GOODWILL_RULE = "goodwill_rule"
    USER_DAMAGE = "user_damage"


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What clauses of a plan may read of a contract."""

    public_id: UUID
    starts_on: date
    ends_on: date | None
    kind: str
    total: Decimal | None
    annual_fee: Decimal | None
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PartCover:
    """What applies to one part of the bill: labour, parts, travel or software."""

    item: str
    kind: CoverKind
    contract_number: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover at one instant. `until` is the first day it no longer holds, or held.

    `kind` is that of the work itself; `parts` says for each part of the bill. The contract is the
    one whose plan promises: the one in force that names the thing most precisely, which need not
    be the one that pays. `plan_version_id` and `terms` are None when nothing is promised: no
    contract in force includes the thing. Under warranty, `covers` names what is free and `rung`
    the first step of the ladder repair, part, whole unit.
    """

    kind: CoverKind
    reason: CoverReason
    contract_id: int | None = None
    contract_public_id: UUID | None = None
    contract_number: str = ""
    plan_version_id: int | None = None
    until: date | None = None
    terms: ContractTerms | None = None
    covers: tuple[str, ...] = ()
    rung: str = ""
    parts: tuple[PartCover, ...] = ()
