"""Session, language, CSRF and account middleware for browsers; the API is left without them.

The API signs in by bearer token and keeps no session, so this chain would only cost it time
(and a session cookie must never authenticate an API call: that would open it to CSRF).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.module_loading import import_string

# Prefixes answered without a browser session.
STATELESS = ("/api/", "/healthz", "/readyz")

Handler = Callable[[HttpRequest], HttpResponseBase]


def is_stateless(request: HttpRequest) -> bool:
    """True for paths that never see a session."""
    return request.path.startswith(STATELESS)


class _BrowserOnly:
    """A middleware that runs another one, except for stateless paths."""

    def __init__(self, inner_path: str, get_response: Handler) -> None:
        self.get_response = get_response
        self.inner = import_string(inner_path)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen: Handler = self.get_response if is_stateless(request) else self.inner
        return chosen(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        hook = getattr(self.inner, "process_view", None)
        if hook is None or is_stateless(request):
            return None
        answer: HttpResponseBase | None = hook(request, view, args, kwargs)
        return answer


def _browsers_only(inner_path: str) -> Callable[[Handler], _BrowserOnly]:
    return lambda get_response: _BrowserOnly(inner_path, get_response)


SessionMiddleware = _browsers_only("django.contrib.sessions.middleware.SessionMiddleware")
LocaleMiddleware = _browsers_only("django.middleware.locale.LocaleMiddleware")
CsrfViewMiddleware = _browsers_only("django.middleware.csrf.CsrfViewMiddleware")
AuthenticationMiddleware = _browsers_only("django.contrib.auth.middleware.AuthenticationMiddleware")
MessageMiddleware = _browsers_only("django.contrib.messages.middleware.MessageMiddleware")
