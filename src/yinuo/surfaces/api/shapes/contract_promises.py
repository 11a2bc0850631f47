"""What contracts promise of themselves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from yinuo.domains.obligations.contract_cases import Case
from yinuo.domains.obligations.contract_promises import (
    ContractPromise,
    Figure,
    Holding,
    OwnPromises,
    Unmeasured,
)
from yinuo.domains.obligations.counts import CountView, Keeping
from yinuo.surfaces.api.shapes.promises import ObligationShape, obligation
from yinuo.surfaces.api.shapes.values import (
    IdText,
    InstantText,
    TwoLanguages,
    instant,
    instant_or_none,
)


class FigureShape(BaseModel):
    """A figure beside its bounds, exact decimal text; `figure` is null before the first case."""

    figure: str | None
    at_least: str | None
    at_most: str | None
    unit: str
    cases: int
    holds: bool | None


class KindShape(BaseModel):
    """A kind of fact as the plan calls it."""

    code: str
    title: TwoLanguages


class ContractPromiseShape(BaseModel):
    """A promise for one period, half-open: `done` of `times` held, or a figure.

    `step` names a step of outreach before a visit. `made_good`: missed and held later;
    `make_good_until`: how long a missed one still may be. `note` is empty, `suspended`, `no cases`
    or `unconfirmed`.
    """

    promise: ObligationShape
    period: str
    begins_at: InstantText | None
    ends_at: InstantText | None
    done: int | None
    times: int | None
    missing: str
    step: KindShape | None
    note: str
    made_good: bool
    make_good_until: InstantText | None
    figure: FigureShape | None


class CountedItemShape(BaseModel):
    """How many of one name were owed on the day of a count, and how many there were."""

    name: str
    needed: int
    have: int


class KeepingCountShape(BaseModel):
    """A count of what a contract keeps; the last one says whether the duty is kept."""

    id: IdText
    counted_at: InstantText
    actor: str
    items: list[CountedItemShape]


class AskedItemShape(BaseModel):
    """How many of one name a duty asks for now; the name is empty for people on duty."""

    name: str
    number: int


class KeepingShape(BaseModel):
    """A duty to keep something at all times: what it asks for now, and its last count.

    `is_stale` when the assets of the contract ask for something else than was counted; `next_due`
    until when it is to be counted next, where the plan says how often.
    """

    clause: str
    number: str
    title: TwoLanguages
    kept: Literal["stock", "people", "certificate"]
    role: str
    asks: list[AskedItemShape]
    last: KeepingCountShape | None
    is_stale: bool
    next_due: InstantText | None


class UnmeasuredShape(BaseModel):
    """A promise that nobody has counted yet: of stock, people on duty or certificates."""

    clause: str
    number: str
    title: TwoLanguages
    kept: Literal["stock", "people", "certificate"]


class DutyShape(BaseModel):
    """A clause that is kept by something done, and the facts that count."""

    clause: str
    title: TwoLanguages
    kinds: list[KindShape]


class HoldingShape(BaseModel):
    """Something done, as recorded; `call_id` is the call on the customer it also is."""

    id: IdText
    kind: KindShape
    occurred_at: InstantText
    actor: str
    call_id: IdText | None


class ContractPromises(BaseModel):
    """Everything a contract promises of itself; `begun` is false before its first day."""

    begun: bool
    items: list[ContractPromiseShape]
    unmeasured: list[UnmeasuredShape]
    duties: list[DutyShape]
    holdings: list[HoldingShape]
    keepings: list[KeepingShape]


class ContractPromiseList(BaseModel):
    """Promises of several contracts: those running, due first leading, then those over."""

    items: list[ContractPromiseShape]


class FigureCaseShape(BaseModel):
    """A case behind a figure: its promise with its state, or a fact counted (`state` empty)."""

    subject_type: str
    subject_id: IdText
    title: TwoLanguages
    state: Literal["", "running", "paused", "met", "missed"]
    at: InstantText


class FigureCases(BaseModel):
    """The cases behind a figure, the missed ones leading; at most 500."""

    items: list[FigureCaseShape]


def own_promises(own: OwnPromises) -> dict[str, Any]:
    """As JSON."""
    return {
        "begun": own.begun,
        "items": [contract_promise(one) for one in own.items],
        "unmeasured": [_unmeasured(one) for one in own.unmeasured],
        "duties": [
            {
                "clause": one.clause,
                "title": {"zh": one.title_zh, "en": one.title_en},
                "kinds": [_kind(kind) for kind in one.kinds],
            }
            for one in own.duties
        ],
        "holdings": [_holding(one) for one in own.holdings],
        "keepings": [_keeping(one) for one in own.keepings],
    }


def contract_promise(one: ContractPromise) -> dict[str, Any]:
    """As JSON."""
    return {
        "promise": obligation(one.promise),
        "period": one.period,
        "begins_at": instant_or_none(one.begins_at),
        "ends_at": instant_or_none(one.ends_at),
        "done": one.done,
        "times": one.times,
        "missing": one.item,
        "step": _kind(one.step) if one.step else None,
        "note": one.note,
        "made_good": one.made_good,
        "make_good_until": instant_or_none(one.make_good_until),
        "figure": _figure(one.figure) if one.figure else None,
    }


def figure_case(one: Case) -> dict[str, Any]:
    """As JSON."""
    return {
        "subject_type": one.subject_type,
        "subject_id": str(one.subject_id),
        "title": {"zh": one.title_zh, "en": one.title_en},
        "state": one.state,
        "at": instant(one.at),
    }


def _figure(one: Figure) -> dict[str, Any]:
    def text(number: object) -> str | None:
        return None if number is None else str(number)

    return {
        "figure": text(one.figure),
        "at_least": text(one.least),
        "at_most": text(one.most),
        "unit": one.unit,
        "cases": one.cases,
        "holds": one.holds,
    }


def _keeping(one: Keeping) -> dict[str, Any]:
    return {
        "clause": one.clause,
        "number": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "kept": one.kept,
        "role": one.role,
        "asks": [{"name": name, "number": number} for name, number in one.asks.items()],
        "last": None if one.last is None else _count(one.last),
        "is_stale": one.is_stale,
        "next_due": instant_or_none(one.next_due),
    }


def _count(one: CountView) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "counted_at": instant(one.counted_at),
        "actor": one.actor,
        "items": [
            {"name": item.name, "needed": item.needed, "have": item.have} for item in one.items
        ],
    }


def _unmeasured(one: Unmeasured) -> dict[str, Any]:
    return {
        "clause": one.clause,
        "number": one.number,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "kept": one.kept,
    }


def _kind(kind: Any) -> dict[str, Any]:
    return {"code": kind.code, "title": {"zh": kind.title_zh, "en": kind.title_en}}


def _holding(one: Holding) -> dict[str, Any]:
    return {
        "id": str(one.public_id),
        "kind": _kind(one.kind),
        "occurred_at": instant(one.occurred_at),
        "actor": one.actor,
        "call_id": one.call_id or None,
    }
