"""Phones: signed in once, seen, and taken away (R54)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.devices.clock import offset_of
from yinuo.domains.devices.models import Device
from yinuo.domains.devices.policies import own_devices, visible_devices
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.accounts.services import create_token, revoke_token
from yinuo.platform.errors import Forbidden, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

NAME_LENGTH = 80
LIFE = timedelta(days=30)
# What the field app needs; the token gives at most these, and never more than its holder has.
RIGHTS = (
    Permission.ASSET_READ,
    Permission.CHECKLIST_READ,
    Permission.CUSTOMER_READ,
    Permission.EMERGENCY_WORK,
    Permission.OBLIGATION_READ,
    Permission.REQUEST_OPEN,
    Permission.REQUEST_READ,
    Permission.REQUEST_WORK,
    Permission.WORK_ORDER_PERFORM,
    Permission.WORK_ORDER_READ,
)


def register_device(*, actor: Actor, name: str, now: datetime) -> tuple[Device, str]:
    """Sign a phone in for 30 days, and its secret, shown once.

    Raises Forbidden for somebody who carries out no visits, InvalidInput for a bad name.
    """
    require(actor, Permission.WORK_ORDER_PERFORM)
    if actor.user_id is None or actor.person_id is None:
        raise Forbidden
    said = name.strip()
    if not said or len(said) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 80 characters.")})
    with writing(actor=actor, now=now) as work:
        token, secret = create_token(
            user_id=actor.user_id,
            name=said,
            scopes=[right.value for right in RIGHTS],
            expires_at=now + LIFE,
            now=now,
        )
        device = Device.objects.create(
            person_id=actor.person_id, token=token, name=said, registered_at=now, seen_at=now
        )
        work.audit("device.register", device, after={"expires_at": token.expires_at.isoformat()})
        return device, secret


def revoke_device(*, actor: Actor, device_id: object, now: datetime) -> Device:
    """End a phone at once: at its next contact it erases what it holds. Twice is harmless.

    Raises NotFound for a phone that is neither the actor's nor of people whose accounts he keeps.
    """
    with writing(actor=actor, now=now) as work:
        device = one_of(visible_devices(actor).select_related("token"), device_id)
        if device.revoked_at is None:
            revoke_token(public_id=device.token.public_id, now=now)
            Device.objects.filter(pk=device.pk).update(revoked_at=now)
            device.revoked_at = now
            work.audit("device.revoke", device)
        return device


def note_contact(
    actor: Actor, secret_hash: bytes | None, device_time: datetime | None, now: datetime
) -> Device | None:
    """The actor's phone with this token, None for any other token.

    Keeps when it was seen and how far its clock is off.
    """
    device = own_devices(actor).filter(token__secret_hash=secret_hash).first()
    if device is not None and device_time is not None:
        device.offset_ms = round(offset_of(device_time, now) / timedelta(milliseconds=1))
        device.seen_at = now
        Device.objects.filter(pk=device.pk).update(offset_ms=device.offset_ms, seen_at=now)
    return device


def is_revoked(secret_hash: bytes | None) -> bool:
    """True for the token of a phone that was taken away: it has to erase what it holds."""
    found = Device.objects.filter(token__secret_hash=secret_hash, revoked_at__isnull=False)
    return secret_hash is not None and found.exists()
