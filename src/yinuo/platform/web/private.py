"""What is shown to signed-in people is kept by no cache that others share, nor shown unasked anew.

Not `no-store`: a form that comes back by the back button must be the one that was sent, with its
one-time key, or saving it again would make a second object (R37). The cache of this browser is
emptied at sign-out instead (`platform.accounts.views.SignOutView`).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

RULE = "private, no-cache"


class PrivateMiddleware:
    """Sets `Cache-Control` on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", RULE)
        return response
