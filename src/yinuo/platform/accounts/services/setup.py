"""The first-run set-up code (R18): nobody owns an empty installation but who reads its console."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import textwrap
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yinuo.platform.accounts.models import SetupCode, User
from yinuo.platform.accounts.services.users import NewUser, create_user
from yinuo.platform.errors import InvalidInput, NotFound

# Easy to read aloud and to type: no 0 O 1 I L U.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 4, 5


def is_set_up() -> bool:
    """True as soon as any user exists; then there is no set-up any more."""
    return User.objects.exists()


def ensure_setup_code(now: datetime) -> str | None:
    """A fresh one-time code for an empty installation, None for one that has users.

    Only its hash is stored, so a second start prints another code and the first one is void.
    The code has 98 random bits and is compared without blanks, hyphens and case.
    """
    if is_set_up():
        return None
    letters = "".join(secrets.choice(ALPHABET) for _place in range(GROUPS * GROUP_LENGTH))
    code = "-".join(textwrap.wrap(letters, GROUP_LENGTH))
    SetupCode.objects.update_or_create(
        id=1, defaults={"code_hash": _hash(code), "created_at": now, "used_at": None}
    )
    return code


def complete_setup(
    *, code: str, administrator: NewUser, found: Callable[[User], None], now: datetime
) -> User:
    """Create the first user with the code from the console and let `found` build the company.

    All of it happens or nothing: when `found` raises, the code stays good. Two set-ups at once
    queue at the code's row, and the second finds the installation taken.
    Errors: `NotFound` when set up already, `InvalidInput` with `code` or a field of the user.
    """
    with transaction.atomic():
        row = SetupCode.objects.select_for_update().filter(id=1).first()
        if is_set_up():
            raise NotFound
        matches = row is not None and hmac.compare_digest(bytes(row.code_hash), _hash(code))
        if row is None or not matches or row.used_at is not None:
            raise InvalidInput({"code": _("This is not the code shown on the console.")})
        user = create_user(administrator, now=now)
        found(user)
        row.used_at = now
        row.save(update_fields=["used_at"])
    return user


def _hash(code: str) -> bytes:
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.sha256(plain.encode()).digest()
