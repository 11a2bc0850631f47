"""How often links may be tried and used (R52, R57), counted in the database for all processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from yinuo.platform.accounts.addresses import client_address, limit_key
from yinuo.platform.accounts.throttle import Allowance, Bucket, take_attempt
from yinuo.platform.links.types import Link

_TEN_SECONDS = timedelta(seconds=10)
# 128 bits cannot be guessed; this keeps a scanner from keeping us busy.
UNKNOWN = Allowance(30, _TEN_SECONDS)
ANSWERS = Allowance(20, _TEN_SECONDS)
# Each one costs a child process.
DOCUMENTS = Allowance(10, _TEN_SECONDS)

# Whoever writes more than this in one go is not complaining.
COMPLAINTS = Allowance(5, timedelta(minutes=10))


def count_unknown(request: HttpRequest, now: datetime) -> None:
    """One more address that leads nowhere. Raises NoAttemptLeftError."""
    take_attempt([Bucket("link", (limit_key(client_address(request)),), UNKNOWN)], now=now)


def count_answer(link: Link, now: datetime) -> None:
    """One more form sent by this link. Raises NoAttemptLeftError."""
    take_attempt([Bucket("link answer", (str(link.public_id),), ANSWERS)], now=now)


def count_document(link: Link, now: datetime) -> None:
    """One more document asked for by this link. Raises NoAttemptLeftError."""
    take_attempt([Bucket("link document", (str(link.public_id),), DOCUMENTS)], now=now)


def count_complaint(link: Link, now: datetime) -> None:
    """One more complaint sent by this link. Raises NoAttemptLeftError."""
    take_attempt([Bucket("link complaint", (str(link.public_id),), COMPLAINTS)], now=now)
