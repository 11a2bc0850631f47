"""Which cases of a contract a supplement reaches back to. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from yinuo.domains.contracts.life import SupplementView
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.contracts.terms import kept_terms, supplemented, terms_to_keep
from yinuo.domains.contracts.types import ContractTerms
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.models import LIVE, ChangeRow, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.platform.paging import Page, page_of

Changes = Iterable[tuple[date, Mapping[str, Any]]]
AT_ONCE = 50


class Begun(NamedTuple):
    """When a case began, and when the product heard of it."""

    occurred_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A promise that other terms gave another due time or state."""

    title_zh: str
    title_en: str
    number: str
    old_state: str
    new_state: str
    old_due_at: datetime | None
    new_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A case that had begun when the supplement was agreed, on a day it is in effect.

    `waits` while its promises are still to be computed anew; `moved` is what other terms changed.
    """

    subject_type: str
    subject_id: UUID
    began_at: datetime
    is_open: bool
    waits: bool
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class ReachedCases:
    """A page of the cases a supplement reached back to, of `total`, so many of them `open`."""

    page: Page[Reached]
    total: int
    open: int


def begun_by(subject_ids: Iterable[UUID]) -> dict[UUID, Begun]:
    """When cases began: by the first fact known of each; its report, for a request."""
    first = FactRow.objects.filter(subject_id__in=list(subject_ids))
    rows = first.order_by("subject_id", "id").distinct("subject_id")
    return {
        one: Begun(occurred, received)
        for one, occurred, received in rows.values_list("subject_id", "occurred_at", "received_at")
    }


def day_in(zone: str, at: datetime) -> date:
    """The day of an instant in a case's zone: the one its contract's terms are read for."""
    return at.astimezone(ZoneInfo(zone)).date()


def cases_with_terms(contract_id: int) -> QuerySet[SubjectRow]:
    """The cases of a contract (internal id) that keep terms of it."""
    cases = SubjectRow.objects.filter(contract_id=contract_id, terms__isnull=False)
    return cases.exclude(subject_type=CONTRACT)


def terms_anew(row: SubjectRow, begun: Begun, changes: Changes) -> dict[str, Any]:
    """What a case keeps, with everything supplements say for the day it began laid over it again.

    Terms are read for that day, the one on which a case reads them when it begins; so a supplement
    that reaches back never touches a case from before it.
    """
    assert row.terms is not None, "only cases with terms were read"
    kept, day = kept_terms(row.terms), day_in(row.zone, begun.occurred_at)
    names = ("total", "annual_fee", "ends_on")
    figures: dict[str, Any] = {name: getattr(kept, name) for name in (*names, "parameters")}
    for effective_on, changed in changes:
        if effective_on <= day:
            figures = supplemented(figures, _written(changed))
    return terms_to_keep(
        ContractTerms(public_id=kept.public_id, starts_on=kept.starts_on, kind=kept.kind, **figures)
    )


def _written(changed: Mapping[str, Any]) -> dict[str, Any]:
    """A supplement as `ContractSubject.changes` holds it, in the form terms are supplemented by."""
    given = dict(changed)
    ends_on = given.pop("ends_on", None)
    return {
        "total": given.pop("total", None),
        "annual_fee": given.pop("annual_fee", None),
        "ends_on": date.fromisoformat(ends_on) if ends_on else None,
        "parameters": given,
    }


def page_of_cases(
    subject_ids: Iterable[UUID], *, cursor: str, limit: int
) -> tuple[Page[SubjectRow], frozenset[UUID]]:
    """One page of these cases, open ones and new ones leading, and which of the page are open."""
    live = ObligationRow.objects.filter(LIVE, subject_id=OuterRef("subject_id"))
    rows = SubjectRow.objects.filter(subject_id__in=list(subject_ids))
    marked = rows.annotate(is_live=Case(When(Exists(live), then=1), default=0))
    page = page_of(
        cast(QuerySet[SubjectRow], marked), order=("-is_live", "-id"), cursor=cursor, limit=limit
    )
    return page, frozenset(one.subject_id for one in page.items if getattr(one, "is_live", 0))


def count_open(subject_ids: Iterable[UUID]) -> int:
    """How many of these cases still owe something."""
    live = ObligationRow.objects.filter(LIVE, subject_id__in=list(subject_ids))
    return live.values("subject_id").distinct().count()


def cases_reached(
    actor: Actor,
    contract_id: object,
    supplement: SupplementView,
    *,
    cursor: str = "",
    limit: int = AT_ONCE,
) -> ReachedCases:
    """The cases a supplement of a visible contract reached back to, open ones and new ones leading.

    Only those whose promises the actor may see. NotFound for the contract.
    """
    contract = get_contract(actor, contract_id)
    seen = visible_obligations(actor).filter(contract_id=contract.id).exclude(subject_type=CONTRACT)
    zones = dict(
        SubjectRow.objects.filter(subject_id__in=seen.values("subject_id").distinct()).values_list(
            "subject_id", "zone"
        )
    )
    known = {
        one: begun
        for one, begun in begun_by(zones).items()
        if begun.received_at <= supplement.agreed_at
        and day_in(zones[one], begun.occurred_at) >= supplement.effective_on
    }
    page, live = page_of_cases(known, cursor=cursor, limit=limit)
    moved = _moved([one.subject_id for one in page.items], supplement.agreed_at)

    def reached(row: SubjectRow) -> Reached:
        return Reached(
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            began_at=known[row.subject_id].occurred_at,
            is_open=row.subject_id in live,
            waits=row.terms_changed,
            moved=tuple(moved.get(row.subject_id, ())),
        )

    return ReachedCases(page.map(reached), len(known), count_open(known))


def _moved(subject_ids: Collection[UUID], since: datetime) -> dict[UUID, list[Moved]]:
    changes = ChangeRow.objects.filter(subject_id__in=subject_ids, cause="terms", at__gte=since)
    rows = list(changes.order_by("id"))
    promises = ObligationRow.objects.filter(public_id__in={one.obligation_id for one in rows})
    known = {one.public_id: one for one in promises}
    found: dict[UUID, list[Moved]] = {}
    for change in rows:
        row = known[change.obligation_id]
        clause = compiled_plan(row.plan_version_id).plan.clause(row.clause)
        found.setdefault(change.subject_id, []).append(
            Moved(
                title_zh=clause.title.zh,
                title_en=clause.title.en,
                number=clause.number,
                old_state=change.old_state,
                new_state=change.new_state,
                old_due_at=change.old_due_at,
                new_due_at=change.new_due_at,
            )
        )
    return found
