"""Lines split where the goodwill of a case ends: what it holds, and the rest (B-22)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from decimal import Decimal

from yinuo.domains.billing.charge_models import Charge
from yinuo.platform.identifiers import new_public_id

_NOTHING = Decimal("0.00")


def split_amounts(amounts: Sequence[Decimal], left: Decimal) -> list[tuple[Decimal, Decimal]]:
    """Each amount as what `left` still holds of it, in their order, and the rest.

    An amount below zero gives room back. Both parts always make the amount.

    >>> split_amounts([Decimal(400), Decimal(300)], Decimal(600))
    [(Decimal('400'), Decimal('0')), (Decimal('200'), Decimal('100'))]
    """
    parts = []
    for amount in amounts:
        held = min(amount, max(left, _NOTHING))
        left -= held
        parts.append((held, amount - held))
    return parts


def split_rows(
    rows: Sequence[Charge], left: Decimal, bear_rest: Callable[[Charge], None]
) -> list[Charge]:
    """The rows, not stored yet, cut where `left` ends; `bear_rest` says on a row who bears it.

    A row that is cut becomes two that share `split`; one wholly beyond stays one row.
    """
    made = []
    parts = split_amounts([row.amount for row in rows], left)
    for row, (held, rest) in zip(rows, parts, strict=True):
        if not rest:
            made.append(row)
        elif held <= _NOTHING:
            bear_rest(row)
            made.append(row)
        else:
            other = copy(row)
            other.public_id = new_public_id()
            row.split = other.split = new_public_id()
            row.amount, other.amount = held, rest
            bear_rest(other)
            made += [row, other]
    return made
