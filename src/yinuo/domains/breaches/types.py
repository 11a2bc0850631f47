"""What breaches take in and hand to others: frozen, without queries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from yinuo.kernel.attribution import Change, Holder, Interruption
from yinuo.kernel.evaluation import Obligation, RemedyLine
from yinuo.kernel.plan.text import Text


class EntryKind(StrEnum):
    """What an entry is: computed by the clause, or entered by a person."""

    POSTED = "posted"
    WAIVER = "waiver"
    CORRECTION = "correction"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Case:
    """What the kernel says about one subject, as it goes into the ledger.

    `missed` are its promises that remedies follow from; `frozen` names (clause, position) of those
    that stay as they are whatever the kernel says now. `recorders` maps (clause, position) to the
    account that recorded the step that ended it. `first` holds the case before any change of hands;
    a holder's unit is its internal id as text. Ids are internal.
    """

    subject_type: str
    subject_id: UUID
    customer_id: int
    unit_id: int
    contract_id: int | None
    plan_version_id: int
    owner_id: int | None
    currency: str
    as_of: datetime
    missed: tuple[Obligation, ...]
    lines: tuple[RemedyLine, ...]
    recorders: Mapping[tuple[str, int], int | None]
    frozen: frozenset[tuple[str, int]]
    first: Holder
    changes: tuple[Change, ...] = ()
    interruptions: tuple[Interruption, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """What the clause says a breach brings, as last computed.

    `amount` is None when it is not money or the base is not known; `reduced_by` is what a cap or an
    exclusion took off.
    """

    remedy: str
    title_zh: str
    title_en: str
    kind: str
    paid_by: str
    base: Decimal | None
    base_name: str
    computation_zh: str
    computation_en: str
    amount: Decimal | None
    reduced_by: Decimal
    is_final: bool


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach as lists show it; `amount` is the sum of its entries, if it ever had one."""

    id: int
    public_id: UUID
    version: int
    state: str
    subject_type: str
    subject_id: UUID
    customer_public_id: UUID
    customer_name: str
    contract_public_id: UUID | None
    contract_number: str
    unit_name: str
    clause: str
    clause_number: str
    title_zh: str
    title_en: str
    due_at: datetime
    ended_at: datetime | None
    late_seconds: int
    amount: Decimal
    currency: str
    owner_name: str
    has_price: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One row of money with what became of it; `contract_id` is internal."""

    id: int
    public_id: UUID
    breach_public_id: UUID
    contract_id: int | None
    subject_type: str
    subject_id: UUID
    clause_number: str
    clause_title_zh: str
    clause_title_en: str
    kind: str
    remedy: str
    paid_by: str
    amount: Decimal
    currency: str
    base: Decimal | None
    base_name: str
    computation_zh: str
    computation_en: str
    reason: str
    incurred_at: datetime
    entered_at: datetime
    entered_by: str
    approved_at: datetime | None
    approved_by: str
    statement_id: UUID | None
    statement_number: str


@dataclass(frozen=True, slots=True)
class RightView:
    """A right that is not money."""

    public_id: UUID
    version: int
    breach_public_id: UUID
    remedy: str
    kind: str
    text_zh: str
    text_en: str
    extends: str
    extends_days: int
    extends_months: int
    state: str
    reason: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class ActView:
    """Something done about a breach."""

    kind: str
    side: str
    state_before: str
    state_after: str
    amount: Decimal | None
    reason: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class StretchView:
    """A stretch of the running time in one pair of hands."""

    begins_at: datetime
    ends_at: datetime
    leg: str
    unit_name: str
    why: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class ShareView:
    """How long one holder had the promise, how much of that it was late, and his part of it.

    `amount` is his part of the breach's money by late time; the parts add up to the whole.
    """

    leg: str
    unit_name: str
    seconds: Decimal
    late_seconds: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LegCorrectionView:
    """What a person said about who held a promise, and why."""

    begins_at: datetime
    ends_at: datetime
    leg: str
    unit_name: str
    reason: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class BreachView:
    """A breach with everything that belongs to it, and the steps the reader may take."""

    row: BreachRow
    started_at: datetime | None
    clause_text_zh: str
    clause_text_en: str
    evidence: tuple[Text, ...]
    lines: tuple[LineView, ...]
    entries: tuple[EntryView, ...]
    rights: tuple[RightView, ...]
    acts: tuple[ActView, ...]
    stretches: tuple[StretchView, ...]
    shares: tuple[ShareView, ...]
    leg_corrections: tuple[LegCorrectionView, ...]
    steps: tuple[str, ...]
    may_write: bool
    may_correct_leg: bool
    waive_limit: Decimal | None


@dataclass(frozen=True, slots=True)
class LegSum:
    """What the breaches of a list come to by leg and unit: for charging back.

    `of_contracts` of the breaches are of what contracts promise for themselves; `late_seconds` is
    the time that cases were late in these hands, each hour of a case once.
    """

    leg: str
    unit_name: str
    breaches: int
    of_contracts: int
    late_seconds: Decimal
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """What a list of breaches comes to in one currency: all, and by state."""

    currency: str
    breaches: int
    amount: Decimal
    open: Decimal
    approved: Decimal
    stated: Decimal


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """How much a role may waive of one breach. None is no limit; zero is nothing."""

    role: str
    name_zh: str
    name_en: str
    most: Decimal | None
    version: int
