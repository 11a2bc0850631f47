"""Issuing, opening, using and withdrawing links."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput, NotFound, YinuoError
from yinuo.platform.files.types import Owner
from yinuo.platform.journal.work import Actor, writing
from yinuo.platform.links.models import SecretLink
from yinuo.platform.links.types import Holder, Link, Standing

SECRET_BYTES = 16
NAME_LENGTH = 80
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")


class _OvertakenError(YinuoError):
    """The link was used or withdrawn while this step ran."""


def issue_link(
    *, purpose: str, owner: Owner, expires_at: datetime, actor: Actor, now: datetime
) -> str:
    """A fresh secret for one purpose of an owner, shown once; the open one before it becomes void.

    The caller has checked that the actor may send it. Raises InvalidInput on `expires_at` when
    that is not after `now`.
    """
    if expires_at <= now:
        raise InvalidInput({"expires_at": _("Choose a time that is still to come.")})
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with writing(actor=actor, now=now) as work:
        revoke_links(purpose=purpose, owner=owner, actor=actor, now=now)
        row = SecretLink.objects.create(
            secret_hash=_hash(secret),
            purpose=purpose,
            owner_type=owner.kind,
            owner_id=owner.public_id,
            created_at=now,
            expires_at=expires_at,
            actor_label=actor.label,
        )
        after = {"owner": str(owner.public_id), "purpose": purpose, "until": str(expires_at)}
        work.audit("link.issue", row, after=after)
    return secret


def find_link(secret: str, now: datetime) -> Link:
    """What this secret stands for, of any purpose, open or not. Raises NotFound when unknown."""
    return _link(_row(secret), now)


def open_link(purpose: str, secret: str, now: datetime) -> Link:
    """The same for one purpose: a secret of another one is unknown here. Raises NotFound."""
    link = find_link(secret, now)
    if link.purpose != purpose:
        raise NotFound
    return link


def use_link(
    *,
    purpose: str,
    secret: str,
    used_by: str,
    outcome: str,
    act: Callable[[Link], None],
    now: datetime,
) -> Link:
    """Run `act` and mark the link used, in one transaction; gives the link as it then stands.

    A link that is not open any more runs nothing and is given as it is: the same form sent twice
    acts once, and its second answer says who used it, when and with which `outcome`. `used_by` is
    the holder's name as he gave it. Raises NotFound for an unknown secret, InvalidInput on `name`
    without a name, and whatever `act` raises: the link then stays open.
    """
    name = " ".join(used_by.split())
    if not 0 < len(name) <= NAME_LENGTH:
        raise InvalidInput({"name": _("Give your name, in at most 80 characters.")})
    link = open_link(purpose, secret, now)
    if link.standing is not Standing.OPEN:
        return link
    try:
        with writing(actor=Holder(name), now=now) as work:
            act(link)
            marked = {"used_at": now, "used_by": name, "outcome": outcome}
            # Last, so that everybody locks the owner first and its links after it.
            if not _open_rows().filter(secret_hash=_hash(secret)).update(**marked):
                raise _OvertakenError
            work.audit("link.use", _row(secret), after={"outcome": outcome})
    except YinuoError:
        present = open_link(purpose, secret, now)
        if present.standing is Standing.OPEN:
            raise
        return present
    return open_link(purpose, secret, now)


def revoke_links(*, purpose: str, owner: Owner, actor: Actor, now: datetime) -> int:
    """Withdraw the owner's open links of a purpose; gives how many. The caller checked rights."""
    with writing(actor=actor, now=now) as work:
        rows = list(_open_rows().filter(owner_id=owner.public_id, purpose=purpose))
        for row in rows:
            work.audit("link.revoke", row)
        return _open_rows().filter(pk__in=[row.pk for row in rows]).update(revoked_at=now)


def links_of(*, purpose: str, owner: Owner, now: datetime) -> list[Link]:
    """The owner's links of a purpose, the newest first. The caller has checked rights."""
    rows = SecretLink.objects.filter(owner_id=owner.public_id, purpose=purpose)
    return [_link(row, now) for row in rows.order_by("-id")]


def _open_rows() -> QuerySet[SecretLink]:
    return SecretLink.objects.filter(used_at=None, revoked_at=None)


def _row(secret: str) -> SecretLink:
    found = _SECRET.fullmatch(secret)
    row = SecretLink.objects.filter(secret_hash=_hash(secret)).first() if found else None
    if row is None:
        raise NotFound
    return row


def _link(row: SecretLink, now: datetime) -> Link:
    return Link(
        public_id=row.public_id,
        purpose=row.purpose,
        owner=Owner(row.owner_type, row.owner_id),
        created_at=row.created_at,
        expires_at=row.expires_at,
        standing=_standing(row, now),
        used_by=row.used_by,
        used_at=row.used_at,
        outcome=row.outcome,
    )


def _standing(row: SecretLink, now: datetime) -> Standing:
    if row.used_at is not None:
        return Standing.USED
    if row.revoked_at is not None:
        return Standing.REVOKED
    return Standing.EXPIRED if row.expires_at <= now else Standing.OPEN


def _hash(secret: str) -> bytes:
    """SHA-256 is enough: the secret has 128 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
