from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Templates only; no tables."""

    name = "yinuo.surfaces.field"
    label = "field"
