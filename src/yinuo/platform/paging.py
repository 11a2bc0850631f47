"""Cursor paging: a page costs the same at the first and at the millionth row.

The cursor holds the last row's sort values; it is signed, so nobody can read or order by columns
of his own choosing (R05).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput

MOST_PER_PAGE = 200

Item = TypeVar("Item")
Other = TypeVar("Other")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows, and the cursor of the next ones (empty at the end)."""

    items: tuple[Item, ...]
    next_cursor: str

    def map(self, shape: Callable[[Item], Other]) -> Page[Other]:
        """The same page with each item turned into another form."""
        return Page(tuple(shape(item) for item in self.items), self.next_cursor)


def chosen_order(orders: Mapping[str, tuple[str, ...]], sort: str) -> tuple[str, ...]:
    """The order a reader asked for by its name, backwards with `-` before it.

    The first order of the list for any other word: nobody sorts by columns of his own choosing
    (R05).
    """
    order = orders.get(sort.removeprefix("-"))
    if order is None:
        return next(iter(orders.values()))
    return tuple(map(_turned, order)) if sort.startswith("-") else order


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def page_of(rows: QuerySet[Row], *, order: tuple[str, ...], cursor: str, limit: int) -> Page[Row]:
    """One page of `rows` by `order` (field names, `-` for descending, the last one unique).

    `limit` is clamped to 1..200. Raises InvalidInput for a cursor that is not ours.
    """
    limit = max(1, min(limit, MOST_PER_PAGE))
    if cursor:
        rows = rows.filter(_after(order, _opened(cursor, order)))
    found = list(rows.order_by(*order)[: limit + 1])
    more = len(found) > limit
    page = found[:limit]
    return Page(tuple(page), _sealed(page[-1], order) if more else "")


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    """Rows behind the given ones: (a > x) or (a = x and b > y) …"""
    condition = Q()
    equal: dict[str, Any] = {}
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        beyond = f"{field}__lt" if name.startswith("-") else f"{field}__gt"
        condition |= Q(**equal, **{beyond: value})
        equal[field] = value
    return condition


def _sealed(row: Model, order: tuple[str, ...]) -> str:
    texts = [str(getattr(row, name.lstrip("-"))) for name in order]
    return signing.dumps([list(order), texts], salt="cursor")


def _opened(cursor: str, order: tuple[str, ...]) -> list[Any]:
    try:
        made_for, values = signing.loads(cursor, salt="cursor")
    except (signing.BadSignature, ValueError):
        made_for, values = None, []
    if made_for != list(order):
        raise InvalidInput({"cursor": _("This cursor does not belong to this list. Start again.")})
    return list(values)
