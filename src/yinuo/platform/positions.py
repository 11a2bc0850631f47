"""Where on earth something is: degrees of WGS-84, checked before they reach a table or a map."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from yinuo.platform.errors import InvalidInput

PLACES = 6
_STEP = Decimal(10) ** -PLACES


@dataclass(frozen=True, slots=True)
class Position:
    """Latitude north and longitude east in degrees, to six places (about 10 cm).

    >>> Position(Decimal("22.5431"), Decimal("114.0579")).latitude
    Decimal('22.543100')
    """

    latitude: Decimal
    longitude: Decimal

    def __post_init__(self) -> None:
        """Round to six places. Raises InvalidInput outside ±90 and ±180, also for NaN."""
        problems: dict[str, str] = {}
        if not _is_within(self.latitude, 90):
            problems["latitude"] = _("A latitude lies between -90 and 90 degrees.")
        if not _is_within(self.longitude, 180):
            problems["longitude"] = _("A longitude lies between -180 and 180 degrees.")
        if problems:
            raise InvalidInput(problems)
        object.__setattr__(self, "latitude", self.latitude.quantize(_STEP))
        object.__setattr__(self, "longitude", self.longitude.quantize(_STEP))


def position_of(latitude: Decimal | None, longitude: Decimal | None) -> Position | None:
    """The position two entries stand for; None when both are empty.

    Raises InvalidInput when only one is given, or one is out of range.
    """
    if latitude is None and longitude is None:
        return None
    if latitude is None:
        raise InvalidInput({"latitude": _("Give both latitude and longitude, or neither.")})
    if longitude is None:
        raise InvalidInput({"longitude": _("Give both latitude and longitude, or neither.")})
    return Position(latitude, longitude)


def _is_within(degrees: Decimal, most: int) -> bool:
    return degrees.is_finite() and abs(degrees) <= most
