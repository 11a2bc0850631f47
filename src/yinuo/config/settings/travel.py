"""Where travel times come from: the embedded estimate, or a server that the deployer names."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from yinuo.config.settings.environment import text

TRAVEL_PROVIDER = text("YINUO_TRAVEL_PROVIDER", "")
# Without a path, such as http://127.0.0.1:5000 or https://restapi.amap.com.
TRAVEL_URL = text("YINUO_TRAVEL_URL", "").rstrip("/")
TRAVEL_KEY = text("YINUO_TRAVEL_KEY", "")
# How long one question may take, and how many a process may ask in a day.
TRAVEL_SECONDS = float(text("YINUO_TRAVEL_SECONDS", "3"))
TRAVEL_QUOTA = int(text("YINUO_TRAVEL_QUOTA", "2000"))

if TRAVEL_PROVIDER not in ("", "osrm", "amap"):
    raise ImproperlyConfigured("YINUO_TRAVEL_PROVIDER is osrm, amap or empty")
if TRAVEL_PROVIDER and not TRAVEL_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("YINUO_TRAVEL_URL names the server, with http:// or https://")
