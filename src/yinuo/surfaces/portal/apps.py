from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Templates and template tags only; no tables."""

    name = "yinuo.surfaces.portal"
    label = "portal"
