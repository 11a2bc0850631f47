"""Invitations: somebody gets an account, or back into it, and chooses the password himself.

The secret is shown once to whoever invites and is stored as a hash; using it makes it void.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yinuo.platform.accounts.models import Invitation, User
from yinuo.platform.accounts.services.users import change_password
from yinuo.platform.errors import InvalidInput, NotFound

SECRET_BYTES = 20
LIFE = timedelta(days=3)


def invite_user(*, user_id: int, now: datetime) -> str:
    """A fresh secret for an active user, good for three days; the one before it becomes void.

    The present password, if any, works until the invitation is used. Errors: `NotFound`.
    """
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise NotFound
    secret = secrets.token_urlsafe(SECRET_BYTES)
    content = {"secret_hash": _hash(secret), "created_at": now, "expires_at": now + LIFE}
    Invitation.objects.update_or_create(user_id=user_id, defaults=content)
    return secret


def find_invited(secret: str, now: datetime) -> User:
    """Whom this secret invites. Errors: `NotFound` when it is unknown, used, too old, or the
    account is switched off."""
    return _invitation(secret, now, lock=False).user


def accept_invitation(*, secret: str, password: str, now: datetime) -> User:
    """Set the password chosen, end all sessions, and make the invitation void.

    Errors: `NotFound` as `find_invited`, `InvalidInput` with `password` when R11 refuses it.
    """
    with transaction.atomic():
        invitation = _invitation(secret, now, lock=True)
        user = invitation.user
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise InvalidInput({"password": " ".join(error.messages)}) from None
        change_password(user, password)
        invitation.delete()
    return user


def _invitation(secret: str, now: datetime, *, lock: bool) -> Invitation:
    rows = Invitation.objects.select_related("user")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(secret_hash=_hash(secret), expires_at__gt=now, user__is_active=True).first()
    if found is None:
        raise NotFound
    return found


def _hash(secret: str) -> bytes:
    """SHA-256 is enough: the secret has 160 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
