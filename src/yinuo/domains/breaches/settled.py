"""What of missed promises is left to settle: not what is withdrawn or wholly stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.types import EntryKind
from yinuo.kernel.breach_states import BreachState

_WITHDRAWN = BreachState.WITHDRAWN.value


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
    return Exists(breach.filter(Q(state=_WITHDRAWN) | (Q(stated) & ~Q(unstated))))


def is_waived() -> Exists:
    """A condition for such rows: the whole of the miss is waived."""
    return Exists(
        Breach.objects.filter(
            subject_id=OuterRef("subject_id"),
            clause=OuterRef("clause"),
            position=OuterRef("position"),
            state=BreachState.WAIVED.value,
        )
    )


@dataclass(frozen=True, slots=True)
class WaivedPart:
    """How much of one missed promise was waived, in part or whole; above zero."""

    subject_id: UUID
    clause: str
    position: int
    contract_id: int | None
    customer_id: int
    unit_id: int
    amount: Decimal


def waived_parts(unit_ids: Iterable[int]) -> list[WaivedPart]:
    """What was waived of misses in these units; one statement.

    The caller has found the units in the actor's scope and counts those of misses he counts.
    """
    unstated = Entry.objects.filter(breach=OuterRef("breach"), stated=None)
    waivers = Entry.objects.filter(
        # What is over and wholly stated counts nowhere; a miss that goes on does.
        Q(breach__ended_at=None) | Exists(unstated),
        kind=EntryKind.WAIVER.value,
        breach__unit_id__in=list(unit_ids),
    ).exclude(breach__state=_WITHDRAWN)
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
