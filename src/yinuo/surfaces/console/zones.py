"""Time zones to choose from: those where our customers are first, then the rest of the world."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from yinuo.surfaces.console.words import ZONES

DEFAULT_ZONE = "Asia/Shanghai"
NEAR = (
    DEFAULT_ZONE,
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
)
# Aliases and fixed offsets that no site lives in.
NO_PLACES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")


def zone_choices() -> list[tuple[str, object]]:
    """Groups for a select: near ones by name, all others by their IANA name."""
    near = [(zone, str(ZONES.get(zone, zone.replace("_", " ")))) for zone in NEAR]
    return [(_("Often used"), near), (_("All"), [(zone, zone) for zone in _others()])]


@cache
def _others() -> tuple[str, ...]:
    places = (zone for zone in available_timezones() if "/" in zone and zone not in NEAR)
    return tuple(sorted(zone for zone in places if not zone.startswith(NO_PLACES)))
