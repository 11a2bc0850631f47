"""What a company decides about offers of requests to its units."""

from __future__ import annotations

from yinuo.config.settings.environment import text

# How long a unit has to answer an offer where the plan promises nothing about it.
OFFER_MINUTES = int(text("YINUO_OFFER_MINUTES", "15"))
