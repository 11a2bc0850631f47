"""The addresses of the browser's pages as Django's own table lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
# What the API's tests call a promise.
ALIASES = {
    "promise_id": "obligation_id",
    "plan_id": "emergency_plan_id",
    "document": "document_code",
}
# Parts of addresses that are words.
WORDS = {
    "act": "approved",
    "month": "2026-09",
    "form": "pdf",
    "item": "overview",
    "part": "visits",
} | {
    "leg": "received",
    "loan_act": "prolonged",
    "step_act": "started",
}


class Address(NamedTuple):
    """`path` with its ids in braces, and their names."""

    path: str
    ids: tuple[str, ...]

    def at(self, ids: dict[str, str]) -> str:
        """The address with these ids."""
        return self.path.format(**ids)


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from _walk(one, path)


def addresses() -> list[Address]:
    """Every page and form, without the API, which is tested from its own description."""
    found = []
    for path in _walk(get_resolver(), "/"):
        if path.startswith(("/api/", "/static/")):
            continue
        chinese = path.replace("<slug:language>", "zh").replace("<slug:kind>", "thank")
        ids = tuple(ALIASES.get(name, name) for name in _PART.findall(chinese))
        found.append(Address(_PART.sub(lambda m: f"{{{ALIASES.get(m[1], m[1])}}}", chinese), ids))
    return found
