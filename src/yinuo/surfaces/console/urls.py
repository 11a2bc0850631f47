"""Addresses of the console, in the order of the navigation."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from yinuo.surfaces.console.views import frame

app_name = "console"

urlpatterns = [
    path("", frame.start, name="start"),
    path("language/", set_language, name="language"),
    path("appearance/", frame.appearance, name="appearance"),
]
