"""Reading the breach ledger; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from yinuo.domains.breaches.keeping import line_view, stretch_view, stretches_of
from yinuo.domains.breaches.limits import limit_of
from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.policies import (
    caused_by,
    has_own_change,
    next_steps,
    visible_breaches,
    visible_entries,
    visible_rights,
)
from yinuo.domains.breaches.types import (
    BreachRow,
    BreachView,
    EntryView,
    LedgerSum,
    RightView,
)
from yinuo.domains.breaches.views import (
    act_view,
    breach_row,
    clause_of,
    entry_view,
    leg_correction_view,
    right_view,
    share_views,
)
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.standing import places_of_units
from yinuo.domains.network.types import Actor
from yinuo.kernel.breach_states import BreachState
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

_NOTHING = Decimal("0.00")
_NAMES = ("customer", "contract", "unit", "owner")
# Owed to or by the customer: what others pay is charged back, never stated to him.
_STATED_TO_HIM = ("vendor", "customer")
# Beyond the states: breaches with entries that wait for approval, and those with entries at all.
WAITING, PRICED = "waiting", "priced"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which breaches a list shows; everything left empty narrows nothing. Ids are public.

    `since` and `until` are days of the due instant in `zone`, both within.
    """

    customer_id: object = None
    contract_id: object = None
    unit_id: object = None
    subject_id: object = None
    state: str = ""
    clause: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    zone: str = "UTC"


def list_breaches(
    actor: Actor,
    narrowed: Narrowed = Narrowed(),
    *,
    cursor: str = "",
    limit: int = 50,
) -> Page[BreachRow]:
    """Visible breaches, the latest due first."""
    rows = narrowed_breaches(actor, narrowed).select_related(*_NAMES)
    return page_of(rows, order=("-due_at", "-id"), cursor=cursor, limit=limit).map(breach_row)


def sum_breaches(actor: Actor, narrowed: Narrowed) -> list[LedgerSum]:
    """What the whole list comes to, by currency; two statements."""
    rows = narrowed_breaches(actor, narrowed).order_by()
    entries = visible_entries(actor).filter(breach__in=rows).order_by()
    counts = dict(rows.values_list("currency").annotate(Count("id")))
    waiting = Q(approval=None)
    sums: dict[str, list[Decimal | None]] = {
        currency: found
        for currency, *found in entries.values_list("currency").annotate(
            Sum("amount"),
            unapproved=Sum("amount", filter=waiting),
            to_state=Sum("amount", filter=~waiting & Q(stated=None)),
            on_statements=Sum("amount", filter=Q(stated__isnull=False)),
        )
    }
    found = []
    for currency in sorted(counts):
        amounts = [one or _NOTHING for one in sums.get(currency, [None] * 4)]
        found.append(LedgerSum(currency, counts[currency], *amounts))
    return found


def get_breach(actor: Actor, breach_id: object) -> BreachView:
    """One visible breach with entries, rights, acts, hands and what the reader may do."""
    row = one_of(visible_breaches(actor).select_related(*_NAMES), breach_id)
    clause = clause_of(row)
    words = compiled_plan(row.plan_version_id).wording
    entries = tuple(map(entry_view, _entries(visible_entries(actor).filter(breach=row))))
    stretches = stretches_of(row.stretches)
    units = places_of_units(int(one.holder.unit) for one in stretches if one.holder.unit)
    names = {str(unit_id): place.name for unit_id, place in units.items()}
    shares = row.shares.select_related("unit").order_by("id")
    waits = any(one.approved_at is None for one in entries)
    may_write = actor.may(Permission.BREACH_WRITE, row.unit_id)
    may_waive = actor.may(Permission.BREACH_WAIVE, row.unit_id)
    return BreachView(
        row=breach_row(row),
        started_at=row.started_at,
        clause_text_zh=clause.text.zh,
        clause_text_en=clause.text.en,
        evidence=tuple(words.word("evidence", one) for one in clause.evidence),
        lines=tuple(line_view(one, clause) for one in row.lines),
        entries=entries,
        rights=tuple(map(right_view, row.rights.select_related("breach").order_by("id"))),
        acts=tuple(map(act_view, row.acts.order_by("-id"))),
        stretches=tuple(stretch_view(one, names) for one in stretches),
        shares=share_views(shares, row.amount, row.currency),
        leg_corrections=tuple(
            map(leg_correction_view, row.leg_corrections.select_related("unit").order_by("id"))
        ),
        steps=next_steps(
            actor, row, has_unapproved=waits, is_own_change=waits and has_own_change(row, actor)
        ),
        may_write=may_write,
        may_correct_leg=may_write and not caused_by(row, actor),
        waive_limit=limit_of(actor, row.unit_id) if may_waive else _NOTHING,
    )


