"""The hash of a plan's meaning: the same for every way of writing the same plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from yinuo.kernel.calendars import CalendarSpec, HolidayTable
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.pricing import PriceList


def meaning_hash(plan: Plan, statutory: HolidayTable) -> str:
    """SHA-256 over what the plan says, defaults left out, as 64 hexadecimal digits.

    `statutory` is the table the plan was read with: its days are no part of the meaning.
    """
    digest = hashlib.sha256()
    calendars = tuple((name, _without_table(spec, statutory)) for name, spec in plan.calendars)
    _feed(digest, replace(plan, calendars=calendars), skip=("hash",))
    return digest.hexdigest()


def prices_hash(list_: PriceList, statutory: HolidayTable) -> str:
    """The same over a price list."""
    hours = list_.office_hours
    written = None if hours is None else _without_table(hours, statutory)
    return hash_of(replace(list_, office_hours=written))


def hash_of(value: Any) -> str:
    """SHA-256 over what a typed object says, its own `hash` and defaults left out."""
    digest = hashlib.sha256()
    _feed(digest, value, skip=("hash",))
    return digest.hexdigest()


def _without_table(spec: CalendarSpec, table: HolidayTable) -> CalendarSpec:
    """The calendar as written: a new year in the holiday table changes no plan."""
    without = None if spec.without is None else _without_table(spec.without, table)
    if spec.published_years is None:
        return replace(spec, without=without)
    return replace(
        spec,
        holidays=spec.holidays - table.holidays,
        makeup=spec.makeup - table.makeup,
        published_years=frozenset(),
        opened=tuple(one for one in spec.opened if one.start.date() not in table.holidays),
        without=without,
    )


def _feed(digest: Any, value: Any, skip: tuple[str, ...] = ()) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        digest.update(f"<{type(value).__name__}".encode())
        for one in fields(value):
            held = getattr(value, one.name)
            if one.compare and one.name not in skip and held != one.default:
                digest.update(f"|{one.name}=".encode())
                _feed(digest, held)
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
