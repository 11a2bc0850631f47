from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Templates only; no tables."""

    name = "yinuo.surfaces.public"
    label = "public"
