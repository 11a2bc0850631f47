"""A signed cookie by which a browser shows under which names it has signed in before (R12).

It opens nothing: it only gives the browser its own allowance of wrong guesses, so that others
cannot lock its owner out.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE = "__Host-yinuo_device"
LIFETIME = timedelta(days=180)
# The latest names only: a cookie has room for so many, and a browser has so few owners.
NAMES_KEPT = 5
_SALT = "yinuo.platform.accounts.device"


def known_device(request: HttpRequest, login: str) -> str | None:
    """The browser's id when it has signed in as `login` (folded) before, else None."""
    device, marks = _read(request)
    return device if _mark(login) in marks else None


def remember_device(request: HttpRequest, response: HttpResponseBase, login: str) -> None:
    """Let this browser prove later that it has signed in as `login` (folded)."""
    device, marks = _read(request)
    mark = _mark(login)
    marks = [mark, *(other for other in marks if other != mark)][:NAMES_KEPT]
    content = {"device": device or secrets.token_hex(16), "marks": marks}
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=_SALT),
        max_age=LIFETIME,
        secure=True,
        httponly=True,
        samesite="Lax",
    )


def _mark(login: str) -> str:
    """Stands for a name in the cookie, so that the next person at this browser cannot read it."""
    return salted_hmac(_SALT, login, algorithm="sha256").hexdigest()[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Device id and marks; empty when the cookie is absent, forged or too old."""
    try:
        content = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return "", []
    return content["device"], content["marks"]
