"""How many wrong guesses are allowed, counted in the database for all processes together (R12).

A bucket holds `burst` attempts and gets one back every `refill`. An attempt is taken before the
secret is checked and given back when the secret was right, so parallel guesses count too.
An attempt that needs several buckets takes all of them or none: being refused costs nothing.

Sign-in asks these buckets, all keyed by what was *typed*, so that an unknown account behaves
exactly as a known one:

- a browser that has signed in to this account before (it has a signed device cookie): its own
  bucket only. Nobody else's guessing can lock it out.
- any other: the pair of account and address (5, one a minute), the address (50, one every 10 s,
  so that a building behind one address still works) and the account from everywhere (60, one
  every 10 s). One address wins back one attempt a minute and the account six, so a single
  address can never use up the account, and after a wide attack the account recovers in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Allowance:
    """`burst` attempts at once, then one more every `refill`."""

    burst: int
    refill: timedelta


@dataclass(frozen=True, slots=True)
class Bucket:
    """The allowance of one subject: `kind` names the rule, `subject` whom it counts."""

    kind: str
    subject: tuple[str, ...]
    allowance: Allowance

    def key(self) -> bytes:
        """The row's key. Keyed hash: the table names no person and no address."""
        text = "\0".join((self.kind, *self.subject))
        return salted_hmac("yinuo.platform.accounts.throttle", text, algorithm="sha256").digest()


class NoAttemptLeftError(Exception):
    """Refused; `wait` is at most how long until the next attempt is allowed."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many attempts")
        self.wait = wait


_TAKE = """
INSERT INTO accounts_attemptbucket AS bucket (key, busy_until)
VALUES (%(key)s, %(now)s + make_interval(secs => %(refill)s))
ON CONFLICT (key) DO UPDATE
    SET busy_until = greatest(bucket.busy_until, %(now)s) + make_interval(secs => %(refill)s)
    WHERE greatest(bucket.busy_until, %(now)s) + make_interval(secs => %(refill)s)
          <= %(now)s + make_interval(secs => %(refill)s * %(burst)s)
RETURNING 1
"""
_GIVE_BACK = """
UPDATE accounts_attemptbucket SET busy_until = busy_until - make_interval(secs => %(refill)s)
WHERE key = %(key)s
"""


def take_attempt(buckets: Sequence[Bucket], *, now: datetime) -> None:
    """Take one attempt from every bucket or from none.

    Errors: `NoAttemptLeftError` when one of them is empty.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # One order for everybody, so that two attempts never wait for each other.
        for bucket in sorted(buckets, key=Bucket.key):
            allowance = bucket.allowance
            cursor.execute(
                _TAKE,
                {
                    "key": bucket.key(),
                    "now": now,
                    "refill": allowance.refill.total_seconds(),
                    "burst": allowance.burst,
                },
            )
            if cursor.fetchone() is None:
                raise NoAttemptLeftError(allowance.refill)


def give_back_attempt(buckets: Sequence[Bucket]) -> None:
    """Undo `take_attempt`: the secret was right, so it was no guess."""
    with transaction.atomic(), connection.cursor() as cursor:
        for bucket in sorted(buckets, key=Bucket.key):
            refill = bucket.allowance.refill.total_seconds()
            cursor.execute(_GIVE_BACK, {"key": bucket.key(), "refill": refill})


def take_or_refuse(buckets: Sequence[Bucket], *, now: datetime) -> None:
    """`take_attempt` for forms. Errors: a ValidationError `too_many_attempts` for the reader."""
    try:
        take_attempt(buckets, now=now)
    except NoAttemptLeftError as refusal:
        seconds = math.ceil(refusal.wait.total_seconds())
        raise ValidationError(
            _("Too many attempts. Try again in %(seconds)d seconds."),
            code="too_many_attempts",
            params={"seconds": seconds},
        ) from refusal


_MINUTE = timedelta(minutes=1)
_TEN_SECONDS = timedelta(seconds=10)

KNOWN_DEVICE = Allowance(10, _MINUTE)
ACCOUNT_AND_ADDRESS = Allowance(5, _MINUTE)
ADDRESS = Allowance(50, _TEN_SECONDS)
ACCOUNT = Allowance(60, _TEN_SECONDS)
CURRENT_PASSWORD = Allowance(5, _MINUTE)
SETUP_CODE = Allowance(5, _MINUTE)


def sign_in_buckets(login: str, address: str, device: str | None) -> list[Bucket]:
    """The buckets of a sign-in attempt.

    `login` is the folded name that was typed, `address` a `limit_key`, `device` the id of a
    browser that is known to have signed in under this very name, else None.
    """
    if device is not None:
        return [Bucket("known device", (login, device), KNOWN_DEVICE)]
    return [
        Bucket("account and address", (login, address), ACCOUNT_AND_ADDRESS),
        Bucket("address", (address,), ADDRESS),
        Bucket("account", (login,), ACCOUNT),
    ]


def current_password_buckets(user_id: int) -> list[Bucket]:
    """The bucket for guessing the current password from inside a session."""
    return [Bucket("current password", (str(user_id),), CURRENT_PASSWORD)]


def setup_code_buckets(address: str) -> list[Bucket]:
    """The bucket for guessing the set-up code; `address` is a `limit_key`."""
    return [Bucket("set-up code", (address,), SETUP_CODE)]
