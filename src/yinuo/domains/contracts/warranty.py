"""Whether a warranty clause of the contract's plan holds for a thing: the kernel decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.terms import contract_fact
from yinuo.domains.contracts.types import ContractTerms
from yinuo.kernel.evaluation.results import Cover as KernelCover
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.clauses import Warranty

LABOUR = "labour"
_CONTRACT, _ASSET, _CASE = "contract:1", "asset:1", "request:1"


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates warranty terms start from, as the archive knows them."""

    purchased_on: date | None = None
    accepted_on: date | None = None


@dataclass(frozen=True, slots=True)
class WarrantyTerm:
    """What the warranty clauses say together. `until` is the first day without any of them.

    `covers` names what is free (parts, labour, travel, software); `rung` the step of the ladder
    repair, part, whole unit that applies first. Both are empty when the term is over.
    """

    holds: bool
    until: date
    covers: tuple[str, ...] = ()
    rung: str = ""


def warranty_term(
    plan_version_id: int, terms: ContractTerms, dates: Dates, zone: str, at: datetime
) -> WarrantyTerm | None:
    """The warranty of an asset under a contract as of `at`.

    None when no warranty clause of the plan covers labour or no start date is known. Dates of
    the archive stand in where the contract's parameters name none (BP-01, SA-08).
    """
    if not _has_warranty(plan_version_id):
        return None
    facts = _facts(terms, dates, zone, at)
    evaluation = compiled_plan(plan_version_id).evaluate(facts, at, only=_CASE)
    clauses = [one for one in evaluation.covers if one.subject == _CASE and one.ends_at]
    # Software kept up to date for free does not make a visit free: the work must be covered.
    of_work = [one for one in clauses if LABOUR in one.covers]
    if not of_work:
        return None
    holding = [one for one in of_work if one.is_covered]
    until = max(_day(one, zone) for one in holding or of_work)
    if not holding:
        return WarrantyTerm(False, until)
    covers = dict.fromkeys(word for one in clauses if one.is_covered for word in one.covers)
    rung = next((one.rung for one in holding if one.rung), "")
    return WarrantyTerm(True, until, tuple(covers), rung)


@lru_cache(maxsize=256)
def _has_warranty(plan_version_id: int) -> bool:
    return any(isinstance(one, Warranty) for one in compiled_plan(plan_version_id).plan.clauses)


def _facts(terms: ContractTerms, dates: Dates, zone: str, at: datetime) -> list[Fact]:
    signed = contract_fact(terms, zone)
    known = {"signed_on": terms.starts_on.isoformat()}
    if dates.accepted_on:
        day = dates.accepted_on.isoformat()
        known |= {"accepted_on": day, "handed_over_on": day}
    asset: dict[str, str] = {"contract": _CONTRACT}
    if dates.purchased_on:
        asset["purchased_on"] = dates.purchased_on.isoformat()
    start = min(signed.occurred_at, at)
    return [
        Fact(_CONTRACT, "signed", start, start, {**known, **signed.attrs}),
        Fact(_ASSET, "sold", start, start, asset),
        Fact(_CASE, "reported", at, at, {"asset": _ASSET, "contract": _CONTRACT}),
    ]


def _day(cover: KernelCover, zone: str) -> date:
    assert cover.ends_at is not None
    return cover.ends_at.astimezone(ZoneInfo(zone)).date()
