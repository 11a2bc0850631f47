"""What the company and its units are called, and were called when a paper was issued.

Needs no actor: every signed-in person knows these names, and whoever may have the paper may know
those on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yinuo.domains.network.models import FormerName, ServiceUnit


class Names(NamedTuple):
    """Headquarters, whose name is the company's, and a unit."""

    company: str
    unit: str


def company_name() -> str:
    """The name of headquarters now; empty before set-up."""
    names = ServiceUnit.objects.filter(parent=None).values_list("name", flat=True)
    return names.first() or ""


def names_at(unit_id: int, at: datetime) -> Names:
    """What the company and a unit (internal id) were called at an instant; one statement.

    A name holds until the instant it was changed, and no longer at it.
    """
    former = FormerName.objects.filter(unit=OuterRef("pk"), until__gt=at).order_by("until", "id")
    called = ServiceUnit.objects.filter(Q(parent=None) | Q(pk=unit_id)).annotate(
        called=Coalesce(Subquery(former.values("name")[:1]), "name")
    )
    # Headquarters is the highest, so it leads.
    names = dict(called.order_by("level").values_list("pk", "called"))
    return Names(next(iter(names.values()), ""), names.get(unit_id, ""))
