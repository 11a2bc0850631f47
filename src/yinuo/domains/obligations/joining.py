"""What the promises of a contract cost together, worked out from facts; nothing is written."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from yinuo.domains.breaches.services.posting import subjects_with_breaches
from yinuo.domains.breaches.settled import is_settled
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.contract_facts import lent_facts
from yinuo.domains.obligations.models import BROUGHT, LIVE, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.services.storing import MONEY
from yinuo.kernel.exposure import joint_exposure
from yinuo.kernel.money import FEN
from yinuo.kernel.remedies.together import reaches_across

ALONE = tuple(f"alone_{name}" for name in MONEY)


def joint_values(contract_id: int, now: datetime) -> dict[str, Decimal]:
    """The joint figures of a contract (internal id) by column; nothing but zeros without live ones.

    The `alone_` ones are the sums of what stands with each promise. Cases under a plan whose prices
    do not reach across cases count by themselves.
    """
    rows = ObligationRow.objects.filter(contract_id=contract_id)
    live = rows.filter(LIVE, accrued__isnull=False)
    subjects = set(live.values_list("subject_id", flat=True))
    if not subjects:
        return dict.fromkeys((*MONEY, *ALONE), Decimal("0.00"))
    over = rows.filter(BROUGHT, subject_id__in=rows.filter(LIVE).values("subject_id"))
    over = over.exclude(is_settled())
    sums = live.aggregate(**{name: Sum(name) for name in MONEY})
    alone = {name: sums[name] or Decimal(0) for name in MONEY}
    alone["accrued"] += over.aggregate(accrued=Sum("accrued"))["accrued"] or Decimal(0)
    bound = SubjectRow.objects.filter(
        Q(subject_id__in=subjects | subjects_with_breaches([contract_id])),
        plan_version_id__isnull=False,
    )
    cases = [
        one
        for one in bound.order_by("id")
        if reaches_across(compiled_plan(one.plan_version_id or 0).plan)
    ]
    together = _together(cases, [*live, *over], now)
    # Promises under a plan without such caps stay as they are.
    apart = _apart([*live, *over], {one.subject_id for one in cases})
    joint = {name: (together[name] + apart[name]).quantize(FEN) for name in MONEY}
    return joint | {f"alone_{name}": alone[name] for name in MONEY}


def _together(
    cases: list[SubjectRow], rows: list[ObligationRow], now: datetime
) -> dict[str, Decimal]:
    facts: dict[UUID, list[FactRow]] = {one.subject_id: [] for one in cases}
    for fact in FactRow.objects.filter(subject_id__in=list(facts)).order_by("id"):
        facts[fact.subject_id].append(fact)
    bindings = [binding_of(one) for one in cases]
    lent = lent_facts(bindings)
    found = [evaluated(one, facts[one.subject_id], now, lent) for one in bindings]
    names = {one.subject_id: one.subject for one in bindings}
    counted = {
        (row.clause, names[row.subject_id], row.position) for row in rows if row.subject_id in names
    }
    joint = joint_exposure([one for one in found if one is not None], counted)
    return dict(zip(MONEY, (joint.accrued, *joint.late), strict=True))


def _apart(rows: list[ObligationRow], reached: set[UUID]) -> dict[str, Decimal]:
    mine = [row for row in rows if row.subject_id not in reached]
    return {
        name: sum((getattr(row, name) or Decimal(0) for row in mine), Decimal(0)) for name in MONEY
    }
