"""Disputing what a breach costs, by either side, and deciding the dispute."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.breaches.models import Breach
from yinuo.domains.breaches.policies import locked_breach
from yinuo.domains.breaches.services.checking import amount_of, reason_of, require_still_owed
from yinuo.domains.breaches.services.entering import (
    CUSTOMER,
    OURS,
    audited,
    enter_change,
    move,
    save,
)
from yinuo.domains.breaches.types import EntryKind
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import writing


def dispute_breach(
    *, actor: Actor, breach_id: object, side: str, reason: str, version: int, now: datetime
) -> Breach:
    """Enter that the customer, or our side, does not agree; nothing of it is stated until decided.

    What stands on a statement already stays there; the decision comes on the next. Raises
    NotFound, Forbidden, InvalidInput by field, Conflict, IllegalMove.
    """
    said = reason_of(reason)
    if side not in (OURS, CUSTOMER):
        raise InvalidInput({"side": _("Choose one.")})
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, "disputed", version)
        before = {"state": breach.state}
        move(breach, "disputed", work, reason=said, side=side)
        save(breach)
        audited(breach, "disputed", before, said, work)
        return breach


def decide_dispute(
    *,
    actor: Actor,
    breach_id: object,
    owed: Decimal | None,
    reason: str,
    version: int,
    now: datetime,
) -> Breach:
    """Decide a dispute: `owed` is what the breach comes to now, None leaves it as it is.

    A change is a new entry; either way the breach is open again and waits for approval, by
    somebody else. Raises
    NotFound; Forbidden to the one who caused it; InvalidInput, Conflict, IllegalMove.
    """
    said = reason_of(reason)
    kind = "dispute_rejected" if owed is None else "dispute_upheld"
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, kind, version)
        before = {"state": breach.state, "amount": str(breach.amount)}
        change = None
        if owed is not None:
            change = amount_of(owed, breach.currency) - breach.amount
            if not change:
                raise InvalidInput({"amount": _("This is what it comes to already.")})
            require_still_owed(breach, change)
        move(breach, kind, work, reason=said, amount=change)
        if change is not None:
            enter_change(breach, EntryKind.CORRECTION, change, said, work)
        save(breach)
        audited(breach, kind, before, said, work)
        return breach
