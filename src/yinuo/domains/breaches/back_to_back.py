"""What part of missed promises a unit down the network has to bear: for charging it back (B-09).

A unit bears of what is approved the part of its own late time, by the same rule as the shares on
the page of a breach. What a clause puts on the partner itself is split among partners only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from yinuo.domains.breaches.models import Breach, Entry, Share
from yinuo.domains.breaches.policies import visible_breaches
from yinuo.domains.breaches.shares import parts_of, weights_of
from yinuo.domains.breaches.views import clause_of, title_of
from yinuo.domains.network.types import Actor
from yinuo.kernel.attribution import Leg
from yinuo.kernel.breach_states import BreachState

_NOTHING = Decimal("0.00")
_VENDOR, _PARTNER = "vendor", "partner"


@dataclass(frozen=True, slots=True)
class UnitPart:
    """A unit's part of one breach as it stands now; `breach_id` is internal, `amount` what it
    bears of everything approved, zero where it has no part any more."""

    breach_id: int
    subject_type: str
    subject_id: UUID
    contract_number: str
    clause_number: str
    title_zh: str
    title_en: str
    due_at: datetime
    late_seconds: Decimal
    amount: Decimal


def parts_of_unit(
    actor: Actor, unit_id: int, *, before: datetime, currency: str, also: Iterable[int] = ()
) -> list[UnitPart]:
    """The parts of a unit (internal id) in visible breaches due before an instant, in the order
    they fell due; those of the breaches `also` (internal ids) even when they are nothing now.

    What is disputed is left out until it is decided. Three statements.
    """
    mine = Share.objects.filter(unit_id=unit_id).values("breach_id")
    rows = (
        visible_breaches(actor)
        .filter(Q(pk__in=mine) | Q(pk__in=list(also)), due_at__lt=before, currency=currency)
        .exclude(state=BreachState.DISPUTED.value)
    )
    breaches = list(rows.select_related("contract").order_by("due_at", "id"))
    ids = [one.pk for one in breaches]
    shares: dict[int, list[Share]] = {one: [] for one in ids}
    for share in Share.objects.filter(breach__in=ids).order_by("id"):
        shares[share.breach_id].append(share)
    approved = _approved(ids)
    return [_part(one, shares[one.pk], approved.get(one.pk, {}), unit_id) for one in breaches]


def _approved(breach_ids: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """What is approved of breaches, by who pays it."""
    rows = Entry.objects.filter(breach__in=breach_ids, approval__isnull=False).order_by()
    sums = rows.values_list("breach_id", "paid_by").annotate(total=Sum("amount"))
    found: dict[int, dict[str, Decimal]] = {}
    for breach_id, payer, total in sums:
        found.setdefault(breach_id, {})[payer] = total
    return found


def _part(
    breach: Breach, shares: Sequence[Share], approved: dict[str, Decimal], unit_id: int
) -> UnitPart:
    partners = [one for one in shares if one.leg == Leg.PARTNER.value]
    amount = _of_unit(breach, shares, approved.get(_VENDOR, _NOTHING), unit_id)
    amount += _of_unit(breach, partners, approved.get(_PARTNER, _NOTHING), unit_id)
    clause, title = clause_of(breach), title_of(breach)
    late = sum((one.late_seconds for one in shares if one.unit_id == unit_id), Decimal(0))
    return UnitPart(
        breach_id=breach.pk,
        subject_type=breach.subject_type,
        subject_id=breach.subject_id,
        contract_number=breach.contract.number if breach.contract else "",
        clause_number=clause.number,
        title_zh=title.zh,
        title_en=title.en,
        due_at=breach.due_at,
        late_seconds=late,
        amount=amount,
    )


def _of_unit(breach: Breach, shares: Sequence[Share], whole: Decimal, unit_id: int) -> Decimal:
    weights = weights_of([one.late_seconds for one in shares], [one.seconds for one in shares])
    parts = parts_of(whole, breach.currency, weights)
    mine = (part for one, part in zip(shares, parts, strict=True) if one.unit_id == unit_id)
    return sum(mine, _NOTHING)
