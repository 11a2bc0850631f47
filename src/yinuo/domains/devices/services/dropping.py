"""Giving up an operation that does not fit, by its engineer or by whoever gives the sheets out."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.devices.models import Operation
from yinuo.domains.devices.policies import visible_operations
from yinuo.domains.devices.types import OperationState
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 1_000


def drop_operation(*, actor: Actor, operation_id: object, reason: str, now: datetime) -> Operation:
    """Settle an unapplied operation without applying it; what came after it may go on.

    Raises NotFound, InvalidInput without a reason, IllegalMove for one that was applied. Twice is
    harmless.
    """
    said = reason.strip()
    with writing(actor=actor, now=now) as work:
        rows = visible_operations(actor).select_for_update(of=("self",))
        operation = one_of(rows, operation_id)
        if not said or len(said) > REASON_LENGTH:
            raise InvalidInput({"reason": _("Say why, in at most 1,000 characters.")})
        if operation.state == OperationState.APPLIED:
            raise IllegalMove(_("This was applied. Correct it on the sheet."))
        if operation.state != OperationState.DROPPED:
            operation.state = OperationState.DROPPED.value
            operation.dropped_reason, operation.settled_at = said, now
            operation.save(update_fields=["state", "dropped_reason", "settled_at"])
            work.audit("device.drop", operation, reason=said)
        return operation
