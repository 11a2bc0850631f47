"""The whole picture of one cover: every candidate, and why each one lost. Made when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.components import factory_serials
from yinuo.domains.assets.selectors import get_asset_of
from yinuo.domains.contracts.covers import (
    Contender,
    Contest,
    Covered,
    contest,
    cover_of,
    items_of,
    mended,
)
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.standing import Standing, read_rows
from yinuo.domains.contracts.types import Cover
from yinuo.domains.contracts.warranty import Case, Dates
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.cover.candidates import ITEMS, Kind, Lost
from yinuo.kernel.cover.choosing import choose
from yinuo.kernel.plan.clauses import Warranty
from yinuo.kernel.plan.selectors import OneOf
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.platform.errors import InvalidInput

# What was tried before, as facts the ladder repair, part, whole unit reads.
TRIED = ("repair_failed", "not_replaceable")
CAUSE, CATEGORY = "cause", "category"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which thing (public ids), as of when, and what is known of the case.

    `component` is the serial number of the component in question; `tried` empty, `repair_failed`
    (then a part is due) or `not_replaceable` (then the whole unit).
    """

    customer_id: object
    at: datetime
    site_id: object = None
    asset_id: object = None
    category: str = ""
    cause: str = ""
    component: str = ""
    tried: str = ""
    is_consumable: bool = False


@dataclass(frozen=True, slots=True)
class QuotaLeft:
    """What is left of a quota on the day asked about."""

    kind: str
    included: str
    left: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """One candidate: a warranty clause of a contract, or the contract's service.

    `lost` says by item why it does not apply, empty where it does; `items` are those it is about.
    `reason` holds the terms' own words where they decided (what exactly is excluded).
    """

    kind: str
    contract_public_id: UUID
    contract_number: str
    precision: str
    starts_on: date
    ends_on: date | None
    title: Text
    clause_number: str
    until: date | None
    items: tuple[str, ...]
    lost: Mapping[str, str]
    reason: Text = EMPTY
    rung: str = ""
    quotas: tuple[QuotaLeft, ...] = ()

    @property
    def wins(self) -> tuple[str, ...]:
        """The items it covers."""
        return tuple(item for item, why in self.lost.items() if not why)

    @property
    def why(self) -> str:
        """Why it covers nothing, as one word; empty when it covers something."""
        own = [self.lost[item] for item in self.items if item in self.lost]
        return "" if self.wins else next(iter(own), next(iter(self.lost.values()), ""))


