"""Addresses of who can go, and of what dispatch reckons with."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import dispatching
from yinuo.surfaces.console.views.admin import weights

urlpatterns = [
    path("work/<uuid:work_order_id>/who/", dispatching.who, name="work_who"),
    path("settings/weights/", weights.weights, name="settings_weights"),
    path("settings/weights/edit/", weights.edit, name="settings_weights_edit"),
    path("settings/weights/hour/", weights.hour, name="settings_weights_hour"),
]
