"""Which cases of a contract a supplement reaches back to. Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from yinuo.domains.contracts.life import SupplementView
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import get_contract
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.contract_facts import CONTRACT
from yinuo.domains.obligations.models import LIVE, ChangeRow, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations

MOST_REACHED = 200


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


def cases_reached(
    actor: Actor, contract_id: object, supplement: SupplementView
) -> tuple[Reached, ...]:
    """The cases a supplement of a visible contract reached back to, open ones and new ones leading.

    Only those whose promises the actor may see, at most 200; NotFound for the contract.
    """
    contract = get_contract(actor, contract_id)
    seen = visible_obligations(actor).filter(contract_id=contract.id).exclude(subject_type=CONTRACT)
    bound = {
        one.subject_id: one
        for one in SubjectRow.objects.filter(subject_id__in=seen.values("subject_id").distinct())
    }
    known = {
        one: begun
        for one, begun in begun_by(bound).items()
        if begun.received_at <= supplement.agreed_at
        and day_in(bound[one].zone, begun.occurred_at) >= supplement.effective_on
    }
    live = set(seen.filter(LIVE, subject_id__in=known).values_list("subject_id", flat=True))
    order = sorted(known, key=lambda one: (one not in live, -known[one].occurred_at.timestamp()))
    chosen = order[:MOST_REACHED]
    moved = _moved(chosen, supplement.agreed_at)
    return tuple(
        Reached(
            subject_type=bound[one].subject_type,
            subject_id=one,
            began_at=known[one].occurred_at,
            is_open=one in live,
            waits=bound[one].terms_changed,
            moved=tuple(moved.get(one, ())),
        )
        for one in chosen
    )


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
