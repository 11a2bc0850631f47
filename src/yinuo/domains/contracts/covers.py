"""Which cover applies to an asset, site or customer at an instant, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.domains.assets.mendings import mendings_of
from yinuo.domains.contracts.goodwill import goodwill_figures, goodwill_of
from yinuo.domains.contracts.standing import Row, Standing, prolonged_of, read_rows_of, standings
from yinuo.domains.contracts.types import ContractTerms, Cover, CoverKind, CoverReason, PartCover
from yinuo.domains.contracts.warranty import (
    NO_CASE,
    NO_DATES,
    Case,
    ClauseTerm,
    Dates,
    is_by_people,
    reads_mending,
    warranty_terms,
)
from yinuo.kernel.cover import candidates as kernel
from yinuo.kernel.cover.candidates import (
    ITEMS,
    LABOUR,
    PARTS,
    TRAVEL,
    Candidate,
    Kind,
    Lost,
    Precision,
)
from yinuo.kernel.cover.choosing import stands, winner
from yinuo.kernel.cover.goodwill import Goodwill

_REFUSED = {
    "within": None,
    "unknown_start": Lost.START_UNKNOWN,
    "not_begun": Lost.TERM_NOT_BEGUN,
    "over": Lost.TERM_OVER,
    "excluded": Lost.EXCLUDED,
    "not_factory": Lost.NOT_FACTORY,
}
_REASONS = {
    Lost.SUSPENDED: CoverReason.SUSPENDED,
    Lost.EXCLUDED: CoverReason.EXCLUDED,
    Lost.NOT_FACTORY: CoverReason.NOT_FACTORY,
    Lost.USED_UP: CoverReason.USED_UP,
}
_FREE_BY_GOODWILL = frozenset({LABOUR, PARTS, TRAVEL})
# What is named on its own, in the order of a bill; software only where a clause speaks of it.
_BILL = (LABOUR, PARTS, TRAVEL)


@dataclass(frozen=True, slots=True)
class Covered:
    """The thing a cover is asked for, by internal ids already resolved in the actor's scope."""

    customer_id: int
    site_id: int | None
    asset_id: int | None
    zone: str
    dates: Dates = NO_DATES
    case: Case = NO_CASE


@dataclass(frozen=True, slots=True)
class Contender:
    """A contract's warranty clause, its service or its goodwill, with where it comes from."""

    candidate: Candidate
    standing: Standing
    clause: ClauseTerm | None = None
    goodwill: Goodwill | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything the choice of one cover rests on."""

    thing: Covered
    at: datetime
    day: date
    contracts: tuple[Standing, ...]
    contenders: tuple[Contender, ...]

    @property
    def case(self) -> kernel.Case:
        """The case as the kernel's choice reads it."""
        return kernel.Case(self.day, self.thing.case.is_consumable)

    def best(self, item: str) -> Contender | None:
        """What covers an item; None when it is paid."""
        found = winner([one.candidate for one in self.contenders], self.case, item)
        return next((one for one in self.contenders if one.candidate is found), None)


def find_cover(thing: Covered, at: datetime) -> Cover:
    """The best cover of one thing as of `at`; see `find_covers`."""
    return find_covers([thing], at)[0]


def find_covers(things: Sequence[Covered], at: datetime) -> list[Cover]:
    """The best cover as of `at` of each thing, in their order, of however many customers; one
    query, and three more where a plan's warranty reads repairs or downtime.

    For each part of the bill the best of warranty, contract and goodwill applies (`kernel.cover`),
    else it is paid. A contract without annual fee is a sale: once its warranty is over it promises
    the same times, but the service is paid. The promised times are those of the contract in force
    that names the thing most precisely, then of the one that started last. A day belongs to a
    contract from its start to the day before its end, in the site's zone.
    """
    if not things:
        return []
    known = read_rows_of({one.customer_id for one in things})
    longer = [_prolonged(known[one.customer_id], one, at) for one in things]
    things = _with_mendings(list(chain.from_iterable(known.values())), longer, at)
    return [cover_of(contest(known[one.customer_id], one, at)) for one in things]


def mended(rows: Sequence[Row], things: Sequence[Covered], at: datetime) -> list[Covered]:
    """A customer's things with what happened to them before `at`, where a plan asks for it."""
    return _with_mendings(rows, [_prolonged(rows, one, at) for one in things], at)


def _prolonged(rows: Sequence[Row], one: Covered, at: datetime) -> Covered:
    longer = prolonged_of(rows, one.asset_id, at)
    return replace(one, dates=replace(one.dates, prolonged=longer)) if longer else one