def breaches_of_subjects(actor: Actor, subject_ids: Iterable[UUID]) -> dict[UUID, list[BreachRow]]:
    """Visible breaches by subject, in the order they fell due; one statement."""
    found: dict[UUID, list[BreachRow]] = {one: [] for one in subject_ids}
    rows = visible_breaches(actor).filter(subject_id__in=list(found)).select_related(*_NAMES)
    for row in rows.order_by("due_at", "id"):
        found[row.subject_id].append(breach_row(row))
    return found


def list_rights(actor: Actor, *, contract_id: object, only_open: bool = False) -> list[RightView]:
    """The rights of a contract (public id) that are not money, newest first; at most 100."""
    rows = visible_rights(actor).filter(breach__contract__public_id=identity(contract_id))
    if only_open:
        rows = rows.filter(state="open")
    return list(map(right_view, rows.select_related("breach").order_by("-id")[:100]))


def get_right(actor: Actor, right_id: object) -> RightView:
    """One right of a visible breach."""
    return right_view(one_of(visible_rights(actor).select_related("breach"), right_id))


def entries_to_state(
    actor: Actor, *, customer_id: int, contract_id: int | None, until: date, zone: ZoneInfo
) -> list[EntryView]:
    """What may go to a statement of a customer, or of one of his contracts (internal ids).

    Approved, not disputed, on no statement yet, incurred on or before the day `until` in `zone`;
    in the order they were entered. What partners, carriers or suppliers pay is not among them.
    """
    end = datetime.combine(until + timedelta(days=1), time(), zone)
    withdrawn = Entry.objects.filter(breach=OuterRef("breach"), approval=None)
    rows = (
        visible_entries(actor)
        .filter(
            breach__customer_id=customer_id,
            approval__isnull=False,
            stated=None,
            incurred_at__lt=end,
            paid_by__in=_STATED_TO_HIM,
        )
        .exclude(breach__state=BreachState.DISPUTED.value)
        # A penalty withdrawn is not stated first and taken back on the next: both rows or none.
        .exclude(Exists(withdrawn), breach__state=BreachState.WITHDRAWN.value)
    )
    if contract_id is not None:
        rows = rows.filter(breach__contract_id=contract_id)
    return list(map(entry_view, _entries(rows)))


def entries_of_statement(statement_id: UUID) -> list[EntryView]:
    """The entries on a statement, as they were entered; the caller has checked the statement."""
    return list(map(entry_view, _entries(Entry.objects.filter(stated__statement_id=statement_id))))


def _entries(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related("breach", "approval", "stated").order_by("id")


def narrowed_breaches(actor: Actor, narrowed: Narrowed) -> QuerySet[Breach]:
    """The visible breaches that a list shows, in no order."""
    rows = visible_breaches(actor)
    named = {
        "customer__public_id": narrowed.customer_id,
        "contract__public_id": narrowed.contract_id,
        "unit__public_id": narrowed.unit_id,
        "subject_id": narrowed.subject_id,
    }
    for name, public_id in named.items():
        if public_id:
            rows = rows.filter(**{name: identity(public_id)})
    if narrowed.state == WAITING:
        unapproved = visible_entries(actor).filter(breach=OuterRef("pk"), approval=None)
        rows = rows.filter(Exists(unapproved)).exclude(state=BreachState.DISPUTED.value)
    elif narrowed.state == PRICED:
        rows = rows.filter(entered__gt=0)
    elif narrowed.state:
        rows = rows.filter(state=narrowed.state)
    if narrowed.clause:
        rows = rows.filter(clause=narrowed.clause)
    if narrowed.text:
        found = Q(customer__name__icontains=narrowed.text)
        rows = rows.filter(found | Q(contract__number__icontains=narrowed.text))
    return rows.filter(**_within(narrowed))


def _within(narrowed: Narrowed) -> dict[str, Any]:
    zone = ZoneInfo(narrowed.zone)
    found: dict[str, Any] = {}
    if narrowed.since is not None:
        found["due_at__gte"] = datetime.combine(narrowed.since, time(), zone)
    if narrowed.until is not None:
        end = narrowed.until + timedelta(days=1)
        found["due_at__lt"] = datetime.combine(end, time(), zone)
    return found
