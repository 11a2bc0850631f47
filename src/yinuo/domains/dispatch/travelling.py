"""How long ways take: the embedded estimate, corrected by recorded trips."""

from __future__ import annotations

from yinuo.domains.dispatch.models import TravelFactors
from yinuo.kernel.dispatch.travel import Factors, Travel


def present_travel() -> Travel:
    """The estimate with the factors last worked out; without any as shipped."""
    row = TravelFactors.objects.order_by("-id").first()
    if row is None:
        return Travel()
    content = row.content
    hours = {(band, hour): ratio for band, hour, ratio in content["by_hour"]}
    factors = Factors(content["overall"], dict(content["by_band"]), hours)
    return Travel(factors=factors)