def _with_mendings(rows: Sequence[Row], things: Sequence[Covered], at: datetime) -> list[Covered]:
    assets = {one.asset_id for one in things if one.asset_id}
    if not assets or not any(reads_mending(row.plan_version_id) for row in rows):
        return list(things)
    found = mendings_of(assets, at)
    return [
        replace(one, dates=replace(one.dates, mending=found[one.asset_id])) if one.asset_id else one
        for one in things
    ]


def contest(rows: Sequence[Row], thing: Covered, at: datetime, *, whole: bool = False) -> Contest:
    """What may cover a thing as of `at`. Of contracts not in force, warranty clauses are judged
    only for the `whole` picture: they cannot win."""
    day = at.astimezone(ZoneInfo(thing.zone)).date()
    contracts = tuple(standings(rows, thing.site_id, thing.asset_id))
    found: list[Contender] = []
    for standing in contracts:
        found += _contenders(standing, thing, at, day, whole=whole)
    return Contest(thing, at, day, contracts, tuple(found))


def _contenders(
    standing: Standing, thing: Covered, at: datetime, day: date, *, whole: bool
) -> list[Contender]:
    row, terms = standing.row, standing.terms(day)
    shared: dict[str, Any] = {
        "precision": standing.precision,
        "runs": kernel.Period(row.starts_on, terms.ends_on),
        "pauses": standing.pauses,
    }
    by_people = Lost.EXCLUDED if is_by_people(row.plan_version_id, thing.case) else None
    service = Candidate(
        key=(row.id, -1),
        kind=Kind.CONTRACT,
        covers=standing.covers,
        until=terms.ends_on,
        refused=by_people,
        used_up=standing.used_up(day),
        **shared,
    )
    figures = goodwill_figures(row.plan_version_id, terms)
    is_apart = standing.precision is Precision.ELSEWHERE
    if stands(service, day) is not None and not whole and (is_apart or not figures):
        return [Contender(service, standing)]
    clauses = warranty_terms(row.plan_version_id, terms, thing.dates, thing.zone, at, thing.case)
    found = [
        Contender(_of_clause(row, index, clause, shared), standing, clause)
        for index, clause in enumerate(clauses)
    ]
    if terms.annual_fee is not None or not any(one.is_of_work and one.until for one in clauses):
        found.append(Contender(service, standing))
    if rule := goodwill_of(figures, terms, clauses):
        refused = rule.refused(day) or by_people or _refused_of_work(clauses)
        key = (row.id, -2 - len(clauses))
        found.append(_given(service, standing, rule, key=key, refused=refused))
    return found


def _of_clause(row: Row, index: int, clause: ClauseTerm, shared: Mapping[str, Any]) -> Candidate:
    return Candidate(
        key=(row.id, -2 - index),
        kind=Kind.WARRANTY,
        covers=frozenset(clause.covers),
        until=clause.until,
        refused=_REFUSED[clause.code],
        **shared,
    )


def _given(
    service: Candidate,
    standing: Standing,
    rule: Goodwill,
    *,
    key: tuple[int, int],
    refused: Lost | None,
) -> Contender:
    """Goodwill holds beyond the end of the contract whose service it follows."""
    given = replace(
        service,
        key=key,
        kind=Kind.GOODWILL,
        covers=_FREE_BY_GOODWILL,
        runs=kernel.Period(standing.row.starts_on),
        until=rule.holds.ends_on,
        refused=refused,
        used_up=frozenset(),
    )
    return Contender(given, standing, goodwill=rule)


def _refused_of_work(clauses: Sequence[ClauseTerm]) -> Lost | None:
    """What the warranty of the work excludes is not given by goodwill either."""
    refused = [one.refused for one in clauses if one.is_of_work and one.refused]
    return _REFUSED[refused[0]] if refused else None


def cover_of(contest: Contest) -> Cover:
    """The cover that wins, with the contract that promises."""
    in_force = [one for one in contest.contracts if _objection(contest, one) is None]
    if not in_force:
        return _nearest_reason(contest)
    promising = max(in_force, key=lambda one: (one.precision, one.row.starts_on, one.row.id))
    kind, reason, until = _decided(contest, promising)
    best = contest.best(LABOUR)
    holding = _holding(contest, best) if best and best.clause else []
    return Cover(
        kind=kind,
        reason=reason,
        contract_id=promising.row.id,
        contract_public_id=promising.row.public_id,
        contract_number=promising.row.number,
        plan_version_id=promising.row.plan_version_id,
        until=until,
        terms=promising.terms(contest.day),
        covers=tuple(dict.fromkeys(item for one in holding for item in one.covers)),
        rung=next((one.rung for one in holding if one.is_of_work and one.rung), ""),
        parts=parts_of(contest),
    )


def parts_of(contest: Contest) -> tuple[PartCover, ...]:
    """What applies to each part of the bill."""
    return tuple(_part(item, contest.best(item)) for item in items_of(contest))


