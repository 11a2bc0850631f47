"""Answers as JSON, and the one way a write is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

import orjson
from django.http import HttpResponse
from pydantic import BaseModel

from yinuo.platform.errors import Conflict
from yinuo.platform.journal.once import Answer, Once, performed_once
from yinuo.platform.paging import Page
from yinuo.surfaces.api.callers import ApiRequest

Item = TypeVar("Item")
JSON = Mapping[str, Any]


class Versioned(Protocol):
    """A row that was written."""

    @property
    def public_id(self) -> UUID: ...

    @property
    def version(self) -> int: ...


KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"


def answer(status: int, body: Any) -> HttpResponse:
    """The body as JSON. Names are sorted, so that an answer kept in the database and given again
    is the same byte for byte."""
    content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return HttpResponse(content, content_type="application/json", status=status)


def shown(body: JSON) -> HttpResponse:
    """What was asked for."""
    return answer(200, body)


def listed(page: Page[Item], shape: Callable[[Item], JSON]) -> HttpResponse:
    """One page of a list and the cursor of the next one, empty at the end."""
    items = [shape(item) for item in page.items]
    return answer(200, {"items": items, "next_cursor": page.next_cursor})


def written(request: ApiRequest, action: Callable[[], JSON], *, status: int = 200) -> HttpResponse:
    """Perform `action` once for the caller's key, and answer what it gives after the commit.

    A repeated call gets the same answer again, marked by a header (R37).
    """
    once = Once(
        route=f"{request.method} {request.path}",
        key=request.headers.get(KEY_HEADER, ""),
        body=request.body,
    )
    call = request.auth
    given = performed_once(once, lambda: Answer(status, action()), actor=call.actor, now=call.now)
    response = answer(given.status, given.body)
    if given.repeated:
        response[REPLAYED_HEADER] = "true"
    return response


def edited(
    request: ApiRequest,
    data: BaseModel,
    action: Callable[[], Versioned],
    present: Callable[[], JSON],
) -> HttpResponse:
    """Perform an edit once and answer with the new version.

    When somebody was faster, the answer holds both sides: what was sent and what is there (R38).
    """

    def step() -> JSON:
        try:
            return saved(action())
        except Conflict as error:
            sides = {"yours": data.model_dump(mode="json"), "present": dict(present())}
            raise Conflict(details=sides) from error

    return written(request, step)


def saved(row: Versioned) -> JSON:
    """What a write leaves behind: no content, so that none of it is kept with the key."""
    return {"id": str(row.public_id), "version": row.version}
