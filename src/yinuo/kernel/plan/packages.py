"""Service packages: promises, hours, visits and price, bought with a contract (SV-01)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from yinuo.kernel.plan.text import Text


@dataclass(frozen=True, slots=True)
class Package:
    """What a contract that buys it gets.

    ``kind`` becomes the kind of the contract, by which clauses tell whose promises they are;
    ``parameters`` are figures the clauses read. ``visits`` and ``hours`` count down within each
    contract year; ``price`` is that of a year. ``covers`` is free while the contract is in force.
    """

    code: str
    title: Text
    price: Decimal | None = None
    visits: int | None = None
    hours: Decimal | None = None
    covers: tuple[str, ...] = ("labour", "parts", "travel")
    kind: str = ""
    parameters: tuple[tuple[str, Decimal], ...] = ()
