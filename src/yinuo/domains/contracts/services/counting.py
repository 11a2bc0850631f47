"""Counting what a sheet used of a contract's visits or hours, once, also when it is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from yinuo.domains.contracts.models import Contract, Quota, QuotaUse
from yinuo.domains.contracts.services.quotas import quota_on, taken_back
from yinuo.domains.contracts.types import QuotaKind
from yinuo.domains.network.types import Actor
from yinuo.platform.journal.work import Work, writing


@dataclass(frozen=True, slots=True)
class SheetUse:
    """What a sheet used of one kind on a day, in visits or hours; `request_id` is a public id."""

    kind: QuotaKind
    amount: Decimal
    sheet: str
    request_id: UUID
    used_on: date


def count_sheet(*, actor: Actor, contract: Contract, use: SheetUse, now: datetime) -> None:
    """Let a contract already scoped stand as if the sheet had always used this much.

    As much as is left is counted, the rest is kept as `beyond`: the customer pays it. A changed
    amount takes the earlier use back and counts anew; the same amount changes nothing. What a
    person gave back stays given back. A contract without such a quota on the day counts nothing.
    Of two sheets at the same time the second one finds what the first one left: the quota is
    locked. Joins a running step.
    """
    with writing(actor=actor, now=now) as work:
        quota = quota_on(contract, use.kind, use.used_on).first()
        if quota is None:
            return
        last = quota.uses.filter(reference=use.sheet, corrects=None).order_by("-revision").first()
        if last is not None:
            if last.corrections.exists() or last.amount + last.beyond == use.amount:
                return
            taken_back(last, "", work)
            quota.refresh_from_db()
        _count(quota, use, last.revision + 1 if last else 1, work)


def _count(quota: Quota, use: SheetUse, revision: int, work: Work) -> None:
    counted = min(use.amount, quota.included - quota.used)
    quota.used += counted
    quota.save(update_fields=["used"])
    QuotaUse.objects.create(
        quota=quota,
        amount=counted,
        beyond=use.amount - counted,
        reference=use.sheet,
        revision=revision,
        request_public_id=use.request_id,
        used_on=use.used_on,
        at=work.now,
        actor_label=work.actor.label,
    )
    after = {
        "kind": use.kind.value,
        "amount": str(counted),
        "beyond": str(use.amount - counted),
        "reference": use.sheet,
    }
    work.audit("contract.use_quota", quota.contract, after=after)
    work.emit("contract.quota_used", quota.contract)
