"""Positions in templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def map_address(site: Any) -> str:
    """The address of a map that shows the site; empty without position or where no map is set."""
    link: str = settings.MAP_LINK
    if not link or site.latitude is None or site.longitude is None:
        return ""
    latitude, longitude = f"{site.latitude:f}", f"{site.longitude:f}"
    return link.format(latitude=latitude, longitude=longitude, name=quote(site.name, safe=""))
