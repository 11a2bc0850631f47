"""The Django application of the console."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Pages of the back office; no tables."""

    name = "yinuo.surfaces.console"
    label = "console"
