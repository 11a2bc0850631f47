"""How the breach ledger is written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, WithJsonSchema

from yinuo.domains.breaches.types import (
    ActView,
    AuthorityRow,
    BreachRow,
    BreachView,
    EntryView,
    LedgerSum,
    LegSum,
    LineView,
    RightView,
    ShareView,
    StretchView,
)
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    id_or_none,
    instant,
    instant_or_none,
    money_or_none,
)

# Entries may take back what others brought.
SignedText = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"})]
SecondsText = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"})]


class BreachHead(BaseModel):
    """A missed promise: its extent, what it comes to, where it stands."""

    id: IdText
    version: int
    state: str
    subject_type: str
    subject_id: IdText
    customer_id: IdText
    customer_name: str
    contract_id: IdText | None
    contract_number: str
    unit_name: str
    clause: str
    clause_number: str
    title: TwoLanguages
    due_at: InstantText
    ended_at: InstantText | None
    late_seconds: int
    amount: SignedText
    currency: str
    owner_name: str


class Breaches(BaseModel):
    """A page of the ledger."""

    items: list[BreachHead]
    next_cursor: str


class RemedyShape(BaseModel):
    """What the clause says it brings, as last computed."""

    remedy: str
    title: TwoLanguages
    kind: str
    paid_by: str
    base: SignedText | None
    base_name: str
    computation: TwoLanguages
    amount: SignedText | None
    reduced_by: SignedText
    is_final: bool


class EntryShape(BaseModel):
    """One row of money; rows are added, never changed."""

    id: IdText
    kind: str
    remedy: str
    paid_by: str
    amount: SignedText
    currency: str
    computation: TwoLanguages
    reason: str
    incurred_at: InstantText
    entered_at: InstantText
    entered_by: str
    approved_at: InstantText | None
    approved_by: str
    statement_id: IdText | None
    statement_number: str


class CustomerRight(BaseModel):
    """A consequence that is not money."""

    id: IdText
    version: int
    breach_id: IdText
    remedy: str
    kind: str
    text: TwoLanguages
    extends: str
    extends_days: int
    extends_months: int
    state: str
    reason: str
    decided_at: InstantText | None
    decided_by: str


class BreachAct(BaseModel):
    """Something done about a breach."""

    kind: str
    side: str
    state_before: str
    state_after: str
    amount: SignedText | None
    reason: str
    at: InstantText
    actor: str


class HandsShape(BaseModel):
    """A stretch of the running time in one pair of hands."""

    begins_at: InstantText
    ends_at: InstantText
    leg: str
    unit_name: str
    why: str
    is_corrected: bool


class LegShare(BaseModel):
    """How long a leg had it, how much of that late, and its part of the money."""

    leg: str
    unit_name: str
    seconds: SecondsText
    late_seconds: SecondsText
    amount: SignedText


class BreachShape(BreachHead):
    """A breach with all that belongs to it, and the steps the caller may take."""

    started_at: InstantText | None
    clause_text: TwoLanguages
    evidence: list[TwoLanguages]
    lines: list[RemedyShape]
    entries: list[EntryShape]
    rights: list[CustomerRight]
    acts: list[BreachAct]
    stretches: list[HandsShape]
    shares: list[LegShare]
    steps: list[str]


class LedgerSumShape(BaseModel):
    """What the ledger comes to in one currency."""

    currency: str
    breaches: int
    amount: SignedText
    open: SignedText
    approved: SignedText
    stated: SignedText


class LegSumShape(BaseModel):
    """What breaches come to by leg and unit; the amounts add up to those of the list.

    `of_contracts` of the breaches are of what contracts promise for themselves: visits, shares,
    papers. `late_seconds` is the time that cases were late in these hands, each hour of a case
    once; promises of contracts have none.
    """

    leg: str
    unit_name: str
    breaches: int
    of_contracts: int
    late_seconds: SecondsText
    amount: SignedText
    currency: str


class LedgerSums(BaseModel):
    """The sums of the ledger, and by leg."""

    items: list[LedgerSumShape]
    legs: list[LegSumShape]


class WaiverLimit(BaseModel):
    """How much a role may waive of one breach; null is no limit."""

    role: str
    name: TwoLanguages
    most: SignedText | None
    version: int


class WaiverLimits(BaseModel):
    """All roles with their limits."""

    items: list[WaiverLimit]


class LimitSet(BaseModel):
    """The role whose limit was set."""

    role: str


def head(row: BreachRow) -> dict[str, Any]:
    """A BreachHead."""
    return {
        "id": str(row.public_id),
        "version": row.version,
        "state": row.state,
        "subject_type": row.subject_type,
        "subject_id": str(row.subject_id),
        "customer_id": str(row.customer_public_id),
        "customer_name": row.customer_name,
        "contract_id": id_or_none(row.contract_public_id),
        "contract_number": row.contract_number,
        "unit_name": row.unit_name,
        "clause": row.clause,
        "clause_number": row.clause_number,
        "title": {"zh": row.title_zh, "en": row.title_en},
        "due_at": instant(row.due_at),
        "ended_at": instant_or_none(row.ended_at),
        "late_seconds": row.late_seconds,
        "amount": f"{row.amount:.2f}",
        "currency": row.currency,
        "owner_name": row.owner_name,
    }


def breach(view: BreachView) -> dict[str, Any]:
    """A BreachShape."""
    return head(view.row) | {
        "started_at": instant_or_none(view.started_at),
        "clause_text": {"zh": view.clause_text_zh, "en": view.clause_text_en},
        "evidence": [{"zh": one.zh, "en": one.en} for one in view.evidence],
        "lines": [_line(one) for one in view.lines],
        "entries": [_entry(one) for one in view.entries],
        "rights": [right(one) for one in view.rights],
        "acts": [_act(one) for one in view.acts],
        "stretches": [_stretch(one) for one in view.stretches],
        "shares": [_share(one) for one in view.shares],
        "steps": list(view.steps),
    }


def _line(one: LineView) -> dict[str, Any]:
    return {
        "remedy": one.remedy,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "kind": one.kind,
        "paid_by": one.paid_by,
        "base": money_or_none(one.base),
        "base_name": one.base_name,
        "computation": {"zh": one.computation_zh, "en": one.computation_en},
        "amount": money_or_none(one.amount),
        "reduced_by": f"{one.reduced_by:.2f}",
        "is_final": one.is_final,
    }


def _entry(one: EntryView) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "kind": one.kind,
        "remedy": one.remedy,
        "paid_by": one.paid_by,
        "amount": f"{one.amount:.2f}",
        "currency": one.currency,
        "computation": {"zh": one.computation_zh, "en": one.computation_en},
        "reason": one.reason,
        "incurred_at": instant(one.incurred_at),
        "entered_at": instant(one.entered_at),
        "entered_by": one.entered_by,
        "approved_at": instant_or_none(one.approved_at),
        "approved_by": one.approved_by,
        "statement_id": id_or_none(one.statement_id),
        "statement_number": one.statement_number,
    }


def right(one: RightView) -> dict[str, Any]:
    """A CustomerRight."""
    return {
        "id": str(one.public_id),
        "version": one.version,
        "breach_id": str(one.breach_public_id),
        "remedy": one.remedy,
        "kind": one.kind,
        "text": {"zh": one.text_zh, "en": one.text_en},
        "extends": one.extends,
        "extends_days": one.extends_days,
        "extends_months": one.extends_months,
        "state": one.state,
        "reason": one.reason,
        "decided_at": instant_or_none(one.decided_at),
        "decided_by": one.decided_by,
    }


def _act(one: ActView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "side": one.side,
        "state_before": one.state_before,
        "state_after": one.state_after,
        "amount": money_or_none(one.amount),
        "reason": one.reason,
        "at": instant(one.at),
        "actor": one.actor,
    }


def _stretch(one: StretchView) -> dict[str, Any]:
    return {
        "begins_at": instant(one.begins_at),
        "ends_at": instant(one.ends_at),
        "leg": one.leg,
        "unit_name": one.unit_name,
        "why": one.why,
        "is_corrected": one.is_corrected,
    }


def _share(one: ShareView) -> dict[str, Any]:
    return {
        "leg": one.leg,
        "unit_name": one.unit_name,
        "seconds": f"{one.seconds:f}",
        "late_seconds": f"{one.late_seconds:f}",
        "amount": f"{one.amount:.2f}",
    }


def ledger_sum(one: LedgerSum) -> dict[str, Any]:
    """A LedgerSumShape."""
    amounts = {
        name: f"{getattr(one, name):.2f}" for name in ("amount", "open", "approved", "stated")
    }
    return {"currency": one.currency, "breaches": one.breaches, **amounts}


def leg_sum(one: LegSum) -> dict[str, Any]:
    """A LegSumShape."""
    return {
        "leg": one.leg,
        "unit_name": one.unit_name,
        "breaches": one.breaches,
        "of_contracts": one.of_contracts,
        "late_seconds": f"{one.late_seconds:f}",
        "amount": f"{one.amount:.2f}",
        "currency": one.currency,
    }


def limit(row: AuthorityRow) -> dict[str, Any]:
    """A WaiverLimit."""
    return {
        "role": row.role,
        "name": {"zh": row.name_zh, "en": row.name_en},
        "most": money_or_none(row.most),
        "version": row.version,
    }
