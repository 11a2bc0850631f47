"""Adding a row of money to a breach, and noting what was done; the breach's lock is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from yinuo.domains.breaches.models import Act, Approval, Breach, Entry
from yinuo.domains.breaches.types import EntryKind
from yinuo.kernel.breach_states import BREACH_STEPS, BreachState
from yinuo.platform.errors import IllegalMove
from yinuo.platform.journal.work import Work

OURS, CUSTOMER = "ours", "customer"
VENDOR = "vendor"


@dataclass(frozen=True, slots=True)
class Money:
    """What is entered: how much, by whom it is owed, by which rule or for which reason."""

    kind: EntryKind
    amount: Decimal
    paid_by: str = VENDOR
    remedy: str = ""
    base: Decimal | None = None
    base_name: str = ""
    computation_zh: str = ""
    computation_en: str = ""
    reason: str = ""


def next_entry(breach: Breach, money: Money, work: Work) -> Entry:
    """The next entry of a breach; its sum and count go along. The caller saves both."""
    breach.entered += 1
    entry = Entry(
        breach=breach,
        sequence=breach.entered,
        kind=money.kind.value,
        remedy=money.remedy,
        paid_by=money.paid_by,
        amount=money.amount,
        sum_before=breach.amount,
        sum_after=breach.amount + money.amount,
        currency=breach.currency,
        base=money.base,
        base_name=money.base_name,
        computation_zh=money.computation_zh,
        computation_en=money.computation_en,
        reason=money.reason,
        incurred_at=breach.due_at,
        entered_at=work.now,
        entered_by=work.actor.label,
        user_id=work.actor.user_id,
    )
    breach.amount = entry.sum_after
    return entry


def enter(breach: Breach, money: Money, work: Work) -> Entry:
    """Store the next entry of a breach; the caller saves the breach."""
    entry = next_entry(breach, money, work)
    entry.save(force_insert=True)
    return entry


def enter_change(
    breach: Breach, kind: EntryKind, change: Decimal, reason: str, work: Work
) -> list[Entry]:
    """Enter a change that people decided, for each who pays it; the caller saves the breach.

    What is taken off is taken off those who owe it, the vendor first: a partner's penalty that is
    waived never becomes the customer's debt. What goes beyond is the vendor's, or his who alone
    pays for this breach.
    """
    return [
        enter(breach, Money(kind, part, paid_by=payer, reason=reason), work)
        for payer, part in _parts(breach, change)
    ]


def _parts(breach: Breach, change: Decimal) -> list[tuple[str, Decimal]]:
    totals = breach.entries.order_by().values_list("paid_by").annotate(total=Sum("amount"))
    sums = dict(totals.values_list("paid_by", "total"))
    left, parts = change, dict[str, Decimal]()
    for payer in sorted(sums, key=lambda one: (one != VENDOR, one)):
        against = -sums[payer]
        if left * against > 0:
            part = max(left, against) if left < 0 else min(left, against)
            parts[payer] = part
            left -= part
    if left:
        rest = next(iter(sums)) if len(sums) == 1 else VENDOR
        parts[rest] = parts.get(rest, Decimal(0)) + left
    return list(parts.items())


def state_after(breach: Breach, kind: str) -> BreachState:
    """The state after a step of this kind; IllegalMove when the table has none."""
    after = BREACH_STEPS[kind].after(BreachState(breach.state))
    if after is None:
        raise IllegalMove(details={"state": breach.state, "kind": kind})
    return after


def move(
    breach: Breach,
    kind: str,
    work: Work,
    *,
    reason: str = "",
    amount: Decimal | None = None,
    side: str = OURS,
) -> None:
    """Take the step on a locked breach and note it; the caller saves the breach.

    Raises IllegalMove when the table has no such step.
    """
    before, after = breach.state, state_after(breach, kind)
    breach.state = after.value
    work.add(
        Act(
            breach=breach,
            kind=kind,
            side=side,
            state_before=before,
            state_after=after.value,
            amount=amount,
            reason=reason,
            at=work.now,
            user_id=work.actor.user_id,
            actor_label=work.actor.label,
        )
    )


def save(breach: Breach) -> None:
    """Write what entering and moving changed; the version grows."""
    breach.version += 1
    breach.save(update_fields=["version", "state", "amount", "entered"])


def approve_all(breach: Breach, work: Work) -> None:
    """Approve every stored entry of a breach that is not yet."""
    for one in breach.entries.filter(approval=None).order_by("id"):
        approve_entry(one, work)


def approve_entry(entry: Entry, work: Work) -> None:
    """Let one stored entry go to the next statement."""
    work.add(
        Approval(
            entry=entry,
            approved_at=work.now,
            approved_by=work.actor.label,
            user_id=work.actor.user_id,
        )
    )


def audited(breach: Breach, kind: str, before: Mapping[str, Any], reason: str, work: Work) -> None:
    """Who did what to a breach, for the audit and for live screens."""
    after = {"state": breach.state, "amount": str(breach.amount)}
    work.audit(f"breach.{kind}", breach, before=before, after=after, reason=reason)
    work.emit(f"breach.{kind}", breach, {"amount": str(breach.amount)})
