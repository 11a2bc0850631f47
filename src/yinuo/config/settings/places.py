"""Where a link from a position to a map leads; the product itself calls nobody."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from yinuo.config.settings.environment import text

_AMAP = "https://uri.amap.com/marker?position={longitude},{latitude}&coordinate=wgs84"
_NONE = "none"
_STARTS = ("https://", "http://", "geo:")


def map_link(written: str) -> str:
    """The address as a deployer wrote it; empty for `none`. Raises ImproperlyConfigured for what is
    no link to a map."""
    if written == _NONE:
        return ""
    try:
        tried = written.format(latitude="31.2", longitude="121.5", name="x")
    except (KeyError, IndexError, ValueError):
        tried = ""
    named = all(one in written for one in ("{latitude}", "{longitude}"))
    if not tried.startswith(_STARTS) or not named:
        raise ImproperlyConfigured(
            "YINUO_MAP_LINK must be an address such as geo:{latitude},{longitude}, or none"
        )
    return written


MAP_LINK = map_link(text("YINUO_MAP_LINK", _AMAP))
