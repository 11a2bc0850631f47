"""What of missed promises is left to settle: not what is waived, withdrawn or wholly stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.types import EntryKind
from yinuo.kernel.breach_states import BreachState

_OVER = (BreachState.WAIVED.value, BreachState.WITHDRAWN.value)


def is_settled() -> Exists:
    """A condition for rows with `subject_id`, `clause` and `position`; narrows, reads nothing."""
    entries = Entry.objects.filter(breach=OuterRef("pk"))
    stated = Exists(entries.filter(stated__isnull=False))
    unstated = Exists(entries.filter(stated__isnull=True))
    breach = Breach.objects.filter(
        subject_id=OuterRef("subject_id"),
        clause=OuterRef("clause"),
        position=OuterRef("position"),
    )
    return Exists(breach.filter(Q(state__in=_OVER) | (Q(stated) & ~Q(unstated))))


@dataclass(frozen=True, slots=True)
class WaivedPart:
    """How much of one missed promise was waived while the rest is still owed; above zero."""

    subject_id: UUID
    clause: str
    position: int
    contract_id: int | None
    customer_id: int
    unit_id: int
    amount: Decimal


def waived_parts(unit_ids: Iterable[int]) -> list[WaivedPart]:
    """What was waived in part of misses in these units that are not settled yet; one statement.

    The caller has found the units in the actor's scope.
    """
    waivers = Entry.objects.filter(
        kind=EntryKind.WAIVER.value, breach__unit_id__in=list(unit_ids)
    ).exclude(breach__state__in=_OVER)
    rows = waivers.values_list(
        "breach__subject_id",
        "breach__clause",
        "breach__position",
        "breach__contract_id",
        "breach__customer_id",
        "breach__unit_id",
    )
    return [
        WaivedPart(subject_id, clause, position, contract_id, customer_id, unit_id, -total)
        for subject_id, clause, position, contract_id, customer_id, unit_id, total in rows.annotate(
            total=Sum("amount")
        )
    ]
