"""The roles that every new company starts with, as this version ships them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from yinuo.domains.network.rights import ticked

_FILE = Path(__file__).resolve().parent / "data" / "roles.toml"


@cache
def standard_roles() -> dict[str, dict[str, Any]]:
    """By code: `zh` and `en` (names) and `rights` (words)."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def newly_standard(code: str, words: tuple[str, ...]) -> frozenset[str]:
    """Rights of the standard role of this code that a role with these words lacks; by value.

    They are what a later version added, or what the company took away.
    """
    shipped = standard_roles().get(code)
    return ticked(shipped["rights"]) - ticked(words) if shipped else frozenset()
