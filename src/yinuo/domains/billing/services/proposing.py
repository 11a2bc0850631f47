"""What becomes of a proposed charge: entered as it stands, or not charged, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.billing.charge_models import Charge, Rejection
from yinuo.domains.billing.charge_types import Work
from yinuo.domains.billing.proposals import Proposal, propose_charges
from yinuo.domains.billing.services.charging import REASON_LENGTH, charge_work
from yinuo.domains.fieldwork.policies import visible_work_orders
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.services.recording import locked_request
from yinuo.kernel.pricing import Item
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of


def accept_proposal(
    *, actor: Actor, work_order_id: object, items: Sequence[Item], now: datetime
) -> list[Charge]:
    """Enter what is proposed for a finished sheet; `items` stand in for those proposed, as where a
    figure was still to be filled in.

    Raises NotFound outside the actor's scope, IllegalMove when nothing is proposed (any more), else
    as `charge_work` does.
    """
    proposal = _proposed(actor, work_order_id)
    work = Work(
        price_list_id=proposal.prices.price_list.public_id,
        items=tuple(items) or proposal.items,
        occurred_on=proposal.occurred_on,
        borne_by=proposal.borne_by,
        work_order_id=proposal.work_order_public_id,
        reason=proposal.reason,
    )
    return charge_work(actor=actor, request_id=proposal.request_public_id, work=work, now=now)


def reject_proposal(
    *, actor: Actor, work_order_id: object, reason: str, now: datetime
) -> Rejection:
    """Do not charge a finished sheet; it is proposed no more. Raises as `accept_proposal` does,
    InvalidInput without a reason."""
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 4,000 characters.")})
    with writing(actor=actor, now=now) as step:
        sheet = one_of(visible_work_orders(actor).select_related("request"), work_order_id)
        require(actor, Permission.CHARGE_WRITE, sheet.request.unit_id)
        # Whoever charges or rejects it at the same time waits here.
        locked_request(actor, sheet.request.public_id)
        proposal = _proposed(actor, work_order_id)
        rejection = Rejection(
            request_id=sheet.request_id,
            work_order=sheet,
            reason=said,
            rejected_at=now,
            rejected_by=actor.label,
        )
        step.add(rejection)
        after = {"work_order": proposal.work_order_number}
        step.audit("charge.reject", rejection, after=after, reason=said)
        return rejection


def _proposed(actor: Actor, work_order_id: object) -> Proposal:
    sheet = one_of(visible_work_orders(actor).select_related("request"), work_order_id)
    proposals = propose_charges(actor, sheet.request.public_id)
    for one in proposals:
        if one.work_order_public_id == sheet.public_id:
            return one
    raise IllegalMove(_("Nothing is proposed for this sheet: it is charged, rejected or free."))
