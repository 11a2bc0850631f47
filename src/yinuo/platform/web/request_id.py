"""Every request has an id: in the answer's header, in each log line, in each audit row (R30)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from logging import getLogger

from django.http import HttpRequest, HttpResponse
from uuid_utils import uuid7

HEADER = "X-Request-Id"
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")
_log = getLogger("yinuo.access")


def current_request_id() -> str:
    """The id of the request being answered; empty outside a request."""
    return _current.get()


class RequestIdMiddleware:
    """Takes a well-formed id from the caller or makes one; logs each answer with its time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if _ACCEPTED.fullmatch(given) else uuid7().hex
        token = _current.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers[HEADER] = request_id
        _log.info(
            "%s %s",
            request.method,
            request.path,
            extra={
                "request_id": request_id,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return response
