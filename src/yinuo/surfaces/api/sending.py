"""Sending what a customer answers behind a secret link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse
from django.urls import reverse

from yinuo.surfaces.api.answers import answer, saved, written
from yinuo.surfaces.api.callers import ApiRequest


def sent_with_link(request: ApiRequest, send: Callable[[], tuple[Any, str]]) -> HttpResponse:
    """Run `send`, which gives the row and the secret, once; answer with the row and the address.

    The address stands in this answer only: asked again with the same key, `link` is null, because
    the secret is kept nowhere.
    """
    secrets: list[str] = []

    def action() -> dict[str, Any]:
        row, secret = send()
        secrets.append(secret)
        return {**saved(row), "link": None}

    response = written(request, action)
    if not secrets or response.headers.get("Idempotency-Replayed"):
        return response
    link = request.build_absolute_uri(reverse("public:link", args=[secrets[0]]))
    return answer(response.status_code, orjson.loads(response.content) | {"link": link})
