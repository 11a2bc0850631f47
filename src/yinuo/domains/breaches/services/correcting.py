"""Entries that people make: a correction, and the customer's loss."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.domains.breaches.models import Breach, Entry
from yinuo.domains.breaches.policies import locked_breach
from yinuo.domains.breaches.services.checking import amount_of, reason_of, require_still_owed
from yinuo.domains.breaches.services.entering import (
    Money,
    audited,
    enter,
    enter_change,
    move,
    save,
)
from yinuo.domains.breaches.types import EntryKind
from yinuo.domains.network.types import Actor
from yinuo.platform.database.holding import hold
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing

# The base by which clauses price the customer's loss themselves.
LOSS = "subject.loss"


def correct_amount(
    *, actor: Actor, breach_id: object, change: Decimal, reason: str, version: int, now: datetime
) -> Breach:
    """Add to what a breach comes to, or take off, by a new entry that waits for approval.

    Raises NotFound, Forbidden, InvalidInput by field, Conflict, IllegalMove.
    """
    said = reason_of(reason)
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, "corrected", version)
        amount = amount_of(change, breach.currency)
        if not amount:
            raise InvalidInput({"amount": _("Enter an amount above or below zero.")})
        require_still_owed(breach, amount)
        before = {"state": breach.state, "amount": str(breach.amount)}
        move(breach, "corrected", work, reason=said, amount=amount)
        enter_change(breach, EntryKind.CORRECTION, amount, said, work)
        save(breach)
        audited(breach, "corrected", before, said, work)
        return breach


def record_loss(
    *, actor: Actor, breach_id: object, amount: Decimal, proof: str, version: int, now: datetime
) -> Breach:
    """Enter the loss that the miss caused the customer, with what proves it; it waits for approval.

    Once for each case: IllegalMove when a clause priced the loss of this case already, or another
    breach of it carries it. Raises NotFound, Forbidden, InvalidInput by field, Conflict as well.
    """
    said = reason_of(proof, "proof")
    with writing(actor=actor, now=now) as work:
        breach = locked_breach(actor, breach_id, "loss_recorded", version)
        loss = amount_of(amount, breach.currency)
        if loss <= 0:
            raise InvalidInput({"amount": _("A loss is above zero.")})
        _require_none_yet(breach)
        before = {"state": breach.state, "amount": str(breach.amount)}
        move(breach, "loss_recorded", work, reason=said, amount=loss)
        enter(breach, Money(EntryKind.LOSS, loss, base_name=LOSS, reason=said), work)
        save(breach)
        audited(breach, "loss_recorded", before, said, work)
        return breach


def _require_none_yet(breach: Breach) -> None:
    """Two people who enter the loss of one case come one after the other."""
    hold([f"loss:{breach.subject_id}"])
    carried = Entry.objects.filter(breach__subject_id=breach.subject_id, base_name=LOSS)
    if sum(carried.values_list("amount", flat=True), Decimal(0)) > 0:
        raise IllegalMove(_("The loss of this case stands in the ledger already."))
