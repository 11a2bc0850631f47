"""Approving what a breach costs, and waiving all or part of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.breaches.limits import limit_of
from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.policies import OWN_CHANGE, has_own_change, locked_breach
from yinuo.domains.breaches.services.checking import amount_of, reason_of
from yinuo.domains.breaches.services.entering import (
    approve_all,
    approve_entry,
    audited,
    enter_change,
    move,
    save,
)
from yinuo.domains.breaches.types import EntryKind
from yinuo.domains.network.types import Actor
from yinuo.kernel.breach_states import BreachState
from yinuo.platform.errors import Forbidden, InvalidInput
from yinuo.platform.journal.work import writing


def approve_breach(
    *, actor: Actor, breach_id: object, version: int, now: datetime, reason: str = ""
) -> Breach:
    """Let every entry of a breach go to the next statement.

    Raises NotFound; Forbidden without the right, to the one who caused it and to whoever entered a
    change that waits; Conflict when the version is stale, so that nobody approves an amount he has
    not seen; IllegalMove when disputed.
    """
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, "approved", version)
        if has_own_change(breach, actor):
            raise Forbidden(OWN_CHANGE)
        before = {"state": breach.state}
        move(breach, "approved", work, reason=reason.strip(), amount=breach.amount)
        approve_all(breach, work)
        save(breach)
        audited(breach, "approved", before, reason.strip(), work)
        return breach


def waive_breach(
    *, actor: Actor, breach_id: object, amount: Decimal, reason: str, version: int, now: datetime
) -> Breach:
    """Waive a part or all of what is left of a breach: a negative entry with its reason.

    All waivers of a breach together stay within the actor's limit. Raises NotFound; Forbidden to
    the one who caused it; InvalidInput by field, above the limit too; Conflict, IllegalMove.
    """
    said = reason_of(reason)
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, "waived", version)
        waived = _waivable(breach, amount, actor)
        whole = waived == breach.amount
        before = {"state": breach.state, "amount": str(breach.amount)}
        was_approved = breach.state == BreachState.APPROVED.value
        move(breach, "waived" if whole else "waived_part", work, reason=said, amount=-waived)
        entries = enter_change(breach, EntryKind.WAIVER, -waived, said, work)
        if whole:
            # What cancels out goes to the next statement as it is, both rows.
            approve_all(breach, work)
        elif was_approved:
            for entry in entries:
                approve_entry(entry, work)
        save(breach)
        audited(breach, "waived", before, said, work)
        return breach


def _waivable(breach: Breach, amount: Decimal, actor: Actor) -> Decimal:
    wanted = amount_of(amount, breach.currency)
    if wanted <= 0 or wanted > breach.amount:
        most = {"most": breach.amount}
        raise InvalidInput({"amount": _("Waive more than nothing and at most %(most)s.") % most})
    limit = limit_of(actor, breach.unit_id)
    waivers = breach.entries.filter(kind=EntryKind.WAIVER.value).values_list("amount", flat=True)
    waived = -sum(waivers, Decimal("0.00"))
    if limit is not None and waived + wanted > limit:
        if not limit:
            raise Forbidden(_("Your roles may waive nothing. Ask somebody with a higher limit."))
        raise InvalidInput(
            {
                "amount": _(
                    "Your limit for one breach is %(limit)s. Ask somebody with a higher one."
                )
                % {"limit": limit}
            }
        )
    return wanted