def items_of(contest: Contest) -> tuple[str, ...]:
    """The parts of the bill; software where some clause speaks of it."""
    spoken = {item for one in contest.contenders for item in one.candidate.covers}
    return tuple(item for item in ITEMS if item in _BILL or item in spoken)


def _part(item: str, best: Contender | None) -> PartCover:
    if best is None:
        return PartCover(item, CoverKind.PAID)
    return PartCover(item, CoverKind(best.candidate.kind.value), best.standing.row.number)


def _decided(contest: Contest, promising: Standing) -> tuple[CoverKind, CoverReason, date | None]:
    best = contest.best(LABOUR)
    if best is None:
        return _paid(contest, promising)
    if best.goodwill is not None:
        return CoverKind.GOODWILL, CoverReason.GOODWILL_RULE, best.candidate.until
    if best.clause is not None:
        return CoverKind.WARRANTY, CoverReason.WARRANTY_RUNS, best.clause.until
    return CoverKind.CONTRACT, CoverReason.CONTRACT_RUNS, best.candidate.runs.ends_on


def _paid(contest: Contest, promising: Standing) -> tuple[CoverKind, CoverReason, date | None]:
    """Why the work is paid although a contract promises: what its own candidates lost for."""
    own = [one for one in contest.contenders if one.standing is promising]
    refused = [one.candidate.refused for one in own if LABOUR in one.candidate.covers]
    for lost in (Lost.EXCLUDED, Lost.NOT_FACTORY):
        if lost in refused:
            return CoverKind.PAID, _REASONS[lost], None
    if any(LABOUR in one.candidate.used_up for one in own):
        return CoverKind.PAID, CoverReason.USED_UP, promising.terms(contest.day).ends_on
    ended = [one.clause.until for one in own if one.clause and one.clause.is_of_work]
    known = [day for day in ended if day]
    if known:
        return CoverKind.PAID, CoverReason.WARRANTY_ENDED, max(known)
    return CoverKind.PAID, CoverReason.NOT_INCLUDED, None


def _holding(contest: Contest, best: Contender) -> list[ClauseTerm]:
    """The clauses that hold of the contract whose warranty covers the work."""
    return [
        one.clause
        for one in contest.contenders
        if one.standing is best.standing and one.clause and one.clause.holds
    ]


def _objection(contest: Contest, standing: Standing) -> Lost | None:
    own = (one for one in contest.contenders if one.standing is standing)
    return stands(next(own).candidate, contest.day)


def _nearest_reason(contest: Contest) -> Cover:
    """Without a contract in force: goodwill where a rule gives it, else why nothing covers."""
    best = contest.best(LABOUR)
    if best is not None and best.goodwill is not None:
        held = _not_covered(CoverReason.GOODWILL_RULE, best.standing, contest)
        return replace(held, kind=CoverKind.GOODWILL, until=best.candidate.until)
    objections = [(_objection(contest, one), one) for one in contest.contracts]
    suspended = [one for lost, one in objections if lost is Lost.SUSPENDED]
    if suspended:
        return _not_covered(CoverReason.SUSPENDED, max(suspended, key=_latest), contest)
    ended = [one for lost, one in objections if lost is Lost.ENDED]
    if ended:
        last = max(ended, key=lambda one: (one.terms(contest.day).ends_on, one.row.id))
        return _not_covered(CoverReason.CONTRACT_ENDED, last, contest)
    coming = [one for lost, one in objections if lost is Lost.NOT_STARTED]
    if coming:
        first = min(coming, key=lambda one: one.row.starts_on)
        return _not_covered(CoverReason.NOT_STARTED, first, contest)
    reason = CoverReason.NOT_INCLUDED if contest.contracts else CoverReason.NO_CONTRACT
    return Cover(CoverKind.PAID, reason, parts=parts_of(contest))


def _latest(standing: Standing) -> tuple[Any, ...]:
    return standing.precision, standing.row.starts_on, standing.row.id


def _not_covered(reason: CoverReason, standing: Standing, contest: Contest) -> Cover:
    """Paid service, because of this contract; it promises nothing."""
    row, terms = standing.row, standing.terms(contest.day)
    return Cover(
        kind=CoverKind.PAID,
        reason=reason,
        contract_id=row.id,
        contract_public_id=row.public_id,
        contract_number=row.number,
        until=_until(reason, terms, standing, contest.day),
        parts=parts_of(contest),
    )


def _until(reason: CoverReason, terms: ContractTerms, standing: Standing, day: date) -> date | None:
    if reason is CoverReason.NOT_STARTED:
        return terms.starts_on
    if reason is CoverReason.SUSPENDED:
        return next((one.ends_on for one in standing.pauses if one.holds(day)), None)
    return terms.ends_on
