"""What a month of duty pays: the allowance, less deductions, and overtime (LV-09). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from yinuo.domains.oncall.call_types import PayEntryRow, PayKind, PayLine, PayTerms

FEN = Decimal("0.01")
ALLOWANCE = "allowance"


def pay_lines(
    terms: PayTerms, share: Decimal, entries: Iterable[PayEntryRow]
) -> tuple[PayLine, ...]:
    """The lines of a month's statement, in yuan to the fen, half up.

    `share` is the part of the month's duty time that was the person's, 0 to 1. Overtime is hours ×
    rate × factor, rounded once.

    >>> terms = PayTerms(10, 60, *map(Decimal, ("600", "100", "100", "100", "45", "1.5")))
    >>> [line.amount for line in pay_lines(terms, Decimal(1), [])]
    [Decimal('600.00'), Decimal('0.00'), Decimal('0.00'), Decimal('0.00'), Decimal('0.00')]
    """
    given = list(entries)
    hours = sum((one.hours or Decimal(0) for one in given), Decimal(0))
    off = {
        PayKind.COMPLAINT: terms.off_complaint,
        PayKind.UNREACHABLE: terms.off_unreachable,
        PayKind.LEFT_CITY: terms.off_left_city,
    }
    deductions = []
    for kind, each in off.items():
        number = Decimal(sum(one.kind == kind for one in given))
        deductions.append(PayLine(kind.value, number, -each, _fen(-each * number)))
    each_hour = terms.hour_rate * terms.overtime_factor
    return (
        PayLine(ALLOWANCE, share, terms.allowance, _fen(terms.allowance * share)),
        *deductions,
        PayLine(PayKind.OVERTIME.value, hours, each_hour, _fen(hours * each_hour)),
    )


def _fen(amount: Decimal) -> Decimal:
    rounded = amount.quantize(FEN, ROUND_HALF_UP)
    return rounded or Decimal("0.00")
