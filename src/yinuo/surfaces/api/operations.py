"""Declaring an operation: its right, its answer and every refusal it can give, in one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from ninja import Router
from pydantic import BaseModel

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.reading import reading
from yinuo.surfaces.api.answers import KEY_HEADER, REPLAYED_HEADER
from yinuo.surfaces.api.callers import ApiRequest, BearerToken

Handler = TypeVar("Handler", bound=Callable[..., Any])

ALWAYS = (401, 403, 404, 422, 500, 503)
WITH_BODY = (400, 413, 415)
WITH_EFFECT = (409,)
KEY_PARAMETER = {
    "in": "header",
    "name": KEY_HEADER,
    "required": True,
    "description": "Names this one intended effect; a repeated call gets the first answer again.",
    "schema": {"type": "string", "pattern": "^[!-~]{8,128}$"},
}


class Problem(BaseModel):
    """What went wrong. `fields` maps a field to what is wrong with it."""

    code: str
    message: str
    fields: dict[str, str] = {}
    details: dict[str, Any] = {}


class Refusal(BaseModel):
    """The body of every answer that is not a success."""

    error: Problem


class Saved(BaseModel):
    """What a write leaves behind: read the object for the rest."""

    id: str
    version: int


class Resource:
    """The operations on one kind of thing."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def reads(
        self, path: str, *, name: str, right: Permission, gives: Any
    ) -> Callable[[Handler], Handler]:
        """A GET, behind the second fence."""
        return self._operation("GET", path, name, right, {200: gives}, ALWAYS, {})

    def computes(
        self, path: str, *, name: str, right: Permission, gives: Any
    ) -> Callable[[Handler], Handler]:
        """A POST without effect: its question is too large for an address."""
        refusals = (*ALWAYS, *WITH_BODY)
        return self._operation("POST", path, name, right, {200: gives}, refusals, {})

    def receives(
        self, path: str, *, name: str, right: Permission, gives: Any
    ) -> Callable[[Handler], Handler]:
        """A POST whose parts carry ids of their own, made by the sender: each takes effect once."""
        refusals = (*ALWAYS, *WITH_BODY, *WITH_EFFECT)
        return self._operation("POST", path, name, right, {200: gives}, refusals, {})

    def writes(
        self,
        method: str,
        path: str,
        *,
        name: str,
        right: Permission,
        gives: Any = Saved,
        status: int = 200,
    ) -> Callable[[Handler], Handler]:
        """A write; it takes an idempotency key."""
        refusals = (*ALWAYS, *WITH_BODY, *WITH_EFFECT)
        replayed = {"description": "Given again: `true`.", "schema": {"const": "true"}}
        extra = {
            "parameters": [dict(KEY_PARAMETER)],
            "responses": {status: {"headers": {REPLAYED_HEADER: replayed}}},
        }
        return self._operation(method, path, name, right, {status: gives}, refusals, extra)

    def _operation(
        self,
        method: str,
        path: str,
        name: str,
        right: Permission,
        success: dict[int, Any],
        refusals: tuple[int, ...],
        extra: dict[str, Any],
    ) -> Callable[[Handler], Handler]:
        auth = BearerToken(right)

        def register(handler: Handler) -> Handler:
            self.router.add_api_operation(
                path,
                [method],
                handler,
                auth=auth,
                response=success | dict.fromkeys(refusals, Refusal),
                operation_id=name,
                summary=name.replace("_", " ").capitalize(),
                openapi_extra={"x-right": right.value, **extra},
            )
            added = self.router.path_operations[path].operations[-1]
            auth.parameters = frozenset(
                known
                for model in added.models
                if model.__ninja_param_source__ == "query"
                for known in model.__ninja_flatten_map__
            )
            if method == "GET":
                # After its signature was read, which a wrapper would hide.
                added.view_func = _behind_the_fence(added.view_func)
            return handler

        return register


def _behind_the_fence(handler: Handler) -> Callable[..., Any]:
    @wraps(handler)
    def fenced(request: ApiRequest, **values: Any) -> Any:
        with reading(request.auth.actor):
            return handler(request, **values)

    return fenced
