"""How long a session may live: idle and absolute limits (R14).

That a session ends with its user's deactivation, password or roles needs no code here: its
fingerprint (`User.get_session_auth_hash`) carries the password and the session epoch, and
Django compares it with every request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

BEGAN = "began_at"
SEEN = "seen_at"
# Writing the session with every request would cost more than the exact second is worth.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """`idle`: longest pause between two requests; `absolute`: longest life since sign-in."""

    idle: timedelta
    absolute: timedelta

    def __post_init__(self) -> None:
        if not timedelta() < self.idle <= self.absolute:
            raise ValueError("0 < idle <= absolute")

    def allow(self, *, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """True while both limits hold at `now`; the instant of the limit itself is too late."""
        return now - began_at < self.absolute and now - seen_at < self.idle


def begin_session(sender: object, request: HttpRequest, **extra: Any) -> None:
    """Receiver of Django's `user_logged_in`: stamps the session, however the user came in."""
    stamp = timezone.now().isoformat()
    request.session[BEGAN] = stamp
    request.session[SEEN] = stamp


class SessionLimitMiddleware:
    """Ends a session that reached a limit; the request goes on as nobody's."""

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponseBase],
        clock: Callable[[], datetime] = timezone.now,
    ) -> None:
        self.get_response = get_response
        self.clock = clock
        self.limits = SessionLimits(settings.SESSION_IDLE_LIMIT, settings.SESSION_ABSOLUTE_LIMIT)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # The API has no session; a visitor without a cookie has nothing to limit.
        if hasattr(request, "session") and request.user.is_authenticated:
            self._limit(request, self.clock())
        return self.get_response(request)

    def _limit(self, request: HttpRequest, now: datetime) -> None:
        began_at, seen_at = (_instant(request.session.get(key)) for key in (BEGAN, SEEN))
        # A session without stamps did not begin with a sign-in: end it.
        if (
            began_at is None
            or seen_at is None
            or not self.limits.allow(began_at=began_at, seen_at=seen_at, now=now)
        ):
            logout(request)
        elif now - seen_at >= SEEN_EVERY:
            request.session[SEEN] = now.isoformat()
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=now
            )


def _instant(stamp: object) -> datetime | None:
    return datetime.fromisoformat(stamp) if isinstance(stamp, str) else None
