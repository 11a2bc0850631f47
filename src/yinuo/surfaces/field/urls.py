"""Addresses of the field app, below /field/."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.field import devices, views

app_name = "field"

urlpatterns = [
    path("", views.shell, name="shell"),
    path("words/<slug:language>.json", views.words, name="words"),
    path("app.webmanifest", views.manifest, name="manifest"),
    path("icon.svg", views.icon, name="icon"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("ca.crt", views.authority, name="authority"),
    path("device/", devices.this_device, name="device"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="revoke"),
]
