"""Which missed promises have nothing left to settle: waived, withdrawn, or wholly stated."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from yinuo.domains.breaches.models import Breach, Entry
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
