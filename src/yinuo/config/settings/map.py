"""Where pictures of the ground under the board's map come from: nowhere, or a server of tiles."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from yinuo.config.settings.environment import text

# With {z}, {x} and {y}, in Web Mercator and WGS-84, such as https://tiles.example.cn/{z}/{x}/{y}.png.
MAP_TILES = text("YINUO_MAP_TILES", "")
# Whom the pictures belong to; most owners demand that it stands beside them.
MAP_CREDIT = text("YINUO_MAP_CREDIT", "")

_server = urlsplit(MAP_TILES)
if MAP_TILES and not (
    _server.scheme in ("http", "https")
    and _server.hostname
    and all(each in _server.path for each in ("{z}", "{x}", "{y}"))
    and not set(_server.netloc) & set(" ;,'\"*{}@")
):
    raise ImproperlyConfigured(
        "YINUO_MAP_TILES is an address with http:// or https:// and {z}, {x}, {y} in its path"
    )
# The only other place that pages may fetch pictures from.
MAP_SERVERS = [f"{_server.scheme}://{_server.netloc}"] if MAP_TILES else []
