"""Taking in what was done without network: once, in order, through the services of the web (R53).

Each operation is one step of its own: what it does and the row that says so are committed
together. One that does not fit is kept with what was sent, and shown to both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from logging import getLogger
from uuid import UUID

import orjson
from django.db import IntegrityError
from django.utils.translation import gettext as _

from yinuo.domains.devices.clock import Dated, dated, in_order, offset_of
from yinuo.domains.devices.models import Device, Operation
from yinuo.domains.devices.performing import NotYetError, perform
from yinuo.domains.devices.policies import own_operations, person_of
from yinuo.domains.devices.services.keeping import keep_unapplied
from yinuo.domains.devices.types import OPEN_STATES, OperationState, Result, Sent
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, InvalidInput, YinuoError
from yinuo.platform.journal.work import writing

_log = getLogger("yinuo.devices")
MOST_OPERATIONS = 100


@dataclass(frozen=True, slots=True)
class Contact:
    """One call of a device: which, what its clock says, and when it is here."""

    device: Device | None
    device_time: datetime
    now: datetime


def take_operations(*, actor: Actor, sent: Sequence[Sent], contact: Contact) -> list[Result]:
    """Take in operations one after the other and say what became of each, in the same order.

    An operation that was taken before is answered alike and does nothing. One whose `after` is not
    settled waits.
    """
    return [_taken(actor, one, contact) for one in sent]


def _taken(actor: Actor, sent: Sent, contact: Contact) -> Result:
    body_hash = _hash(sent)
    if known := _known(actor, sent, body_hash):
        return known
    if sent.after is not None and not _is_settled(actor, sent.after):
        message = _("Something done before it on this sheet is not settled yet.")
        return Result(sent.id, OperationState.WAITING, message=message)
    clock = _dated(actor, sent, contact)
    try:
        if sent.act is None:
            raise InvalidInput(sent.problems)
        version = _applied(actor, sent, clock, contact, body_hash)
        return Result(sent.id, OperationState.APPLIED, version)
    except NotYetError as error:
        return Result(sent.id, OperationState.WAITING, message=str(error.message))
    except (IntegrityError, YinuoError) as error:
        # Sent twice at the same moment: the other one did it.
        if known := _known(actor, sent, body_hash):
            return known
        if isinstance(error, IntegrityError):
            # The database refused what the services let pass: one must not hold up all others.
            _log.error("operation %s breaks a constraint", sent.id, exc_info=error)
            error = Conflict(_("This does not fit what stands on the sheet."))
        return _unapplied(actor, sent, clock, contact, body_hash, error)


def _hash(sent: Sent) -> bytes:
    """What an id stands for: the same sheet, kind and content."""
    content = [str(sent.work_order_id), sent.kind.value, sent.body]
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


def _applied(actor: Actor, sent: Sent, clock: Dated, contact: Contact, body_hash: bytes) -> int:
    """Do it and keep that it is done, in one step; the sheet's version afterwards."""
    with writing(actor=actor, now=contact.now) as work:
        done = perform(actor, sent, clock.at, contact.now)
        operation = Operation.objects.create(
            public_id=sent.id,
            person_id=person_of(actor),
            device=contact.device,
            work_order_id=done.order_id,
            kind=sent.kind.value,
            state=OperationState.APPLIED.value,
            body_hash=body_hash,
            base_version=sent.base_version,
            version_before=done.version_before,
            version_after=done.version,
            instead_of=sent.instead_of,
            occurred_at=clock.at,
            device_at=sent.occurred_at,
            is_clock_off=clock.is_off,
            received_at=contact.now,
            settled_at=contact.now,
        )
        done.keep_with(operation)
        _settle_replaced(actor, sent, contact.now)
        work.audit("device.apply", operation, after={"kind": sent.kind.value})
        return done.version


def _unapplied(
    actor: Actor,
    sent: Sent,
    clock: Dated,
    contact: Contact,
    body_hash: bytes,
    error: YinuoError,
) -> Result:
    fields = dict(error.fields) if isinstance(error, InvalidInput) else {}
    words = {name: str(said) for name, said in fields.items()}
    state = OperationState.REFUSED if words else OperationState.CONFLICT
    said = Result(sent.id, state, message=str(error.message), fields=words)
    try:
        keep_unapplied(actor, sent, clock, contact, body_hash, said)
    except IntegrityError:
        # Sent twice at the same moment: the other one kept it.
        if known := _known(actor, sent, body_hash):
            return known
        raise
    return said


def _known(actor: Actor, sent: Sent, body_hash: bytes) -> Result | None:
    """What was answered to this id before; refused when it stood for something else."""
    row = Operation.objects.filter(public_id=sent.id).first()
    if row is None:
        return None
    if row.person_id != actor.person_id or bytes(row.body_hash) != body_hash:
        message = _("This id was already used for another content. Use a new one.")
        return Result(sent.id, OperationState.REFUSED, message=message)
    state = OperationState(row.state)
    return Result(sent.id, state, row.version_after, row.message, row.fields)


def _is_settled(actor: Actor, operation_id: UUID) -> bool:
    settled = [OperationState.APPLIED.value, OperationState.DROPPED.value]
    return own_operations(actor).filter(public_id=operation_id, state__in=settled).exists()


def _settle_replaced(actor: Actor, sent: Sent, now: datetime) -> None:
    """The operation this one was sent instead of is dropped by it, with those before that one."""
    replaced = _replaced_by(actor, sent.instead_of)
    own_operations(actor).filter(public_id__in=replaced, state__in=OPEN_STATES).update(
        state=OperationState.DROPPED.value,
        dropped_reason=_("Sent again."),
        settled_at=now,
        body={},
    )


def _replaced_by(actor: Actor, last: UUID | None) -> set[UUID]:
    """Tried again and again: every try in turn, the last one first."""
    found: set[UUID] = set()
    while last is not None and last not in found:
        found.add(last)
        tried = own_operations(actor).filter(public_id=last, state__in=OPEN_STATES)
        last = tried.values_list("instead_of", flat=True).first()
    return found


def _dated(actor: Actor, sent: Sent, contact: Contact) -> Dated:
    measured = None if sent.offset_ms is None else timedelta(milliseconds=sent.offset_ms)
    present = offset_of(contact.device_time, contact.now)
    clock = dated(sent.occurred_at, measured, present, contact.now)
    return replace(clock, at=in_order(clock.at, _last_done(actor, sent, contact)))


def _last_done(actor: Actor, sent: Sent, contact: Contact) -> datetime | None:
    """When this device did the last thing on the same sheet that was applied."""
    done = own_operations(actor).filter(device=contact.device, state=OperationState.APPLIED.value)
    of_sheet = done.filter(work_order__public_id=sent.work_order_id)
    return of_sheet.order_by("-id").values_list("occurred_at", flat=True).first()
