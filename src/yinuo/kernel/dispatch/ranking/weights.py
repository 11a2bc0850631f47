"""What counts how much: data with a version that is kept with every decision."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices in fen of everything that is not a penalty. ValueError for what makes no sense.

    ``km_fen`` a kilometre by road · ``overtime_percent`` of the engineer's hour, at most
    ``overtime_seconds`` · ``load_fen`` the square of an hour planned above the fleet's mean ·
    ``part_fen`` a part not on the van · ``preferred_fen``, ``familiar_fen`` what the customer's
    wish and knowing the case are worth · ``surplus_fen`` a skill level more than needed ·
    ``night_fen`` a night above the mean, for a visit at night · ``second_visit_fen`` a repair that
    does not succeed at once · ``spread`` how far trips vary: (factor, share in percent).
    """

    version: str = "2026-11"
    km_fen: int = 120
    overtime_percent: int = 150
    overtime_seconds: int = 7200
    load_fen: int = 200
    part_fen: int = 15_000
    preferred_fen: int = 8_000
    familiar_fen: int = 5_000
    surplus_fen: int = 1_000
    night_fen: int = 3_000
    second_visit_fen: int = 30_000
    spread: tuple[tuple[float, int], ...] = ((0.8, 30), (1.0, 40), (1.4, 30))

    def __post_init__(self) -> None:
        """Refuse amounts below zero and shares that are no whole."""
        amounts = (getattr(self, each.name) for each in fields(self) if each.type == "int")
        if any(amount < 0 for amount in amounts):
            raise ValueError("a weight is not below zero")
        if not self.version:
            raise ValueError("weights have a version")
        if sum(share for _, share in self.spread) != 100:
            raise ValueError("the shares of the spread are 100 percent together")
        if any(share < 0 or not 0 < factor <= 10 for factor, share in self.spread):
            raise ValueError("a trip varies by a factor above 0, at most 10")
