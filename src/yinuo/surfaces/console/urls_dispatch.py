"""Addresses of who can go."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import dispatching

urlpatterns = [path("work/<uuid:work_order_id>/who/", dispatching.who, name="work_who")]
