"""The operations of the API as its own description lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from yinuo.surfaces.api.urls import api

# They count in the whole company: only headquarters does them (tests/api/test_api_network.py).
OF_HEADQUARTERS = frozenset(
    {"set_qualification", "set_weights", "set_hour_price", "set_score_weights", "publish_scores"}
)


class Route(NamedTuple):
    """One operation: `path` without prefix, with its parameters in braces."""

    method: str
    path: str
    operation: str
    right: str
    details: dict[str, Any]

    @property
    def path_ids(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def query_ids(self) -> list[str]:
        return [
            one["name"]
            for one in self.details["parameters"]
            if one["in"] == "query" and "uuid" in str(one["schema"])
        ]

    @property
    def body_ids(self) -> list[str]:
        """Properties of the body that hold an id or a list of ids."""
        content = self.details.get("requestBody", {}).get("content", {})
        if not content:
            return []
        reference = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        properties = description()["components"]["schemas"][reference]["properties"]
        return [name for name, schema in properties.items() if "uuid" in str(schema)]

    def at(self, ids: dict[str, str]) -> str:
        """The address with these ids."""
        return self.path.format(**ids)


@cache
def description() -> dict[str, Any]:
    return api.get_openapi_schema()


def routes() -> Iterator[Route]:
    for path, methods in description()["paths"].items():
        for method, details in methods.items():
            yield Route(
                method.upper(),
                path.removeprefix("/api/v1"),
                details["operationId"],
                details["x-right"],
                details,
            )
