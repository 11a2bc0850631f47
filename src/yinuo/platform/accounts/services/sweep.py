"""Removing what has run out."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from yinuo.platform.accounts.models import AttemptBucket


def sweep_accounts(now: datetime) -> None:
    """Delete expired sessions, list entries without a session, and refilled buckets.

    Meant to run about daily; nothing depends on it but the size of the tables.
    """
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AttemptBucket.objects.filter(busy_until__lt=now).delete()
