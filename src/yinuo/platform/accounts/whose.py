"""A cookie by which scripts tell whether the same account is still signed in with this browser.

The field app works for weeks without asking the server who is there; it compares this mark with
the one it was registered under and hides what it holds from anybody else (R54). The mark opens
nothing and says no name.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "__Host-yinuo_account"
_SALT = "yinuo.platform.accounts.whose"


def account_mark(request: HttpRequest) -> str:
    """Stands for the signed-in account; empty when nobody is."""
    if not request.user.is_authenticated:
        return ""
    return salted_hmac(_SALT, str(request.user.pk), algorithm="sha256").hexdigest()[:32]


class AccountMarkMiddleware:
    """Keeps the cookie in step with the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # The API has no session; where something broke, the account may not be had either.
        if hasattr(request, "session") and response.status_code < 500:
            self._mark(request, response)
        return response

    def _mark(self, request: HttpRequest, response: HttpResponseBase) -> None:
        mark = account_mark(request)
        if mark == request.COOKIES.get(COOKIE, ""):
            return
        response.set_cookie(
            COOKIE,
            mark,
            max_age=settings.SESSION_COOKIE_AGE if mark else 0,
            secure=True,
            # For scripts of this origin: it is a mark, not a key.
            httponly=False,
            samesite="Lax",
        )