@dataclass(frozen=True, slots=True)
class Choosable:
    """A value of a selector that may be told with the question."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """The cover with everything that competed for it, those that apply first.

    `causes` and `categories` are the words of the plans in question that may be told.
    """

    cover: Cover
    items: tuple[str, ...]
    candidates: tuple[CandidateView, ...]
    day: date
    zone: str
    causes: tuple[Choosable, ...] = ()
    categories: tuple[Choosable, ...] = ()


def explain_cover(actor: Actor, question: Question) -> Explanation:
    """The cover as `find_cover` finds it, with every candidate. For what the actor may see.

    Raises NotFound for anything outside his scope, InvalidInput without a customer or for a step
    that cannot have been tried.
    """
    if question.tried and question.tried not in TRIED:
        raise InvalidInput({"tried": _("Choose one of those offered.")})
    thing = _thing(actor, question)
    rows = read_rows(thing.customer_id)
    [thing] = mended(rows, [thing], question.at)
    found = contest(rows, thing, question.at, whole=True)
    items = items_of(found)
    choice = choose([one.candidate for one in found.contenders], found.case, items)
    lost = {one.candidate.key: one.lost for one in choice.verdicts}
    views = [_view(one, found, lost[one.candidate.key]) for one in found.contenders]
    return Explanation(
        cover=cover_of(found),
        items=items,
        candidates=tuple(sorted(views, key=_first_those_that_apply)),
        day=found.day,
        zone=thing.zone,
        causes=_choosable(found, CAUSE),
        categories=_choosable(found, CATEGORY),
    )


def _thing(actor: Actor, question: Question) -> Covered:
    place = resolve_place(
        actor,
        Permission.CONTRACT_READ,
        customer_id=question.customer_id,
        site_id=question.site_id or None,
    )
    case = Case(
        attributes=_told(question),
        component_serial=question.component.strip(),
        facts=(question.tried,) if question.tried else (),
        is_consumable=question.is_consumable,
    )
    if not question.asset_id:
        return Covered(place.customer_id, place.site_id, None, place.zone, case=case)
    asset = get_asset_of(place.customer_id, question.asset_id)
    site_id, zone = place.site_id, place.zone
    if site_id is None:
        site_id, zone = asset.site_id, asset.zone or zone
    dates = Dates(asset.purchased_on, asset.accepted_on)
    if case.component_serial:
        case = replace(case, factory_serials=factory_serials(asset.id))
    return Covered(place.customer_id, site_id, asset.id, zone, dates, case)


def _told(question: Question) -> dict[str, str]:
    told = {CATEGORY: question.category, CAUSE: question.cause}
    return {name: value for name, value in told.items() if value}


def _view(one: Contender, found: Contest, lost: Mapping[str, Lost | None]) -> CandidateView:
    row, terms = one.standing.row, one.standing.terms(found.day)
    plan = compiled_plan(row.plan_version_id).plan
    clause = one.clause
    return CandidateView(
        kind=one.candidate.kind.value,
        contract_public_id=row.public_id,
        contract_number=row.number,
        precision=one.standing.precision.name.lower(),
        starts_on=row.starts_on,
        ends_on=terms.ends_on,
        title=_title(one, plan.title),
        clause_number=plan.clause(clause.clause).number if clause else "",
        until=one.candidate.until,
        items=tuple(item for item in ITEMS if item in one.candidate.covers),
        lost={item: why.value if why else "" for item, why in lost.items()},
        reason=clause.reason if clause and clause.code in ("excluded", "over") else EMPTY,
        rung=clause.rung if clause else "",
        quotas=_left(one.standing, found.day) if one.candidate.kind is Kind.CONTRACT else (),
    )


def _title(one: Contender, plan_title: Text) -> Text:
    if one.goodwill is not None:
        return one.goodwill.rule
    return one.clause.title if one.clause else plan_title


def _left(standing: Standing, day: date) -> tuple[QuotaLeft, ...]:
    return tuple(
        QuotaLeft(kind, f"{included:g}", f"{included - used:g}")
        for kind, included, used in standing.quotas(day)
    )


def _first_those_that_apply(view: CandidateView) -> tuple[Any, ...]:
    return not view.wins, view.why in _FAR, -view.starts_on.toordinal()


# Candidates that were never near: they come last.
_FAR = (Lost.OTHER_THING.value, Lost.ENDED.value, Lost.NOT_STARTED.value)


def _choosable(found: Contest, name: str) -> tuple[Choosable, ...]:
    """Values of a selector that plans of contracts naming the thing know, each once."""
    known: dict[str, Choosable] = {}
    for one in found.contenders:
        if not one.standing.precision:
            continue
        plan = compiled_plan(one.standing.row.plan_version_id).plan
        selector = plan.selector(name)
        for choice in selector.values if selector else ():
            known.setdefault(choice.code, Choosable(choice.code, choice.title))
        for code in _excluded(plan.clauses, name):
            known.setdefault(code, Choosable(code, Text(code, code)))
    return tuple(known.values())


def _excluded(clauses: Iterable[object], name: str) -> list[str]:
    tests = [
        test
        for clause in clauses
        if isinstance(clause, Warranty)
        for condition in clause.excludes
        for tested, test in condition.tests
        if tested == name and isinstance(test, OneOf)
    ]
    return sorted({code for test in tests for code in test.values})
