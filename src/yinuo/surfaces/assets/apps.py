"""The Django application of built assets."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Template tags only; no tables."""

    name = "yinuo.surfaces.assets"
    # The domain of customers' devices has the label `assets`.
    label = "surface_assets"
