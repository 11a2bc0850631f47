"""Prices by tiers: whole-quantity or graduated, by quantity or by the size of one device.

A tier holds for more than `over` up to and including `up_to`. Tiers never overlap; what lies
between two of them, or beyond the last, is a gap, and the list says which tier a gap takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.pricing.bill import Bill, Occasion
from yinuo.kernel.pricing.problems import PriceListError


class Tiering(StrEnum):
    """How tiers price a quantity that passes several of them."""

    WHOLE = "whole"  # the whole quantity at the price of the tier reached
    GRADUATED = "graduated"  # each part of the quantity at the price of its own tier


class Gap(StrEnum):
    """Which tier a quantity takes that no tier names."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Tier:
    """More than `over`, up to and including `up_to` (None: without end), at `price` each."""

    over: Decimal
    up_to: Decimal | None
    price: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether a number lies in the tier."""
        return self.over < number and (self.up_to is None or number <= self.up_to)


class Reached(NamedTuple):
    """The tier a number takes, and whether it lies in a gap."""

    tier: Tier
    in_gap: bool


class Share(NamedTuple):
    """A part of a quantity, with its unit price and its tier in words."""

    quantity: Decimal
    price: Decimal
    tier: Tier
    in_gap: bool


@dataclass(frozen=True, slots=True)
class Tiered:
    """A price that depends on how many there are, or how large one is (`by_size`).

    `size_unit` names what the size is counted in (ports, watts). `gaps` is None when the tiers
    leave none below the end of the last one. A graduated price by size has no meaning.
    """

    code: str
    title: Text
    unit: Text
    tiers: tuple[Tier, ...]
    tiering: Tiering = Tiering.WHOLE
    gaps: Gap | None = None
    by_size: bool = False
    size_unit: Text = EMPTY
    whole: bool = True
    per: Text = EMPTY
    note: Text = EMPTY
    bill: Bill = Bill.LABOUR
    proposed_for: Occasion | None = None
    terms: Text = EMPTY

    def __post_init__(self) -> None:
        if not self.tiers:
            raise PriceListError(self.code, "tiers", "no_tiers", "an entry by tiers needs tiers")
        if self.by_size and self.tiering is Tiering.GRADUATED:
            message = "prices by size go by the tier reached; graduated has no meaning"
            raise PriceListError(self.code, "tiering", "graduated_by_size", message)
        for before, after in zip((None, *self.tiers), self.tiers, strict=False):
            self._check(before, after)
        if self.tiers[0].over > 0 and self.gaps is Gap.BELOW:
            message = "there is no tier below the first one"
            raise PriceListError(self.code, "gaps", "no_tier_below", message)

    def _check(self, before: Tier | None, after: Tier) -> None:
        if after.up_to is not None and after.up_to <= after.over:
            raise PriceListError(
                self.code,
                "tiers",
                "empty_tier",
                "the tier over {over} holds nothing",
                over=str(after.over),
            )
        end = Decimal(0) if before is None else before.up_to
        if end is None or after.over < end:
            raise PriceListError(
                self.code,
                "tiers",
                "overlapping_tiers",
                "two tiers hold above {over}",
                over=str(after.over),
            )
        if after.over > end and self.gaps is None:
            raise PriceListError(
                self.code,
                "gaps",
                "open_gap",
                "no tier holds over {over} up to {up_to}: say with gaps which one it takes",
                over=str(end),
                up_to=str(after.over),
            )

    def reached(self, number: Decimal) -> Reached | None:
        """The tier a number above zero takes; None beyond the last one without `gaps: below`.

        >>> tiers = (Tier(Decimal(0), Decimal(100), Decimal(1000)),
        ...          Tier(Decimal(150), None, Decimal(1500)))
        >>> ports = Tiered("exchange", EMPTY, EMPTY, tiers, gaps=Gap.BELOW, by_size=True)
        >>> ports.reached(Decimal(128)).tier.price
        Decimal('1000')
        """
        below: Tier | None = None
        for tier in self.tiers:
            if tier.holds(number):
                return Reached(tier, False)
            if number <= tier.over:
                chosen = below if self.gaps is Gap.BELOW else tier
                return None if chosen is None else Reached(chosen, True)
            below = tier
        if self.gaps is Gap.BELOW and below is not None:
            return Reached(below, True)
        return None

    def shares(self, quantity: Decimal) -> Iterator[Share]:
        """A quantity split over the tiers it passes; one share when the whole takes one tier.

        Graduated, a gap is filled by the tier it takes: with `below` that tier lasts until the
        next one starts, with `above` the next one starts where the tier before ended.
        """
        if self.tiering is Tiering.WHOLE:
            reached = self.reached(quantity)
            if reached is not None:
                yield Share(quantity, reached.tier.price, reached.tier, reached.in_gap)
            return
        start = Decimal(0)
        for index, tier in enumerate(self.tiers):
            end = self._end(index)
            stop = quantity if end is None else min(end, quantity)
            if stop > start:
                named = tier.up_to is None or stop <= tier.up_to
                yield Share(stop - start, tier.price, tier, not (named and start >= tier.over))
                start = stop

    def _end(self, index: int) -> Decimal | None:
        """Where a tier ends when gaps are filled."""
        tier = self.tiers[index]
        if self.gaps is not Gap.BELOW:
            return tier.up_to
        return self.tiers[index + 1].over if index + 1 < len(self.tiers) else None
