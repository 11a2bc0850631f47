"""Supplements: what one would change, and the cases one reached back to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from yinuo.domains.obligations.reaching import Moved, Reached, ReachedCases
from yinuo.domains.obligations.supplementing import IfReached, IfSupplemented
from yinuo.surfaces.api.shapes.breaches import SignedText
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    instant,
    instant_or_none,
    money_or_none,
)


class MovedPromiseShape(BaseModel):
    """A promise that has another due time or state; `old_state` is empty for a new one."""

    number: str
    title: TwoLanguages
    old_state: str
    new_state: str
    old_due_at: InstantText | None
    new_due_at: InstantText | None


class CaseIfSupplementedShape(BaseModel):
    """A case, or the contract itself, and what would be posted for it.

    `posted` is what its breaches come to by their clauses now, `priced` what they would come to;
    null for who may not see that money. Positive is owed to the customer. With `money` told
    `after_saving`, `priced` is null where a cap reaches across cases.
    """

    subject_type: str
    subject_id: IdText
    began_at: InstantText | None
    is_open: bool
    moved: list[MovedPromiseShape]
    posted: SignedText | None
    priced: SignedText | None
    difference: SignedText | None


class IfSupplementedShape(BaseModel):
    """What a supplement would change: the contract's own promises, and a page of its cases.

    `total` cases are concerned, `open` of them still owe something. `difference` is all that would
    be posted; null for who may not see it. Of more than 500 cases it is null, and `money` is told
    `by_case`, or `after_saving` where a cap or a count of breaches reaches across cases.
    """

    currency: str
    own: CaseIfSupplementedShape | None
    items: list[CaseIfSupplementedShape]
    next_cursor: str
    total: int
    open: int
    money: Literal["whole", "by_case", "after_saving"]
    difference: SignedText | None


class ReachedCaseShape(BaseModel):
    """A case a supplement reached back to; it `waits` until its promises are computed anew.

    `amount` is what its breaches come to; null without one the reader may see.
    """

    subject_type: str
    subject_id: IdText
    began_at: InstantText
    is_open: bool
    waits: bool
    moved: list[MovedPromiseShape]
    amount: SignedText | None


class ReachedCasesShape(BaseModel):
    """A page of the cases that had begun when it was added, of `total`, so many of them `open`."""

    items: list[ReachedCaseShape]
    next_cursor: str
    total: int
    open: int


def if_supplemented(found: IfSupplemented) -> dict[str, Any]:
    """IfSupplementedShape."""
    return {
        "currency": found.currency,
        "own": _if_reached(found.own) if found.own else None,
        "items": [_if_reached(one) for one in found.cases.items],
        "next_cursor": found.cases.next_cursor,
        "total": found.total,
        "open": found.open,
        "money": found.money.value,
        "difference": money_or_none(found.difference),
    }


def reached_cases(found: ReachedCases, amounts: dict[UUID, Decimal]) -> dict[str, Any]:
    """ReachedCasesShape."""
    return {
        "items": [_reached(one, amounts.get(one.subject_id)) for one in found.page.items],
        "next_cursor": found.page.next_cursor,
        "total": found.total,
        "open": found.open,
    }


def _if_reached(one: IfReached) -> dict[str, Any]:
    return {
        "subject_type": one.subject_type,
        "subject_id": str(one.subject_id),
        "began_at": instant_or_none(one.began_at),
        "is_open": one.is_open,
        "moved": [_moved(each) for each in one.moved],
        "posted": money_or_none(one.posted),
        "priced": money_or_none(one.priced),
        "difference": money_or_none(one.difference),
    }


def _reached(one: Reached, amount: Decimal | None) -> dict[str, Any]:
    return {
        "subject_type": one.subject_type,
        "subject_id": str(one.subject_id),
        "began_at": instant(one.began_at),
        "is_open": one.is_open,
        "waits": one.waits,
        "moved": [_moved(each) for each in one.moved],
        "amount": money_or_none(amount),
    }


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "old_state": one.old_state,
        "new_state": one.new_state,
        "old_due_at": instant_or_none(one.old_due_at),
        "new_due_at": instant_or_none(one.new_due_at),
    }
