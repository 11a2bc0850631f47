"""What surrounds every operation: language, body format, absent methods and addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from yinuo import __version__
from yinuo.surfaces.api.errors import (
    MethodNotAllowed,
    UnsupportedMediaType,
    absent,
    install,
    refused,
)

View = Callable[..., HttpResponse]


class _JsonOnly(Parser):
    """Bodies are JSON and nothing else."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise UnsupportedMediaType
        return orjson.loads(request.body)


class RestApi(NinjaAPI):
    """The API with our errors; its documentation page is off, because it needs inline scripts."""

    def __init__(self) -> None:
        super().__init__(
            title="Yinuo 一诺",
            version=__version__,
            description="After-sales service: requests and the promises that run on them.",
            docs_url=None,
            parser=_JsonOnly(),
        )
        install(self)

    @cached_property
    def _description(self) -> OpenAPISchema:
        return super().get_openapi_schema(path_prefix="/api/v1/")

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description of everything declared, OpenAPI 3.1; made once."""
        return self._description

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses; whatever else lies below the prefix is absent."""
        patterns, application, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _framed(pattern.callback)
        return [*patterns, re_path("", _framed(absent))], application, namespace


def _framed(view: View) -> View:
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                response = absent(request)
            if response.status_code == MethodNotAllowed.status:
                allowed = ", ".join(sorted(response["Allow"].split(", ")))
                response = refused(MethodNotAllowed())
                response["Allow"] = allowed
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = language
        return response

    framed.csrf_exempt = True  # type: ignore[attr-defined] # no cookie signs anybody in here
    return framed
