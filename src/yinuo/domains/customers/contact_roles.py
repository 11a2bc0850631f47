"""What contacts are at the customer's: decision maker, operator … as the shipped list says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent / "data" / "contact_roles.toml"


@dataclass(frozen=True, slots=True)
class ContactRole:
    """A part that a person plays at the customer's, in both languages."""

    code: str
    name_zh: str
    name_en: str


@cache
def contact_roles() -> tuple[ContactRole, ...]:
    """Every role in the order of the file."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(ContactRole(code, one["zh"], one["en"]) for code, one in data.items())


def unknown_roles(codes: Iterable[str]) -> list[str]:
    """Those of the codes that the list does not have, in their order."""
    known = {role.code for role in contact_roles()}
    return [code for code in codes if code not in known]
