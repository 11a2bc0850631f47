"""The hash of a plan's meaning: the same for every way of writing the same plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from yinuo.kernel.plan.plan import Plan


def meaning_hash(plan: Plan) -> str:
    """SHA-256 over all fields of the plan but the hash itself, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    _feed(digest, plan, skip=("hash",))
    return digest.hexdigest()


def _feed(digest: Any, value: Any, skip: tuple[str, ...] = ()) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        digest.update(f"<{type(value).__name__}".encode())
        for one in fields(value):
            if one.compare and one.name not in skip:
                digest.update(f"|{one.name}=".encode())
                _feed(digest, getattr(value, one.name))
        digest.update(b">")
    elif isinstance(value, frozenset | set):
        for text in sorted(repr(one) for one in value):
            digest.update(f"{{{text}}}".encode())
    elif isinstance(value, tuple | list):
        digest.update(b"(")
        for one in value:
            _feed(digest, one)
            digest.update(b",")
        digest.update(b")")
    elif isinstance(value, Mapping):
        _feed(digest, sorted(value.items()))
    else:
        digest.update(_plain(value).encode())


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return repr(value)
